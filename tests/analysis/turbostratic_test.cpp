#include "analysis/turbostratic.hpp"

#include <gtest/gtest.h>

#include <fmt/core.h>

#include <array>
#include <cmath>

#include "analysis/form_factors.hpp"
#include "analysis/pair_histogram.hpp"
#include "engine/base/errors.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

const TurbostraticCarbon known{3.62, 22, 3.4, 0.02, 0.2, 2.44, 0.005, 4e-4};

void expect_known(const TurbostraticFit& fit) {
  const auto near = [](Estimate estimate, double truth, double largest_error) {
    EXPECT_NEAR(estimate.value, truth, 4 * estimate.error);
    EXPECT_GT(estimate.error, 0);
    EXPECT_LT(estimate.error, largest_error);
  };
  near(fit.spacing, known.spacing, 0.02);
  near(fit.size, known.size, 2.5);
  near(fit.layers, known.layers, 0.4);
  near(fit.spacing_variance, known.spacing_variance, 0.02);
  near(fit.unorganised, known.unorganised, 0.08);
  near(fit.lattice, known.lattice, 0.005);
  near(fit.in_plane_variance, known.in_plane_variance, 4e-4);
  near(fit.stack_height, known.layers * known.spacing, 1.5);
}

// A stack of round layers in empty space, each at a random shift and turned at random.
Atoms stack(int layers, double spacing, double radius, Stream& stream) {
  Atoms result{Cell::cubic(1000), {}, {}};
  for (int l = 0; l < layers; ++l) {
    Atoms sheet{Cell::cubic(1000), {}, {}};
    samples::add_layer(sheet, 24, 14, 0);
    const double angle = 2 * std::numbers::pi * stream.uniform(), c = std::cos(angle), s = std::sin(angle);
    const Vector3 centre{29.5 + 2 * stream.uniform(), 29.8 + 2 * stream.uniform(), 0};
    for (const Vector3& p : sheet.positions) {
      const Vector3 r = p - centre;
      if (norm(r) < radius) result.add(Element::C, {c * r.x - s * r.y, s * r.x + c * r.y, l * spacing});
    }
  }
  return result;
}

TEST(Turbostratic, single_layers_have_the_scattering_of_a_disc_of_graphene) {
  // Two roads: rods with a Gaussian line shape, and the Debye sum of a round sheet. A disc of diameter D and the
  // Gaussian have the same area, pi D^2/4 = La^2: the same S(0).
  Stream stream(100, Purpose::Test);
  const double radius = 16;
  const Atoms sheet = stack(1, 3.5, radius, stream);
  const std::vector<double> q = q_grid(1, 7.5, 131);
  const ScatteringCurve exact = scattering(PairHistogram::cluster(sheet.positions, sheet.elements), q);
  const std::vector<double> model = turbostratic_structure_factor(
      {3.5, radius * std::sqrt(std::numbers::pi), 1, 0, 0, samples::lattice_constant, 0}, q);
  double difference = 0, size = 0;
  for (std::size_t i = 0; i < q.size(); ++i) {
    difference += std::pow(model[i] - exact.structure_factor[i], 2);
    size += std::pow(exact.structure_factor[i], 2);
  }
  EXPECT_LT(std::sqrt(difference / size), 0.12);
}

TEST(Turbostratic, profile_of_unorganised_carbon_is_one) {
  const std::vector<double> q = q_grid(1, 6, 20);
  for (double value : turbostratic_structure_factor({3.6, 20, 4, 0.01, 1, 2.46, 0}, q)) EXPECT_DOUBLE_EQ(value, 1);
}

TEST(Turbostratic, spacing_variance_weakens_higher_orders_more) {
  const std::vector<double> q{2 * std::numbers::pi / 3.6, 4 * std::numbers::pi / 3.6};
  TurbostraticCarbon carbon{3.6, 40, 5, 0, 0, 2.46, 0};
  const auto sharp = turbostratic_structure_factor(carbon, q);
  carbon.spacing_variance = 0.09;
  const auto strained = turbostratic_structure_factor(carbon, q);
  EXPECT_LT(strained[1] / sharp[1], strained[0] / sharp[0]);
  EXPECT_LT(strained[0], sharp[0]);
}

