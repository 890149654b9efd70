#include "analysis/saxs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "analysis/grid_scattering.hpp"
#include "engine/base/errors.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

using std::numbers::pi;

// 120 points at equal steps of log q with 1 % noise.
template <class Model>
SmallAngleCurve noisy(double low, double high, Model model) {
  Stream stream(90, Purpose::Test);
  SmallAngleCurve curve;
  for (int i = 0; i < 120; ++i) {
    const double q = low * std::pow(high / low, i / 119.0);
    curve.q.push_back(q);
    curve.error.push_back(0.01 * model(q));
    curve.intensity.push_back(model(q) + curve.error.back() * stream.normal());
  }
  return curve;
}

void expect_recovered(Estimate estimate, double truth, double largest_error) {
  EXPECT_NEAR(estimate.value, truth, 4 * estimate.error);
  EXPECT_GT(estimate.error, 0);
  EXPECT_LT(estimate.error, largest_error * std::abs(truth));
}

double random_phases(double length, double q) {
  return 1 / std::pow(1 + length * length * q * q, 2);
}

SmallAngleCurve small_angles(const Atoms& atoms, double largest_q) {
  const ShellCurve shells = shell_average(atoms, largest_q);
  return {shells.q, shells.structure_factor, shells.error};
}

TEST(Porod, recovers_surface_and_background) {
  const SmallAngleFit fit = fit_porod(noisy(0.05, 0.6, [](double q) { return 2e-3 * std::pow(q, -4) + 0.5; }));
  expect_recovered(fit["constant"], 2e-3, 0.02);
  expect_recovered(fit["background"], 0.5, 0.02);
  expect_recovered(fit["exponent"], 4, 0.05);
  EXPECT_NEAR(fit.reduced_chi_square, 1, 4 * std::sqrt(2.0 / 118));
}

TEST(Porod, refuses_a_surface_that_is_not_smooth) {
  const auto rough = noisy(0.05, 0.6, [](double q) { return std::pow(q, -3) + 0.5; });
  EXPECT_THROW(fit_porod(rough), InputError);
}

TEST(DebyeAndersonBrumberger, recovers_the_correlation_length) {
  const auto curve = noisy(0.01, 1, [](double q) { return 300 * random_phases(9, q) + 0.2; });
  const SmallAngleFit fit = fit_debye_anderson_brumberger(curve);
  expect_recovered(fit["length"], 9, 0.02);
  expect_recovered(fit["forward_intensity"], 300, 0.02);
  expect_recovered(fit["background"], 0.2, 0.03);
}

TEST(DebyeAndersonBrumberger, refuses_a_range_without_the_bend) {
  const auto model = [](double q) { return 300 * random_phases(9, q) + 0.2; };
  EXPECT_THROW(fit_debye_anderson_brumberger(noisy(0.3, 1, model)), InputError);
  EXPECT_THROW(fit_debye_anderson_brumberger(noisy(0.003, 0.02, model)), InputError);
}

TEST(TeubnerStrey, recovers_spacing_and_decay) {
  const double k = 2 * pi / 30, l = 1.0 / 12;
  const SmallAngleFit fit = fit_teubner_strey(noisy(0.02, 1.2, [&](double q) {
    const double s = l * l + k * k;
    return 50 * s * s / (s * s + 2 * (l * l - k * k) * q * q + std::pow(q, 4)) + 0.1;
  }));
  expect_recovered(fit["spacing"], 30, 0.02);
  expect_recovered(fit["length"], 12, 0.02);
  expect_recovered(fit["amphiphilicity"], (l * l - k * k) / (l * l + k * k), 0.05);
}

TEST(Guinier, recovers_the_radius_of_a_gaussian) {
  const SmallAngleFit fit = fit_guinier(noisy(0.005, 0.3, [](double q) { return 80 * std::exp(-36 * q * q); }));
  expect_recovered(fit["radius_of_gyration"], std::sqrt(3.0 * 36), 0.02);
  expect_recovered(fit["forward_intensity"], 80, 0.01);
}

