#include "engine/relax/bricks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

int longest_side(const Cell& cell, const Brick& brick) {
  Vector3 sides;
  for (int axis = 0; axis < 3; ++axis) sides[axis] = (brick.high[axis] - brick.low[axis]) * cell.widths()[axis];
  // A side must be longer by more than rounding to be preferred: the cuts of a cube must not depend on its last bit.
  int longest = 0;
  for (int axis = 1; axis < 3; ++axis) {
    if (sides[axis] > (1 + 1e-9) * sides[longest]) longest = axis;
  }
  return longest;
}

/// Puts the box tightly round the atoms, along the axes that are cut.
void tighten(Brick& brick, std::span<const Vector3> places) {
  for (int axis = 0; axis < 3; ++axis) {
    if (!brick.divided[axis]) continue;
    brick.low[axis] = 1;
    brick.high[axis] = 0;
    for (const std::uint32_t atom : brick.atoms) {
      brick.low[axis] = std::min(brick.low[axis], places[atom][axis]);
      brick.high[axis] = std::max(brick.high[axis], places[atom][axis]);
    }
  }
}

void cut(const Cell& cell, std::span<const Vector3> places, int n, Brick brick, std::vector<Brick>& bricks) {
  if (n == 1) {
    std::sort(brick.atoms.begin(), brick.atoms.end());
    tighten(brick, places);
    bricks.push_back(std::move(brick));
    return;
  }
  const int axis = longest_side(cell, brick);
  const int first = n / 2;
  const auto middle =
      brick.atoms.begin() +
      static_cast<std::ptrdiff_t>(brick.atoms.size() * static_cast<std::size_t>(first) / static_cast<std::size_t>(n));
  std::nth_element(brick.atoms.begin(), middle, brick.atoms.end(), [&](std::uint32_t a, std::uint32_t b) {
    return places[a][axis] != places[b][axis] ? places[a][axis] < places[b][axis] : a < b;
  });
  Brick below{{brick.atoms.begin(), middle}, brick.divided, brick.low, brick.high};
  Brick above{{middle, brick.atoms.end()}, brick.divided, brick.low, brick.high};
  below.divided[axis] = above.divided[axis] = true;
  below.high[axis] = above.low[axis] = places[*middle][axis];
  cut(cell, places, first, std::move(below), bricks);
  cut(cell, places, n - first, std::move(above), bricks);
}

/// The thinnest divided side of even bricks [angstrom].
double thinnest(const Cell& cell, int n, const Brick& brick) {
  if (n == 1) {
    double thin = std::numeric_limits<double>::infinity();
    for (int axis = 0; axis < 3; ++axis) {
      if (brick.divided[axis]) thin = std::min(thin, (brick.high[axis] - brick.low[axis]) * cell.widths()[axis]);
    }
    return thin;
  }
  const int axis = longest_side(cell, brick);
  Brick below = brick;
  Brick above = brick;
  below.divided[axis] = above.divided[axis] = true;
  below.high[axis] = above.low[axis] = brick.low[axis] + (brick.high[axis] - brick.low[axis]) * (n / 2) / n;
  return std::min(thinnest(cell, n / 2, below), thinnest(cell, n - n / 2, above));
}

}  // namespace

WrappedPlaces::WrappedPlaces(const Cell& cell, std::span<const Vector3> positions)
    : places(positions.size()), taken(positions.size()) {
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const Vector3 place = cell.to_fractional(positions[i]);
    taken[i] = {std::floor(place.x), std::floor(place.y), std::floor(place.z)};
    places[i] = place - taken[i];
  }
}

std::vector<Brick> cut_into_bricks(const Cell& cell, std::span<const Vector3> places, int n) {
  EXPECTS(n >= 1 && static_cast<std::size_t>(n) <= places.size());
  Brick whole;
  whole.atoms.resize(places.size());
  std::iota(whole.atoms.begin(), whole.atoms.end(), 0u);
  std::vector<Brick> bricks;
  cut(cell, places, n, std::move(whole), bricks);
  return bricks;
}

int thick_bricks(const Cell& cell, double thickness, int most) {
  while (most > 1 && thinnest(cell, most, {}) < thickness) --most;
  return std::max(most, 1);
}

}  // namespace cardhouse
