#include "engine/builder/lamellar_field.hpp"

#include <algorithm>
#include <cmath>

#include "engine/builder/grid_refinement.hpp"
#include "engine/builder/pore_shells.hpp"
#include "engine/builder/swift_hohenberg.hpp"
#include "engine/builder/target_field.hpp"
#include "engine/structure/real_transform.hpp"

namespace cardhouse {
namespace {

// Of the grid that is annealed. The cube of a wave makes its third harmonic, which five points fold onto the second,
// where the linear part damps it by (1 - 4)^2; four would fold it onto the wave itself.
constexpr double points_per_wavelength = 5;
constexpr double noise = 0.1;               // standard deviation of the field before grains are drawn (estimate)
constexpr double pinning_crosslinks = 0.5;  // crosslinks per cluster that slow the field e-fold (estimate)
constexpr double carbons_per_cluster = 14;  // estimate
constexpr double area_per_carbon = 2.62;    // of graphene, from a lattice constant of 2.46 [angstrom^2]

int points_along(double edge, double step) {
  return transform_friendly(static_cast<int>(std::ceil(edge / step)));
}

// Convolution with a Gaussian of unit integral.
void smooth(std::vector<double>& values, const ScalarGrid& like, double width) {
  RealTransform transform(like.points());
  std::copy(values.begin(), values.end(), transform.real().begin());
  transform.forward();
  const std::vector<double> squares = transform.squared_wavenumbers(like.cube().edge);
  const auto modes = transform.modes();
  for (std::size_t mode = 0; mode < modes.size(); ++mode)
    modes[mode] *= std::exp(-0.5 * width * width * squares[mode]) / static_cast<double>(values.size());
  transform.inverse();
  std::copy(transform.real().begin(), transform.real().end(), values.begin());
}

// Grid points, anywhere or where the field has its crosslinks.
std::vector<std::size_t> draw_pins(const TargetField& field, const ScalarGrid& like, std::size_t number,
                                   Stream& stream) {
  std::vector<std::size_t> pins(number);
  if (!is_known(field, field.crosslinks_per_cluster)) {
    for (std::size_t& pin : pins) pin = stream.below(like.size());
    return pins;
  }
  const FieldSampler sampler(field.sides, field.crosslinks_per_cluster);
  for (std::size_t& pin : pins) {
    const Vector3 place = sampler.draw(stream) * static_cast<double>(like.points());
    const auto nearest = [](double coordinate) { return static_cast<int>(std::lround(coordinate)); };
    pin = like.index(nearest(place.x), nearest(place.y), nearest(place.z));
  }
  return pins;
}

}  // namespace

std::vector<double> crosslink_mobility(const LamellarFieldOptions& options, const ScalarGrid& like, Stream& stream) {
  if (options.crosslinks_per_cluster <= 0) return {};
  const double volume = like.cube().edge * like.cube().edge * like.cube().edge;
  const double clusters = volume / (carbons_per_cluster * area_per_carbon * options.grains.spacing);
  const auto crosslinks = static_cast<std::size_t>(std::round(clusters * options.crosslinks_per_cluster));
  const double voxels_per_cluster = static_cast<double>(like.size()) / clusters;
  std::vector<double> mobility(like.size(), 0.0);
  for (const std::size_t pin : draw_pins(options.field, like, crosslinks, stream)) mobility[pin] += voxels_per_cluster;
  smooth(mobility, like, options.grains.spacing);
  for (double& value : mobility) value = std::exp(-std::max(0.0, value) / pinning_crosslinks);
  return mobility;
}

ScalarGrid grow_lamellar_field(const LamellarFieldOptions& options, const PoreLayout& pores,
                               const ProgressObserver& observer, Stream& stream) {
  const int wanted = points_along(options.edge, options.grid_spacing);
  const int enough = points_along(options.edge, 2 * options.grains.spacing / points_per_wavelength);
  ScalarGrid field(options.edge, std::min(wanted, enough));
  for (double& value : field.values) value = noise * stream.normal();
  const std::vector<LamellarSeed> seeds = draw_seeds(options.grains, pores.pores, field.cube(), stream);
  add_grains(field, seeds, options.grains, lamellar_amplitude());

  FieldConstraints constraints;
  constraints.mobility = crosslink_mobility(options, field, stream);
  const double spacing = options.grains.spacing;
  if (!pores.pores.empty()) {
    const ScalarGrid distance = wall_distance(pores, field, shell_reach * spacing);
    wrap_pores(field, distance, spacing);
    constraints.held = hold_walls(distance, spacing);
  }
  anneal_lamellae(field, constraints, {spacing, options.anneal_steps}, observer);
  return refined(field, wanted);
}

}  // namespace cardhouse
