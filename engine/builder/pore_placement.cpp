#include "engine/builder/pore_placement.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

#include "engine/base/contracts.hpp"
#include "engine/builder/lamellar_seeds.hpp"
#include "engine/builder/sphere_packing.hpp"

namespace cardhouse {
namespace {

// Gaps tried between the walls of two pores, in layer spacings: from room for a layer between them to a bare layer
// each.
constexpr std::array<double, 3> gaps{2.2, 1.6, 1.0};
// A packing denser than this is not tried (random close packing of equal spheres is 0.64).
constexpr double densest_packing = 0.60;

// Least radius of a channel. Helium has 1.3 angstrom (Breck, Zeolite Molecular Sieves, 1974, table 8.14); the rest is
// for walls that give way (estimate).
constexpr double narrowest_channel = 2.0;

double weight_sum(std::span<const PoreSeed> seeds, bool open) {
  double sum = 0;
  for (const PoreSeed& seed : seeds)
    if (seed.open == open) sum += seed.weight;
  return sum;
}

// The open or the closed seeds, heaviest first.
std::vector<PoreSeed> by_weight(std::span<const PoreSeed> seeds, bool open) {
  std::vector<PoreSeed> chosen;
  for (const PoreSeed& seed : seeds)
    if (seed.open == open) chosen.push_back(seed);
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const PoreSeed& a, const PoreSeed& b) { return a.weight > b.weight; });
  return chosen;
}

// What is to be placed: radii, and where as many of them as have a seed should go.
struct Wish {
  std::vector<Pore> pores;  // without their places
  std::vector<Vector3> centres;
};

double mean_volume(const PoreRequest& request) {
  return mean_pore_volume(request.mean_radius, request.radius_spread);
}

// Lognormal radii, largest first, scaled so that the spheres have `volume` together.
std::vector<double> draw_radii(std::size_t number, double volume, const PoreRequest& request, Stream& stream) {
  const double spread = request.radius_spread;
  std::vector<double> radii(number);
  double sum = 0;
  for (double& radius : radii) {
    radius = request.mean_radius * std::exp(spread * stream.normal() - 0.5 * spread * spread);
    sum += Pore{{}, radius}.volume();
  }
  for (double& radius : radii) radius *= std::cbrt(volume / sum);
  std::sort(radii.begin(), radii.end(), std::greater<>());
  return radii;
}

// The seeds that set a radius, each with its own, until the volume is used up; none left out of an unlimited volume.
Wish with_own_radius(std::span<const PoreSeed> seeds, double volume, const PeriodicCube& cube) {
  Wish wish;
  for (const PoreSeed& seed : seeds) {
    const double needed = Pore{{}, seed.radius}.volume();
    if (seed.radius <= 0 || volume < 0.5 * needed) continue;
    volume -= needed;
    wish.pores.push_back({{}, seed.radius});
    wish.centres.push_back(cube.wrap(cube.edge * seed.fractional));
  }
  return wish;
}

double volume_of(std::span<const Pore> pores) {
  double sum = 0;
  for (const Pore& pore : pores) sum += pore.volume();
  return sum;
}

// Volume of a pore over that of its largest sphere.
double volume_ratio(double flatness) {
  return Pore{{}, 1, false, flatness}.volume() / Pore{{}, 1}.volume();
}

// The other way round: 3/2 f^2 + 3 pi/4 f + 1 = ratio.
double flatness_of(double ratio) {
  constexpr double linear = 0.75 * std::numbers::pi;
  return ratio <= 1 ? 0 : (std::sqrt(linear * linear + 6 * (ratio - 1)) - linear) / 3;
}

// Drawn pores that have `volume` together: as flat as the request says on the average, exactly as flat as their whole
// number needs.
std::vector<Pore> draw_pores(double volume, const PoreRequest& request, Stream& stream) {
  const double spheres = volume / mean_volume(request);
  if (std::round(spheres) < 1) return {};
  const double number = std::max(1.0, std::round(spheres / volume_ratio(request.flatness)));
  const double flatness = request.flatness > 0 ? flatness_of(spheres / number) : 0;
  std::vector<Pore> pores;
  for (const double radius :
       draw_radii(static_cast<std::size_t>(number), volume / volume_ratio(flatness), request, stream)) {
    pores.push_back({{}, radius, false, flatness * radius});
    if (flatness > 0) pores.back().normal = draw_axial_normal(request.orientation_order, stream);
  }
  return pores;
}

// More of them, drawn; on the seeds that set no radius as far as there are any.
void add_drawn(Wish& wish, std::span<const PoreSeed> seeds, const std::vector<Pore>& pores, const PeriodicCube& cube) {
  wish.pores.insert(wish.pores.end(), pores.begin(), pores.end());
  for (const PoreSeed& seed : seeds)
    if (seed.radius <= 0) wish.centres.push_back(cube.wrap(cube.edge * seed.fractional));
}

