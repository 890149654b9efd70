#include "analysis/scattering_descriptors.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "analysis/grid_scattering.hpp"
#include "analysis/neutron_lengths.hpp"
#include "analysis/pair_distribution.hpp"
#include "analysis/saxs.hpp"
#include "analysis/turbostratic.hpp"
#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

constexpr double largest_q = 1.5;       // of the table [1/angstrom]
constexpr double largest_fitted = 1.0;  // below the (002) reflection and the rise towards it
constexpr double model_error = 0.1;     // of the intensity: pores are not quite random interfaces (estimate)
constexpr double narrowest_cell = 60;   // fewer wave vectors than the four parameters deserve below [angstrom]
constexpr std::size_t fewest_modes = 3;

Descriptor in(const std::string& unit, const std::string& name, Estimate internal, const std::string& remark) {
  return {name, {in_unit(internal.value, unit), in_unit(internal.error, unit)}, unit, remark};
}

std::vector<double> as_doubles(const std::vector<std::size_t>& counts) {
  return {counts.begin(), counts.end()};
}

SmallAngleCurve fitted_part(const ShellCurve& shells) {
  SmallAngleCurve curve;
  for (std::size_t i = 0; i < shells.q.size(); ++i) {
    if (shells.q[i] > largest_fitted || shells.modes[i] < fewest_modes) continue;
    if (!(shells.structure_factor[i] > 0) || !(shells.error[i] > 0)) continue;
    curve.q.push_back(shells.q[i]);
    curve.intensity.push_back(shells.structure_factor[i]);
    curve.error.push_back(std::hypot(shells.error[i], model_error * shells.structure_factor[i]));
  }
  return curve;
}

void add_pore_length(const Atoms& atoms, const ShellCurve& shells, std::vector<Descriptor>& values) {
  const Vector3& widths = atoms.cell.widths();
  try {
    if (std::min({widths.x, widths.y, widths.z}) < narrowest_cell) {
      throw InputError("the cell is narrower than 6 nm");
    }
    const SmallAngleFit fit = fit_stevens_dahn(fitted_part(shells), false);
    const std::string remark = "Stevens-Dahn fit from 2 pi/L to 10 1/nm, without macropores, 10 % error of the model";
    values.push_back(in("nm", "saxs_pore_length", fit["length"], remark));
    values.push_back(in("nm", "saxs_pore_radius", fit["sphere_radius"], "of spheres, sqrt(10) of the length"));
  } catch (const InputError& refusal) {
    values.back().remark += std::string("; saxs_pore_length left out: ") + refusal.what();
  }
}

}  // namespace

Description describe_small_angles(const CarbonStructure& structure, const DescriptorOptions&) {
  const ShellCurve shells = shell_average(structure.atoms, largest_q);
  Table table{{{"q", "1/angstrom", "mean wave number of the shell", shells.q},
               {"structure_factor", "1", "mean over the wave vectors", shells.structure_factor},
               {"structure_factor_error", "1", "standard error over the wave vectors", shells.error},
               {"intensity", "electrons2", "per atom", shells.intensity},
               {"modes", "1", "independent wave vectors", as_doubles(shells.modes)}}};
  Description result{{in("1/nm3", "electron_density", {electron_density(structure.atoms), 0}, "exact")},
                     {{"small_angles", std::move(table)}}};
  add_pore_length(structure.atoms, shells, result.values);
  return result;
}

Description describe_pair_distribution(const CarbonStructure& structure, const DescriptorOptions& options) {
  const PairHistogram histogram = PairHistogram::periodic(structure.atoms, options.scattering_range);
  const PairDistribution distribution = pair_distribution(histogram);
  Table table{{{"r", "angstrom", "distance", distribution.r},
               {"reduced_x_ray", "1/angstrom2", "4 pi r rho0 (g - 1), weighted by electrons",
                reduced_distribution(distribution)},
               {"reduced_neutron", "1/angstrom2", "4 pi r rho0 (g - 1), weighted by neutron lengths",
                reduced_distribution(distribution, neutron_length)}}};
  for (const PartialDistribution& partial : distribution.partials) {
    const std::string pair = std::string(symbol(partial.first)) + "_" + std::string(symbol(partial.second));
    table.columns.push_back({"g_" + pair, "1", "partial distribution", partial.g});
    table.columns.push_back({"g_" + pair + "_error", "1", "error by jackknife over octants", partial.error});
  }
  return {{}, {{"pair_distribution", std::move(table)}}};
}

std::vector<Descriptor> dahn_ratio_of(const ScatteringCurve& curve) {
  const std::optional<double> ratio = dahn_ratio(curve.q, curve.intensity);
  if (!ratio) return {};
  std::vector<double> parts;
  for (const auto& without : curve.leave_one_out) {
    std::vector<double> intensity(curve.q.size());
    for (std::size_t i = 0; i < intensity.size(); ++i) {
      intensity[i] = without[i] * curve.intensity[i] / curve.structure_factor[i];
    }
    if (const std::optional<double> part = dahn_ratio(curve.q, intensity)) parts.push_back(*part);
  }
  return {{"dahn_ratio", jackknife(*ratio, parts), "1", "(002) over its background, both with the width of the box"}};
}

}  // namespace cardhouse
