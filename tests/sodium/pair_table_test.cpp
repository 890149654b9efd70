#include "engine/sodium/pair_table.hpp"

#include <gtest/gtest.h>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

TEST(PairTable, adds_up_the_periodic_images_of_a_pair) {
  const std::vector<Vector3> positions{{0, 0, 0}, {2, 0, 0}};
  const NeighbourList neighbours(Cell::cubic(4.0), positions, 4.1);
  const PairTable table(neighbours, [](std::size_t, std::size_t, double r) { return r < 2.1 ? 1.0 : 0.0; });
  EXPECT_EQ(table.value(0, 1), 2.0);  // to the left and to the right
  EXPECT_EQ(table.value(1, 0), 2.0);
  const PairTable images(neighbours, [](std::size_t i, std::size_t j, double) { return i == j ? 1.0 : 0.0; });
  EXPECT_EQ(images.self_value(0), 3.0);  // six faces, half each
  EXPECT_TRUE(images.of(0).empty());
}

TEST(PairTable, sums_do_not_depend_on_their_order_or_history) {
  Stream stream(1, Purpose::Test);
  std::vector<Vector3> positions;
  for (int i = 0; i < 60; ++i)
    positions.push_back({10 * stream.uniform(), 10 * stream.uniform(), 10 * stream.uniform()});
  const PairTable table(NeighbourList(Cell::cubic(10), positions, 5.0),
                        [](std::size_t, std::size_t, double r) { return std::exp(-r) / r; });
  double forward = 0;
  double walked = 0;
  for (const auto& entry : table.of(0)) forward += entry.value;
  for (int step = 0; step < 1000; ++step)
    for (const auto& entry : table.of(0)) walked += (step % 2 == 0 ? 1 : -1) * entry.value * 3;
  for (auto entry = table.of(0).rbegin(); entry != table.of(0).rend(); ++entry) walked += entry->value;
  EXPECT_EQ(forward, walked);
}

}  // namespace
}  // namespace cardhouse