std::size_t number_of_open(const PoreRequest& request, std::span<const PoreSeed> seeds) {
  const auto available = static_cast<std::size_t>(
      std::count_if(seeds.begin(), seeds.end(), [](const PoreSeed& seed) { return seed.open; }));
  const double closed_weight = weight_sum(seeds, false);
  if (available == 0 || closed_weight <= 0 || request.closed_volume <= 0) return available;
  const double volume = request.closed_volume * weight_sum(seeds, true) / closed_weight;
  const auto number = static_cast<std::size_t>(std::round(volume / mean_volume(request)));
  return std::clamp<std::size_t>(number, 1, available);
}

double packed_fraction(std::span<const Sphere> spheres, const PeriodicCube& cube) {
  double volume = 0;
  for (const Sphere& sphere : spheres) volume += Pore{{}, sphere.radius, false, sphere.flat}.volume();
  return volume / (cube.edge * cube.edge * cube.edge);
}

// Leaves out the worst tenth of the overlapping spheres and lets the rest relax, until nothing overlaps.
void leave_out_overlapping(std::vector<Sphere>& spheres, std::span<const Sphere> obstacles, const PeriodicCube& cube) {
  while (!spheres.empty() && !push_apart(spheres, obstacles, cube)) {
    const std::vector<double> overlap = overlaps(spheres, obstacles, cube);
    std::vector<std::size_t> order(spheres.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return overlap[a] > overlap[b]; });
    order.resize((order.size() + 9) / 10);
    std::sort(order.begin(), order.end(), std::greater<>());
    for (const std::size_t worst : order) spheres.erase(spheres.begin() + static_cast<std::ptrdiff_t>(worst));
  }
}

// Half the gap belongs to each sphere, so that spheres in contact are pores at that gap.
Sphere with_half_gap(const Pore& pore, double gap) {
  return {pore.centre, pore.wall_radius() + 0.5 * gap, pore.flat, pore.normal};
}

std::vector<Sphere> with_half_gap(std::span<const Pore> pores, double gap) {
  std::vector<Sphere> spheres;
  for (const Pore& pore : pores) spheres.push_back(with_half_gap(pore, gap));
  return spheres;
}

// Places pores of given radii beside others that stay where they are.
struct Arrangement {
  PeriodicCube cube;
  std::span<const Pore> fixed;

  std::vector<Sphere> start(const Wish& wish, double gap, Stream& stream) const {
    const auto& [pores, preferred] = wish;
    const std::vector<Sphere> obstacles = with_half_gap(fixed, gap);
    std::vector<Sphere> spheres;
    for (std::size_t i = 0; i < pores.size(); ++i) {
      Sphere sphere = with_half_gap(pores[i], gap);
      sphere.centre =
          i < preferred.size() ? shaken(preferred[i], stream) : find_room(sphere, spheres, obstacles, cube, stream);
      spheres.push_back(sphere);
    }
    return spheres;
  }

  // A little off, so that seeds on a line or a lattice can be pushed apart sideways too.
  Vector3 shaken(Vector3 position, Stream& stream) const {
    for (int axis = 0; axis < 3; ++axis) position[axis] += 0.2 * (stream.uniform() - 0.5);
    return cube.wrap(position);
  }

  // True when all of them fitted with this gap; otherwise nothing is said about where they are.
  bool fits(std::vector<Sphere>& spheres, double gap) const {
    if (packed_fraction(spheres, cube) > densest_packing) return false;
    return push_apart(spheres, with_half_gap(fixed, gap), cube);
  }
};

// A few flat pores fit or not as they happen to lie; many always find a way.
std::size_t trials(const Wish& wish) {
  constexpr std::size_t few = 30, enough = 10;
  const bool flat = std::any_of(wish.pores.begin(), wish.pores.end(), [](const Pore& pore) { return pore.flat > 0; });
  return flat && wish.pores.size() < few ? enough : 1;
}

void turn(Wish& wish, const PoreRequest& request, Stream& stream) {
  for (Pore& pore : wish.pores)
    if (pore.flat > 0) pore.normal = draw_axial_normal(request.orientation_order, stream);
}

std::vector<Pore> as_pores(std::span<const Sphere> spheres, double gap, bool open) {
  std::vector<Pore> pores;
  for (const Sphere& sphere : spheres)
    pores.push_back({sphere.centre, sphere.radius - Pore::carbon_radius - 0.5 * gap, open, sphere.flat, sphere.normal});
  return pores;
}

