#include "analysis/raman.hpp"

#include <gtest/gtest.h>

namespace cardhouse {
namespace {

TEST(Raman, laws_of_heights_cross_where_their_authors_let_them) {
  EXPECT_NEAR(raman_tuinstra_koenig(20), 2.2, 1e-12);
  EXPECT_NEAR(raman_ferrari_robertson(20), 2.2, 1e-12);
  EXPECT_NEAR(raman_joined(20), 1.1, 1e-12);
}

TEST(Raman, joined_curve_follows_each_law_in_its_range) {
  EXPECT_NEAR(raman_joined(400), raman_tuinstra_koenig(400), 1e-3);
  EXPECT_NEAR(raman_joined(3), raman_ferrari_robertson(3), 1e-3);
}

TEST(Raman, areas_by_cancado_give_the_published_prefactors) {
  EXPECT_NEAR(10 * raman_cancado(100, 5145), 16.8, 0.05);  // La A_D/A_G in nm at 514.5 nm
  EXPECT_NEAR(10 * raman_cancado(100, 6328), 38.5, 0.05);
}

}  // namespace
}  // namespace cardhouse
