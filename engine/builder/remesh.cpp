#include "engine/builder/remesh.hpp"

#include <cmath>

namespace cardhouse {
namespace {

using Index = SurfaceMesh::Index;

constexpr double longest_flipped = 1.6;  // of the longest edge: flips first, a later split repairs (estimate)
constexpr double smoothing_step = 0.7;   // estimate
constexpr int smoothing_rounds = 2;
constexpr int last_smoothing_rounds = 6;

// Merging two vertices must not make an edge that would be split again.
bool leaves_short_edges(const SurfaceMesh& mesh, Index h, const Vector3& middle, double longest) {
  bool short_enough = true;
  for (const Index v : {mesh.start(h), mesh.end(h)})
    mesh.for_each_spoke(v, [&](Index spoke) {
      short_enough = short_enough && mesh.cube().distance(mesh.position(mesh.end(spoke)), middle) <= longest;
    });
  return short_enough;
}

Vector3 middle_of(const SurfaceMesh& mesh, Index h) {
  return mesh.cube().wrap(mesh.position(mesh.start(h)) + 0.5 * mesh.separation(mesh.start(h), mesh.end(h)));
}

int square(int x) {
  return x * x;
}

bool flip_evens_out(const SurfaceMesh& mesh, Index h) {
  const int a = mesh.valence(mesh.start(h)) - 6, b = mesh.valence(mesh.end(h)) - 6;
  const int p = mesh.valence(mesh.apex(h)) - 6, q = mesh.valence(mesh.apex(mesh.twin(h))) - 6;
  return square(a - 1) + square(b - 1) + square(p + 1) + square(q + 1) < square(a) + square(b) + square(p) + square(q);
}

// Applies change(h) to the half-edges of every face that is there now, at most one change a face.
template <class Change>
std::size_t change_edges(const SurfaceMesh& mesh, Change&& change) {
  std::size_t changes = 0;
  const Index slots = mesh.face_slots();
  for (Index face = 0; face < slots; ++face)
    for (Index h = 3 * face; h < 3 * face + 3 && mesh.has_face(face); ++h)
      if (change(h)) {
        ++changes;
        break;
      }
  return changes;
}

Vector3 smoothed(const SurfaceMesh& mesh, const ScalarGrid& field, Index v) {
  Vector3 pull, normal;
  mesh.for_each_spoke(v, [&](Index h) {
    const Vector3 along = mesh.separation(v, mesh.end(h));
    pull += along;
    normal += cross(along, mesh.separation(v, mesh.apex(h)));
  });
  pull *= 1.0 / mesh.valence(v);
  normal = normalized(normal);
  return project_to_zero(field, mesh.position(v) + smoothing_step * (pull - dot(pull, normal) * normal));
}

}  // namespace

std::size_t collapse_short_edges(SurfaceMesh& mesh, const ScalarGrid& field, const RemeshOptions& options) {
  return change_edges(mesh, [&](Index h) {
    if (mesh.length(h) >= options.shortest * options.spacing || !mesh.can_collapse(h)) return false;
    const Vector3 middle = middle_of(mesh, h);
    if (!leaves_short_edges(mesh, h, middle, options.longest * options.spacing)) return false;
    mesh.collapse(h, project_to_zero(field, middle));
    return true;
  });
}

std::size_t split_long_edges(SurfaceMesh& mesh, const ScalarGrid& field, const RemeshOptions& options) {
  return change_edges(mesh, [&](Index h) {
    const bool full = mesh.valence(mesh.apex(h)) >= SurfaceMesh::largest_valence ||
                      mesh.valence(mesh.apex(mesh.twin(h))) >= SurfaceMesh::largest_valence;
    if (full || mesh.length(h) <= options.longest * options.spacing) return false;
    mesh.split(h, project_to_zero(field, middle_of(mesh, h)));
    return true;
  });
}

std::size_t even_out_valences(SurfaceMesh& mesh, double longest) {
  return change_edges(mesh, [&](Index h) {
    if (!flip_evens_out(mesh, h)) return false;
    return norm(mesh.separation(mesh.apex(h), mesh.apex(mesh.twin(h)))) <= longest && mesh.flip(h);
  });
}

void smooth_within_surface(SurfaceMesh& mesh, const ScalarGrid& field) {
  std::vector<Vector3> positions = mesh.positions();
  const auto slots = static_cast<std::ptrdiff_t>(mesh.vertex_slots());
#pragma omp parallel for schedule(static)
  for (std::ptrdiff_t v = 0; v < slots; ++v)
    if (mesh.has_vertex(static_cast<Index>(v))) positions[v] = smoothed(mesh, field, static_cast<Index>(v));
  mesh.move(std::move(positions));
}

void remesh(SurfaceMesh& mesh, const ScalarGrid& field, const RemeshOptions& options,
            const ProgressObserver& observer) {
  const double longest = longest_flipped * options.longest * options.spacing;
  for (int iteration = 0; iteration < options.iterations; ++iteration) {
    collapse_short_edges(mesh, field, options);
    mesh.compact();
    split_long_edges(mesh, field, options);
    even_out_valences(mesh, longest);
    const bool last = iteration + 1 == options.iterations;
    for (int round = 0; round < (last ? last_smoothing_rounds : smoothing_rounds); ++round)
      smooth_within_surface(mesh, field);
    notify(observer, (iteration + 1.0) / options.iterations);
  }
  mesh.compact();
}

}  // namespace cardhouse
