#include "engine/transport/diffusion.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

TEST(Diffusion, finds_the_slope_and_exponent_of_exact_laws) {
  std::vector<double> line;
  std::vector<double> root;
  for (int lag = 0; lag <= 50; ++lag) {
    line.push_back(lag == 0 ? 0 : 2.0 + 0.6 * lag);
    root.push_back(std::sqrt(lag));
  }
  EXPECT_NEAR(fit_diffusion(line, 2.0).diffusivity, 0.05, 1e-12);
  EXPECT_NEAR(fit_diffusion(root, 1.0).exponent, 0.5, 1e-12);
  EXPECT_EQ(fit_diffusion(std::vector<double>(20, 0.0), 1.0).exponent, 0);
}

TEST(Diffusion, tells_single_from_collective_motion) {
  // Pairs that always move together: the collective displacement is twice the single one.
  Stream stream(31, Purpose::Test);
  DisplacementHistory history{1.0, {std::vector<Vector3>(2)}};
  for (int frame = 0; frame < 4000; ++frame) {
    const Vector3 step{stream.normal(), stream.normal(), stream.normal()};
    auto next = history.frames.back();
    for (Vector3& way : next) way += step;
    history.frames.push_back(next);
  }
  const SquaredDisplacements squared = squared_displacements(history);
  EXPECT_NEAR(squared.tracer[1], 3.0, 0.15);
  for (std::size_t lag = 1; lag < 10; ++lag) EXPECT_NEAR(squared.jump[lag], 2 * squared.tracer[lag], 1e-9);
}

}  // namespace
}  // namespace cardhouse
