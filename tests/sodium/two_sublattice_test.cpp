#include "engine/sodium/two_sublattice.hpp"

#include <gtest/gtest.h>

#include "engine/sodium/grand_canonical.hpp"

namespace cardhouse {
namespace {

constexpr double temperature = 288;  // [K]

struct Golden {
  double potential;
  double interlayer;
  double pore;
};

// Archived grand canonical simulation of Mercer et al. 2022, doi:10.1002/cphc.202100748, 5000 sites.
constexpr Golden golden[] = {{-1.000, 0.1295, 0},      {-0.640, 0.3375, 0},      {-0.380, 0.4998, 0},
                             {-0.200, 0.6636, 0.0007}, {-0.125, 0.7828, 0.0162}, {-0.100, 0.8468, 0.0481},
                             {-0.075, 0.9286, 0.1607}, {-0.040, 0.9849, 0.5324}, {0.010, 0.9980, 0.8375},
                             {0.060, 0.9997, 0.9623}};

TEST(TwoSublattice, closed_form_gives_the_published_fillings) {
  for (const Golden& row : golden) {
    const TwoSublatticeFilling exact = filling(mercer_parameters(), row.potential, temperature);
    EXPECT_NEAR(exact.interlayer, row.interlayer, 0.0015) << row.potential;
    EXPECT_NEAR(exact.pore, row.pore, 0.0015) << row.potential;
  }
}

TEST(TwoSublattice, energies_are_the_differences_of_the_total) {
  TwoSublattice state(mercer_parameters(), 100);
  const double forth = state.insertion_energy(0);
  state.insert(0);
  EXPECT_DOUBLE_EQ(state.removal_energy(0), -forth);
  const double moved = state.move_energy(0, 99);
  state.move(0, 99);
  EXPECT_DOUBLE_EQ(state.move_energy(99, 0), -moved);
  EXPECT_EQ(state.filling().interlayer, 0);
  EXPECT_DOUBLE_EQ(state.filling().pore, 1.0 / 67);
}

TEST(TwoSublattice, sampled_by_grand_canonical_moves_gives_the_published_fillings) {
  for (const Golden& row : golden) {
    Stream stream(288, Purpose::Test, static_cast<std::uint64_t>(1000 * (row.potential + 2)));
    TwoSublattice state(mercer_parameters(), 5000);
    GrandCanonical sampler(row.potential, temperature, {.flip = 0.7, .hop = 0});
    TwoSublatticeFilling mean;
    constexpr int sweeps = 800;
    for (int step = -150; step < sweeps; ++step) {
      sampler.sweep(state, {}, stream);
      if (step < 0) continue;
      mean.interlayer += state.filling().interlayer / sweeps;
      mean.pore += state.filling().pore / sweeps;
    }
    EXPECT_NEAR(mean.interlayer, row.interlayer, 0.002) << row.potential;
    EXPECT_NEAR(mean.pore, row.pore, 0.002) << row.potential;
  }
}

}  // namespace
}  // namespace cardhouse
