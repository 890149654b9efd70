#include "engine/structure/marching_tetrahedra.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace cardhouse {
namespace {

using Index = SurfaceMesh::Index;

constexpr double closest_to_end = 0.02;  // of a grid edge

// A tetrahedron of Kuhn's triangulation: corners 0, a, a|b, 7 of the cube, numbered by bits x = 1, y = 2, z = 4. In the
// order given its orientation is positive.
constexpr std::array<std::array<int, 4>, 6> tetrahedra{
    {{0, 1, 3, 7}, {0, 2, 6, 7}, {0, 4, 5, 7}, {0, 3, 2, 7}, {0, 6, 4, 7}, {0, 5, 1, 7}}};

// Bit by bit, which corners of a cube are negative.
using Signs = unsigned;
constexpr Signs all_negative = 255;

constexpr std::size_t faces_within(Signs signs) {
  std::size_t faces = 0;
  for (const auto& corners : tetrahedra) {
    int negative = 0;
    for (const int corner : corners) negative += signs >> corner & 1;
    faces += static_cast<std::size_t>(std::min(negative, 4 - negative));
  }
  return faces;
}

// Vertices on the seven grid edges that start at corner 0 of a cube.
constexpr std::size_t vertices_at(Signs signs) {
  return static_cast<std::size_t>(std::popcount((signs & 1) != 0 ? all_negative & ~signs : signs));
}

// Marches cube by cube; the planes of constant i come in order. Grid edges start in plane i or i + 1, so that vertices
// are looked up in two planes only, and in plane 0, which comes back at the end.
class Marcher {
 public:
  explicit Marcher(const ScalarGrid& field)
      : field_(field),
        plane_(static_cast<std::size_t>(field.points()) * field.points()),
        vertex_of_edge_(3 * 7 * plane_, SurfaceMesh::none) {
    std::size_t vertices = 0, faces = 0;
    for_each_cube([&](Signs signs) { vertices += vertices_at(signs), faces += faces_within(signs); }, [](int) {});
    positions_.reserve(vertices);
    faces_.reserve(faces);
  }

  SurfaceMesh surface() && {
    for_each_cube(
        [&](Signs signs) {
          if (signs == 0 || signs == all_negative) return;
          for (const auto& corners : tetrahedra) march_tetrahedron(corners);
        },
        [&](int i) { forget_plane(i + 1); });
    vertex_of_edge_ = {};  // the mesh needs its room
    return SurfaceMesh(field_.cube(), std::move(positions_), std::move(faces_));
  }

 private:
  template <class Visit, class StartPlane>
  void for_each_cube(Visit&& visit, StartPlane&& start_plane) {
    for (int i = 0; i < field_.points(); ++i) {
      start_plane(i);
      for (int j = 0; j < field_.points(); ++j)
        for (int k = 0; k < field_.points(); ++k) visit(look_at(i, j, k));
    }
  }

  Signs look_at(int i, int j, int k) {
    origin_ = {i, j, k};
    Signs signs = 0;
    for (int corner = 0; corner < 8; ++corner) {
      point_[corner] = field_.index(i + (corner & 1), j + (corner >> 1 & 1), k + (corner >> 2));
      value_[corner] = field_.values[point_[corner]];
      signs |= static_cast<Signs>(value_[corner] < 0) << corner;
    }
    return signs;
  }

  static std::size_t slot(std::size_t i) { return i == 0 ? 0 : 1 + i % 2; }

  void forget_plane(int i) {
    if (i == field_.points()) return;  // plane 0
    const auto first = vertex_of_edge_.begin() + static_cast<std::ptrdiff_t>(7 * plane_ * slot(i));
    std::fill_n(first, 7 * plane_, SurfaceMesh::none);
  }

  Index& known_vertex(std::size_t point, int direction) {
    const std::size_t place = slot(point / plane_) * plane_ + point % plane_;
    return vertex_of_edge_[7 * place + static_cast<std::size_t>(direction - 1)];
  }

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
    Index& known = known_vertex(point_[low], high - low);
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
  std::size_t plane_;  // grid points of one plane
  std::vector<Index> vertex_of_edge_;
  std::vector<Vector3> positions_;
  std::vector<std::array<Index, 3>> faces_;
  std::array<int, 3> origin_{};
  std::array<std::size_t, 8> point_{};
  std::array<double, 8> value_{};
};

}  // namespace

SurfaceMesh zero_surface(const ScalarGrid& field) {
  return Marcher(field).surface();
}

}  // namespace cardhouse
