#pragma once

#include <vector>

#include "engine/builder/pore_placement.hpp"
#include "engine/builder/scalar_grid.hpp"
#include "engine/builder/swift_hohenberg.hpp"

namespace cardhouse {

/// Distance of every grid point to the nearest sphere on which the nuclei of a pore wall are to stand, negative inside
/// the pore; exact up to `reach`, and `reach` beyond it [angstrom]. Pores and channels of the layout alike.
ScalarGrid wall_distance(const PoreLayout& layout, const ScalarGrid& like, double reach);

/// How far the shells reach, in layer spacings.
inline constexpr double shell_reach = 3.2;

/// Blends complete shells of layers round every pore into the field: lamellar_amplitude() sin(pi s/spacing) at the
/// distance s from the wall, minus the amplitude inside, with weight exp(-s^2/(2 spacing)^2) outside and 1 inside.
void wrap_pores(ScalarGrid& field, const ScalarGrid& distance, double spacing);

/// The points that annealing has to leave alone for a pore to stay closed: the pore, its first layer and half the
/// gallery behind it. With the pore alone held, every shell of sixteen pores was perforated after 100 steps; with this,
/// none after 400 (measured).
std::vector<HeldPoint> hold_walls(const ScalarGrid& distance, double spacing);

}  // namespace cardhouse
