#include "engine/builder/marching_tetrahedra.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <span>
#include <utility>

#include "engine/base/contracts.hpp"
#include "engine/builder/kuhn_star.hpp"

namespace cardhouse {
namespace {

using Index = SurfaceMesh::Index;

constexpr double closest_to_end = 0.02;  // of a grid edge
constexpr double kept_share = 0.4;       // of vertices and triangles that room is made for (a third is left, measured)

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

// A surface on its way: corners, triangles, and the grid point round which the vertices of each corner were, none for a
// single one.
struct Triangles {
  std::vector<Vector3> positions;
  std::vector<Index> clusters;
  std::vector<std::array<Index, 3>> faces;
};

// Marches cube by cube; the planes of constant i come in order. Grid edges start in plane i or i + 1, so that vertices
// are looked up in two planes only, and in plane 0, which comes back at the end.
class Marcher {
 public:
  // Vertices stay single round the grid points that are set in `apart`.
  Marcher(const ScalarGrid& field, const std::vector<bool>& apart)
      : field_(field),
        apart_(apart),
        plane_(static_cast<std::size_t>(field.points()) * field.points()),
        vertex_of_edge_(3 * 7 * plane_, SurfaceMesh::none),
        vertex_of_point_(3 * plane_, SurfaceMesh::none) {
    std::size_t vertices = 0, faces = 0;
    for_each_cube([&](Signs signs) { vertices += vertices_at(signs), faces += faces_within(signs); }, [](int) {});
    const auto kept = [](std::size_t number) {
      return static_cast<std::size_t>(kept_share * static_cast<double>(number));
    };
    found_.positions.reserve(kept(vertices));
    found_.clusters.reserve(kept(vertices));
    found_.faces.reserve(kept(faces));
  }

  Triangles triangles() && {
    for_each_cube(
        [&](Signs signs) {
          if (signs == 0 || signs == all_negative) return;
          for (const auto& corners : tetrahedra) march_tetrahedron(corners);
        },
        [&](int i) { forget_plane(i + 1); });
    return std::move(found_);
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
    const auto first = static_cast<std::ptrdiff_t>(plane_ * slot(static_cast<std::size_t>(i)));
    std::fill_n(vertex_of_edge_.begin() + 7 * first, 7 * plane_, SurfaceMesh::none);
    std::fill_n(vertex_of_point_.begin() + first, plane_, SurfaceMesh::none);
  }

  std::size_t place(std::size_t point) const { return slot(point / plane_) * plane_ + point % plane_; }

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

  // Faces between vertices that became one vanish.
  void add_face(Index a, Index b, Index c) {
    if (a != b && b != c && c != a) found_.faces.push_back({a, b, c});
  }

  // The vertex on a grid edge, which is keyed by its lower corner and its direction.
  Index vertex(int first, int second) {
    const int low = first & second, high = first | second;
    Index& known = vertex_of_edge_[7 * place(point_[low]) + static_cast<std::size_t>(high - low - 1)];
    if (known != SurfaceMesh::none) return known;
    const double share = crossing(value_[low], value_[high]);
    const Index cluster = cluster_round(share < 0.5 ? low : high);
    if (cluster != single) return known = cluster;
    const Vector3 from = corner_position(low), to = corner_position(high);
    return known = add_vertex(from + share * (to - from), SurfaceMesh::none);
  }

  Index add_vertex(const Vector3& position, Index cluster) {
    found_.positions.push_back(position);
    found_.clusters.push_back(cluster);
    return static_cast<Index>(found_.positions.size() - 1);
  }

  // The one vertex that stands for those nearest to a corner of the cube, or single.
  Index cluster_round(int corner) {
    Index& known = vertex_of_point_[place(point_[corner])];
    if (known != SurfaceMesh::none) return known;
    known = single;
    if (apart_[point_[corner]]) return known;
    KuhnSet near = 0;
    Vector3 sum;
    for (int neighbour = 0; neighbour < kuhn_neighbours; ++neighbour) {
      const GridOffset step = kuhn_offset(neighbour);
      const double share = share_towards(corner, step, neighbour % 2 == 0);
      if (share < 0) continue;
      near |= 1u << neighbour;
      sum += share * field_.position(step.i, step.j, step.k);
    }
    const int number = std::popcount(near);
    if (number < 2 || !is_disc(near)) return known;
    return known = add_vertex(corner_position(corner) + sum / number, static_cast<Index>(point_[corner]));
  }

