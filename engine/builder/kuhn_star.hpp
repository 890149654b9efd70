#pragma once
// A grid point among its neighbours in Kuhn's triangulation of the grid.

#include <array>

namespace cardhouse {

struct GridOffset {
  int i, j, k;
};

inline constexpr int kuhn_neighbours = 14;

/// A set of neighbours, bit by bit.
using KuhnSet = unsigned;
inline constexpr KuhnSet all_kuhn_neighbours = (1u << kuhn_neighbours) - 1;

/// The corners of a cube but the origin, and their opposites: neighbour 2(c - 1) is corner c of the cube, numbered by
/// bits x = 1, y = 2, z = 4, and neighbour 2(c - 1) + 1 lies opposite.
constexpr GridOffset kuhn_offset(int neighbour) {
  const int corner = neighbour / 2 + 1, sign = neighbour % 2 == 0 ? 1 : -1;
  return {sign * (corner & 1), sign * (corner >> 1 & 1), sign * (corner >> 2)};
}

/// Whether a set of neighbours and the rest of them are connected and not empty. All of them lie on a sphere, joined
/// where they are neighbours of each other: both are discs then.
bool is_disc(KuhnSet neighbours);

}  // namespace cardhouse
