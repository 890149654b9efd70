#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/contracts.hpp"
#include "engine/offlattice/energy_basins.hpp"
#include "engine/offlattice/moving_bins.hpp"

namespace cardhouse {
namespace {

using Matrix = std::array<Vector3, 3>;

struct Expansion {
  Vector3 gradient;
  Matrix hessian;
};

Expansion expand(const EnergyFunction& energy, const Vector3& place) {
  constexpr double h = 0.02;  // [angstrom]
  const auto at = [&](int a, int sa, int b, int sb) {
    Vector3 shifted = place;
    shifted[a] += sa * h;
    shifted[b] += sb * h;
    return energy(shifted);
  };
  const double here = energy(place);
  Expansion result;
  for (int a = 0; a < 3; ++a) {
    const double up = at(a, 1, a, 0), down = at(a, -1, a, 0);
    result.gradient[a] = (up - down) / (2 * h);
    result.hessian[a][a] = (up - 2 * here + down) / (h * h);
    for (int b = 0; b < a; ++b) {
      const double mixed = at(a, 1, b, 1) - at(a, 1, b, -1) - at(a, -1, b, 1) + at(a, -1, b, -1);
      result.hessian[a][b] = result.hessian[b][a] = mixed / (4 * h * h);
    }
  }
  return result;
}

double determinant(const Matrix& m) {
  return dot(m[0], cross(m[1], m[2]));
}

Vector3 solve(const Matrix& m, const Vector3& v) {
  const Vector3 sum = v.x * cross(m[1], m[2]) + v.y * cross(m[2], m[0]) + v.z * cross(m[0], m[1]);
  return sum / determinant(m);
}

/// Directions downhill: sign changes of the leading minors (Sylvester's law of inertia; Jacobi's rule).
int downhill(const Matrix& m) {
  const double one = m[0].x, two = m[0].x * m[1].y - m[0].y * m[1].x, three = determinant(m);
  return (one < 0) + (one * two < 0) + (two * three < 0);
}

struct StationaryPoint {
  Vector3 position;
  int downhill;
};

std::optional<StationaryPoint> find_stationary(const EnergyFunction& energy, double reach, const Vector3& start) {
  Vector3 here = start;
  for (int iteration = 0; iteration < 20; ++iteration) {
    const Expansion local = expand(energy, here);
    const Vector3 step = solve(local.hessian, local.gradient);
    const double length = norm(step);
    if (!std::isfinite(length)) return {};
    here -= length > 0.5 * reach ? 0.5 * reach / length * step : step;
    if (norm(here - start) > reach) return {};
    if (length < 1e-5) return StationaryPoint{here, downhill(local.hessian)};
  }
  return {};
}

template <class Place>
void move_to(Place& place, const Vector3& position, const EnergyFunction& energy) {
  place.position = position;
  place.energy = energy(position);
  place.refined = true;
}

using Image = std::array<int, 3>;
using Neighbours = std::map<std::pair<std::uint32_t, Image>, double>;  ///< basin and its image; energy of the way

std::vector<Neighbours> neighbours_of(const BasinMap& map) {
  std::vector<Neighbours> result(map.basins.size());
  for (const Saddle& s : map.saddles) {
    result[s.first][{s.second, s.image}] = s.energy;
    result[s.second][{s.first, {-s.image[0], -s.image[1], -s.image[2]}}] = s.energy;
  }
  return result;
}

/// Whether two lower ways lead there through a third basin.
bool has_bypass(const Saddle& saddle, const std::vector<Neighbours>& neighbours) {
  for (const auto& [middle, energy] : neighbours[saddle.first]) {
    if (!(energy < saddle.energy)) continue;
    const auto& [basin, at] = middle;
    const Image rest{saddle.image[0] - at[0], saddle.image[1] - at[1], saddle.image[2] - at[2]};
    const auto onward = neighbours[basin].find({saddle.second, rest});
    if (onward != neighbours[basin].end() && onward->second < saddle.energy) return true;
  }
  return false;
}

/// Marks the saddles that share their place with one that came there from nearer by.
void mark_copies(const BasinMap& map, const std::vector<double>& travels, std::vector<std::uint8_t>& superfluous) {
  constexpr double same = 0.05;  // [angstrom]
  MovingBins bins(map.cell, 1, map.saddles.size());
  for (std::uint32_t k = 0; k < map.saddles.size(); ++k)
    if (map.saddles[k].refined) bins.add(k, map.saddles[k].position);
  for (std::uint32_t k = 0; k < map.saddles.size(); ++k) {
    if (!map.saddles[k].refined) continue;
    bins.visit_near(map.saddles[k].position, same, [&](std::uint32_t other, double) {
      superfluous[k] |= std::pair(travels[other], other) < std::pair(travels[k], k);
      return superfluous[k] == 0;
    });
  }
}

}  // namespace

void refine_basins(BasinMap& map, const EnergyFunction& energy, double reach) {
  EXPECTS(reach > 0);
  const auto basins = static_cast<std::int64_t>(map.basins.size());
  const auto saddles = static_cast<std::int64_t>(map.saddles.size());
  std::vector<std::uint8_t> superfluous(map.saddles.size(), 0);
  std::vector<double> travels(map.saddles.size(), 0);
#pragma omp parallel for schedule(dynamic, 16)
  for (std::int64_t k = 0; k < basins; ++k) {
    const auto found = find_stationary(energy, reach, map.basins[k].position);
    if (found && found->downhill == 0) move_to(map.basins[k], found->position, energy);
  }
#pragma omp parallel for schedule(dynamic, 16)
  for (std::int64_t k = 0; k < saddles; ++k) {
    const auto found = find_stationary(energy, reach, map.saddles[k].position);
    superfluous[k] = found && found->downhill > 1;
    if (!found || found->downhill != 1) continue;
    travels[k] = norm(found->position - map.saddles[k].position);
    move_to(map.saddles[k], found->position, energy);
  }
  mark_copies(map, travels, superfluous);
  const std::vector<Neighbours> neighbours = neighbours_of(map);
  std::size_t kept = 0;
  for (std::size_t k = 0; k < map.saddles.size(); ++k) {
    const Saddle saddle = map.saddles[k];
    if (superfluous[k] || (!saddle.refined && has_bypass(saddle, neighbours))) continue;
    map.saddles[kept++] = saddle;
  }
  map.saddles.resize(kept);
}

}  // namespace cardhouse
