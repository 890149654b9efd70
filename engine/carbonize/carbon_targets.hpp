#pragma once
// From chemistry to what the builder is asked for.

#include "engine/carbonize/expected_carbon.hpp"
#include "engine/structure/carbon_targets.hpp"

namespace cardhouse {

/// Targets of the carbon that `result` becomes: spacing, extents and closed pores as expected_carbon() has them, anneal
/// steps by anneal_steps() times the mobility within 0.2 and 5 (estimate), handles by handles_removed(), composition,
/// crosslinks and pore places as the chemistry left them, in the mean and cell by cell.
CarbonTargets carbon_targets(const CarbonizeResult& result, const Process& process);

/// Steps of the lamellar field for an ordering barrier E* [eV]: 60 at 344 kJ/mol (900 degC for two hours), 400 at 462
/// (1300 degC) and 1500 at 550 (1600 degC), straight lines of ln(steps) between, constant outside (estimate: steps at
/// which the field's La and Lc grow as expected_carbon() has them).
double anneal_steps(double barrier);

/// Share of the handles of the layers that heal at an ordering barrier E* [eV]: none up to 344 kJ/mol (900 degC for two
/// hours), all that have a short loop from 462 kJ/mol (1300 degC) on, a straight line between, times
/// exp(-crosslinks per cluster beyond the material's reference), which pin the layers (estimate).
double handles_removed(double barrier, double excess_crosslinks);

}  // namespace cardhouse
