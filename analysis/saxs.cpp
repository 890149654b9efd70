#include "analysis/saxs.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "analysis/least_squares.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

using std::numbers::pi;
constexpr double huge = 1e30;

void check(const SmallAngleCurve& curve, std::size_t fewest) {
  EXPECTS(curve.q.size() == curve.intensity.size());
  EXPECTS(curve.error.empty() || curve.error.size() == curve.q.size());
  if (curve.q.size() < fewest) {
    throw InputError(fmt::format("{} points of small-angle scattering, the model needs {}", curve.q.size(), fewest));
  }
  if (!(curve.q.front() > 0) || !std::is_sorted(curve.q.begin(), curve.q.end())) {
    throw InputError("q of small-angle scattering must be positive and ascending");
  }
  if (!std::all_of(curve.intensity.begin(), curve.intensity.end(), [](double i) { return i > 0; })) {
    throw InputError("small-angle intensities must be positive", "cut the range");
  }
}

Measured measured(const SmallAngleCurve& curve) {
  if (!curve.error.empty()) return {curve.intensity, curve.error};
  std::vector<double> errors;
  for (double i : curve.intensity) errors.push_back(1e-3 * i);
  return {curve.intensity, errors};
}

template <class Function>
FitResult fit(const SmallAngleCurve& curve, const std::vector<FitParameter>& parameters, Function intensity) {
  const CurveModel model = [&](std::span<const double> p) {
    std::vector<double> values;
    for (double q : curve.q) values.push_back(intensity(p, q));
    return values;
  };
  FitResult result = fit_least_squares(model, parameters, measured(curve));
  if (!curve.error.empty()) return result;
  // The weights were arbitrary: so is the chi-square, and the errors follow from the scatter in either direction.
  for (Estimate& parameter : result.parameters) parameter.error *= std::sqrt(std::min(1.0, result.reduced_chi_square));
  return result;
}

void refuse_outside(const SmallAngleCurve& curve, double q, const char* what) {
  if (q >= curve.q.front() && q <= curve.q.back()) return;
  throw InputError(fmt::format("the fit puts {} at {:.3g} 1/angstrom, outside the range {:.3g} to {:.3g}", what, q,
                               curve.q.front(), curve.q.back()),
                   "measure to there or use a model without it");
}

// The first guess of a plateau that ends at `length`: where the intensity over its smallest value has fallen to 1/4.
double plateau_end(const SmallAngleCurve& curve, double background) {
  const double top = curve.intensity.front() - background;
  for (std::size_t i = 0; i < curve.q.size(); ++i) {
    if (curve.intensity[i] - background < 0.25 * top) return curve.q[i];
  }
  return curve.q.back();
}

double smallest(const SmallAngleCurve& curve) {
  return *std::min_element(curve.intensity.begin(), curve.intensity.end());
}

Estimate scaled(Estimate e, double factor) {
  return {e.value * factor, e.error * std::abs(factor)};
}

double random_phases(double length, double q) {
  return 1 / std::pow(1 + length * length * q * q, 2);
}

// Amplitude of a sphere, 1 at x = qR = 0.
double sphere_amplitude(double x) {
  if (x < 1e-2) return 1 - x * x / 10;
  return 3 * (std::sin(x) - x * std::cos(x)) / (x * x * x);
}

// <V^2 P(qR)>/<V^2> over a Gaussian of radii.
double sphere_intensity(double radius, double width, double q) {
  constexpr int half_steps = 8;
  double sum = 0, volumes = 0;
  for (int n = -half_steps; n <= half_steps; ++n) {
    const double x = 3.0 * n / half_steps, r = radius * (1 + width * x);
    if (r <= 0) continue;
    const double weight = std::exp(-0.5 * x * x) * std::pow(r, 6);
    sum += weight * std::pow(sphere_amplitude(q * r), 2);
    volumes += weight;
  }
  return sum / volumes;
}

