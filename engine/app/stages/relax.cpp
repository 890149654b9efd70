#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "engine/app/stage.hpp"
#include "engine/app/stages/relax_settings.hpp"
#include "engine/app/stages/stored_structure.hpp"
#include "engine/app/summary.hpp"
#include "engine/base/statistics.hpp"
#include "engine/base/units.hpp"
#include "engine/io/structure_files.hpp"
#include "potentials/registry.hpp"

namespace cardhouse {
namespace {

/// What the dynamics leaves: one row a sample, and some of the structures.
class DynamicsRecord {
 public:
  DynamicsRecord(int samples, int frames) : samples_(samples), frames_(frames) {}

  void add(const DynamicsSample& sample) {
    const double row[] = {
        in_unit(sample.time, "ps"),      sample.potential_energy, sample.kinetic_energy, sample.temperature,
        in_unit(sample.pressure, "GPa"), sample.volume,           sample.conserved};
    for (std::size_t i = 0; i < std::size(row); ++i) table.columns[i].values.push_back(row[i]);
    const auto told = static_cast<long>(table.rows()) - 1;  // the start is not counted
    if (told == 0 || told * frames_ / samples_ == (told - 1) * frames_ / samples_) return;
    structures.push_back(as_frame(sample.atoms));
    structures.back().info = {{"step", std::to_string(sample.step)}, {"time", fmt::format("{} ps", row[0])}};
  }

  Table table{
      {{"time", "ps", "since the start of the dynamics", {}},
       {"potential_energy", "eV", "of all atoms", {}},
       {"kinetic_energy", "eV", "of all atoms", {}},
       {"temperature", "K", "2 K/((3N - 3) k)", {}},
       {"pressure", "GPa", "kinetic and virial, positive wants to expand", {}},
       {"volume", "angstrom3", "of the cell", {}},
       {"conserved", "eV", "energy less what the baths have given; its drift is the error of the integration", {}}}};
  std::vector<StructureFrame> structures;

 private:
  long samples_;
  long frames_;
};

/// Mean of the second half.
Estimate late_mean(const Table& table, std::string_view column) {
  const std::vector<double>& values = table.column(column).values;
  return correlated_mean(std::span(values).subspan(values.size() / 2));
}

std::vector<SummaryRow> summarise_dynamics(const Table& table, const DynamicsOptions& options, std::size_t atoms) {
  const std::vector<double>& conserved = table.column("conserved").values;
  const double change = 1e3 * (conserved.back() - conserved.front()) / static_cast<double>(atoms);
  const char* names[] = {"nve", "nvt", "npt"};
  return {{"temperature of the dynamics", error_if_any(late_mean(table, "temperature")), "K",
           fmt::format("second half of {:g} ps, {}", in_unit(options.time, "ps"),
                       names[static_cast<std::size_t>(options.ensemble)])},
          {"pressure of the dynamics", error_if_any(late_mean(table, "pressure")), "GPa", "likewise"},
          {"energy error of the dynamics", {change, -1}, "meV", "per atom, change of the conserved energy"}};
}

std::size_t bonds_changed(const BondGraph& before, const BondGraph& after) {
  std::vector<Bond> changed;
  std::set_symmetric_difference(before.bonds().begin(), before.bonds().end(), after.bonds().begin(),
                                after.bonds().end(), std::back_inserter(changed));
  return changed.size();
}

std::vector<SummaryRow> summarise(const RelaxReport& report, const RelaxOptions& options, double carbons) {
  return {{find_potential(options.potential).forms_bonds() ? "potential energy" : "strain energy",
           {1e3 * report.energy_final / carbons, -1},
           "meV",
           "per carbon, " + options.potential},
          {"largest force",
           {report.max_force, -1},
           "eV/angstrom",
           fmt::format("{} after {} steps{}", report.converged ? "converged" : "not converged", report.steps,
                       report.bricks > 1 ? fmt::format(", in {} bricks", report.bricks) : "")},
          {"residual pressure", {in_unit(report.pressure, "GPa"), -1}, "GPa", "positive wants to expand"}};
}

/// Mistakes that can be found without the structure: a parameter file that cannot be read or knows no carbon, and
/// bricks of a potential that cannot be cut.
void check_potential(const DeckTable& deck, const RelaxOptions& options) {
  const CarbonStructure lone_atom{{Cell::cubic(20), {{}}, {Element::C}}, BondGraph(1, {})};
  if (deck.has("structure_file")) {
    require_divisible(*relaxation_potential(bonded_structure_file(deck.text("structure_file")), options), options);
  } else if (find_potential(options.potential).forms_bonds() || options.bricks > 1) {
    require_divisible(*relaxation_potential(lone_atom, options), options);
  }
}

void check(const DeckTable& deck) {
  const RelaxSettings settings = read_relax_settings(deck);
  check_structure_key(deck);
  check_potential(deck, settings.options);
}

void write_dynamics(StageContext& context, const DynamicsRecord& record) {
  context.file.write_table("relax/dynamics", record.table);
  if (!record.structures.empty() && context.ranks.is_root())
    write_extended_xyz(context.folder + "/dynamics.xyz", record.structures);
}

void run(StageContext& context) {
  auto [options, frames] = read_relax_settings(context.settings);
  CarbonStructure carbon = current_structure(context);
  const BondGraph bonds = carbon.bonds;
  // Fresh from the builder, bonds may be crumpled; the capped first steps smooth them out.
  if (!context.settings.has("structure_file")) options.least_separation = crumpled_separation;
  if (options.dynamics) options.dynamics->seed = context.seed;
  options.ranks = context.ranks;
  DynamicsRecord record(options.dynamics ? options.dynamics->samples : 1, frames);
  const RelaxReport report =
      relax_structure(carbon, options, {context.progress, {}, [&](const auto& sample) { record.add(sample); }});
  context.file.write_structure("relax/structure", carbon);
  context.file.write_scalar("relax/energy", report.energy_final, {"eV", "after minimisation"});
  context.file.write_scalar("relax/max_force", report.max_force, {"eV/angstrom", "largest force on an atom"});
  context.file.write_scalar("relax/bricks", report.bricks, {"1", "of the cell; results depend on it by rounding"});
  auto rows = summarise(report, options, static_cast<double>(count(carbon.atoms, Element::C)));
  if (find_potential(options.potential).forms_bonds())
    rows.push_back({"bonds changed",
                    {static_cast<double>(bonds_changed(bonds, carbon.bonds)), -1},
                    "1",
                    fmt::format("formed or broken; {} by distance", carbon.bonds.bonds().size())});
  if (options.dynamics) {
    write_dynamics(context, record);
    std::ranges::copy(summarise_dynamics(record.table, *options.dynamics, carbon.atoms.size()),
                      std::back_inserter(rows));
  }
  write_summary(context.file, "relax", rows);
}

}  // namespace

StageActions stage_actions::relax() {
  return {needs_structure, check, run};
}

}  // namespace cardhouse
