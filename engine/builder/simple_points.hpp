#pragma once

#include <cstddef>
#include <span>

#include "engine/builder/scalar_grid.hpp"

namespace cardhouse {

/// Whether the zero level set of the field, as zero_surface() cuts it, only bends when the value at a grid point
/// changes its sign: the neighbours of either sign, joined as in Kuhn's tetrahedra, must be one connected set each (a
/// simple point; Kong & Rosenfeld 1989, doi:10.1016/0734-189X(89)90147-3).
bool is_simple(const ScalarGrid& field, int i, int j, int k);

/// Takes back, as few as possible, the changes of sign since `before` that would change the topology of the zero level
/// set: points are let through one at a time while they are simple; the others keep their sign at the value `least`
/// (topology-preserving level sets: Han, Xu & Prince 2003, doi:10.1109/TPAMI.2003.1201824). Returns how many those are.
/// EXPECTS least > 0 and a value before for every point. O(points).
std::size_t keep_topology(ScalarGrid& field, std::span<const double> before, double least);

}  // namespace cardhouse