// Percus and Yevick, in the form of Kinning & Thomas 1984 (doi:10.1021/ma00139a013).
double hard_sphere_factor(double radius, double packing, double q) {
  const double a = std::max(0.05, 2 * q * radius), a2 = a * a, eta = packing;
  const double denominator = std::pow(1 - eta, 4);
  const double alpha = (1 + 2 * eta) * (1 + 2 * eta) / denominator;
  const double beta = -6 * eta * (1 + 0.5 * eta) * (1 + 0.5 * eta) / denominator;
  const double gamma = 0.5 * eta * alpha;
  const double sine = std::sin(a), cosine = std::cos(a);
  const double g = alpha * (sine - a * cosine) / a2 + beta * (2 * a * sine + (2 - a2) * cosine - 2) / (a2 * a) +
                   gamma * (-a2 * a2 * cosine + 4 * ((3 * a2 - 6) * cosine + (a2 - 6) * a * sine + 6)) / (a2 * a2 * a);
  return 1 / (1 + 24 * eta * g / a);
}

}  // namespace

SmallAngleCurve within(const SmallAngleCurve& curve, double low, double high) {
  SmallAngleCurve result;
  for (std::size_t i = 0; i < curve.q.size(); ++i) {
    if (curve.q[i] < low || curve.q[i] > high) continue;
    result.q.push_back(curve.q[i]);
    result.intensity.push_back(curve.intensity[i]);
    if (!curve.error.empty()) result.error.push_back(curve.error[i]);
  }
  return result;
}

Estimate SmallAngleFit::operator[](std::string_view name) const {
  const auto found = std::find_if(values.begin(), values.end(), [&](const Value& v) { return v.name == name; });
  EXPECTS(found != values.end());
  return found->estimate;
}

SmallAngleFit fit_porod(const SmallAngleCurve& curve) {
  check(curve, 6);
  const double low = smallest(curve), q0 = curve.q.front();
  const double top = std::max(curve.intensity.front() - low, 1e-12 * low);
  // q in units of the first: amplitudes of all models are of one size.
  const FitResult free =
      fit(curve, {{"amplitude", top, 0, huge}, {"exponent", 4, 0.5, 8}, {"background", low, -huge, huge}},
          [q0](auto p, double q) { return p[0] * std::pow(q / q0, -p[1]) + p[2]; });
  const Estimate exponent = free.parameters[1];
  if (std::abs(exponent.value - 4) > 0.3 && std::abs(exponent.value - 4) > 3 * exponent.error) {
    throw InputError(
        fmt::format("the intensity falls as q^-{:.2f} +- {:.2f}, not as q^-4", exponent.value, exponent.error),
        "take a range of larger q, or there are no smooth interfaces");
  }
  const FitResult best = fit(curve, {{"amplitude", top, 0, huge}, {"background", low, -huge, huge}},
                             [q0](auto p, double q) { return p[0] * std::pow(q / q0, -4) + p[1]; });
  return {{{"constant", scaled(best.parameters[0], std::pow(q0, 4)), "I/angstrom4"},
           {"background", best.parameters[1], "I"},
           {"exponent", exponent, "1"}},
          best.reduced_chi_square,
          best.model};
}

SmallAngleFit fit_debye_anderson_brumberger(const SmallAngleCurve& curve) {
  check(curve, 6);
  const double low = smallest(curve);
  const FitResult best = fit(curve,
                             {{"forward intensity", curve.intensity.front(), 0, huge},
                              {"length", 1 / plateau_end(curve, low), 1e-3, 1e6},
                              {"background", 0.9 * low, -huge, huge}},
                             [](auto p, double q) { return p[0] * random_phases(p[1], q) + p[2]; });
  refuse_outside(curve, 1 / best.parameters[1].value, "the bend 1/xi");
  return {{{"forward_intensity", best.parameters[0], "I"},
           {"length", best.parameters[1], "angstrom"},
           {"background", best.parameters[2], "I"}},
          best.reduced_chi_square,
          best.model};
}

