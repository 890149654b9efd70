#include "engine/builder/ring_annealing.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"
#include "engine/builder/edge_turning.hpp"
#include "engine/builder/remesh.hpp"
#include "engine/builder/surface_springs.hpp"

namespace cardhouse {
namespace {

constexpr double first_temperature = 2;
constexpr double first_shaking = 0.07;  // [spacings]
constexpr double cold_share = 0.1;      // of the sweeps, at the end
constexpr int last_rounds = 2;          // of remeshing
constexpr double shortest_left = 0.7;   // edge that it leaves [spacings]
constexpr double longest_left = 1.5;

}  // namespace

void anneal_rings(SurfaceMesh& mesh, const ScalarGrid& field, const RingAnnealOptions& options,
                  const ProgressObserver& observer, Stream& stream) {
  EXPECTS(options.spacing > 0 && options.sweeps >= 0);
  if (options.sweeps == 0) return;
  VertexStars stars(mesh);
  SurfaceSprings springs(field, options.spacing);
  for (int sweep = 0; sweep < options.sweeps; ++sweep) {
    const double warmth = std::max(0.0, 1 - sweep / ((1 - cold_share) * options.sweeps));
    turn_edges(stars, {.spacing = options.spacing, .temperature = warmth * first_temperature}, stream);
    springs.move(stars, warmth * first_shaking * options.spacing, stream);
    notify(observer, (sweep + 1.0) / options.sweeps);
  }
  mesh = stars.mesh();
  remesh(mesh, field,
         {.spacing = options.spacing, .iterations = last_rounds, .shortest = shortest_left, .longest = longest_left});
}

}  // namespace cardhouse