TEST(Turbostratic, in_plane_strain_is_the_mean_over_patches_of_many_lattice_constants) {
  // Two roads: the widened rod, and the mean over layers whose lattice constants scatter by a Gaussian.
  const std::vector<double> q = q_grid(2.6, 5.8, 80);
  const double deviation = 0.03;
  TurbostraticCarbon carbon{3.6, 25, 1, 0, 0, 2.46, 0.003, deviation * deviation};
  const std::vector<double> widened = turbostratic_structure_factor(carbon, q);
  std::vector<double> mean(q.size(), 0.0);
  double weights = 0;
  carbon.in_plane_variance = 0;
  for (double x = -3; x < 3.05; x += 0.1) {
    carbon.lattice = 2.46 / (1 + deviation * x);
    const double weight = std::exp(-0.5 * x * x);
    const std::vector<double> one = turbostratic_structure_factor(carbon, q);
    for (std::size_t i = 0; i < q.size(); ++i) mean[i] += weight * one[i];
    weights += weight;
  }
  for (std::size_t i = 0; i < q.size(); ++i)
    EXPECT_NEAR(widened[i], mean[i] / weights, 0.05 * widened[i] + 0.01) << q[i];
}

TEST(Turbostratic, fit_recovers_what_made_a_noisy_structure_factor) {
  Stream stream(101, Purpose::Test);
  PowderPattern pattern{q_grid(0.5, 7, 400), {}, std::vector<double>(400, 0.01)};
  pattern.intensity = turbostratic_structure_factor(known, pattern.q);
  for (double& value : pattern.intensity) value += 0.01 * stream.normal();
  const TurbostraticFit fit = fit_structure_factor(pattern);
  expect_known(fit);
  EXPECT_NEAR(fit.reduced_chi_square, 1, 4 * std::sqrt(2.0 / static_cast<double>(fit.q.size())));
}

TEST(Turbostratic, fit_recovers_what_made_a_users_two_columns) {
  Stream stream(102, Purpose::Test);
  std::string text = "# two theta, counts\n";
  for (double angle = 10; angle < 95; angle += 0.3) {
    const std::vector<double> q{q_of_two_theta(angle)};
    const double f = form_factor(Element::C, q[0]), cosine = std::cos(angle * std::numbers::pi / 180);
    const double mean = 3000 * f * f * turbostratic_structure_factor(known, q)[0] * 0.5 * (1 + cosine * cosine) + 1500;
    text += fmt::format("{:.2f}, {:.1f}\n", angle, mean + std::sqrt(mean) * stream.normal());
  }
  const TurbostraticFit fit = fit_intensity(read_pattern(NumberedLines(text, "pattern"), copper_k_alpha, true));
  const auto near = [](Estimate estimate, double truth) { EXPECT_NEAR(estimate.value, truth, 4 * estimate.error); };
  near(fit.spacing, known.spacing);
  near(fit.size, known.size);
  near(fit.layers, known.layers);
  near(fit.unorganised, known.unorganised);
  near(fit.scale, 3000);
  near(fit.background, 1500);
  EXPECT_LT(fit.spacing.error, 0.03);
  EXPECT_LT(fit.layers.error, 0.8);
}

TEST(Turbostratic, fit_of_a_stack_of_atoms_gives_its_layers_and_spacing) {
  for (const auto& [layers, spacing] : {std::pair{3, 3.6}, {5, 3.45}}) {
    Stream stream(103, Purpose::Test, layers);
    const Atoms atoms = stack(layers, spacing, 15, stream);
    const std::vector<double> q = q_grid(1, 5.8, 200);
    const ScatteringCurve exact = scattering(PairHistogram::cluster(atoms.positions, atoms.elements), q);
    const TurbostraticFit fit = fit_structure_factor({q, exact.structure_factor, {}});
    EXPECT_NEAR(fit.spacing.value, spacing, 0.03);
    EXPECT_NEAR(fit.layers.value, layers, 0.15 * layers);
    EXPECT_NEAR(fit.lattice.value, samples::lattice_constant, 0.01);
    EXPECT_NEAR(fit.size.value, 15 * std::sqrt(std::numbers::pi), 0.15 * 26.6);
    EXPECT_NEAR(fit.unorganised.value, 0, 0.15);
  }
}

