#pragma once

#include <array>

#include "engine/sodium/site_network.hpp"

namespace cardhouse {

/// Whole cells along the cell vectors.
using CellOffset = std::array<int, 3>;

inline CellOffset sum(const CellOffset& a, const CellOffset& b) {
  return {a[0] + b[0], a[1] + b[1], a[2] + b[2]};
}

inline CellOffset difference(const CellOffset& a, const CellOffset& b) {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}

/// The periodic faces that a hop from the first to the second site of the link crosses: zero when it stays in the cell.
CellOffset cells_crossed(const SiteNetwork& network, const SiteLink& link);

}  // namespace cardhouse
