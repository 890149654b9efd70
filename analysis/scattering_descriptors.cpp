#include "analysis/scattering_descriptors.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <numbers>
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

// What one number of a fit is called in a description.
struct SmallAngleNumber {
  const char *name, *value, *unit;
};

void add_pore_sizes(const Atoms& atoms, const ShellCurve& shells, std::vector<Descriptor>& values) {
  const Vector3& widths = atoms.cell.widths();
  if (std::min({widths.x, widths.y, widths.z}) < narrowest_cell) {
    values.back().remark += "; sizes of pores by small angles left out: the cell is narrower than 6 nm";
    return;
  }
  const SmallAngleCurve curve = fitted_part(shells);
  std::string refusals;
  const auto add = [&](const std::string& name, auto measure) {
    try {
      measure();
    } catch (const InputError& refusal) {
      refusals += "; " + name + " left out: " + refusal.what();
    }
  };
  const std::size_t first = values.size() - 1;
  add("saxs_pore_length", [&] {
    const SmallAngleFit fit = fit_stevens_dahn(curve, false);
    const std::string remark = fmt::format(
        "Stevens-Dahn fit from 2 pi/L to 10 1/nm, without macropores, 10 % error of the model; reduced chi "
        "square {:.2g}",
        fit.reduced_chi_square);
    values.push_back(in("nm", "saxs_pore_length", fit["length"], remark));
    values.push_back(in("nm", "saxs_pore_radius", fit["sphere_radius"],
                        "sqrt(10) of the length, for pores of many sizes; of equal ones see saxs_sphere_radius"));
  });
  add("saxs_sphere_radius", [&] {
    const SmallAngleFit fit = fit_hard_spheres(curve);
    values.push_back(in("nm", "saxs_sphere_radius", fit["radius"],
                        fmt::format("hard spheres of nearly one size, scatter {:.0f} %; reduced chi square {:.2g}",
                                    100 * fit["width"].value, fit.reduced_chi_square)));
  });
  const auto add_fit = [&](SmallAngleFit (*fit)(const SmallAngleCurve&), const std::string& of,
                           std::initializer_list<SmallAngleNumber> numbers) {
    add(numbers.begin()->name, [&] {
      const SmallAngleFit found = fit(curve);
      for (const auto& [name, value, unit] : numbers)
        values.push_back(
            in(unit, name, found[value], fmt::format("{}; reduced chi square {:.2g}", of, found.reduced_chi_square)));
    });
  };
  add_fit(fit_debye_anderson_brumberger, "Debye, Anderson & Brumberger, random interfaces",
          {{"saxs_correlation_length", "length", "nm"}});
  add_fit(fit_teubner_strey, "Teubner & Strey, two phases with a distance",
          {{"saxs_spacing", "spacing", "nm"},
           {"saxs_decay_length", "length", "nm"},
           {"saxs_amphiphilicity", "amphiphilicity", "1"}});
  add_fit(fit_guinier, "Guinier, smallest angles alone", {{"saxs_radius_of_gyration", "radius_of_gyration", "nm"}});
  add_fit(fit_porod, "Porod, free exponent over the same background", {{"saxs_porod_exponent", "exponent", "1"}});
  values[first].remark += refusals;
}

// The structure factor at points that are nearly independent.
ScatteringCurve profile(const PairHistogram& histogram) {
  const TurbostraticRange limits;
  const double step = std::min(0.1, std::numbers::pi / histogram.range());
  const auto n = static_cast<std::size_t>(std::ceil((limits.high - limits.low) / step)) + 1;
  return scattering(histogram, q_grid(limits.low, limits.high, n));
}

double root_mean_square(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum / static_cast<double>(values.size()));
}

// A computed pattern has no noise of counting; what its points scatter by is that one cell stands for all.
Descriptor misfit(const ScatteringCurve& curve, const std::vector<double>& model) {
  std::vector<double> rest(model.size());
  for (std::size_t i = 0; i < rest.size(); ++i) rest[i] = curve.structure_factor[i] - model[i];
  const double off = root_mean_square(rest), sampling = root_mean_square(curve.error);
  std::string remark = "root mean square of S less model";
  if (sampling > 0)
    remark += fmt::format(
        "; {:.2g} is the error of sampling by octants: chi square {:.2g}, above 1 by what the model "
        "of flat layers does not hold",
        sampling, std::pow(off / sampling, 2));
  return {"turbostratic_misfit", {off, 0}, "1", remark};
}

