#include "engine/structure/ring_annealing.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/structure/remesh.hpp"

namespace cardhouse {
namespace {

using Index = SurfaceMesh::Index;

constexpr double stiffness = 3;          // of lengths, against the valence term
constexpr double first_temperature = 2;  // both terms together
constexpr double shaking = 0.1;          // standard deviation along each axis at first [spacings]
constexpr double cold_share = 0.2;       // of the sweeps, at the end
constexpr double longest_turned = 1.6;   // edge that a turn may make [spacings]
constexpr double rest_length = 1;        // of the springs [spacings]
constexpr double spring_step = 0.7;      // of the mean pull of the springs
constexpr double longest_move = 0.4;     // [spacings]
constexpr int moves_per_sweep = 2;
constexpr int last_rounds = 3;  // of isotropic remeshing, which undoes tangles

double square(double x) {
  return x * x;
}

double change_of_valences(const SurfaceMesh& mesh, Index h) {
  const int a = mesh.valence(mesh.start(h)), b = mesh.valence(mesh.end(h));
  const int p = mesh.valence(mesh.apex(h)), q = mesh.valence(mesh.apex(mesh.twin(h)));
  return 2.0 * (p + q - a - b) + 4;  // of the sum of (valence - 6)^2 when a and b lose one, p and q win one
}

double change_of_energy(const SurfaceMesh& mesh, Index h, double turned, double spacing) {
  return change_of_valences(mesh, h) +
         stiffness * (square(turned / spacing - 1) - square(mesh.length(h) / spacing - 1));
}

// Whether the two faces after the turn would look the same way as each other and as those before.
bool stays_unfolded(const SurfaceMesh& mesh, Index h) {
  const Index a = mesh.start(h), b = mesh.end(h), p = mesh.apex(h), q = mesh.apex(mesh.twin(h));
  const Vector3 ap = mesh.separation(a, p), aq = mesh.separation(a, q), ab = mesh.separation(a, b);
  const Vector3 one = cross(aq, ap), other = cross(mesh.separation(b, p), mesh.separation(b, q));
  const Vector3 before = cross(ab, ap) + cross(aq, ab);
  return dot(one, other) >= 0 && dot(one, before) >= 0 && dot(other, before) >= 0;
}

// What the faces round a vertex pull it with.
struct Fan {
  Vector3 springs;
  Vector3 towards_middle;
  Vector3 normal;
  bool folded = false;  // some face looks the other way
};

Fan fan_of(const SurfaceMesh& mesh, Index v, double spacing) {
  Fan fan;
  std::array<Vector3, SurfaceMesh::largest_valence> faces;
  std::size_t count = 0;
  mesh.for_each_spoke(v, [&](Index h) {
    const Vector3 along = mesh.separation(v, mesh.end(h));
    fan.springs += (1 - rest_length * spacing / std::max(norm(along), 1e-3)) * along;
    fan.towards_middle += along;
    const Vector3 face = cross(along, mesh.separation(v, mesh.apex(h)));
    if (count < faces.size()) faces[count++] = face;
    fan.normal += face;
  });
  fan.normal = normalized(fan.normal);
  fan.folded =
      std::any_of(faces.begin(), faces.begin() + count, [&](const Vector3& face) { return dot(face, fan.normal) < 0; });
  return fan;
}

Vector3 yielded(const SurfaceMesh& mesh, const ScalarGrid& field, Index v, double spacing, const Vector3& shake) {
  const Fan fan = fan_of(mesh, v, spacing);
  const Vector3 pull = (spring_step / mesh.valence(v)) * (fan.folded ? fan.towards_middle : fan.springs);
  Vector3 move = fan.folded ? pull : pull + shake;
  move -= dot(move, fan.normal) * fan.normal;
  const double length = norm(move);
  if (length > longest_move * spacing && !fan.folded) move *= longest_move * spacing / length;
  return project_to_zero(field, mesh.position(v) + move);
}

std::vector<Vector3> draw_shakes(const SurfaceMesh& mesh, double width, Stream& stream) {
  std::vector<Vector3> shakes(mesh.vertex_slots());
  if (width > 0)
    for (Vector3& shake : shakes) shake = width * Vector3{stream.normal(), stream.normal(), stream.normal()};
  return shakes;
}

void move_vertices(SurfaceMesh& mesh, const ScalarGrid& field, double spacing, const std::vector<Vector3>& shakes) {
  std::vector<Vector3> positions = mesh.positions();
  const auto slots = static_cast<std::ptrdiff_t>(mesh.vertex_slots());
#pragma omp parallel for schedule(static)
  for (std::ptrdiff_t v = 0; v < slots; ++v)
    if (mesh.has_vertex(static_cast<Index>(v)))
      positions[v] = yielded(mesh, field, static_cast<Index>(v), spacing, shakes[v]);
  mesh.move(std::move(positions));
}

}  // namespace

std::size_t turn_edges(SurfaceMesh& mesh, double spacing, double temperature, Stream& stream) {
  EXPECTS(spacing > 0 && temperature >= 0);
  std::size_t turned = 0;
  for (Index h = 0; h < 3 * mesh.face_slots(); ++h) {
    if (!mesh.has_face(h / 3) || h > mesh.twin(h)) continue;
    const double length = norm(mesh.separation(mesh.apex(h), mesh.apex(mesh.twin(h))));
    if (length > longest_turned * spacing) continue;
    const double change = change_of_energy(mesh, h, length, spacing);
    const bool taken = change < -1e-9 || (temperature > 0 && stream.uniform() < std::exp(-change / temperature));
    if (taken && stays_unfolded(mesh, h)) turned += mesh.flip(h);
  }
  return turned;
}

void anneal_rings(SurfaceMesh& mesh, const ScalarGrid& field, const RingAnnealOptions& options,
                  const ProgressObserver& observer, Stream& stream) {
  EXPECTS(options.spacing > 0 && options.sweeps >= 0);
  if (options.sweeps == 0) return;
  for (int sweep = 0; sweep < options.sweeps; ++sweep) {
    const double warmth = std::max(0.0, 1 - sweep / ((1 - cold_share) * options.sweeps));
    turn_edges(mesh, options.spacing, warmth * first_temperature, stream);
    for (int move = 0; move < moves_per_sweep; ++move)
      move_vertices(mesh, field, options.spacing,
                    draw_shakes(mesh, move == 0 ? warmth * shaking * options.spacing : 0, stream));
    notify(observer, (sweep + 1.0) / options.sweeps);
  }
  remesh(mesh, field, {.spacing = options.spacing, .iterations = last_rounds});
}

}  // namespace cardhouse
