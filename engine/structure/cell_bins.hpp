#pragma once

#include <array>
#include <cstddef>

#include "engine/structure/cell.hpp"

namespace cardhouse {

/// Numbers of bins along the cell vectors that cut the cell into slices at least `width` [angstrom] wide (one where the
/// cell is narrower). Where that would be more than eight bins for each of `points`, the slices are widened: memory
/// must not grow with the vacuum round a few atoms. EXPECTS width > 0.
std::array<int, 3> bin_counts(const Cell& cell, double width, std::size_t points);

}  // namespace cardhouse
