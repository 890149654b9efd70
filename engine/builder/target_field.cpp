#include "engine/builder/target_field.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

std::size_t number_of_cells(const std::array<std::size_t, 3>& sides) {
  return sides[0] * sides[1] * sides[2];
}

std::vector<std::size_t> cells_of(const TargetField& field, std::span<const Vector3> positions,
                                  const PeriodicCube& cube) {
  std::vector<std::size_t> cells;
  cells.reserve(positions.size());
  for (const Vector3& position : positions) cells.push_back(cell_at(field.sides, position * (1 / cube.edge)));
  return cells;
}

}  // namespace

std::size_t cell_at(const std::array<std::size_t, 3>& sides, const Vector3& fractional) {
  EXPECTS(number_of_cells(sides) > 0);
  std::array<std::size_t, 3> place{};
  for (int axis = 0; axis < 3; ++axis) {
    const double inside = fractional[axis] - std::floor(fractional[axis]);
    const auto side = sides[static_cast<std::size_t>(axis)];
    place[static_cast<std::size_t>(axis)] =
        std::min(side - 1, static_cast<std::size_t>(inside * static_cast<double>(side)));
  }
  return (place[2] * sides[1] + place[1]) * sides[0] + place[0];
}

FieldSampler::FieldSampler(const std::array<std::size_t, 3>& sides, std::span<const double> values)
    : sides_(sides), cumulative_(values.size()) {
  EXPECTS(values.size() == number_of_cells(sides) && *std::min_element(values.begin(), values.end()) >= 0);
  std::partial_sum(values.begin(), values.end(), cumulative_.begin());
  EXPECTS(cumulative_.back() > 0);
}

Vector3 FieldSampler::draw(Stream& stream) const {
  const double wanted = stream.uniform() * cumulative_.back();
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end() - 1, wanted);
  std::size_t rest = static_cast<std::size_t>(found - cumulative_.begin());
  Vector3 fractional;
  for (int axis = 0; axis < 3; ++axis) {
    const std::size_t side = sides_[static_cast<std::size_t>(axis)];
    fractional[axis] = (static_cast<double>(rest % side) + stream.uniform()) / static_cast<double>(side);
    rest /= side;
  }
  return fractional;
}

bool is_known(const TargetField& field, std::span<const double> values) {
  return !values.empty() && values.size() == number_of_cells(field.sides) &&
         std::any_of(values.begin(), values.end(), [](double value) { return value > 0; });
}

std::vector<double> edge_density(const TargetField& field, double least) {
  std::vector<double> density(number_of_cells(field.sides), 0.0);
  for (const auto* values : {&field.hydrogen_per_carbon, &field.oxygen_per_carbon, &field.nitrogen_per_carbon})
    for (std::size_t cell = 0; is_known(field, *values) && cell < density.size(); ++cell)
      density[cell] += (*values)[cell];
  if (!is_known(field, density)) return {};
  for (double& value : density) value = std::max(value, least);
  return density;
}

std::vector<double> values_at(const TargetField& field, std::span<const double> values,
                              std::span<const Vector3> positions, const PeriodicCube& cube) {
  if (values.empty()) return {};
  std::vector<double> result;
  result.reserve(positions.size());
  for (const std::size_t cell : cells_of(field, positions, cube)) result.push_back(values[cell]);
  return result;
}

SitePreferences site_preferences(const TargetField& field, const Sp2Network& network) {
  SitePreferences preferences;
  if (number_of_cells(field.sides) == 0) return preferences;
  const std::vector<std::size_t> cells = cells_of(field, network.positions, network.cube);
  std::vector<double> atoms(number_of_cells(field.sides), 0.0), edges = atoms;
  for (std::size_t atom = 0; atom < cells.size(); ++atom) {
    atoms[cells[atom]] += 1;
    if (network.is_edge(atom)) edges[cells[atom]] += 1;
  }
  const auto prefer = [&](const std::vector<double>& values, std::vector<double>& preference) {
    if (!is_known(field, values)) return;
    for (std::size_t atom = 0; atom < cells.size(); ++atom) {
      const std::size_t cell = cells[atom];
      const double alike = network.is_edge(atom) ? edges[cell] : atoms[cell] - edges[cell];
      preference.push_back(values[cell] * atoms[cell] / alike);
    }
  };
  prefer(field.hydrogen_per_carbon, preferences.hydrogen);
  prefer(field.oxygen_per_carbon, preferences.oxygen);
  prefer(field.nitrogen_per_carbon, preferences.nitrogen);
  return preferences;
}

}  // namespace cardhouse
