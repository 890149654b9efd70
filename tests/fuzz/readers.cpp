#include "tests/fuzz/readers.hpp"

#include <algorithm>
#include <filesystem>

#include "analysis/turbostratic.hpp"
#include "engine/app/calibration_data.hpp"
#include "engine/app/carbon_input.hpp"
#include "engine/app/estimate.hpp"
#include "engine/app/run_plan.hpp"
#include "engine/base/errors.hpp"
#include "engine/carbonize/process.hpp"
#include "engine/carbonize/rule_library.hpp"
#include "engine/carbonize/volatile_transport.hpp"
#include "engine/io/numbered_lines.hpp"
#include "engine/io/structure_files.hpp"
#include "engine/io/trajectory.hpp"
#include "engine/offlattice/sodium_interactions.hpp"
#include "engine/sodium/site_parameters.hpp"
#include "engine/sodium/sodium_parameters.hpp"
#include "engine/sodium/storage_model.hpp"
#include "engine/transport/charge_transfer.hpp"
#include "potentials/registry.hpp"
#include "potentials/sodium_carbon_fit.hpp"
#include "tests/fuzz/seeds.hpp"

namespace cardhouse::fuzz {
namespace {

namespace fs = std::filesystem;

/// Makes a potential with these parameters for two bonded atoms of an element, and evaluates it once.
template <Element element>
void make(std::string_view potential, const std::string& path) {
  CarbonStructure structure{{Cell::cubic(30), {}, {}}, {}};
  structure.atoms.add(element, {0, 0, 0});
  structure.atoms.add(element, {1.42, 0, 0});
  structure.bonds = BondGraph(2, {{0, 1}});
  const auto made = make_potential(potential, structure, {.parameter_file = path});
  std::vector<Vector3> forces(structure.atoms.size());
  made->evaluate(structure.atoms, forces);
}

/// What `cardhouse check` does.
void check(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  describe_plan(read_any_plan(deck), deck);
}

void read_precursor_file(const std::string& path) {
  load_precursor(fs::path(path).stem(), fs::path(path).parent_path().parent_path());
}

void read_treatment_file(const std::string& path) {
  const std::string treatment = fs::path(path).stem();
  const Deck deck = Deck::from_text(
      "precursor = \"phenolic_resin\"\n[[step]]\ntarget = \"1300 degC\"\nrate = \"5 K/min\"\n"
      "[[step]]\ntreatment = \"" +
          treatment + "\"\n",
      "deck");
  read_process(deck.root(), fs::path(path).parent_path().parent_path());
}

void read_rule_file(const std::string& path) {
  RuleLibrary library;
  load_library(library, path, inputs_folder() + "/rules", {});
}

template <class Read>
void unless_refused(Read read) {
  try {
    read();
  } catch (const InputError&) {  // the rest of the file may still be good
  }
}

void read_entry(const RunFile& run, const std::string& name) {
  unless_refused([&] { run.read_values(name); });
  unless_refused([&] { run.read_integers(name); });
  unless_refused([&] { run.read_text(name); });
  unless_refused([&] { run.read_table(name); });
  unless_refused([&] { run.read_structure(name); });
  unless_refused([&] { run.shape(name), run.label(name); });
}

void read_everything(const std::string& path) {
  const RunFile run = RunFile::open(path, FileMode::Read);
  unless_refused([&] { run.header(), run.complete(), run.flushed_frames(); });
  for (const std::string& stage : run.stages()) {
    unless_refused([&] { run.stage_complete(stage); });
    unless_refused([&] {
      for (const std::string& entry : run.list(stage)) read_entry(run, stage + "/" + entry);
    });
  }
  const std::size_t frames = frame_count(run);
  for (std::size_t k = 0; k < std::min<std::size_t>(frames, 10); ++k) unless_refused([&] { read_frame(run, k); });
}

std::vector<Seed> rule_files() {
  std::vector<Seed> seeds = shipped("rules");  // two files in that folder hold no rules
  std::erase_if(
      seeds, [](const Seed& seed) { return seed.name == "structure.toml" || seed.name == "volatile_transport.toml"; });
  return seeds;
}

std::vector<Seed> tersoff_files() {
  return shipped("potentials",
                 {"C_erhart_albe_2005.tersoff", "C_lindsay_broido_2010.tersoff", "C_tersoff_1988.tersoff"});
}

}  // namespace

std::string inputs_folder() {
  return CARDHOUSE_SOURCE_DIR "/inputs";
}

const std::vector<Reader>& readers() {
  using Path = const std::string&;
  static const std::vector<Reader> table{
      {"calibration", [] { return shipped("calibration"); }, [](Path path) { read_calibration_data(path); }},
      {"charge-equilibration", [] { return shipped("potentials", {"CHONa_charge_equilibration_1991.toml"}); },
       [](Path path) { make<Element::C>("charge-equilibration", path); }},
      {"charge-transfer", [] { return shipped("sodium", {"charge_transfer.toml"}); },
       [](Path path) { read_charge_transfer(path); }},
      {"deck", decks, check, 10},
      {"edip-carbon", [] { return shipped("potentials", {"C_edip_2000.toml"}); },
       [](Path path) { make<Element::C>("edip-carbon", path); }},
      {"embedded-atom", setfl_files, [](Path path) { make<Element::Na>("embedded-atom", path); }},
      {"extended-xyz", extended_xyz, [](Path path) { read_extended_xyz(path), read_carbon(path); }},
      {"hamiltonian", [] { return shipped("sodium", {"hamiltonian.toml"}); },
       [](Path path) { read_sodium_parameters(path); }},
      {"kolmogorov-crespi", [] { return shipped("potentials", {"C_kolmogorov_crespi_2005.toml"}); },
       [](Path path) { make<Element::C>("kolmogorov-crespi", path); }},
      {"lammps-data", lammps_data, [](Path path) { read_lammps_data(path), read_carbon(path); }},
      {"models", [] { return shipped("models"); }, [](Path path) { read_storage_model(path); }},
      {"nep", nep_files, [](Path path) { make<Element::C>("nep", path); }},
      {"pair-forms",
       [] {
         return shipped("potentials", {"Na_C.toml", "Na_CHO.toml"});
       },
       [](Path path) { make<Element::Na>("pair-forms", path); }},
      {"pattern", patterns, [](Path path) { read_pattern(NumberedLines::from_file(path)); }},
      {"precursors", [] { return shipped("precursors"); }, read_precursor_file, 4},
      {"rebo", [] { return shipped("potentials", {"CH_rebo2_2002.toml"}); },
       [](Path path) { make<Element::C>("rebo", path); }, 2},
      {"responses", [] { return shipped("rules", {"structure.toml"}); },
       [](Path path) { read_responses(Deck::from_file(path).root()); }},
      {"rules", rule_files, read_rule_file, 4},
      {"run-file", run_files, read_everything, 4, true},
      {"second-moment", [] { return shipped("potentials", {"Na_second_moment_1998.toml"}); },
       [](Path path) { make<Element::Na>("second-moment", path); }},
      {"site-parameters", [] { return shipped("sodium", {"site_parameters.toml"}); },
       [](Path path) { load_site_parameters(path); }},
      {"sodium-carbon-reference", [] { return shipped("potentials", {"Na_C_reference.toml"}); },
       [](Path path) { load_sodium_carbon_reference(path); }},
      {"sodium-pairs", [] { return shipped("potentials", {"Na_CHO.toml"}); },
       [](Path path) { SodiumInteractions(SodiumInteractionFiles{.pairs = path}); }, 4},
      {"tersoff", tersoff_files, [](Path path) { make<Element::C>("tersoff", path); }},
      {"treatments", [] { return shipped("treatments"); }, read_treatment_file, 6},
      {"volatile-transport", [] { return shipped("rules", {"volatile_transport.toml"}); },
       [](Path path) { load_volatile_transport(path); }},
  };
  return table;
}

}  // namespace cardhouse::fuzz
