#pragma once

#include <cstddef>
#include <vector>

#include "engine/builder/periodic_cube.hpp"

namespace cardhouse {

/// A scalar field on a cubic periodic grid; the value (i, j, k) stands at (i, j, k) * spacing().
class ScalarGrid {
 public:
  /// All values zero. EXPECTS edge > 0 and at least 4 points along an edge.
  ScalarGrid(double edge, int points, double initial = 0);

  int points() const { return points_; }  ///< along one edge
  double spacing() const { return cube_.edge / points_; }
  const PeriodicCube& cube() const { return cube_; }
  std::size_t size() const { return values.size(); }
  /// Index of a grid point; the coordinates may lie outside by up to one period.
  std::size_t index(int i, int j, int k) const {
    return (static_cast<std::size_t>(fold(i)) * points_ + fold(j)) * points_ + fold(k);
  }
  Vector3 position(int i, int j, int k) const { return {i * spacing(), j * spacing(), k * spacing()}; }

  /// Value and gradient of the trilinear interpolation at any position.
  struct Sample {
    double value;
    Vector3 gradient;
  };
  Sample sample(const Vector3& position) const;

  std::vector<double> values;  ///< k runs fastest

 private:
  /// The grid plane below a coordinate, given in spacings, and the rest in [0, 1].
  struct Place {
    int below;
    double rest;
  };
  Place split(double scaled) const;
  int fold(int i) const { return i < 0 ? i + points_ : i >= points_ ? i - points_ : i; }

  PeriodicCube cube_;
  int points_;
};

/// Moves a point along the gradient onto the zero level set: at most three Newton steps of at most 0.5 angstrom each,
/// the last of them the first below 0.001 angstrom. Where the gradient vanishes the point stays. Returns a wrapped
/// position.
Vector3 project_to_zero(const ScalarGrid& field, Vector3 position);

/// Smallest even number >= `wanted` without prime factors above 5: such grids transform fastest; a point of an odd one
/// (75, 81, 125, 135) takes up to twice as long (measured).
int transform_friendly(int wanted);

}  // namespace cardhouse
