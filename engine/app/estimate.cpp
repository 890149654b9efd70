#include "engine/app/estimate.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "engine/app/stage.hpp"
#include "engine/app/stages/relax_settings.hpp"
#include "engine/app/stages/spacing_feedback.hpp"
#include "engine/base/progress.hpp"
#include "engine/io/structure_files.hpp"
#include "engine/offlattice/off_lattice_isotherm.hpp"
#include "engine/sodium/voltage_sweep.hpp"
#include "engine/transport/transport.hpp"

namespace cardhouse {
namespace {

// Processor time and peak memory of the stages, measured in quickstart (7000 atoms, 1 thread) and in decks of 100 000
// atoms, on a loaded server; seconds as two cores share them. Good within a factor of two.
constexpr double sites_per_atom = 0.43;
constexpr double program_bytes = 35e6;
constexpr double build_bytes_per_atom = 1000;
constexpr double relax_bytes_per_atom = 2700;
constexpr double later_bytes_per_atom = 3300;  // of describe and what follows
constexpr double seconds_carbonize = 2;
constexpr double seconds_report = 2;
constexpr double build_per_atom = 6e-5;
constexpr double usual_passes = 4;           // of the spacing feedback, of the eight allowed
constexpr double feedback_steps = 200;       // of a relaxation in it
constexpr double measuring_per_atom = 1e-4;  // diffraction and pores after it
constexpr double anneal_per_trial = 1e-4;
constexpr double relax_per_atom_step = 1.2e-6;
constexpr double describe_per_atom = 3e-4;
constexpr double seconds_per_trial_move = 5e-8;
constexpr double operando_per_atom = 1e-5;  // and voltage
constexpr double seconds_per_hop = 2.5e-6;
constexpr double scan_per_atom = 4e-3;
constexpr double seconds_per_free_move = 1e-5;

bool lists(const RunPlan& plan, const std::string& stage) {
  return std::find(plan.stages.begin(), plan.stages.end(), stage) != plan.stages.end();
}

// The file whose atoms the run begins with, when it does not build them.
std::optional<std::string> structure_file(const RunPlan& plan, const Deck& deck) {
  for (const std::string& stage : plan.stages)
    if (const DeckTable settings = stage_settings(deck, stage); settings.has("structure_file"))
      return settings.text("structure_file");
  return {};
}

// None where chemistry is all that runs.
double atoms_of(const RunPlan& plan, const Deck& deck) {
  const bool chemistry_alone = std::all_of(plan.stages.begin(), plan.stages.end(),
                                           [](const auto& s) { return s == "carbonize" || s == "report"; });
  if (chemistry_alone) return 0;
  if (const auto file = structure_file(plan, deck)) return static_cast<double>(read_structure_file(*file).atoms.size());
  const DeckTable build = stage_settings(deck, "build");
  if (!build.has("cell_edge")) return static_cast<double>(build.integer("atoms", default_atoms));
  const double edge = build.quantity("cell_edge", dimension::length);
  constexpr double atoms_per_volume = 0.085;  // 1.7 g/cm3, common for hard carbon (estimate) [1/angstrom^3]
  return atoms_per_volume * edge * edge * edge;
}

double build_seconds(const Deck& deck, double atoms) {
  const DeckTable build = stage_settings(deck, "build");
  const auto most = static_cast<double>(build.integer("feedback_passes", SpacingFeedbackOptions{}.passes));
  const double pass = build_per_atom * atoms;
  if (most <= 1) return pass;
  return std::min(most, usual_passes) * (pass + (measuring_per_atom + feedback_steps * relax_per_atom_step) * atoms);
}

// The largest of the stages: each gives its memory back.
double memory(const RunPlan& plan, double atoms) {
  const bool filled = lists(plan, "describe") || lists(plan, "sites") || lists(plan, "ocv");
  const bool moved = lists(plan, "relax") || lists(plan, "anneal");
  return program_bytes + atoms * (filled ? later_bytes_per_atom : moved ? relax_bytes_per_atom : build_bytes_per_atom);
}

// Dynamics stands between two minimisations.
double relax_steps(const Deck& deck) {
  const RelaxOptions options = read_relax_settings(stage_settings(deck, "relax")).options;
  const double steps = options.capped_steps + options.minimiser.max_steps;
  return options.dynamics ? 2 * steps + static_cast<double>(step_count(*options.dynamics)) : steps;
}

double ocv_seconds(const Deck& deck, double atoms) {
  const DeckTable ocv = stage_settings(deck, "ocv");
  const SweepOptions defaults;
  const double sweeps = 1.5 * static_cast<double>(ocv.integer("sweeps", defaults.production_sweeps));
  const double points = static_cast<double>(ocv.integer("points", static_cast<long>(default_voltages().size())));
  const double ways = ocv.flag("charge", true) ? 2 : 1;
  const double replicas = static_cast<double>(ocv.integer("replicas", defaults.replicas));
  const double both = ocv.text("sampling", "sweep") == "exchange" ? 3.5 : 1;  // measured on the quickstart
  const double sampling = both * sites_per_atom * atoms * sweeps * ways * points * replicas * seconds_per_trial_move;
  return sampling + (ocv.flag("operando", true) ? operando_per_atom * atoms * points : 0);
}

double anneal_seconds(const Deck& deck, double atoms) {
  constexpr double bonds_per_atom = 1.5;
  return anneal_per_trial * bonds_per_atom * atoms *
         stage_settings(deck, "anneal").number("sweeps", default_anneal_sweeps);
}

// A third of the moves equilibrate; a deck that lists no voltages means five.
double potential_route_seconds(const Deck& deck, double atoms) {
  const DeckTable route = stage_settings(deck, "potential_route");
  const IsothermOptions defaults;
  const std::size_t listed = route.has("voltages") ? route.quantities("voltages", dimension::voltage).size() : 5;
  const double points = (route.flag("charge", true) ? 2.0 : 1.0) * static_cast<double>(listed);
  const double moves = 4.0 / 3.0 * static_cast<double>(route.integer("moves", static_cast<long>(defaults.moves)));
  const double replicas = static_cast<double>(route.integer("replicas", defaults.replicas));
  return scan_per_atom * atoms + points * moves * replicas * seconds_per_free_move;
}

double transport_seconds(const Deck& deck) {
  const DeckTable transport = stage_settings(deck, "transport");
  const TransportOptions defaults;
  return seconds_per_hop * static_cast<double>(transport.integer("hops", static_cast<long>(defaults.events))) *
         static_cast<double>(transport.integer("replicas", defaults.replicas));
}

}  // namespace

RunEstimate estimate_run(const RunPlan& plan, const Deck& deck) {
  RunEstimate estimate;
  estimate.atoms = atoms_of(plan, deck);
  estimate.sites = sites_per_atom * estimate.atoms;
  estimate.memory = memory(plan, estimate.atoms);
  if (lists(plan, "carbonize")) estimate.seconds += seconds_carbonize;
  if (lists(plan, "build") && !structure_file(plan, deck)) estimate.seconds += build_seconds(deck, estimate.atoms);
  if (lists(plan, "anneal")) estimate.seconds += anneal_seconds(deck, estimate.atoms);
  if (lists(plan, "relax")) estimate.seconds += relax_per_atom_step * relax_steps(deck) * estimate.atoms;
  if (lists(plan, "describe")) estimate.seconds += describe_per_atom * estimate.atoms;
  if (lists(plan, "ocv")) estimate.seconds += ocv_seconds(deck, estimate.atoms);
  if (lists(plan, "potential_route")) estimate.seconds += potential_route_seconds(deck, estimate.atoms);
  if (lists(plan, "transport")) estimate.seconds += transport_seconds(deck);
  if (lists(plan, "report")) estimate.seconds += seconds_report;
  return estimate;
}

std::string describe_plan(const RunPlan& plan, const Deck& deck) {
  const RunEstimate estimate = estimate_run(plan, deck);
  std::string stages;
  for (const std::string& stage : plan.stages) stages += (stages.empty() ? "" : " -> ") + stage;
  const std::string atoms =
      estimate.atoms > 0 ? fmt::format("about {:.0f} atoms, {:.0f} sodium sites, ", estimate.atoms, estimate.sites)
                         : "about ";
  return fmt::format("run '{}': {}\n  seed {}, output {}\n  {}{:.0f} MB, {} on two cores\n", plan.name, stages,
                     plan.seed, plan.folder, atoms, estimate.memory / 1e6, format_duration(estimate.seconds));
}

}  // namespace cardhouse
