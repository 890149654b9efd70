#include "engine/structure/real_transform.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

TEST(RealTransform, returns_the_data_times_their_number) {
  RealTransform transform(9);
  Stream stream(1, Purpose::Test);
  std::vector<double> data(729);
  for (double& value : data) value = stream.normal();
  std::copy(data.begin(), data.end(), transform.real().begin());
  transform.forward();
  transform.inverse();
  for (std::size_t i = 0; i < data.size(); ++i) EXPECT_NEAR(transform.real()[i] / 729, data[i], 1e-12);
}

TEST(RealTransform, knows_the_wavenumber_of_a_plane_wave) {
  const int n = 12;
  const double edge = 7;
  RealTransform transform(n);
  const auto phase = [](int i, int j, int k) { return 2 * std::numbers::pi * (2 * i - 3 * j + k) / n; };
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      for (int k = 0; k < n; ++k) transform.real()[(i * n + j) * n + k] = std::cos(phase(i, j, k));
  transform.forward();
  const std::vector<double> squares = transform.squared_wavenumbers(edge);
  const double expected = std::pow(2 * std::numbers::pi / edge, 2) * (4 + 9 + 1);
  int found = 0;
  for (std::size_t mode = 0; mode < squares.size(); ++mode) {
    if (std::abs(transform.modes()[mode]) < 1) continue;
    ++found;
    EXPECT_NEAR(squares[mode], expected, 1e-10);
  }
  EXPECT_EQ(found, 1);  // the other of the pair is redundant and not stored
}

}  // namespace
}  // namespace cardhouse
