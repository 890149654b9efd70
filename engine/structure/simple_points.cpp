#include "engine/structure/simple_points.hpp"

#include <array>
#include <vector>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr int neighbours = 14;  // of a grid point in Kuhn's triangulation
constexpr unsigned all = (1u << neighbours) - 1;

struct Offset {
  int i, j, k;
};

// The corners of a cube but the origin, and their opposites: bits x = 1, y = 2, z = 4 as in zero_surface().
constexpr Offset offset(int neighbour) {
  const int corner = neighbour / 2 + 1, sign = neighbour % 2 == 0 ? 1 : -1;
  return {sign * (corner & 1), sign * (corner >> 1 & 1), sign * (corner >> 2)};
}

constexpr bool is_edge(const Offset& step) {
  for (int neighbour = 0; neighbour < neighbours; ++neighbour) {
    const Offset other = offset(neighbour);
    if (step.i == other.i && step.j == other.j && step.k == other.k) return true;
  }
  return false;
}

using Links = std::array<unsigned, neighbours>;

// Which neighbours of a point are neighbours of each other.
constexpr Links find_links() {
  Links links{};
  for (int a = 0; a < neighbours; ++a)
    for (int b = 0; b < neighbours; ++b) {
      const Offset from = offset(a), to = offset(b);
      if (is_edge({to.i - from.i, to.j - from.j, to.k - from.k})) links[a] |= 1u << b;
    }
  return links;
}

constexpr Links links = find_links();

bool is_connected(unsigned set) {
  unsigned reached = set & (~set + 1), before = 0;
  while (reached != before) {
    before = reached;
    for (int neighbour = 0; neighbour < neighbours; ++neighbour)
      if (before >> neighbour & 1) reached |= links[neighbour] & set;
  }
  return set != 0 && reached == set;
}

// Both sets lie on a sphere: when they are connected, each is a disc.
bool is_simple_among(unsigned negatives) {
  return is_connected(negatives) && is_connected(all & ~negatives);
}

template <class IsNegative>
unsigned negative_neighbours(const ScalarGrid& field, const Offset& at, IsNegative&& is_negative) {
  unsigned negatives = 0;
  for (int neighbour = 0; neighbour < neighbours; ++neighbour) {
    const Offset step = offset(neighbour);
    if (is_negative(field.index(at.i + step.i, at.j + step.j, at.k + step.k))) negatives |= 1u << neighbour;
  }
  return negatives;
}

Offset place(const ScalarGrid& field, std::size_t point) {
  const auto number = static_cast<std::size_t>(field.points());
  return {static_cast<int>(point / number / number), static_cast<int>(point / number % number),
          static_cast<int>(point % number)};
}

}  // namespace

bool is_simple(const ScalarGrid& field, int i, int j, int k) {
  return is_simple_among(
      negative_neighbours(field, {i, j, k}, [&](std::size_t point) { return field.values[point] < 0; }));
}

std::size_t keep_topology(ScalarGrid& field, std::span<const double> before, double least) {
  EXPECTS(least > 0 && before.size() == field.size());
  std::vector<char> negative(field.size());
  std::vector<std::size_t> changed, waiting;
  for (std::size_t point = 0; point < field.size(); ++point) {
    negative[point] = before[point] < 0;
    if (negative[point] != (field.values[point] < 0)) changed.push_back(point);
  }
  do {  // a point may become simple when others have passed
    waiting.swap(changed);
    changed.clear();
    for (const std::size_t point : waiting) {
      const auto negatives =
          negative_neighbours(field, place(field, point), [&](std::size_t other) { return negative[other] != 0; });
      if (is_simple_among(negatives))
        negative[point] = !negative[point];
      else
        changed.push_back(point);
    }
  } while (changed.size() < waiting.size());
  for (const std::size_t point : changed) field.values[point] = before[point] < 0 ? -least : least;
  return changed.size();
}

}  // namespace cardhouse