TEST(Guinier, refuses_ranges_that_begin_too_late_or_end_too_early) {
  const auto model = [](double q) { return 80 * std::exp(-36 * q * q) + 0.1; };
  EXPECT_THROW(fit_guinier(noisy(0.2, 0.5, model)), InputError);
  EXPECT_THROW(fit_guinier(noisy(0.001, 0.01, model)), InputError);
}

TEST(StevensDahn, recovers_macropores_micropores_and_background) {
  const auto model = [](double q) { return 1e-4 * std::pow(q, -3.6) + 40 * random_phases(4, q) + 0.3; };
  const SmallAngleFit fit = fit_stevens_dahn(noisy(0.006, 2, model));
  expect_recovered(fit["length"], 4, 0.02);
  expect_recovered(fit["macropore_exponent"], 3.6, 0.02);
  expect_recovered(fit["macropore_amplitude"], 1e-4, 0.1);
  expect_recovered(fit["background"], 0.3, 0.05);
  EXPECT_NEAR(fit["micropore_amplitude"].value, 40.0 / 256, 0.04 * 40 / 256);
  EXPECT_DOUBLE_EQ(fit["sphere_radius"].value, std::sqrt(10.0) * fit["length"].value);
}

TEST(StevensDahn, refuses_a_curve_without_a_shoulder) {
  EXPECT_THROW(fit_stevens_dahn(noisy(0.006, 2, [](double q) { return 1e-4 * std::pow(q, -3.6) + 0.3; })), InputError);
}

TEST(StevensDahn, gives_the_same_without_stated_errors) {
  SmallAngleCurve curve = noisy(0.006, 2, [](double q) { return 40 * random_phases(4, q) + 0.3; });
  const SmallAngleFit stated = fit_stevens_dahn(curve, false);
  curve.error.clear();
  const SmallAngleFit free = fit_stevens_dahn(curve, false);
  EXPECT_NEAR(free["length"].value, stated["length"].value, stated["length"].error);
  EXPECT_NEAR(free["length"].error, stated["length"].error, 0.3 * stated["length"].error);
}

TEST(SmallAngles, of_one_filled_sphere_give_its_radius) {
  Stream stream(91, Purpose::Test);
  const double radius = 15;
  Atoms sphere{Cell::cubic(400), {}, {}};
  while (sphere.size() < 6000) {
    const Vector3 p{2 * stream.uniform() - 1, 2 * stream.uniform() - 1, 2 * stream.uniform() - 1};
    if (norm(p) < 1) sphere.add(Element::C, radius * p);
  }
  const SmallAngleFit fit = fit_guinier(small_angles(sphere, 0.15));
  // Beyond q = 0 Guinier's law falls short of the sphere by q^4 terms: 2 % of the radius.
  EXPECT_NEAR(fit["sphere_radius"].value, radius, 0.03 * radius);
}

TEST(SmallAngles, of_two_random_phases_give_their_correlation_length) {
  // Space coloured by the parity of random planes: gamma(r) = exp(-2 r n/(4 R)) for n planes that meet a sphere of
  // radius R (Debye, Anderson & Brumberger 1957). Atoms at random in one colour add the background 1.
  Stream stream(92, Purpose::Test);
  const double edge = 200, around = edge * std::sqrt(3.0) / 2, length = 6;
  const int planes = static_cast<int>(2 * around / length);
  std::vector<Vector3> normals;
  std::vector<double> offsets;
  for (int n = 0; n < planes; ++n) {
    normals.push_back(normalized({stream.normal(), stream.normal(), stream.normal()}));
    offsets.push_back(around * (2 * stream.uniform() - 1));
  }
  const Cell cell = Cell::cubic(edge);
  const auto inside = [&](const Vector3& p) {
    bool colour = false;
    for (int n = 0; n < planes; ++n)
      colour ^= dot(normals[n], cell.wrap(p) - Vector3{edge, edge, edge} / 2) > offsets[n];
    return colour;
  };
  Atoms atoms{cell, {}, {}};
  double pairs = 0, alike = 0;
  while (atoms.size() < 60000) {
    const Vector3 p{edge * stream.uniform(), edge * stream.uniform(), edge * stream.uniform()};
    const Vector3 other = p + length * normalized({stream.normal(), stream.normal(), stream.normal()});
    const bool here = inside(p);
    alike += here == inside(other);
    ++pairs;
    if (here) atoms.add(Element::C, p);
  }
  const double realised = -length / std::log(2 * alike / pairs - 1);  // planes are few and the cube has faces
  EXPECT_NEAR(realised, length, 0.2 * length);
  const SmallAngleFit fit = fit_debye_anderson_brumberger(small_angles(atoms, 1));
  EXPECT_NEAR(fit["length"].value, realised, 0.05 * realised) << realised;
  EXPECT_NEAR(fit["background"].value, 1, 0.1);
}

