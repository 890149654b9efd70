#include "engine/transport/packed_pairs.hpp"

#include <gtest/gtest.h>

namespace cardhouse {
namespace {

TEST(PackedPair, keeps_index_and_signed_value_to_the_last_bit) {
  constexpr std::int64_t most = (std::int64_t{1} << 37) - 1;
  for (const std::size_t index : {std::size_t{0}, std::size_t{1}, PackedPair::most_partners - 1})
    for (const std::int64_t value : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, most, -most}) {
      const PackedPair pair(index, value);
      EXPECT_EQ(pair.index(), index);
      EXPECT_EQ(pair.value(), value);
    }
}

TEST(PackedPair, refuses_what_does_not_fit) {
  EXPECT_THROW(PackedPair(PackedPair::most_partners, 0), ContractViolation);
  EXPECT_THROW(PackedPair(0, std::int64_t{1} << 37), ContractViolation);
}

TEST(PackedRows, gives_back_rows_of_any_length) {
  PackedRows<int> rows;
  rows.push(4);
  rows.push(5);
  rows.close_row();
  rows.close_row();
  rows.push(6);
  rows.close_row();
  ASSERT_EQ(rows.rows(), 3u);
  EXPECT_EQ(rows.of(0)[1], 5);
  EXPECT_TRUE(rows.of(1).empty());
  EXPECT_EQ(rows.of(2)[0], 6);
  EXPECT_EQ(rows.first(2), 2u);
}

}  // namespace
}  // namespace cardhouse
