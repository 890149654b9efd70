#include "engine/builder/sphere_packing.hpp"

#include <algorithm>

#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {
namespace {

constexpr double push_margin = 0.02;        // pushes go this much beyond contact, so that they end [angstrom]
constexpr double overlap_tolerance = 0.01;  // of a finished packing, below the margin [angstrom]

constexpr int projections = 40;     // between two discs
constexpr int most_refusals = 300;  // of a random position

std::vector<Vector3> centres(std::span<const Sphere> spheres) {
  std::vector<Vector3> positions;
  for (const Sphere& sphere : spheres) positions.push_back(sphere.centre);
  return positions;
}

double largest_radius(std::span<const Sphere> spheres) {
  double largest = 0;
  for (const Sphere& sphere : spheres) largest = std::max(largest, sphere.radius + sphere.flat);
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

// The point of a sphere's disc nearest to another, both from its centre.
Vector3 nearest_on_disc(const Sphere& sphere, const Vector3& point) {
  if (sphere.flat <= 0) return {};
  const Vector3 across = point - dot(point, sphere.normal) * sphere.normal;
  const double length = norm(across);
  return length > sphere.flat ? across * (sphere.flat / length) : across;
}

double overlap_of(const Sphere& first, const Sphere& second, const Vector3& centres) {
  return first.radius + second.radius - norm(disc_separation(first, second, centres));
}

// By how much the second has to move away from the first; nothing where they do not meet.
Vector3 push(const Sphere& first, const Sphere& second, const PeriodicCube& cube) {
  const Vector3 centres = cube.separation(first.centre, second.centre);
  const Vector3 separation = disc_separation(first, second, centres);
  const double overlap = first.radius + second.radius + push_margin - norm(separation);
  if (overlap <= 0) return {};
  for (const Vector3& way : {separation, centres})
    if (squared_norm(way) > 1e-12) return overlap * normalized(way);
  return {0, 0, overlap};
}

void push_pair(Sphere& first, Sphere& second, const PeriodicCube& cube) {
  const Vector3 step = 0.5 * push(first, second, cube);
  first.centre = cube.wrap(first.centre - step);
  second.centre = cube.wrap(second.centre + step);
}

void push_from(Sphere& sphere, const Sphere& obstacle, const PeriodicCube& cube) {
  sphere.centre = cube.wrap(sphere.centre + push(obstacle, sphere, cube));
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
    return overlap_of(sphere, other, cube.separation(sphere.centre, other.centre)) > 0;
  });
}

}  // namespace

Vector3 disc_separation(const Sphere& first, const Sphere& second, const Vector3& centres) {
  Vector3 start, end = centres;
  if (first.flat <= 0 && second.flat <= 0) return end;
  // Projecting to and fro between two convex sets leads to their nearest points.
  for (int round = 0; round < projections; ++round) {
    start = nearest_on_disc(first, end);
    end = centres + nearest_on_disc(second, start - centres);
  }
  return end - start;
}

std::vector<double> overlaps(std::span<const Sphere> spheres, std::span<const Sphere> obstacles,
                             const PeriodicCube& cube) {
  const Contacts contacts(spheres, obstacles, cube);
  std::vector<double> sums(spheres.size(), 0.0);
  for (std::size_t i = 0; i < spheres.size(); ++i) {
    for (const Neighbour& other : contacts.mutual.of(i))
      sums[i] += std::max(0.0, overlap_of(spheres[i], spheres[other.index], other.displacement));
    for (const Neighbour& other : contacts.fixed.of(i))
      sums[i] += std::max(0.0, overlap_of(spheres[i], obstacles[other.index], other.displacement));
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

Vector3 find_room(Sphere trial, std::span<const Sphere> spheres, std::span<const Sphere> obstacles,
                  const PeriodicCube& cube, Stream& stream) {
  for (int refusals = 0; refusals < most_refusals; ++refusals) {
    for (int axis = 0; axis < 3; ++axis) trial.centre[axis] = cube.edge * stream.uniform();
    if (!overlaps_any(trial, spheres, cube) && !overlaps_any(trial, obstacles, cube)) break;
  }
  return trial.centre;
}

}  // namespace cardhouse
