#include "engine/app/pattern_description.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "engine/app/version.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

Descriptor in_nm(const std::string& name, Estimate internal, const std::string& remark) {
  return {name, {in_unit(internal.value, "nm"), in_unit(internal.error, "nm")}, "nm", remark};
}

// The fitted points are a row of neighbours among those measured.
std::vector<double> fitted_intensity(const TurbostraticFit& fit, const PowderPattern& pattern) {
  const auto first = std::lower_bound(pattern.q.begin(), pattern.q.end(), fit.q.front()) - pattern.q.begin();
  const auto begin = pattern.intensity.begin() + first;
  return {begin, begin + static_cast<std::ptrdiff_t>(fit.q.size())};
}

double misfit(const TurbostraticFit& fit, const PowderPattern& pattern) {
  const std::vector<double> intensity = fitted_intensity(fit, pattern);
  double squares = 0;
  for (std::size_t i = 0; i < intensity.size(); ++i) squares += std::pow(intensity[i] - fit.model[i], 2);
  return std::sqrt(squares / static_cast<double>(intensity.size())) / std::ranges::max(intensity);
}

std::vector<Descriptor> numbers_of(const TurbostraticFit& fit, const PowderPattern& pattern) {
  std::vector<Descriptor> values{
      in_nm("d002", fit.spacing, "of the layers, from the whole profile"),
      in_nm("Lc", fit.stack_height, "layers per stack times d002"),
      in_nm("La", fit.size, "of the layers, from the shape of the (10) and (11) bands"),
      {"layers_per_stack", fit.layers, "1", "mean"},
      {"spacing_variance", fit.spacing_variance, "angstrom2", "of a gap between two layers"},
      {"unorganised", fit.unorganised, "1",
       fit.unorganised.value < -2 * fit.unorganised.error ? "negative: the pattern is not of this kind, trust no number"
                                                          : "share of the atoms in no layer"},
      in_nm("lattice", fit.lattice, "in-plane lattice constant; 0.2461 nm in graphite"),
      {"in_plane_variance", fit.in_plane_variance, "1",
       fit.in_plane_variance.error > 0 ? "of the lattice constant, over its square"
                                       : "held at zero: the pattern ends before (11), which tells it from La"},
      {"mean_square_displacement", fit.mean_square_displacement, "angstrom2", "of an atom along one direction"},
      {"misfit", {misfit(fit, pattern), 0}, "1", "root mean square of data less model, over the highest intensity"}};
  if (!pattern.error.empty())
    values.push_back({"reduced_chi_square", {fit.reduced_chi_square, 0}, "1", "1 within the errors of the counts"});
  if (const std::optional<double> ratio = dahn_ratio(pattern.q, pattern.intensity))
    values.push_back({"dahn_ratio", {*ratio, 0}, "1", "(002) over its background"});
  return values;
}

Table fit_table(const TurbostraticFit& fit, const PowderPattern& pattern, double wavelength) {
  Table table{{{"q", "1/angstrom", "4 pi sin(theta)/lambda", fit.q},
               {"two_theta", "degree", "scattering angle", {}},
               {"intensity", "1", "as measured", fitted_intensity(fit, pattern)},
               {"model", "1", "profile of turbostratic carbon", fit.model}}};
  for (const double q : fit.q) table.columns[1].values.push_back(two_theta(q, wavelength));
  return table;
}

}  // namespace

PatternDescription describe_pattern(const std::string& path, const Instrument& instrument, bool counts) {
  const double wavelength = instrument.wavelength;
  const PowderPattern pattern = read_pattern(NumberedLines::from_file(path), wavelength, counts);
  TurbostraticFit fit;
  try {
    fit = fit_intensity(pattern, instrument);
  } catch (const InputError& error) {
    throw InputError({path, 0, {}}, error.what());
  }
  const std::string head = fmt::format(
      "{}, described by Cardhouse {} ({})\n  {} points, {} of them fitted: 2 theta {:.1f} to {:.1f} degree, wavelength "
      "{:g} angstrom\n",
      std::filesystem::path(path).filename().string(), version_number(), version_hash(), pattern.q.size(), fit.q.size(),
      two_theta(fit.q.front(), wavelength), two_theta(fit.q.back(), wavelength), wavelength);
  return {head,
          {"pattern",
           "profile of turbostratic carbon (Shi, Reimers & Dahn 1993, doi:10.1107/S0021889893003784)",
           {numbers_of(fit, pattern), {{"pattern_fit", fit_table(fit, pattern, wavelength)}}}}};
}

}  // namespace cardhouse
