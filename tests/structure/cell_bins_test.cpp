#include "engine/structure/cell_bins.hpp"

#include <gtest/gtest.h>

namespace cardhouse {
namespace {

TEST(CellBins, are_at_least_as_wide_as_asked) {
  EXPECT_EQ(bin_counts(Cell::orthorhombic(10, 3.1, 2), 3, 1000), (std::array<int, 3>{3, 1, 1}));
}

TEST(CellBins, go_by_the_distance_of_faces_in_a_sheared_cell) {
  const Cell sheared{{10, 0, 0}, {10, 10, 0}, {0, 0, 10}};  // 7.07 between the faces that a leaves
  EXPECT_EQ(bin_counts(sheared, 2.5, 1000), (std::array<int, 3>{2, 4, 4}));
}

TEST(CellBins, do_not_grow_with_the_vacuum) {
  const auto few = bin_counts(Cell::orthorhombic(1e9, 1e6, 1e12), 1, 5);
  EXPECT_LE(few[0] * few[1] * few[2], 40);
  EXPECT_EQ(bin_counts(Cell::cubic(100), 1, 0), (std::array<int, 3>{1, 1, 1}));
}

TEST(CellBins, stay_fine_along_a_layer) {
  // A layer of 10 000 atoms in a flat cell has bins of the width asked for, although it has only one across.
  EXPECT_EQ(bin_counts(Cell::orthorhombic(160, 160, 3.4), 3, 10000), (std::array<int, 3>{53, 53, 1}));
}

}  // namespace
}  // namespace cardhouse
