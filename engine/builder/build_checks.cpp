#include "engine/builder/build_checks.hpp"

#include <fmt/format.h>

#include <string_view>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

struct Range {
  double low;
  double high;
};

void check(std::string_view name, double value, Range range, std::string_view suggestion) {
  if (value >= range.low && value <= range.high) return;
  throw InputError(fmt::format("{} of {} is out of range ({} to {})", name, value, range.low, range.high), suggestion);
}

// A void of half the mass's own volume and more is an aerogel, not layers round pores [angstrom^3/dalton].
constexpr double largest_pore_volume = 0.83;  // 0.5 cm3/g

void check_field(const TargetField& field) {
  const std::size_t cells = field.sides[0] * field.sides[1] * field.sides[2];
  for (const auto* values : {&field.crosslinks_per_cluster, &field.hydrogen_per_carbon, &field.oxygen_per_carbon,
                             &field.nitrogen_per_carbon}) {
    if (!values->empty() && values->size() != cells)
      throw InputError(fmt::format("a field of {} cells has {} values", cells, values->size()),
                       "give one value a cell or none");
    for (const double value : *values)
      check("value of a cell of the field", value, {0, 1e6}, "crosslinks and compositions are not negative");
  }
}

void check_pore_seeds(const CarbonTargets& targets) {
  for (const PoreSeed& seed : targets.pores) {
    check("weight of a pore seed", seed.weight, {0, 1e300}, "weights are shares of the pore volume");
    check("radius of a pore seed [angstrom]", seed.radius, {0, 500}, "0 stands for one drawn about the mean");
    for (int axis = 0; axis < 3; ++axis)
      check("coordinate of a pore seed", seed.fractional[axis], {-1, 2}, "give fractions of the cell edge");
  }
}

}  // namespace

void check_targets(const CarbonTargets& targets) {
  check("interlayer spacing [angstrom]", targets.interlayer_spacing, {3.3, 5.0},
        "hard carbons have 3.6 to 4.0, graphite 3.354");
  check("layer extent [angstrom]", targets.layer_extent, {5, 1000}, "hard carbons have 15 to 50");
  check("stack height [angstrom]", targets.stack_height, {5, 1000}, "hard carbons have 8 to 30");
  check("hydrogen per carbon", targets.hydrogen_per_carbon, {0, 0.4},
        "carbonize hotter: layers cannot carry more at their edges");
  check("oxygen per carbon", targets.oxygen_per_carbon, {0, 0.4},
        "carbonize hotter: layers cannot carry more at their edges");
  check("nitrogen per carbon", targets.nitrogen_per_carbon, {0, 0.2}, "carbonize hotter or dope less");
  check("edge fraction", targets.edge_fraction, {0, 0.4}, "hard carbons have 0.02 to 0.2; 0: from the composition");
  check("crosslinks per cluster", targets.crosslinks_per_cluster, {0, 100}, "a cluster has a handful of attachments");
  check("anneal steps", targets.anneal_steps, {0, 1e6}, "60 is barely, 400 well, 1500 highly ordered");
  check("pore radius [angstrom]", targets.pore_radius, {2, 500}, "closed pores of hard carbons have 3.5 to 15");
  check("spread of ln(pore radius)", targets.pore_radius_spread, {0, 1}, "0.15 is usual");
  check("closed pore volume [angstrom^3/dalton]", targets.closed_pore_volume, {0, largest_pore_volume},
        "closed pores of hard carbons have up to 0.33 (0.2 cm3/g)");
  check("orientation order <P2>", targets.orientation_order, {-0.49, 1}, "0 is isotropic, 1 aligned");
  check("share of handles removed", targets.handles_removed, {0, 1}, "1 removes all short ones, 0 none");
  check_pore_seeds(targets);
  check_field(targets.field);
}

void check_options(const BuildOptions& options) {
  if (options.cell_edge.has_value() == options.atoms.has_value())
    throw InputError("the size of the carbon is not given once (cell edge or number of atoms)", "give one of the two");
  if (options.atoms && *options.atoms < smallest_carbon)
    throw InputError(fmt::format("{} atoms are too few for a carbon (at least {})", *options.atoms, smallest_carbon),
                     "ask for 5000 or more, so that several grains and pores fit");
  check("grid spacing [angstrom]", options.grid_spacing, {0.4, 1.5}, "1.0 resolves a layer spacing in seven points");
  check("ring spacing [angstrom]", options.ring_spacing, {2.3, 2.6}, "2.43 gives bonds of 1.40");
  check("sweeps over the lattice of rings", options.ring_sweeps.value_or(0), {0, 1e6}, "250 are common");
  check("longest handle loop [angstrom]", options.longest_handle_loop, {0, 100},
        "a neck between two layers is about 12 round, a pair of screw dislocations 20");
  check("spacing ratio", options.spacing_ratio,
        {BuildOptions::lowest_spacing_ratio, BuildOptions::highest_spacing_ratio}, "1.04 was measured");
}

void check_cell(const CarbonTargets& targets, const BuildOptions& options, double edge) {
  const double spacing = targets.interlayer_spacing / options.spacing_ratio;
  check("cell edge [angstrom]", edge, {2 * spacing, 1e4}, "a cell must hold at least two layers");
  const bool pores = targets.closed_pore_volume > 0 || !targets.pores.empty();
  const double pore = 2 * (targets.pore_radius + Pore::carbon_radius) + spacing;
  if (pores && edge < pore)
    throw InputError(fmt::format("a pore of radius {} with its walls does not fit into a cell of {:.1f} angstrom",
                                 targets.pore_radius, edge),
                     fmt::format("take a cell above {:.0f} angstrom or smaller pores", pore));
}

}  // namespace cardhouse
