#include "engine/structure/sphere_packing.hpp"

#include <algorithm>

#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {
namespace {

constexpr double push_margin = 0.02;        // pushes go this much beyond contact, so that they end [angstrom]
constexpr double overlap_tolerance = 0.01;  // of a finished packing, below the margin [angstrom]

constexpr int most_refusals = 300;  // of a random position

std::vector<Vector3> centres(std::span<const Sphere> spheres) {
  std::vector<Vector3> positions;
  for (const Sphere& sphere : spheres) positions.push_back(sphere.centre);
  return positions;
}

double largest_radius(std::span<const Sphere> spheres) {
  double largest = 0;
  for (const Sphere& sphere : spheres) largest = std::max(largest, sphere.radius);
  return largest;
}

// All pairs of spheres, and of spheres with obstacles, that touch or come close to it.
struct Contacts {
  Contacts(std::span<const Sphere> spheres, std::span<const Sphere> obstacles, const PeriodicCube& cube)
      : cell(Cell::cubic(cube.edge)),
        mutual(cell, centres(spheres), 2 * largest_radius(spheres) + 1),
        fixed(cell, centres(spheres), centres(obstacles), largest_radius(spheres) + largest_radius(obstacles) + 1) {}

  Cell cell;
  NeighbourList mutual;
  NeighbourList fixed;
};

Vector3 line_of_centres(const Vector3& separation) {
  return squared_norm(separation) > 1e-12 ? normalized(separation) : Vector3{0, 0, 1};
}

void push_pair(Sphere& first, Sphere& second, const PeriodicCube& cube) {
  const Vector3 separation = cube.separation(first.centre, second.centre);
  const double overlap = first.radius + second.radius + push_margin - norm(separation);
  if (overlap <= 0) return;
  const Vector3 step = 0.5 * overlap * line_of_centres(separation);
  first.centre = cube.wrap(first.centre - step);
  second.centre = cube.wrap(second.centre + step);
}

void push_from(Sphere& sphere, const Sphere& obstacle, const PeriodicCube& cube) {
  const Vector3 separation = cube.separation(obstacle.centre, sphere.centre);
  const double overlap = sphere.radius + obstacle.radius + push_margin - norm(separation);
  if (overlap > 0) sphere.centre = cube.wrap(sphere.centre + overlap * line_of_centres(separation));
}

void sweep(std::vector<Sphere>& spheres, std::span<const Sphere> obstacles, const PeriodicCube& cube) {
  const Contacts contacts(spheres, obstacles, cube);
  for (std::size_t i = 0; i < spheres.size(); ++i) {
    for (const Neighbour& other : contacts.mutual.of(i))
      if (other.index > i) push_pair(spheres[i], spheres[other.index], cube);
    for (const Neighbour& obstacle : contacts.fixed.of(i)) push_from(spheres[i], obstacles[obstacle.index], cube);
  }
}

bool overlaps_any(const Sphere& sphere, std::span<const Sphere> others, const PeriodicCube& cube) {
  return std::any_of(others.begin(), others.end(), [&](const Sphere& other) {
    return cube.distance(sphere.centre, other.centre) < sphere.radius + other.radius;
  });
}

}  // namespace

std::vector<double> overlaps(std::span<const Sphere> spheres, std::span<const Sphere> obstacles,
                             const PeriodicCube& cube) {
  const Contacts contacts(spheres, obstacles, cube);
  std::vector<double> sums(spheres.size(), 0.0);
  for (std::size_t i = 0; i < spheres.size(); ++i) {
    for (const Neighbour& other : contacts.mutual.of(i))
      sums[i] += std::max(0.0, spheres[i].radius + spheres[other.index].radius - norm(other.displacement));
    for (const Neighbour& other : contacts.fixed.of(i))
      sums[i] += std::max(0.0, spheres[i].radius + obstacles[other.index].radius - norm(other.displacement));
  }
  return sums;
}

bool push_apart(std::vector<Sphere>& spheres, std::span<const Sphere> obstacles, const PeriodicCube& cube, int sweeps) {
  const auto apart = [&] {
    const std::vector<double> sums = overlaps(spheres, obstacles, cube);
    return std::all_of(sums.begin(), sums.end(), [](double sum) { return sum <= overlap_tolerance; });
  };
  for (int round = 0; round < sweeps; ++round) {
    if (round % 10 == 0 && apart()) return true;
    sweep(spheres, obstacles, cube);
  }
  return apart();
}

Vector3 find_room(double radius, std::span<const Sphere> spheres, std::span<const Sphere> obstacles,
                  const PeriodicCube& cube, Stream& stream) {
  Sphere trial{{}, radius};
  for (int refusals = 0; refusals < most_refusals; ++refusals) {
    for (int axis = 0; axis < 3; ++axis) trial.centre[axis] = cube.edge * stream.uniform();
    if (!overlaps_any(trial, spheres, cube) && !overlaps_any(trial, obstacles, cube)) break;
  }
  return trial.centre;
}

}  // namespace cardhouse
