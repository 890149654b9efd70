#include "engine/builder/lamellar_seeds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr int block_points = 8;  // edge of the blocks of grid points that share one list of nearby seeds

struct Metric {
  double across;  // 1/La^2
  double along;   // 1/Lc^2
};

double height_above(const LamellarSeed& seed, const Vector3& displacement) {
  return dot(displacement, seed.normal);
}

double squared_distance(const Vector3& displacement, double height, const Metric& metric) {
  return (squared_norm(displacement) - height * height) * metric.across + height * height * metric.along;
}

// Seeds that can own a point within `radius` of `centre`: those whose smallest possible distance does not exceed the
// smallest of the largest possible distances.
std::vector<LamellarSeed> seeds_near(const Vector3& centre, double radius, std::span<const LamellarSeed> seeds,
                                     const PeriodicCube& cube, const Metric& metric) {
  const double tight = std::min(metric.across, metric.along), wide = std::max(metric.across, metric.along);
  std::vector<double> nearest;
  double bound = std::numeric_limits<double>::infinity();
  for (const LamellarSeed& seed : seeds) {
    const double distance = cube.distance(seed.centre, centre);
    const double low = std::max(0.0, distance - radius);
    nearest.push_back(low * low * tight);
    bound = std::min(bound, (distance + radius) * (distance + radius) * wide);
  }
  std::vector<LamellarSeed> chosen;
  for (std::size_t s = 0; s < seeds.size(); ++s)
    if (nearest[s] <= bound * (1 + 1e-12)) chosen.push_back(seeds[s]);
  return chosen;
}

// Half a stack from the wall, where the wave rises through zero: sin(pi s/spacing) at the distance s from it.
LamellarSeed seed_on_face(const Pore& pore, double side, const GrainShape& shape, const PeriodicCube& cube) {
  const Vector3 normal = side * pore.normal;
  const double away = 0.5 * shape.stack_height;
  return {cube.wrap(pore.centre + (pore.wall_radius() + away) * normal), normal,
          std::numbers::pi * (away / shape.spacing - 0.5)};
}

struct Painter {
  ScalarGrid& field;
  std::span<const LamellarSeed> seeds;
  Metric metric;
  double wavenumber;  // pi/spacing
  double amplitude;

  double wave_at(const Vector3& point, std::span<const LamellarSeed> candidates) const {
    double best = std::numeric_limits<double>::infinity(), argument = 0;
    for (const LamellarSeed& seed : candidates) {
      const Vector3 displacement = field.cube().separation(seed.centre, point);
      const double height = height_above(seed, displacement);
      const double distance = squared_distance(displacement, height, metric);
      if (distance >= best) continue;
      best = distance;
      argument = wavenumber * height + seed.phase;
    }
    return amplitude * std::cos(argument);
  }

  void paint_block(int i0, int j0, int k0) const {
    const double half = 0.5 * (block_points - 1) * field.spacing();
    const Vector3 centre = field.cube().wrap(field.position(i0, j0, k0) + Vector3{half, half, half});
    const auto candidates = seeds_near(centre, std::numbers::sqrt3 * half, seeds, field.cube(), metric);
    const int points = field.points();
    for (int i = i0; i < std::min(i0 + block_points, points); ++i)
      for (int j = j0; j < std::min(j0 + block_points, points); ++j)
        for (int k = k0; k < std::min(k0 + block_points, points); ++k)
          field.values[field.index(i, j, k)] += wave_at(field.position(i, j, k), candidates);
  }
};

}  // namespace

Vector3 draw_axial_normal(double order, Stream& stream) {
  EXPECTS(order > -0.5 && order <= 1);
  const double cosine = std::pow(stream.uniform(), (1 - order) / (1 + 2 * order));
  const double sine = std::sqrt(std::max(0.0, 1 - cosine * cosine));
  const double azimuth = 2 * std::numbers::pi * stream.uniform();
  return {sine * std::cos(azimuth), sine * std::sin(azimuth), cosine};
}

std::vector<LamellarSeed> draw_seeds(const GrainShape& shape, std::span<const Pore> pores, const PeriodicCube& cube,
                                     Stream& stream) {
  const double grain = std::numbers::pi / 6 * shape.layer_extent * shape.layer_extent * shape.stack_height;
  const double number = 0.74 * cube.edge * cube.edge * cube.edge / grain;
  std::vector<LamellarSeed> seeds;
  for (const Pore& pore : pores)
    if (pore.flat > 0)
      for (const double side : {-1.0, 1.0}) seeds.push_back(seed_on_face(pore, side, shape, cube));
  const std::size_t given = seeds.size();
  seeds.resize(given + static_cast<std::size_t>(std::max(1.0, std::round(number))));
  for (LamellarSeed& seed : std::span(seeds).subspan(given)) {
    for (int axis = 0; axis < 3; ++axis) seed.centre[axis] = cube.edge * stream.uniform();
    seed.normal = draw_axial_normal(shape.orientation_order, stream);
    seed.phase = 2 * std::numbers::pi * stream.uniform();
  }
  return seeds;
}

void add_grains(ScalarGrid& field, std::span<const LamellarSeed> seeds, const GrainShape& shape, double amplitude) {
  EXPECTS(!seeds.empty());
  const Metric metric{1 / (shape.layer_extent * shape.layer_extent), 1 / (shape.stack_height * shape.stack_height)};
  const Painter painter{field, seeds, metric, std::numbers::pi / shape.spacing, amplitude};
  const int points = field.points();
#pragma omp parallel for schedule(dynamic)
  for (int i = 0; i < points; i += block_points)
    for (int j = 0; j < points; j += block_points)
      for (int k = 0; k < points; k += block_points) painter.paint_block(i, j, k);
}

}  // namespace cardhouse