  // How far the level set is along a grid edge from the corner, negative when it is nearer to the other end or absent.
  // Shares are taken from the lower end, as in vertex().
  double share_towards(int corner, const GridOffset& step, bool upwards) const {
    const double here = value_[corner];
    const double there =
        field_.values[field_.index(origin_[0] + (corner & 1) + step.i, origin_[1] + (corner >> 1 & 1) + step.j,
                                   origin_[2] + (corner >> 2) + step.k)];
    if ((here < 0) == (there < 0)) return -1;
    const double share = upwards ? crossing(here, there) : crossing(there, here);
    if (upwards != (share < 0.5)) return -1;
    return upwards ? share : 1 - share;
  }

  static double crossing(double low, double high) {
    return std::clamp(low / (low - high), closest_to_end, 1 - closest_to_end);
  }

  Vector3 corner_position(int corner) const {
    return field_.position(origin_[0] + (corner & 1), origin_[1] + (corner >> 1 & 1), origin_[2] + (corner >> 2));
  }

  static constexpr Index single = SurfaceMesh::none - 1;

  const ScalarGrid& field_;
  const std::vector<bool>& apart_;
  std::size_t plane_;  // grid points of one plane
  std::vector<Index> vertex_of_edge_;
  std::vector<Index> vertex_of_point_;
  Triangles found_;
  std::array<int, 3> origin_{};
  std::array<std::size_t, 8> point_{};
  std::array<double, 8> value_{};
};

// The ends of the half-edges that start at each vertex.
struct Fans {
  std::vector<Index> first;
  std::vector<Index> ends;

  std::span<const Index> of(std::size_t v) const { return std::span(ends).subspan(first[v], first[v + 1] - first[v]); }
};

Fans fans_of(const Triangles& surface) {
  Fans fans{std::vector<Index>(surface.positions.size() + 1, 0), std::vector<Index>(3 * surface.faces.size())};
  for (const auto& face : surface.faces)
    for (const Index v : face) ++fans.first[v + 1];
  std::partial_sum(fans.first.begin(), fans.first.end(), fans.first.begin());
  std::vector<Index> fill(fans.first.begin(), fans.first.end() - 1);
  for (const auto& face : surface.faces)
    for (int corner = 0; corner < 3; ++corner) fans.ends[fill[face[corner]]++] = face[(corner + 1) % 3];
  for (std::size_t v = 0; v + 1 < fans.first.size(); ++v)
    std::sort(fans.ends.begin() + fans.first[v], fans.ends.begin() + fans.first[v + 1]);
  return fans;
}

// Sets the clusters of vertices without a proper fan, and of their neighbours, apart. Returns how many there were.
std::size_t set_faults_apart(const Triangles& surface, std::vector<bool>& apart) {
  const Fans fans = fans_of(surface);
  std::size_t faults = 0;
  const auto set_apart = [&](std::size_t v) {
    if (surface.clusters[v] == SurfaceMesh::none) return;
    apart[surface.clusters[v]] = true;
    ++faults;
  };
  for (std::size_t v = 0; v < surface.positions.size(); ++v) {
    const auto ends = fans.of(v);
    const auto twice = std::adjacent_find(ends.begin(), ends.end());
    if (ends.size() >= SurfaceMesh::smallest_valence && twice == ends.end()) continue;
    set_apart(v);
    std::for_each(ends.begin(), ends.end(), set_apart);
  }
  return faults;
}

}  // namespace

SurfaceMesh zero_surface(const ScalarGrid& field) {
  EXPECTS(field.size() < SurfaceMesh::none);
  std::vector<bool> apart(field.size(), false);
  Triangles surface;
  do surface = Marcher(field, apart).triangles();
  while (set_faults_apart(surface, apart) > 0);
  return SurfaceMesh(field.cube(), std::move(surface.positions), std::move(surface.faces));
}

}  // namespace cardhouse
