#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "analysis/distance_window.hpp"
#include "analysis/form_factors.hpp"
#include "analysis/least_squares.hpp"
#include "analysis/turbostratic.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

constexpr double huge = 1e30;

constexpr double least_for_strain = 5.3;  // past the (11) maximum [1/angstrom]

// The last of the structure, if fitted, is the in-plane variance; what follows belongs to the instrument.
constexpr std::size_t without_strain = 7;

struct Beginning {
  double layers, spacing_variance;
};
constexpr Beginning beginnings[] = {{2, 0.01}, {6, 0.01}, {3, 0.3}};  // thin, thick, thick but disordered stacks

bool tells_strain(const PowderPattern& part) {
  return part.q.back() >= least_for_strain;
}

TurbostraticCarbon carbon_of(std::span<const double> p, bool strain) {
  return {p[0], p[1], p[2], p[3], p[4], p[5], p[6], strain ? p[without_strain] : 0};
}

std::vector<FitParameter> structure_parameters(const Beginning& from, bool strain) {
  std::vector<FitParameter> parameters{{"d002", 3.55, 3.2, 4.5},
                                       {"La", 15, 3, TurbostraticFit::largest_size},
                                       {"number of layers", from.layers, 1, TurbostraticFit::most_layers},
                                       {"spacing variance", from.spacing_variance, 0, 1},
                                       {"unorganised share", 0.1, -0.5, 1},
                                       {"lattice constant", 2.45, 2.3, 2.6},
                                       {"mean square displacement", 0.004, -0.02, 0.2}};
  if (strain) parameters.push_back({"in-plane variance", 2e-4, 0, 0.02});
  return parameters;
}

PowderPattern inside(const PowderPattern& pattern, const TurbostraticRange& range) {
  EXPECTS(pattern.q.size() == pattern.intensity.size());
  EXPECTS(pattern.error.empty() || pattern.error.size() == pattern.q.size());
  PowderPattern result;
  for (std::size_t i = 0; i < pattern.q.size(); ++i) {
    if (pattern.q[i] < range.low || pattern.q[i] > range.high) continue;
    result.q.push_back(pattern.q[i]);
    result.intensity.push_back(pattern.intensity[i]);
    if (!pattern.error.empty()) result.error.push_back(pattern.error[i]);
  }
  if (result.q.size() < 30 || result.q.front() > 1.5 || result.q.back() < 3.5) {
    throw InputError(fmt::format("{} points between {:.3g} and {:.3g} 1/angstrom do not hold (002) and (10)",
                                 result.q.size(), range.low, range.high),
                     "the fit needs 30 points from 1.5 to 3.5 1/angstrom");
  }
  return result;
}

// The best end of all beginnings.
template <class Start>
FitResult best_fit(const CurveModel& model, const Measured& measured, Start start) {
  std::optional<FitResult> best;
  std::optional<InputError> trouble;
  for (const Beginning& from : beginnings) {
    try {
      const FitResult fit = fit_least_squares(model, start(from), measured);
      if (!best || fit.reduced_chi_square < best->reduced_chi_square) best = fit;
    } catch (const InputError& error) {
      trouble = error;
    }
  }
  if (!best) throw *trouble;
  return *best;
}

TurbostraticFit report(const PowderPattern& part, FitResult fit, bool errors_known) {
  const double scatter = std::sqrt(std::min(1.0, fit.reduced_chi_square));
  if (!errors_known)
    for (Estimate& parameter : fit.parameters) parameter.error *= scatter;
  const auto& p = fit.parameters;
  const Estimate height{p[0].value * p[2].value, std::hypot(p[0].value * p[2].error, p[0].error * p[2].value)};
  const std::size_t structure = without_strain + (tells_strain(part) ? 1 : 0);
  const Estimate strain = tells_strain(part) ? p[without_strain] : Estimate{0, 0};
  TurbostraticFit result{p[0],   p[1],     p[2],   p[3],   p[4],   p[5],
                         p[6],   strain,   height, {1, 0}, {0, 0}, fit.reduced_chi_square,
                         part.q, fit.model};
  if (p.size() > structure) {
    result.scale = p[structure];
    result.background = p[structure + 1];
  }
  return result;
}

Measured measured(const PowderPattern& part) {
  if (!part.error.empty()) return {part.intensity, part.error};
  const double top = *std::max_element(part.intensity.begin(), part.intensity.end());
  return {part.intensity, std::vector<double>(part.q.size(), std::max(1e-300, 1e-4 * std::abs(top)))};
}

