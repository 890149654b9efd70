#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/structure/cell.hpp"

namespace cardhouse {

/// The order in which a curve through the cell meets the positions: entry k is the index of the k-th. Positions near
/// each other in space are mostly near each other in this order, hence in memory when stored in it. Morton's curve
/// (1966, IBM technical report "A computer oriented geodetic data base"): the bits of the three fractional coordinates,
/// interleaved. Equal positions keep the order they come in.
std::vector<std::uint32_t> along_space_filling_curve(const Cell& cell, std::span<const Vector3> positions);

}  // namespace cardhouse