SmallAngleFit fit_teubner_strey(const SmallAngleCurve& curve) {
  check(curve, 7);
  const double low = smallest(curve);
  const auto top = std::max_element(curve.intensity.begin(), curve.intensity.end()) - curve.intensity.begin();
  const double position = std::max(curve.q[static_cast<std::size_t>(top)], 0.5 * plateau_end(curve, low));
  // In terms of kappa = 2 pi/spacing and lambda = 1/length: a2 + c1 q^2 + c2 q^4 is proportional to
  // (lambda^2 + kappa^2)^2 + 2 (lambda^2 - kappa^2) q^2 + q^4, every value of which belongs to a structure.
  const FitResult best = fit(curve,
                             {{"forward intensity", curve.intensity.front(), 0, huge},
                              {"spacing wave number", position, 1e-6, 100},
                              {"inverse length", 0.5 * position, 1e-6, 100},
                              {"background", 0.9 * low, -huge, huge}},
                             [](auto p, double q) {
                               const double k = p[1] * p[1], l = p[2] * p[2], x = q * q;
                               return p[0] * (l + k) * (l + k) / ((l + k) * (l + k) + 2 * (l - k) * x + x * x) + p[3];
                             });
  const Estimate k = best.parameters[1], l = best.parameters[2];
  refuse_outside(curve, k.value, "2 pi/spacing");
  refuse_outside(curve, l.value, "1/length");
  const double k2 = k.value * k.value, l2 = l.value * l.value;
  // f_a = (l^2 - k^2)/(l^2 + k^2); the error takes the two as independent.
  const double slope = 4 * k.value * l.value / ((l2 + k2) * (l2 + k2));
  const double f_error = slope * std::hypot(k.value * l.error, l.value * k.error);
  return {{{"forward_intensity", best.parameters[0], "I"},
           {"spacing", {2 * pi / k.value, 2 * pi * k.error / k2}, "angstrom"},
           {"length", {1 / l.value, l.error / l2}, "angstrom"},
           {"amphiphilicity", {(l2 - k2) / (l2 + k2), f_error}, "1"},
           {"background", best.parameters[3], "I"}},
          best.reduced_chi_square,
          best.model};
}

SmallAngleFit fit_guinier(const SmallAngleCurve& curve) {
  constexpr std::size_t fewest = 5;
  constexpr double limit = 1.3;
  check(curve, fewest);
  std::size_t n = fewest;
  for (double radius = 0;; ++n) {
    SmallAngleCurve part = within(curve, curve.q.front(), curve.q[n - 1]);
    const FitResult best =
        fit(part, {{"forward intensity", curve.intensity.front(), 0, huge}, {"squared radius", 0, -1e8, 1e8}},
            [](auto p, double q) { return p[0] * std::exp(-p[1] * q * q / 3); });
    const Estimate square = best.parameters[1];
    radius = std::sqrt(std::max(0.0, square.value));
    const bool beyond = part.q.back() * radius > limit;
    if (n == fewest && (beyond || !(square.value > 0))) {
      throw InputError(
          beyond ? fmt::format("fewer than {} points have q Rg < {} (Rg about {:.3g} angstrom)", fewest, limit, radius)
                 : std::string("the intensity does not fall from the smallest q on"),
          "measure at smaller q");
    }
    const bool last = n == curve.q.size();
    const bool next_beyond = !last && curve.q[n] * radius > limit;
    if (!last && !next_beyond) continue;
    if (radius * part.q.back() < 0.3) {
      throw InputError(fmt::format("q Rg reaches {:.2g} only, the radius is not determined", radius * part.q.back()),
                       "measure to larger q");
    }
    const Estimate gyration{radius, square.error / (2 * radius)};
    return {{{"forward_intensity", best.parameters[0], "I"},
             {"radius_of_gyration", gyration, "angstrom"},
             {"sphere_radius", scaled(gyration, std::sqrt(5.0 / 3)), "angstrom"}},
            best.reduced_chi_square,
            best.model};
  }
}