// Standard deviation from a variance, errors by the slope.
Estimate root(const Estimate& variance) {
  const double value = std::sqrt(std::max(0.0, variance.value));
  return {value, value > 0 ? 0.5 * variance.error / value : std::sqrt(variance.error)};
}

// All points have one weight: the errors by octants follow the origin of the cell, and the model fits worse than they
// say.
void add_fit(const ScatteringCurve& curve, double range, Description& result) {
  const TurbostraticFit fit = fit_structure_factor({curve.q, curve.structure_factor, {}}, {.distances = range});
  const std::string error = "one sigma, from the scatter about the fit";
  std::vector<Descriptor>& values = result.values;
  values.push_back(in("nm", "turbostratic_d002", fit.spacing, error));
  const bool endless_layers = fit.size.value >= TurbostraticFit::largest_size;
  const bool endless_stacks = fit.layers.value >= TurbostraticFit::most_layers;
  const std::string bound = "; at least: the bound of the fit";
  values.push_back(in("nm", "turbostratic_La", endless_layers ? Estimate{fit.size.value, 0} : fit.size,
                      "line shape of Warren, free of strain and window; " + error + (endless_layers ? bound : "")));
  values.push_back({"turbostratic_layers", endless_stacks ? Estimate{fit.layers.value, 0} : fit.layers, "1",
                    "mean of a stack; " + error + (endless_stacks ? bound : "")});
  values.push_back(in("nm", "turbostratic_Lc", fit.stack_height, "layers times spacing; " + error));
  values.push_back(
      in("nm", "turbostratic_strain", root(fit.spacing_variance), "standard deviation of a gap; " + error));
  values.push_back(in("nm", "turbostratic_lattice", fit.lattice, "in-plane, 0.2461 in graphite; " + error));
  values.push_back({"turbostratic_in_plane_strain", root(fit.in_plane_variance), "1",
                    "standard deviation of the lattice constant over its value; " + error});
  values.push_back({"turbostratic_unorganised", fit.unorganised, "1", "share of the atoms; " + error});
  values.push_back(misfit(curve, fit.model));
  result.tables.push_back({"turbostratic_fit",
                           {{{"q", "1/angstrom", "4 pi sin(theta)/lambda", fit.q},
                             {"structure_factor", "1", "that was fitted", curve.structure_factor},
                             {"model", "1", "through the same window of distances", fit.model}}}});
}

}  // namespace

Description describe_turbostratic(const CarbonStructure& structure, const DescriptorOptions& options) {
  const PairHistogram histogram = PairHistogram::periodic(structure.atoms, options.scattering_range);
  Description result{{in("nm", "turbostratic_range", {histogram.range(), 0}, "distances behind the fitted curve")}, {}};
  try {
    add_fit(profile(histogram), histogram.range(), result);
  } catch (const InputError& refusal) {
    result.values.back().remark += std::string("; the fit is left out: ") + refusal.what();
  }
  return result;
}

Description describe_small_angles(const CarbonStructure& structure, const DescriptorOptions&) {
  const ShellCurve shells = shell_average(structure.atoms, largest_q);
  Table table{{{"q", "1/angstrom", "mean wave number of the shell", shells.q},
               {"structure_factor", "1", "mean over the wave vectors", shells.structure_factor},
               {"structure_factor_error", "1", "standard error over the wave vectors", shells.error},
               {"intensity", "electrons2", "per atom", shells.intensity},
               {"modes", "1", "independent wave vectors", as_doubles(shells.modes)}}};
  Description result{{in("1/nm3", "electron_density", {electron_density(structure.atoms), 0}, "exact")},
                     {{"small_angles", std::move(table)}}};
  add_pore_sizes(structure.atoms, shells, result.values);
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