double channel_radius(const PoreRequest& request) {
  return std::max(0.5 * request.mean_radius, narrowest_channel);
}

// Beads from the centre of each open pore to that of the next higher one, and from the last round to the first.
std::vector<Pore> join_by_height(std::vector<Pore> open, const PoreRequest& request, const PeriodicCube& cube) {
  std::vector<Pore> beads;
  std::sort(open.begin(), open.end(), [](const Pore& a, const Pore& b) { return a.centre.z < b.centre.z; });
  for (std::size_t i = 0; i < open.size(); ++i) {
    const bool last = i + 1 == open.size();
    const Vector3 start = open[i].centre, next = open[last ? 0 : i + 1].centre;
    Vector3 span = cube.separation(start, next);
    span.z = next.z - start.z + (last ? cube.edge : 0);
    const int steps = std::max(1, static_cast<int>(std::ceil(norm(span))));
    for (int step = 0; step < steps; ++step)
      beads.push_back({cube.wrap(start + span * (static_cast<double>(step) / steps)), channel_radius(request), true});
  }
  return beads;
}

// The open pores and their channels: what the closed ones have to avoid.
void place_open(const PoreRequest& request, std::span<const PoreSeed> seeds, const PeriodicCube& cube,
                PoreLayout& layout, Stream& stream) {
  const std::size_t number = layout.wanted_open = number_of_open(request, seeds);
  const double gap = gaps.front() * request.spacing;
  std::vector<PoreSeed> heaviest = by_weight(seeds, true);
  heaviest.resize(number);
  Wish wish = with_own_radius(heaviest, std::numeric_limits<double>::infinity(), cube);
  const std::size_t drawn = number - wish.pores.size();
  std::vector<Pore> pores;
  for (const double radius : draw_radii(drawn, static_cast<double>(drawn) * mean_volume(request), request, stream))
    pores.push_back({{}, radius});
  add_drawn(wish, heaviest, pores, cube);
  std::vector<Sphere> spheres = Arrangement{cube, {}}.start(wish, gap, stream);
  leave_out_overlapping(spheres, {}, cube);
  layout.pores = as_pores(spheres, gap, true);
  layout.channels = join_by_height(layout.pores, request, cube);
}

void place_closed(const PoreRequest& request, std::span<const PoreSeed> seeds, const PeriodicCube& cube,
                  PoreLayout& layout, Stream& stream) {
  std::vector<Pore> fixed = layout.pores;
  fixed.insert(fixed.end(), layout.channels.begin(), layout.channels.end());
  const std::vector<PoreSeed> heaviest = by_weight(seeds, false);
  Wish wish = with_own_radius(heaviest, request.closed_volume, cube);
  const double left = std::max(0.0, request.closed_volume - volume_of(wish.pores));
  add_drawn(wish, heaviest, draw_pores(left, request, stream), cube);
  layout.wanted_closed = wish.pores.size();
  const Arrangement arrangement{cube, fixed};
  std::vector<Sphere> spheres;
  bool fits = false;
  for (std::size_t trial = 0; trial < trials(wish) * gaps.size() && !fits; ++trial) {
    layout.gap = gaps[trial / trials(wish)] * request.spacing;
    spheres = arrangement.start(wish, layout.gap, stream);
    fits = arrangement.fits(spheres, layout.gap);
    if (!fits) turn(wish, request, stream);
  }
  leave_out_overlapping(spheres, with_half_gap(fixed, layout.gap), cube);
  for (const Pore& pore : as_pores(spheres, layout.gap, false)) {
    layout.placed_closed_volume += pore.volume();
    layout.pores.push_back(pore);
  }
}

}  // namespace

double mean_pore_volume(double mean_radius, double radius_spread) {
  return Pore{{}, mean_radius}.volume() * std::exp(3 * radius_spread * radius_spread);
}

double most_pore_share(double radius, double spacing, double flatness) {
  const Pore pore{{}, radius, false, flatness * radius};
  const Sphere kept = with_half_gap(pore, gaps.back() * spacing);
  return densest_packing * pore.volume() / Pore{{}, kept.radius, false, kept.flat}.volume();
}

PoreLayout place_pores(const PoreRequest& request, std::span<const PoreSeed> seeds, const PeriodicCube& cube,
                       Stream& stream) {
  EXPECTS(request.mean_radius > 0 && request.spacing > 0);
  PoreLayout layout;
  layout.gap = gaps.front() * request.spacing;
  layout.wanted_closed_volume = request.closed_volume;
  place_open(request, seeds, cube, layout, stream);
  if (request.closed_volume > 0) place_closed(request, seeds, cube, layout, stream);
  return layout;
}

}  // namespace cardhouse