SmallAngleFit fit_stevens_dahn(const SmallAngleCurve& curve, bool macropores) {
  check(curve, macropores ? 8 : 6);
  const double low = smallest(curve), q0 = curve.q.front();
  const auto middle = within(curve, macropores ? 3 * q0 : q0, curve.q.back());
  check(middle, 4);
  const double bend = plateau_end(middle, low);
  std::vector<FitParameter> parameters{{"length", 1 / bend, 1e-3, 1e6},
                                       {"micropore intensity", middle.intensity.front(), 0, huge},
                                       {"background", 0.9 * low, -huge, huge}};
  if (macropores) {
    parameters.push_back({"macropore intensity", curve.intensity.front(), 0, huge});
    parameters.push_back({"macropore exponent", 4, 1, 5});
  }
  const FitResult best = fit(curve, parameters, [&](auto p, double q) {
    const double rest = p[1] * random_phases(p[0], q) + p[2];
    return macropores ? rest + p[3] * std::pow(q / q0, -p[4]) : rest;
  });
  const Estimate length = best.parameters[0], plateau = best.parameters[1];
  if (plateau.value < 3 * plateau.error) throw InputError("no shoulder of micropores above its error");
  refuse_outside(curve, 1 / length.value, "the shoulder 1/a1");
  // B = I0/a1^4: relative errors added in quadrature and the correlation (positive) left out, an upper estimate.
  const double amplitude = plateau.value / std::pow(length.value, 4);
  const double amplitude_error = amplitude * std::hypot(plateau.error / plateau.value, 4 * length.error / length.value);
  SmallAngleFit result{{{"length", length, "angstrom"},
                        {"sphere_radius", scaled(length, std::sqrt(10.0)), "angstrom"},
                        {"micropore_amplitude", {amplitude, amplitude_error}, "I/angstrom4"},
                        {"background", best.parameters[2], "I"}},
                       best.reduced_chi_square,
                       best.model};
  if (macropores) {
    const Estimate exponent = best.parameters[4];
    result.values.push_back(
        {"macropore_amplitude", scaled(best.parameters[3], std::pow(q0, exponent.value)), "I/angstrom^a"});
    result.values.push_back({"macropore_exponent", exponent, "1"});
  }
  return result;
}

SmallAngleFit fit_hard_spheres(const SmallAngleCurve& curve) {
  check(curve, 8);
  const double low = smallest(curve);
  const double top = *std::max_element(curve.intensity.begin(), curve.intensity.end());
  // The rings of a sphere make many minima: start from radii all over the range, keep the best end.
  std::optional<FitResult> found;
  std::optional<InputError> trouble;
  for (double start = pi / curve.q.back(); start < pi / curve.q.front(); start *= 1.5) {
    try {
      const FitResult result =
          fit(curve,
              {{"forward intensity", 1.5 * top, 0, huge},
               {"radius", start, 1e-2, 1e5},
               {"width", 0.15, 0.01, 0.33},
               {"packing", 0.1, 0, 0.5},
               {"background", 0.9 * low, -huge, huge}},
              [](auto p, double q) {
                return p[0] * sphere_intensity(p[1], p[2], q) * hard_sphere_factor(p[1], p[3], q) + p[4];
              });
      if (!found || result.reduced_chi_square < found->reduced_chi_square) found = result;
    } catch (const InputError& error) {
      trouble = error;
    }
  }
  if (!found) throw *trouble;
  const FitResult& best = *found;
  const Estimate forward = best.parameters[0], radius = best.parameters[1];
  if (forward.value < 3 * forward.error) throw InputError("no scattering of spheres above its error");
  refuse_outside(curve, pi / radius.value, "pi/radius");
  return {{{"forward_intensity", forward, "I"},
           {"radius", radius, "angstrom"},
           {"width", best.parameters[2], "1"},
           {"packing", best.parameters[3], "1"},
           {"background", best.parameters[4], "I"}},
          best.reduced_chi_square,
          best.model};
}

Estimate invariant(const SmallAngleCurve& curve) {
  check(curve, 2);
  Estimate sum;
  double variance = 0;
  for (std::size_t i = 0; i < curve.q.size(); ++i) {
    const double left = i == 0 ? curve.q[0] : curve.q[i - 1];
    const double right = i + 1 == curve.q.size() ? curve.q[i] : curve.q[i + 1];
    const double weight = 0.5 * (right - left) * curve.q[i] * curve.q[i];
    sum.value += weight * curve.intensity[i];
    if (!curve.error.empty()) variance += std::pow(weight * curve.error[i], 2);
  }
  sum.error = std::sqrt(variance);
  return sum;
}

}  // namespace cardhouse
