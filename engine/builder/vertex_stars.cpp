#include "engine/builder/vertex_stars.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

using Index = VertexStars::Index;

// The bits of three numbers below 1024 by turns: near in space is mostly near in this number (Morton curve).
std::uint32_t curve_number(const Vector3& position, double edge) {
  constexpr int bits = 10;
  std::uint32_t number = 0;
  for (int axis = 0; axis < 3; ++axis) {
    const auto step = static_cast<std::uint32_t>(position[axis] / edge * (1 << bits));
    for (int bit = 0; bit < bits; ++bit) number |= (step >> bit & 1u) << (3 * bit + axis);
  }
  return number;
}

// The vertices in order along the curve.
std::vector<Index> along_curve(const SurfaceMesh& mesh) {
  std::vector<std::pair<std::uint32_t, Index>> numbered(mesh.vertex_slots());
  for (Index v = 0; v < mesh.vertex_slots(); ++v) numbered[v] = {curve_number(mesh.position(v), mesh.cube().edge), v};
  std::sort(numbered.begin(), numbered.end());
  std::vector<Index> order(numbered.size());
  std::transform(numbered.begin(), numbered.end(), order.begin(), [](const auto& pair) { return pair.second; });
  return order;
}

}  // namespace

VertexStars::VertexStars(const SurfaceMesh& mesh)
    : cube_(mesh.cube()), places_(mesh.vertex_slots()), stars_(mesh.vertex_slots()), valences_(mesh.vertex_slots()) {
  EXPECTS(mesh.vertices() == mesh.vertex_slots());
  const std::vector<Index> order = along_curve(mesh);
  std::vector<Index> number(order.size());
  for (Index v = 0; v < size(); ++v) number[order[v]] = v;
  for (Index v = 0; v < size(); ++v) {
    EXPECTS(mesh.valence(order[v]) <= most_neighbours);
    places_[v] = wrapped(mesh.position(order[v]));
    mesh.for_each_spoke(order[v], [&](Index h) { stars_[v].ends[valences_[v]++] = number[mesh.end(h)]; });
  }
}

SurfaceMesh VertexStars::mesh() const {
  std::vector<std::array<Index, 3>> faces;
  faces.reserve(2 * stars_.size());
  for (Index v = 0; v < size(); ++v)
    for (int k = 0; k < valence(v); ++k) {
      const Edge spoke = edge(v, k);
      if (v < spoke.to && v < spoke.left) faces.push_back({v, spoke.to, spoke.left});
    }
  std::vector<Vector3> positions(size());
  for (Index v = 0; v < size(); ++v) positions[v] = position(v);
  return SurfaceMesh(cube_, std::move(positions), std::move(faces));
}

// Rounding to single precision may reach the edge, where the mesh() wraps it.
VertexStars::Place VertexStars::wrapped(const Vector3& position) const {
  const auto fold = [edge = cube_.edge](double x) {
    return static_cast<float>(x < 0 ? x + edge : x >= edge ? x - edge : x);
  };
  return {fold(position.x), fold(position.y), fold(position.z)};
}

void VertexStars::exchange(std::vector<Place>& places) {
  EXPECTS(places.size() == places_.size());
  places_.swap(places);
}

int VertexStars::rank_of(Index neighbour, Index v) const {
  for (int k = 0; k < valence(v); ++k)
    if (stars_[v].ends[k] == neighbour) return k;
  return -1;
}

void VertexStars::insert_after(Index before, Index neighbour, Index v) {
  Index* const at = stars_[v].ends + rank_of(before, v) + 1;
  std::copy_backward(at, stars_[v].ends + valences_[v], stars_[v].ends + valences_[v] + 1);
  *at = neighbour;
  ++valences_[v];
}

void VertexStars::remove(Index neighbour, Index v) {
  Index* const at = stars_[v].ends + rank_of(neighbour, v);
  std::copy(at + 1, stars_[v].ends + valences_[v], at);
  --valences_[v];
}

bool VertexStars::turn(const Edge& asked) {
  const auto [a, b, p, q] = asked;
  if (valence(a) <= SurfaceMesh::smallest_valence || valence(b) <= SurfaceMesh::smallest_valence) return false;
  if (valence(p) >= SurfaceMesh::largest_valence || valence(q) >= SurfaceMesh::largest_valence) return false;
  const int k = rank_of(b, a);
  if (k < 0 || edge(a, k).left != p || edge(a, k).right != q) return false;
  if (p == q || rank_of(q, p) != -1) return false;
  remove(b, a);
  remove(a, b);
  insert_after(a, q, p);
  insert_after(b, p, q);
  return true;
}

}  // namespace cardhouse
