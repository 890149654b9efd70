#include "engine/kinetics/sectors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace cardhouse {
namespace {

std::vector<FractionalPoint> random_points(std::size_t n, Stream& stream) {
  std::vector<FractionalPoint> points(n);
  for (FractionalPoint& point : points)
    for (double& x : point) x = stream.uniform();
  return points;
}

/// Distance in a periodic orthorhombic cell.
double distance(const FractionalPoint& a, const FractionalPoint& b, const FractionalPoint& widths) {
  double squared = 0;
  for (int axis = 0; axis < 3; ++axis) {
    const double way = a[axis] - b[axis] - std::round(a[axis] - b[axis]);
    squared += way * way * widths[axis] * widths[axis];
  }
  return std::sqrt(squared);
}

/// Smallest distance of two points in sectors of the same number of two domains.
double closest_at_work(const std::vector<FractionalPoint>& points, const Division& division,
                       const FractionalPoint& widths) {
  double closest = 1e300;
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (division.domain_of[i] != division.domain_of[j] && division.sector_of[i] == division.sector_of[j])
        closest = std::min(closest, distance(points[i], points[j], widths));
  return closest;
}

TEST(Sectors, of_one_number_are_apart_whatever_the_number_of_domains) {
  Stream stream(1, Purpose::Test);
  const auto points = random_points(1500, stream);
  std::vector<double> weights(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) weights[i] = std::exp(6 * points[i][0] + 3 * points[i][1]);
  for (const std::size_t domains : {2, 3, 4, 5, 7, 8, 12}) {
    const DivisionRequest request{{200, 170, 150}, 18, domains};
    ASSERT_TRUE(fits(request));
    const Division division = divide(points, weights, request);
    EXPECT_EQ(division.domains.size(), domains);
    EXPECT_GE(closest_at_work(points, division, request.widths), request.separation) << domains;
  }
}

TEST(Sectors, of_one_number_touch_when_a_division_does_not_care) {
  Stream stream(1, Purpose::Test);
  const auto points = random_points(1500, stream);
  std::vector<double> weights(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) weights[i] = std::exp(12 * points[i][0]);
  const Division division = divide(points, weights, {{200, 170, 150}, 0, 8});
  EXPECT_LT(closest_at_work(points, division, {200, 170, 150}), 18);
}

TEST(Sectors, are_as_many_as_the_divided_axes_ask_for) {
  Stream stream(2, Purpose::Test);
  const auto points = random_points(100, stream);
  const std::vector<double> weights(points.size(), 1.0);
  const auto sectors = [&](const FractionalPoint& widths, std::size_t domains) {
    return divide(points, weights, {widths, 5, domains}).sectors;
  };
  EXPECT_EQ(sectors({100, 100, 100}, 1), 1);
  EXPECT_EQ(sectors({100, 100, 100}, 2), 2);
  EXPECT_EQ(sectors({100, 100, 100}, 4), 4);
  EXPECT_EQ(sectors({100, 100, 100}, 8), 8);
  EXPECT_EQ(sectors({400, 20, 20}, 4), 2);  // thin along two axes
}

TEST(Sectors, carry_equal_weights_where_there_is_room) {
  Stream stream(3, Purpose::Test);
  const auto points = random_points(20000, stream);
  std::vector<double> weights(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) weights[i] = 1 + 3 * points[i][0];
  const Division division = divide(points, weights, {{300, 300, 300}, 10, 8});
  std::vector<double> loads(8 * 8, 0.0);
  double total = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    loads[division.domain_of[i] * 8 + division.sector_of[i]] += weights[i];
    total += weights[i];
  }
  for (std::size_t domain = 0; domain < 8; ++domain) {
    double load = 0;
    for (std::size_t sector = 0; sector < 8; ++sector) load += loads[8 * domain + sector];
    EXPECT_NEAR(load / total, 1.0 / 8, 0.001);
  }
  EXPECT_LT(*std::ranges::max_element(loads), 1.3 * total / 64);
}

TEST(Sectors, do_not_fit_into_thin_cells) {
  EXPECT_TRUE(fits({{80, 80, 80}, 20, 8}));
  EXPECT_FALSE(fits({{80, 80, 80}, 20.1, 8}));
  EXPECT_FALSE(fits({{80, 80, 80}, 20, 9}));
  EXPECT_TRUE(fits({{30, 30, 30}, 20, 1}));
}

TEST(Sectors, follow_each_other_forth_and_back) {
  std::set<std::vector<int>> orders;
  for (std::uint64_t cycle = 0; cycle < 200; cycle += 2) {
    const std::vector<int> forth = sector_order({7, 0}, cycle, 4);
    std::vector<int> back = sector_order({7, 0}, cycle + 1, 4);
    EXPECT_EQ(std::set<int>(forth.begin(), forth.end()).size(), 4u);
    std::ranges::reverse(back);
    EXPECT_EQ(forth, back);
    orders.insert(forth);
  }
  EXPECT_EQ(orders.size(), 24u);
}

TEST(Sectors, have_random_numbers_of_their_own) {
  std::set<std::uint64_t> first;
  for (std::uint64_t replica = 0; replica < 2; ++replica)
    for (std::uint64_t cycle = 0; cycle < 3; ++cycle)
      for (int sector = 0; sector < 8; ++sector)
        for (std::uint64_t domain = 0; domain < 5; ++domain)
          first.insert(sector_stream({1, replica}, cycle, sector, domain).bits());
  EXPECT_EQ(first.size(), 2u * 3 * 8 * 5);
  EXPECT_EQ(sector_stream({1, 1}, 2, 3, 4).bits(), sector_stream({1, 1}, 2, 3, 4).bits());
}

}  // namespace
}  // namespace cardhouse
