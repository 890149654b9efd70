#pragma once

#include "engine/builder/build_carbon.hpp"

namespace cardhouse {

/// Fewest atoms of a carbon: below that not even one grain with its boundary fits (estimate).
inline constexpr int smallest_carbon = 500;

/// What can be said about targets and options before anything is built. Each throws InputError with reason and
/// suggestion; a value that is not a number is out of range.
void check_targets(const CarbonTargets& targets);
void check_options(const BuildOptions& options);
/// Whether two layers and the mean pore with its walls fit into the cube.
void check_cell(const CarbonTargets& targets, const BuildOptions& options, double edge);

}  // namespace cardhouse
