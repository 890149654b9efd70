#include "analysis/sodium_contrast.hpp"

#include <array>
#include <cmath>
#include <numbers>

#include "analysis/cavities.hpp"
#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

using std::numbers::pi;

// Which points lie in pores of the empty carbon.
class PoreSpace {
 public:
  PoreSpace(const Atoms& carbon, const OperandoOptions& options)
      : map_(carbon, {options.spacing, {}}), spheres_(inscribe_spheres(map_)), least_(0.5 * options.pore_probe) {}

  double share() const {
    std::size_t covered = 0;
    for (const float radius : spheres_.radius) covered += radius > least_ ? 1 : 0;
    return static_cast<double>(covered) / static_cast<double>(map_.size());
  }
  bool holds(const Vector3& position) const {
    const Vector3 f = map_.cell().to_fractional(position - map_.position({0, 0, 0}));
    std::array<int, 3> nearest;
    for (int axis = 0; axis < 3; ++axis) {
      const int n = map_.shape()[axis];
      nearest[axis] = static_cast<int>(std::lround((f[axis] - std::floor(f[axis])) * n)) % n;
    }
    return spheres_.radius[map_.index(nearest)] > least_;
  }

 private:
  VoidMap map_;
  InscribedSpheres spheres_;
  double least_;
};

double electrons(Element element) {
  return static_cast<double>(static_cast<int>(element));
}

// Electrons of carbon and sodium, sorted into pores and walls.
void measure_densities(const Atoms& filled, std::span<const double> occupations, const PoreSpace& pores,
                       OperandoPoint& point) {
  double in_pores = 0, in_walls = 0, sodium = 0, pore_sodium = 0, carbon = 0;
  for (std::size_t i = 0; i < filled.size(); ++i) {
    const double number = occupations[i] * electrons(filled.elements[i]);
    const bool here = pores.holds(filled.positions[i]);
    (here ? in_pores : in_walls) += number;
    if (filled.elements[i] == Element::C) carbon += occupations[i];
    if (filled.elements[i] != Element::Na) continue;
    sodium += occupations[i];
    if (here) pore_sodium += occupations[i];
  }
  const double volume = filled.cell.volume(), phi = pores.share();
  point.sodium_per_carbon = sodium / carbon;
  point.sodium_in_pores = sodium > 0 ? pore_sodium / sodium : 0;
  point.pore_share = phi;
  point.pore_density = phi > 0 ? in_pores / (phi * volume) : 0;
  point.wall_density = phi < 1 ? in_walls / ((1 - phi) * volume) : 0;
  point.contrast = phi > 0 && phi < 1 ? std::pow(point.wall_density - point.pore_density, 2) : 0;
  point.invariant = 2 * pi * pi * point.contrast * phi * (1 - phi);
}

double mean_intensity(const ShellCurve& shells, double largest_q, double atoms_per_volume) {
  double sum = 0, modes = 0;
  for (std::size_t i = 0; i < shells.q.size() && shells.q[i] <= largest_q; ++i) {
    sum += static_cast<double>(shells.modes[i]) * shells.intensity[i];
    modes += static_cast<double>(shells.modes[i]);
  }
  return modes > 0 ? sum / modes * atoms_per_volume : 0;
}

// The empty carbon of `carbon`: what pores are measured in.
Atoms without_sodium(const Atoms& carbon) {
  Atoms result{carbon.cell, {}, {}};
  for (std::size_t i = 0; i < carbon.size(); ++i)
    if (carbon.elements[i] != Element::Na) result.add(carbon.elements[i], carbon.positions[i]);
  return result;
}

}  // namespace

OperandoPoint operando_point(const Atoms& carbon, std::span<const Vector3> sites, std::span<const double> occupations,
                             const OperandoOptions& options) {
  if (count(carbon, Element::C) == 0) throw InputError("a structure without carbon has no composition in sodium");
  if (sites.size() != occupations.size()) throw InputError("every sodium site needs one occupation");
  constexpr double step = 0.01, highest = 2.8, reach = 1.3;  // q of the (002) search; of the modes beyond
  Atoms filled = carbon;
  for (const Vector3& site : sites) filled.add(Element::Na, site);
  std::vector<double> there(carbon.size(), 1.0);
  there.insert(there.end(), occupations.begin(), occupations.end());

  const StructureModes modes(filled, reach * highest, form_factor, there);
  const std::vector<double> q = q_grid(search_002.background_low - 0.1, highest, static_cast<std::size_t>(2.1 / step));
  OperandoPoint point;
  measure_densities(filled, there, PoreSpace(without_sodium(carbon), options), point);
  point.small_angles = shell_average(modes);
  double atoms = 0;
  for (const double occupation : there) atoms += occupation;
  point.small_angle_intensity =
      mean_intensity(point.small_angles, options.largest_small_q, atoms / filled.cell.volume());
  point.diffraction = grid_scattering(modes, q);
  point.stacking = find_reflection(point.diffraction, search_002);
  return point;
}

Table operando_table(std::span<const OperandoPoint> points) {
  Table table{{{"sodium_per_carbon", "1", "composition", {}},
               {"sodium_in_pores", "1", "share of the sodium", {}},
               {"pore_electron_density", "1/nm3", "of the pores", {}},
               {"wall_electron_density", "1/nm3", "of the rest", {}},
               {"contrast", "1/nm6", "square of their difference", {}},
               {"invariant", "1/nm6", "of two uniform phases", {}},
               {"small_angle_intensity", "1/nm3", "mean, electrons^2 per volume", {}},
               {"d002", "nm", "0: no maximum", {}},
               {"height_002", "1/nm", "of the reflection in q (S - 1)", {}}}};
  for (const OperandoPoint& point : points) {
    const bool stacked = point.stacking.has_value();
    const double row[] = {point.sodium_per_carbon,
                          point.sodium_in_pores,
                          in_unit(point.pore_density, "1/nm3"),
                          in_unit(point.wall_density, "1/nm3"),
                          in_unit(point.contrast, "1/nm6"),
                          in_unit(point.invariant, "1/nm6"),
                          in_unit(point.small_angle_intensity, "1/nm3"),
                          stacked ? in_unit(point.stacking->spacing.value, "nm") : 0,
                          stacked ? in_unit(point.stacking->height.value, "1/nm") : 0};
    for (std::size_t c = 0; c < table.columns.size(); ++c) table.columns[c].values.push_back(row[c]);
  }
  return table;
}

}  // namespace cardhouse
