#include "engine/builder/build_carbon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"
#include "engine/builder/build_checks.hpp"
#include "engine/builder/edges.hpp"
#include "engine/builder/handle_removal.hpp"
#include "engine/builder/lamellar_field.hpp"
#include "engine/builder/marching_tetrahedra.hpp"
#include "engine/builder/remesh.hpp"
#include "engine/builder/ring_annealing.hpp"
#include "engine/builder/surface_homology.hpp"
#include "engine/builder/target_field.hpp"
#include "engine/builder/termination.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t smallest_piece = 60;    // atoms; closed bubbles below that are dropped (estimate)
constexpr double least_edge_fraction = 0.02;  // estimate
constexpr double most_edge_fraction = 0.20;   // estimate
constexpr std::size_t spare_edges = 4;        // above the rounding of all group counts together
// Atoms over those of flat layers round pores, with all handles and without; ten and six builds gave 1.00 to 1.10 and
// 0.95 to 0.99.
constexpr double folding_with_handles = 1.05;
constexpr double folding_without_handles = 0.95;
// Grains over the La and Lc that the relaxed carbon is to have. Defects, bends and the ends of grains take from La,
// stacks go on where the layers of two grains meet (measured on boxes of 8000 atoms).
constexpr double grain_extent = 1.8;
constexpr double grain_height = 0.85;
constexpr std::uint64_t ring_entity = 1;  // of the stream; the field has 0
constexpr double tolerated_miss = 0.10;   // of the number of atoms, before a second pass is made

double area_per_atom(const BuildOptions& options) {
  return std::sqrt(3.0) / 4 * options.ring_spacing * options.ring_spacing;
}

double field_spacing(const CarbonTargets& targets, const BuildOptions& options) {
  return targets.interlayer_spacing / options.spacing_ratio;
}

// Cell volume per carbon atom: layer spacing times area, and the share of the closed pores [angstrom^3].
double expected_atomic_volume(const CarbonTargets& targets, const BuildOptions& options) {
  const double flat = field_spacing(targets, options) * area_per_atom(options);
  const double pores = targets.closed_pore_volume * standard_mass(Element::C);
  const double folding =
      folding_with_handles + targets.handles_removed * (folding_without_handles - folding_with_handles);
  return flat / (pores > 0 ? folding : 1) + pores;
}

// Everything that one pass works with.
struct Pass {
  const CarbonTargets& targets;
  const BuildOptions& options;
  std::uint64_t seed;
  double edge;
  std::uint64_t number;
};

double volume(const Pass& pass) {
  return pass.edge * pass.edge * pass.edge;
}

PoreLayout place(const Pass& pass, Stream& stream) {
  const double mass = volume(pass) / expected_atomic_volume(pass.targets, pass.options) * standard_mass(Element::C);
  const PoreRequest request{.closed_volume = pass.targets.closed_pore_volume * mass,
                            .mean_radius = pass.targets.pore_radius,
                            .spacing = field_spacing(pass.targets, pass.options),
                            .radius_spread = pass.targets.pore_radius_spread,
                            .orientation_order = pass.targets.orientation_order,
                            .flatness = pore_flatness};
  return place_pores(request, pass.targets.pores, PeriodicCube{pass.edge}, stream);
}

LamellarFieldOptions field_options(const Pass& pass) {
  return {.grains = {.spacing = field_spacing(pass.targets, pass.options),
                     .layer_extent = grain_extent * pass.targets.layer_extent,
                     .stack_height = grain_height * pass.targets.stack_height,
                     .orientation_order = pass.targets.orientation_order},
          .edge = pass.edge,
          .grid_spacing = pass.options.grid_spacing,
          .anneal_steps = static_cast<int>(std::lround(pass.targets.anneal_steps)),
          .crosslinks_per_cluster = pass.targets.crosslinks_per_cluster,
          .field = pass.targets.field};
}

// The observer of a part of the work.
ProgressObserver part(const ProgressObserver& whole, double from, double to) {
  if (!whole) return {};
  return [&whole, from, to](double fraction) { whole(from + fraction * (to - from)); };
}

Inventory inventory_of(const CarbonTargets& targets) {
  return {targets.hydrogen_per_carbon, targets.oxygen_per_carbon, targets.nitrogen_per_carbon};
}

double wanted_edge_fraction(const CarbonTargets& targets, std::size_t sites) {
  const double needed = static_cast<double>(share_out(inventory_of(targets), sites).edge_sites());
  const double likely =
      std::clamp(targets.hydrogen_per_carbon + targets.oxygen_per_carbon, least_edge_fraction, most_edge_fraction);
  const double usual = targets.edge_fraction > 0 ? targets.edge_fraction : likely;
  return std::max(usual, needed / static_cast<double>(sites));
}

ScalarGrid grow_layers(const Pass& pass, BuildReport& report, const ProgressObserver& observer, Stream& stream) {
  ScalarGrid field = grow_lamellar_field(field_options(pass), report.pores, observer, stream);
  const HandleRemoval removal = remove_handles(field, report.pores,
                                               {.spacing = field_spacing(pass.targets, pass.options),
                                                .ring_spacing = pass.options.ring_spacing,
                                                .share = pass.targets.handles_removed,
                                                .longest_loop = pass.options.longest_handle_loop});
  report.handles = {.before = removal.before, .closed = removal.closed, .longest_closed = removal.longest_closed};
  return field;
}

