#include "analysis/instrument.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

// A peak of intensity over nothing at a scattering angle [degree] of copper radiation.
ScatteringCurve peak_at(double angle, double width) {
  ScatteringCurve curve;
  for (double x = 10; x < 110; x += 0.02) {
    curve.q.push_back(q_of_two_theta(x));
    curve.intensity.push_back(1000 * std::exp(-4 * std::log(2.0) * std::pow((x - angle) / width, 2)));
  }
  return curve;
}

double width_of(const Diffractogram& pattern) {
  const double half = 0.5 * *std::max_element(pattern.intensity.begin(), pattern.intensity.end());
  double low = 0, high = 0;
  for (std::size_t i = 0; i < pattern.intensity.size(); ++i) {
    if (pattern.intensity[i] < half) continue;
    if (low == 0) low = pattern.two_theta[i];
    high = pattern.two_theta[i];
  }
  return high - low;
}

TEST(Instrument, by_default_is_the_polarisation_of_an_unpolarised_source) {
  const ScatteringCurve curve = peak_at(43, 5);
  const Diffractogram plain = diffractogram(curve), same = diffractogram(curve, Instrument{});
  ASSERT_EQ(plain.two_theta, same.two_theta);
  for (std::size_t i = 0; i < plain.intensity.size(); ++i)
    EXPECT_NEAR(plain.intensity[i], same.intensity[i], 1e-9 * (1 + plain.intensity[i]));
}

TEST(Instrument, widths_add_in_quadrature) {
  const Diffractogram broad = diffractogram(peak_at(43, 1.2), {.polarised = true, .caglioti_w = 0.25});
  EXPECT_NEAR(width_of(broad), std::hypot(1.2, 0.5), 0.03);
  // At 90 degrees tan theta = 1: u, v and w add up.
  const Diffractogram high =
      diffractogram(peak_at(90, 0.5), {.polarised = true, .caglioti_u = 0.5, .caglioti_v = -0.2, .caglioti_w = 0.1});
  EXPECT_NEAR(width_of(high), std::hypot(0.5, std::sqrt(0.4)), 0.03);
}

TEST(Instrument, second_line_stands_where_bragg_puts_it) {
  const Diffractogram both = diffractogram(peak_at(100, 0.1), {.polarised = true, .second_line = 0.5});
  const double sine = std::sin(50 * std::numbers::pi / 180) * 1.544427 / 1.540593;
  const double angle = 2 * std::asin(sine) * 180 / std::numbers::pi;
  EXPECT_GT(angle, 100.2);
  const auto at = [&](double x) {
    const auto i = std::lower_bound(both.two_theta.begin(), both.two_theta.end(), x) - both.two_theta.begin();
    return both.intensity[static_cast<std::size_t>(i)];
  };
  EXPECT_NEAR(at(angle) / at(100), 0.5, 0.05);
  EXPECT_LT(at(0.5 * (100 + angle)), 0.1 * at(100));
}

TEST(Instrument, absorbs_less_of_what_comes_out_flat) {
  const Instrument thin{.polarised = true, .optical_thickness = 0.001};
  const double low = instrument_factor(thin, q_of_two_theta(20)), high = instrument_factor(thin, q_of_two_theta(80));
  EXPECT_NEAR(low / high, std::sin(40 * std::numbers::pi / 180) / std::sin(10 * std::numbers::pi / 180), 0.02);
  EXPECT_NEAR(instrument_factor({.polarised = true, .optical_thickness = 50}, 3), 1, 1e-12);
}

TEST(Instrument, monochromator_weakens_the_polarisation) {
  const double q = q_of_two_theta(90);  // cos^2 = 0: half is left without monochromator
  EXPECT_NEAR(instrument_factor({}, q), 0.5, 1e-12);
  const double analysed = std::pow(std::cos(26.6 * std::numbers::pi / 180), 2);
  EXPECT_NEAR(instrument_factor({.monochromator = 26.6}, q), 1 / (1 + analysed), 1e-12);
}

TEST(Instrument, refuses_what_makes_no_sense) {
  EXPECT_THROW(diffractogram(peak_at(43, 5), {.wavelength = 0}), InputError);
  EXPECT_THROW(diffractogram(peak_at(43, 5), {.caglioti_w = -1}), InputError);
  EXPECT_THROW(diffractogram(peak_at(43, 5), {.second_line = -1}), InputError);
}

}  // namespace
}  // namespace cardhouse