// Of points closer than `independent` only some count.
void widen_errors(TurbostraticFit& fit, double independent) {
  const double step = (fit.q.back() - fit.q.front()) / static_cast<double>(fit.q.size() - 1);
  const double factor = std::sqrt(std::max(1.0, independent / step));
  for (Estimate* value : {&fit.spacing, &fit.size, &fit.layers, &fit.spacing_variance, &fit.unorganised, &fit.lattice,
                          &fit.mean_square_displacement, &fit.in_plane_variance, &fit.stack_height}) {
    value->error *= factor;
  }
}

}  // namespace

TurbostraticFit fit_structure_factor(const PowderPattern& pattern, const TurbostraticRange& range) {
  const PowderPattern part = inside(pattern, range);
  constexpr double least_distances = 10;  // of three layers (estimate)
  if (range.distances > 0 && range.distances < least_distances) {
    throw InputError(fmt::format("distances up to {:.3g} angstrom do not show how layers stack", range.distances),
                     fmt::format("the fit needs {} angstrom", least_distances));
  }
  std::optional<DistanceWindow> window;
  if (range.distances > 0) window.emplace(part.q, range.distances);
  const bool strain = tells_strain(part);
  const CurveModel model = [&](std::span<const double> p) {
    if (!window) return turbostratic_structure_factor(carbon_of(p, strain), part.q);
    return window->apply(turbostratic_structure_factor(carbon_of(p, strain), window->model_q()));
  };
  const auto start = [&](const Beginning& from) { return structure_parameters(from, strain); };
  TurbostraticFit fit = report(part, best_fit(model, measured(part), start), !part.error.empty());
  if (window) widen_errors(fit, std::acos(-1.0) / range.distances);
  return fit;
}

TurbostraticFit fit_intensity(const PowderPattern& pattern, double wavelength, const TurbostraticRange& range) {
  Instrument instrument{.wavelength = wavelength};
  if (wavelength == 0) instrument = {.polarised = true};
  return fit_intensity(pattern, instrument, range);
}

TurbostraticFit fit_intensity(const PowderPattern& pattern, const Instrument& instrument,
                              const TurbostraticRange& range) {
  EXPECTS(range.distances == 0);
  const PowderPattern part = inside(pattern, range);
  std::vector<double> weights;
  for (double q : part.q) {
    const double f = form_factor(Element::C, q);
    weights.push_back(f * f * instrument_factor(instrument, q));
  }
  const bool strain = tells_strain(part);
  const std::size_t scale = without_strain + (strain ? 1 : 0);
  const CurveModel model = [&](std::span<const double> p) {
    std::vector<double> values = turbostratic_structure_factor(carbon_of(p, strain), part.q);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = p[scale] * weights[i] * values[i] + p[scale + 1];
    return values;
  };
  double intensities = 0, powers = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    intensities += part.intensity[i];
    powers += weights[i];
  }
  const auto start = [&](const Beginning& from) {
    std::vector<FitParameter> parameters = structure_parameters(from, strain);
    parameters.push_back({"scale", intensities / powers, 0, huge});
    parameters.push_back({"background", 0, -huge, huge});
    return parameters;
  };
  return report(part, best_fit(model, measured(part), start), !part.error.empty());
}

PowderPattern read_pattern(NumberedLines lines, double wavelength, bool counting) {
  PowderPattern pattern;
  while (const auto line = lines.next()) {
    std::string text(*line);
    std::replace(text.begin(), text.end(), ',', ' ');
    const auto columns = words(text);
    if (columns.empty() || columns[0][0] == '#') continue;
    if (columns.size() < 2) lines.fail("a line of the pattern needs an angle and an intensity");
    const double angle = lines.real(columns[0]), intensity = lines.real(columns[1]);
    if (angle <= 0 || angle >= 180) lines.fail("2 theta must lie between 0 and 180 degree");
    const double q = q_of_two_theta(angle, wavelength);
    if (!pattern.q.empty() && q <= pattern.q.back()) lines.fail("the angles of the pattern must ascend");
    pattern.q.push_back(q);
    pattern.intensity.push_back(intensity);
    if (counting) pattern.error.push_back(std::sqrt(std::max(1.0, intensity)));
  }
  if (pattern.q.empty()) lines.fail("the pattern has no points");
  return pattern;
}

}  // namespace cardhouse