Sp2Network lay_network(const Pass& pass, BuildReport& report, const ScalarGrid& field,
                       const ProgressObserver& observer) {
  SurfaceMesh mesh = zero_surface(field);
  remesh(mesh, field, {.spacing = pass.options.ring_spacing}, part(observer, 0, 0.2));
  Stream stream(pass.seed, Purpose::LamellarField, pass.number, ring_entity);
  const int sweeps = pass.options.ring_sweeps ? *pass.options.ring_sweeps : ring_sweeps(pass.targets.layer_extent);
  anneal_rings(mesh, field, {.spacing = pass.options.ring_spacing, .sweeps = sweeps}, part(observer, 0.2, 1), stream);
  report.handles.left = topology(mesh).handles;
  Sp2Network network = dual_network(mesh, smallest_piece);
  report.atoms_before_cut = network.size();
  report.rings_before_cut = ring_shares(network.rings);
  // Ring sizes and chi of what is kept: V - E + F = rings - atoms/2.
  report.euler_characteristic = static_cast<long>(network.rings.size()) - static_cast<long>(network.size() / 2);
  return network;
}

Sp2Network open_edges(const Pass& pass, const Sp2Network& network, const ScalarGrid& field, BuildReport& report) {
  const TargetField& local = pass.targets.field;
  const std::vector<double> density =
      values_at(local, edge_density(local, least_edge_fraction), network.positions, network.cube);
  report.edge_fraction.wanted = wanted_edge_fraction(pass.targets, network.size());
  return cut_edges(network, led_by_density(layer_order(network, field), density),
                   {.edge_fraction = report.edge_fraction.wanted, .spare = spare_edges});
}

void describe_network(const Sp2Network& cut, BuildReport& report) {
  const auto edges = static_cast<double>(cut.edge_atoms());
  report.edge_fraction.reached = edges / static_cast<double>(cut.size());
  report.rings = ring_shares(cut.rings);
  report.longest_bond = cut.longest_bond();
  report.bare_edges = cut.edge_atoms() - report.groups.edge_sites();
}

void describe_atoms(const CarbonTargets& targets, const CarbonStructure& structure, BuildReport& report) {
  const auto wanted = [&](double per_carbon) {
    return static_cast<std::size_t>(std::llround(per_carbon * static_cast<double>(report.carbons)));
  };
  report.carbons = count(structure.atoms, Element::C);
  report.hydrogen = {wanted(targets.hydrogen_per_carbon), count(structure.atoms, Element::H)};
  report.oxygen = {wanted(targets.oxygen_per_carbon), count(structure.atoms, Element::O)};
  report.nitrogen = {wanted(targets.nitrogen_per_carbon), count(structure.atoms, Element::N)};
  report.density = mass_density(structure.atoms);
  report.closed_pore_volume = {targets.closed_pore_volume,
                               report.pores.placed_closed_volume / total_mass(structure.atoms)};
}

BuiltCarbon build_once(const Pass& pass, const ProgressObserver& observer) {
  BuildReport report;
  report.cell_edge = pass.edge;
  Stream stream(pass.seed, Purpose::LamellarField, pass.number);
  report.pores = place(pass, stream);
  const ScalarGrid field = grow_layers(pass, report, part(observer, 0, 0.7), stream);
  const Sp2Network network = lay_network(pass, report, field, part(observer, 0.7, 0.9));

  const Sp2Network cut = open_edges(pass, network, field, report);
  report.groups = share_out(inventory_of(pass.targets), cut.size());
  describe_network(cut, report);
  Stream edge_stream(pass.seed, Purpose::Edges, pass.number);
  TerminatedCarbon terminated = terminate(cut, report.groups, site_preferences(pass.targets.field, cut), edge_stream);
  report.closest_contact = terminated.closest_contact;
  describe_atoms(pass.targets, terminated.structure, report);
  notify(observer, 1);
  return {std::move(terminated.structure), std::move(report)};
}

double miss(const BuiltCarbon& built, double wanted) {
  return std::abs(static_cast<double>(built.report.atoms_before_cut) / wanted - 1);
}

}  // namespace

int ring_sweeps(double layer_extent) {
  constexpr double reference_extent = 29, reference_sweeps = 250, power = 5, most_sweeps = 3000;
  return static_cast<int>(
      std::lround(std::min(most_sweeps, reference_sweeps * std::pow(layer_extent / reference_extent, power))));
}

double expected_edge(const CarbonTargets& targets, const BuildOptions& options, double atoms) {
  return std::cbrt(atoms * expected_atomic_volume(targets, options));
}

BuiltCarbon build_carbon(const CarbonTargets& targets, const BuildOptions& options, std::uint64_t seed,
                         const ProgressObserver& observer) {
  check_targets(targets);
  check_options(options);
  const double wanted = options.atoms ? static_cast<double>(*options.atoms) : 0;
  const double edge = options.cell_edge ? *options.cell_edge : expected_edge(targets, options, wanted);
  check_cell(targets, options, edge);
  if (edge < 0.999 * expected_edge(targets, options, smallest_carbon))
    throw InputError(
        fmt::format("a cell of {:.1f} angstrom holds fewer than {} atoms", edge, smallest_carbon),
        fmt::format("take an edge above {:.0f} angstrom", expected_edge(targets, options, smallest_carbon)));
  BuiltCarbon first = build_once({targets, options, seed, edge, 0}, observer);
  if (!options.atoms || miss(first, wanted) <= tolerated_miss) return first;
  const double corrected = edge * std::cbrt(wanted / static_cast<double>(first.report.atoms_before_cut));
  BuiltCarbon second = build_once({targets, options, seed, corrected, 1}, observer);
  second.report.passes = first.report.passes = 2;
  return miss(second, wanted) < miss(first, wanted) ? second : first;
}

}  // namespace cardhouse
