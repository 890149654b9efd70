#include "engine/builder/handle_removal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/contracts.hpp"
#include "engine/builder/marching_tetrahedra.hpp"
#include "engine/builder/pore_shells.hpp"
#include "engine/builder/remesh.hpp"
#include "engine/builder/surface_homology.hpp"
#include "engine/builder/swift_hohenberg.hpp"
#include "engine/builder/triangle_distance.hpp"
#include "engine/structure/periodic_index.hpp"

namespace cardhouse {
namespace {

using Index = SurfaceMesh::Index;

constexpr int coarse_iterations = 4;     // of remeshing; with 2 and 14 as many loops are found within 5 % (measured)
constexpr double sheet_thickness = 0.6;  // of a filling, in layer spacings (estimate)
constexpr int healing_steps = 10;        // 20 and 60 give the same rings (measured)
constexpr double sheet_reach = 1.5;      // in thicknesses: the weight has fallen to 1e-3

// The corners of a loop near each other, whatever the periodic cube, their centre, and the slab they lie in.
struct Span {
  std::vector<Vector3> corners;
  Vector3 centre;
  Vector3 normal;
  double half_width = 0;  // of the slab
};

Span span_of(const SurfaceMesh& mesh, const HandleLoop& loop) {
  Span span;
  span.corners.push_back(mesh.position(loop.vertices.front()));
  for (std::size_t i = 1; i < loop.vertices.size(); ++i)
    span.corners.push_back(span.corners.back() + mesh.separation(loop.vertices[i - 1], loop.vertices[i]));
  for (const Vector3& corner : span.corners) span.centre += corner;
  span.centre *= 1.0 / static_cast<double>(span.corners.size());
  Vector3 area;
  for (std::size_t i = 0; i < span.corners.size(); ++i)
    area += cross(span.corners[i] - span.centre, span.corners[(i + 1) % span.corners.size()] - span.centre);
  span.normal = normalized(area);
  for (const Vector3& corner : span.corners)
    span.half_width = std::max(span.half_width, std::abs(dot(corner - span.centre, span.normal)));
  return span;
}

Vector3 normal_at(const SurfaceMesh& mesh, Index v) {
  Vector3 normal;
  mesh.for_each_spoke(
      v, [&](Index h) { normal += cross(mesh.separation(v, mesh.end(h)), mesh.separation(v, mesh.apex(h))); });
  return normalized(normal);
}

// Normals look towards positive values: where they look at the centre, it is positive inside.
bool is_positive_inside(const SurfaceMesh& mesh, const HandleLoop& loop, const Span& span) {
  double towards_centre = 0;
  for (std::size_t i = 0; i < loop.vertices.size(); ++i)
    towards_centre += dot(normal_at(mesh, loop.vertices[i]), normalized(span.centre - span.corners[i]));
  return towards_centre > 0;
}

// Infinite when it is beyond `reach` for sure.
double distance_to(const Span& span, const Vector3& point, double reach) {
  double nearest = std::numeric_limits<double>::infinity();
  if (std::abs(dot(point - span.centre, span.normal)) >= span.half_width + reach) return nearest;
  for (std::size_t i = 0; i < span.corners.size(); ++i)
    nearest = std::min(
        nearest, triangle_distance(point, {span.centre, span.corners[i], span.corners[(i + 1) % span.corners.size()]}));
  return nearest;
}

// A ball of grid points, wherever the cell ends.
struct GridBall {
  int i, j, k;  // of the point nearest to the centre
  int half;     // the width
};

GridBall ball_round(const ScalarGrid& field, const Span& span, double reach) {
  double radius = 0;
  for (const Vector3& corner : span.corners) radius = std::max(radius, norm(corner - span.centre));
  const auto nearest = [&](double coordinate) { return static_cast<int>(std::lround(coordinate / field.spacing())); };
  return {nearest(span.centre.x), nearest(span.centre.y), nearest(span.centre.z),
          std::min(static_cast<int>((radius + reach) / field.spacing()) + 1, (field.points() - 1) / 2)};
}

std::vector<char> marks(const std::vector<HeldPoint>& held, const ScalarGrid& field) {
  std::vector<char> marked(held.empty() ? 0 : field.size(), 0);
  for (const HeldPoint& point : held) marked[point.point] = 1;
  return marked;
}

std::vector<HeldPoint> walls(const PoreLayout& pores, const ScalarGrid& field, double spacing) {
  if (pores.pores.empty()) return {};
  return hold_walls(wall_distance(pores, field, shell_reach * spacing), spacing);
}

SurfaceMesh coarse_surface(const ScalarGrid& field, double ring_spacing) {
  SurfaceMesh mesh = zero_surface(field);
  remesh(mesh, field, {.spacing = ring_spacing, .iterations = coarse_iterations});
  return mesh;
}

// No more of them than are still to go.
std::vector<HandleLoop> next_loops(const SurfaceMesh& mesh, const HandleRemovalOptions& options,
                                   const HandleRemoval& so_far) {
  std::vector<HandleLoop> loops = short_handle_loops(mesh, options.longest_loop);
  const auto wanted = static_cast<std::size_t>(std::llround(options.share * static_cast<double>(so_far.before)));
  loops.resize(std::min(loops.size(), wanted - std::min(wanted, so_far.closed)));
  return loops;
}

}  // namespace

void fill_loop(ScalarGrid& field, const SurfaceMesh& mesh, const HandleLoop& loop, const LoopFilling& filling) {
  EXPECTS(loop.vertices.size() >= 3 && filling.thickness > 0);
  EXPECTS(filling.held.empty() || filling.held.size() == field.size());
  const Span span = span_of(mesh, loop);
  const double wanted = (is_positive_inside(mesh, loop, span) ? -1 : 1) * lamellar_amplitude();
  const double reach = sheet_reach * filling.thickness;
  const GridBall ball = ball_round(field, span, reach);
  const int period = field.points();
  for (int i = ball.i - ball.half; i <= ball.i + ball.half; ++i)
    for (int j = ball.j - ball.half; j <= ball.j + ball.half; ++j)
      for (int k = ball.k - ball.half; k <= ball.k + ball.half; ++k) {
        const std::size_t point = field.index(fold_index(i, period), fold_index(j, period), fold_index(k, period));
        if (!filling.held.empty() && filling.held[point]) continue;
        const double distance = distance_to(span, field.position(i, j, k), reach);
        if (distance >= reach) continue;
        const double share = distance / filling.thickness;
        field.values[point] += std::exp(-3 * share * share) * (wanted - field.values[point]);
      }
}

HandleRemoval remove_handles(ScalarGrid& field, const PoreLayout& pores, const HandleRemovalOptions& options) {
  EXPECTS(options.share >= 0 && options.share <= 1 && options.spacing > 0);
  HandleRemoval removal;
  if (options.share == 0) return removal;
  const FieldConstraints walled{{}, walls(pores, field, options.spacing)};
  const std::vector<char> held = marks(walled.held, field);
  for (int round = 0; round < options.rounds; ++round) {
    const SurfaceMesh mesh = coarse_surface(field, options.ring_spacing);
    if (round == 0) removal.before = topology(mesh).handles;
    const std::vector<HandleLoop> loops = next_loops(mesh, options, removal);
    if (loops.empty()) break;
    for (const HandleLoop& loop : loops) fill_loop(field, mesh, loop, {sheet_thickness * options.spacing, held});
    anneal_lamellae(field, walled, {options.spacing, healing_steps, true});
    removal.closed += loops.size();
    removal.longest_closed = std::max(removal.longest_closed, loops.back().length);
  }
  return removal;
}

}  // namespace cardhouse