TEST(Turbostratic, fit_knows_the_disorder_of_a_paracrystal) {
  // Stacks whose gaps vary independently: the mean over many is what the model describes.
  Stream stream(104, Purpose::Test);
  const double deviation = 0.15;
  const int stacks = 20;
  const std::vector<double> q = q_grid(1, 5.8, 100);
  std::vector<double> mean(q.size(), 0.0);
  for (int n = 0; n < stacks; ++n) {
    Atoms atoms = stack(6, 3.5, 9, stream);
    std::array<double, 6> height{};
    for (std::size_t l = 1; l < 6; ++l) height[l] = height[l - 1] + 3.5 + deviation * stream.normal();
    for (Vector3& p : atoms.positions) p.z = height[static_cast<std::size_t>(std::lround(p.z / 3.5))];
    const ScatteringCurve exact = scattering(PairHistogram::cluster(atoms.positions, atoms.elements), q);
    for (std::size_t i = 0; i < q.size(); ++i) mean[i] += exact.structure_factor[i] / stacks;
  }
  const TurbostraticFit fit = fit_structure_factor({q, mean, {}});
  EXPECT_NEAR(fit.spacing.value, 3.5, 0.03);
  EXPECT_NEAR(fit.layers.value, 6, 0.9);
  EXPECT_NEAR(std::sqrt(fit.spacing_variance.value), deviation, 0.04);
}

TEST(Turbostratic, fit_of_a_periodic_cell_takes_its_window_of_distances_off) {
  Stream stream(105, Purpose::Test);
  Atoms atoms = stack(5, 3.5, 15, stream);
  atoms.cell = Cell::cubic(64);
  const PairHistogram histogram = PairHistogram::periodic(atoms, 28);
  const std::vector<double> q = q_grid(1, 5.8, 90);
  const PowderPattern pattern{q, scattering(histogram, q).structure_factor, {}};
  const TurbostraticFit fit = fit_structure_factor(pattern, {.distances = histogram.range()});
  EXPECT_NEAR(fit.spacing.value, 3.5, 0.03);
  EXPECT_NEAR(fit.layers.value, 5, 0.75);
  EXPECT_NEAR(fit.size.value, 15 * std::sqrt(std::numbers::pi), 0.2 * 26.6);
  // Without, the breadth of the window counts as that of small crystallites.
  const TurbostraticFit blurred = fit_structure_factor(pattern);
  EXPECT_LT(blurred.size.value, 0.8 * 26.6);
}

TEST(Turbostratic, fit_refuses_a_range_without_its_reflections) {
  const PowderPattern pattern{q_grid(2, 3, 100), std::vector<double>(100, 1.0), {}};
  EXPECT_THROW(fit_structure_factor(pattern), InputError);
}

TEST(ReadPattern, names_the_line_that_is_no_pattern) {
  try {
    read_pattern(NumberedLines("10 200\n10.1 201\n10.2 many\n", "user.xy"));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("user.xy:3"), std::string::npos);
  }
  EXPECT_THROW(read_pattern(NumberedLines("10 200\n9 200\n", "user.xy")), InputError);
  EXPECT_THROW(read_pattern(NumberedLines("# nothing\n", "user.xy")), InputError);
  EXPECT_EQ(read_pattern(NumberedLines("10\t200 7\n\n11,300\n", "user.xy")).q.size(), 2U);
}

TEST(DahnRatio, grows_with_the_number_of_layers) {
  const std::vector<double> q = q_grid(0.7, 3, 300);
  double last = 1;
  for (double layers : {2.0, 3.0, 5.0}) {
    std::vector<double> values = turbostratic_structure_factor({3.6, 30, layers, 0.01, 0.1, 2.46, 0.003}, q);
    const auto ratio = dahn_ratio(q, values);
    ASSERT_TRUE(ratio) << layers;
    EXPECT_GT(*ratio, last);
    last = *ratio;
  }
  const auto single = dahn_ratio(q, turbostratic_structure_factor({3.6, 30, 1, 0, 0.1, 2.46, 0.003}, q));
  EXPECT_FALSE(single);
}

TEST(DahnRatio, is_peak_over_tangent) {
  // A Gaussian of height 3 over the line 2 - 0.2 q: the tangent joins the line on both sides.
  std::vector<double> q = q_grid(0.7, 3, 2000), values;
  for (double x : q) values.push_back(2 - 0.2 * x + 3 * std::exp(-std::pow((x - 1.8) / 0.1, 2)));
  EXPECT_NEAR(*dahn_ratio(q, values), (1.64 + 3) / 1.64, 0.01);
}

}  // namespace
}  // namespace cardhouse
