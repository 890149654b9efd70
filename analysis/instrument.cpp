#include "analysis/instrument.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

using std::numbers::pi;

constexpr double degree = pi / 180;
constexpr double second_wavelength = 1.00249;  // 1.544427/1.540593

// Value of a curve at `angle`; its end values beyond.
double interpolated(const Diffractogram& curve, double angle) {
  const auto& x = curve.two_theta;
  if (angle <= x.front()) return curve.intensity.front();
  if (angle >= x.back()) return curve.intensity.back();
  const auto above = static_cast<std::size_t>(std::upper_bound(x.begin(), x.end(), angle) - x.begin());
  const double share = (angle - x[above - 1]) / (x[above] - x[above - 1]);
  return curve.intensity[above - 1] * (1 - share) + curve.intensity[above] * share;
}

void add_second_line(const Instrument& instrument, Diffractogram& pattern) {
  const Diffractogram first = pattern;
  for (std::size_t i = 0; i < pattern.intensity.size(); ++i) {
    // The same spacing scatters the second line to larger angles: here arrives what the first shows at a smaller one.
    const double sine = std::sin(0.5 * pattern.two_theta[i] * degree) / second_wavelength;
    pattern.intensity[i] += instrument.second_line * interpolated(first, 2 * std::asin(sine) / degree);
    pattern.intensity[i] /= 1 + instrument.second_line;
  }
}

double line_width(const Instrument& instrument, double two_theta_angle) {
  const double tangent = std::tan(0.5 * two_theta_angle * degree);
  const double square = (instrument.caglioti_u * tangent + instrument.caglioti_v) * tangent + instrument.caglioti_w;
  if (square < 0) throw InputError("the line width of the instrument is not real: u tan^2 + v tan + w is negative");
  return std::sqrt(square);
}

void broaden(const Instrument& instrument, Diffractogram& pattern) {
  constexpr int half_steps = 24;  // over three standard deviations to either side
  constexpr double reach = 3;     // of the Gaussian, in standard deviations
  const Diffractogram sharp = pattern;
  for (std::size_t i = 0; i < pattern.intensity.size(); ++i) {
    const double deviation = line_width(instrument, pattern.two_theta[i]) / (2 * std::sqrt(2 * std::log(2.0)));
    if (deviation == 0) continue;
    double sum = 0, weights = 0;
    for (int n = -half_steps; n <= half_steps; ++n) {
      const double x = reach * n / half_steps, weight = std::exp(-0.5 * x * x);
      sum += weight * interpolated(sharp, pattern.two_theta[i] + x * deviation);
      weights += weight;
    }
    pattern.intensity[i] = sum / weights;
  }
}

}  // namespace

void check_instrument(const Instrument& instrument) {
  if (!(instrument.wavelength > 0)) throw InputError("the wavelength must be positive");
  if (!(instrument.optical_thickness >= 0 && instrument.second_line >= 0)) {
    throw InputError("absorption and second line of an instrument must not be negative");
  }
  if (!(instrument.monochromator >= 0 && instrument.monochromator < 180)) {
    throw InputError("the angle of the monochromator must lie between 0 and 180 degree");
  }
}

double instrument_factor(const Instrument& instrument, double q) {
  if (instrument.polarised && instrument.optical_thickness == 0) return 1;
  const double angle = two_theta(q, instrument.wavelength) * degree;
  const double cosine = std::pow(std::cos(angle), 2);
  const double analysed = std::pow(std::cos(instrument.monochromator * degree), 2);
  double factor = instrument.polarised ? 1 : (1 + cosine * analysed) / (1 + analysed);
  if (instrument.optical_thickness > 0) factor *= 1 - std::exp(-2 * instrument.optical_thickness / std::sin(angle / 2));
  return factor;
}

Diffractogram diffractogram(const ScatteringCurve& curve, const Instrument& instrument) {
  check_instrument(instrument);
  Diffractogram pattern;
  for (std::size_t i = 0; i < curve.q.size(); ++i) {
    if (curve.q[i] * instrument.wavelength > 4 * pi) continue;
    pattern.two_theta.push_back(two_theta(curve.q[i], instrument.wavelength));
    pattern.intensity.push_back(curve.intensity[i] * instrument_factor(instrument, curve.q[i]));
  }
  if (pattern.two_theta.size() < 2) return pattern;
  if (instrument.second_line > 0) add_second_line(instrument, pattern);
  broaden(instrument, pattern);
  return pattern;
}

}  // namespace cardhouse