// Sphere of the given radius, by its textbook form.
double sphere(double radius, double q) {
  const double x = q * radius;
  return 9 * std::pow((std::sin(x) - x * std::cos(x)) / (x * x * x), 2);
}

TEST(HardSpheres, give_the_radius_of_spheres_far_apart) {
  const SmallAngleFit fit = fit_hard_spheres(noisy(0.02, 1, [](double q) { return 30 * sphere(9, q) + 0.2; }));
  expect_recovered(fit["radius"], 9, 0.02);
  expect_recovered(fit["background"], 0.2, 0.05);
  EXPECT_LT(fit["width"].value, 0.05);
  EXPECT_LT(fit["packing"].value, 0.02);
}

TEST(HardSpheres, refuse_a_curve_without_spheres) {
  EXPECT_THROW(fit_hard_spheres(noisy(0.02, 1, [](double) { return 0.3; })), InputError);
}

TEST(HardSpheres, find_equal_pores_where_random_interfaces_do_not) {
  // Holes of one radius at random in a solid, a tenth of the volume, no two closer than their walls.
  const double radius = 7, edge = 64;
  Stream stream(93, Purpose::Test);
  const Cell cell = Cell::cubic(edge);
  std::vector<Vector3> centres;
  while (centres.size() < 18) {
    const Vector3 p = edge * Vector3{stream.uniform(), stream.uniform(), stream.uniform()};
    bool free = true;
    for (const Vector3& other : centres) free = free && norm(cell.minimum_image(p - other)) > 2 * radius + 2;
    if (free) centres.push_back(p);
  }
  const Atoms solid = samples::dense_solid(static_cast<int>(edge), [&](const Vector3& p) {
    return std::none_of(centres.begin(), centres.end(),
                        [&](const Vector3& c) { return norm(cell.minimum_image(p - c)) < radius; });
  });
  SmallAngleCurve curve = small_angles(solid, 0.9);
  for (std::size_t i = 0; i < curve.q.size(); ++i) curve.error[i] = 0.1 * curve.intensity[i] + 1e-3;  // of the model
  const SmallAngleFit spheres = fit_hard_spheres(curve);
  EXPECT_NEAR(spheres["radius"].value, radius, 0.07 * radius);
  EXPECT_LT(spheres["width"].value, 0.2);
  double by_interfaces = 0;  // refused
  try {
    by_interfaces = fit_stevens_dahn(curve, false)["sphere_radius"].value;
  } catch (const InputError&) {
  }
  EXPECT_GT(std::abs(by_interfaces - radius), 0.2 * radius) << by_interfaces;
}

TEST(Invariant, of_random_phases_has_its_closed_form) {
  // Integral q^2/(1 + x^2 q^2)^2 = pi/(4 x^3); beyond q_max it leaves 1/(x^4 q_max).
  SmallAngleCurve curve;
  for (int i = 1; i <= 40000; ++i) {
    curve.q.push_back(1e-3 * i);
    curve.intensity.push_back(random_phases(5, curve.q.back()));
  }
  EXPECT_NEAR(invariant(curve).value, pi / 500 - 1.0 / (625 * 40), 1e-7);
}

}  // namespace
}  // namespace cardhouse
