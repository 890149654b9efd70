#include "engine/structure/marching_tetrahedra.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cardhouse {
namespace {

using Index = SurfaceMesh::Index;

constexpr double closest_to_end = 0.02;  // of a grid edge

// A tetrahedron of Kuhn's triangulation: corners 0, a, a|b, 7 of the cube, numbered by bits x = 1, y = 2, z = 4. In the
// order given its orientation is positive.
constexpr std::array<std::array<int, 4>, 6> tetrahedra{
    {{0, 1, 3, 7}, {0, 2, 6, 7}, {0, 4, 5, 7}, {0, 3, 2, 7}, {0, 6, 4, 7}, {0, 5, 1, 7}}};

class Marcher {
 public:
  explicit Marcher(const ScalarGrid& field) : field_(field), vertex_of_edge_(7 * field.size(), SurfaceMesh::none) {}

  void march_cube(int i, int j, int k) {
    origin_ = {i, j, k};
    int negative = 0;
    for (int corner = 0; corner < 8; ++corner) {
      point_[corner] = field_.index(i + (corner & 1), j + (corner >> 1 & 1), k + (corner >> 2));
      value_[corner] = field_.values[point_[corner]];
      negative += value_[corner] < 0;
    }
    if (negative == 0 || negative == 8) return;
    for (const auto& corners : tetrahedra) march_tetrahedron(corners);
  }

  SurfaceMesh surface() && { return SurfaceMesh(field_.cube(), std::move(positions_), faces_); }

 private:
  // Negative corners first, by an even permutation, so that (c0, c1, c2, c3) stays positively oriented.
  void march_tetrahedron(std::array<int, 4> c) {
    int negative = 0;
    bool odd = false;
    for (int place = 0; place < 4; ++place) {
      if (value_[c[place]] >= 0) continue;
      odd ^= (place - negative) % 2 != 0;
      std::rotate(c.begin() + negative, c.begin() + place, c.begin() + place + 1);
      ++negative;
    }
    if (odd) negative >= 2 ? std::swap(c[0], c[1]) : std::swap(c[2], c[3]);
    if (negative == 1) add_face(vertex(c[0], c[1]), vertex(c[0], c[2]), vertex(c[0], c[3]));
    if (negative == 3) add_face(vertex(c[3], c[0]), vertex(c[3], c[1]), vertex(c[3], c[2]));
    if (negative != 2) return;
    const Index corners[4] = {vertex(c[0], c[2]), vertex(c[0], c[3]), vertex(c[1], c[3]), vertex(c[1], c[2])};
    add_face(corners[0], corners[1], corners[2]);
    add_face(corners[0], corners[2], corners[3]);
  }

  void add_face(Index a, Index b, Index c) { faces_.push_back({a, b, c}); }

  // The vertex on a grid edge, which is keyed by its lower corner and its direction.
  Index vertex(int first, int second) {
    const int low = first & second, high = first | second;
    Index& known = vertex_of_edge_[7 * point_[low] + static_cast<std::size_t>(high - low - 1)];
    if (known != SurfaceMesh::none) return known;
    known = static_cast<Index>(positions_.size());
    const double share = std::clamp(value_[low] / (value_[low] - value_[high]), closest_to_end, 1 - closest_to_end);
    const Vector3 from = corner_position(low), to = corner_position(high);
    positions_.push_back(from + share * (to - from));
    return known;
  }

  Vector3 corner_position(int corner) const {
    return field_.position(origin_[0] + (corner & 1), origin_[1] + (corner >> 1 & 1), origin_[2] + (corner >> 2));
  }

  const ScalarGrid& field_;
  std::vector<Index> vertex_of_edge_;
  std::vector<Vector3> positions_;
  std::vector<std::array<Index, 3>> faces_;
  std::array<int, 3> origin_{};
  std::array<std::size_t, 8> point_{};
  std::array<double, 8> value_{};
};

}  // namespace

SurfaceMesh zero_surface(const ScalarGrid& field) {
  Marcher marcher(field);
  for (int i = 0; i < field.points(); ++i)
    for (int j = 0; j < field.points(); ++j)
      for (int k = 0; k < field.points(); ++k) marcher.march_cube(i, j, k);
  return std::move(marcher).surface();
}

}  // namespace cardhouse
