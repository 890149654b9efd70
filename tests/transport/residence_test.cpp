#include "engine/transport/residence.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "engine/base/constants.hpp"
#include "engine/base/statistics.hpp"
#include "engine/kinetics/run_kmc.hpp"
#include "engine/transport/hop_model.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

constexpr double warm = 500;  // [K]
constexpr double nu = 4e12;   // [1/s]

double boltzmann(double energy) {
  return std::exp(-energy / (constants::boltzmann * warm));
}

// Five sites along x, closed on their image: 0-1 and 1-2 are fast, the rest slow; site 1 lies lower.
SiteNetwork necklace() {
  SiteNetwork network = synthetic::empty(20);
  const double barriers[] = {0.15, 0.12, 0.5, 0.6, 0.55};
  for (std::uint32_t i = 0; i < 5; ++i) {
    network.sites.push_back(synthetic::site({4.0 * i, 0, 0}, SiteClass::Gallery, i == 1 ? -0.08 : 0));
    network.links.push_back({i, (i + 1) % 5, {4, 0, 0}, barriers[i]});
  }
  return network;
}

SodiumParameters plain() {
  return synthetic::parameters(HamiltonianTerms::none());
}

TEST(Residence, joins_what_is_faster_than_the_way_through) {
  const Residence residence = single_residence(necklace(), plain(), {warm, nu});
  EXPECT_TRUE(residence.percolates);
  EXPECT_NEAR(residence.fast, nu * boltzmann(0.6), 1e-6 * nu * boltzmann(0.6));
  EXPECT_EQ(residence.basin_of, (std::vector<std::uint32_t>{0, 0, 0, 0, 0}));  // all but the slowest link
}

// Both ends of the weakest link lead into the next image; the rest has mixed before.
TEST(Residence, in_the_next_periodic_image_is_elsewhere) {
  const Residence residence = single_residence(necklace(), plain(), {warm, nu});
  const double share = 2 / (4 + boltzmann(-0.08));
  for (const double time : residence.escape_times) EXPECT_NEAR(time * share * residence.fast, 1, 0.2);
}

// One site with two ways out leaves after 1/(k1 + k2).
TEST(Residence, of_one_site_is_the_inverse_of_its_rates) {
  SiteNetwork network = necklace();
  for (SiteLink& link : network.links) link.barrier = 0.4;
  for (Site& site : network.sites) site.energy = 0;
  const Residence residence = single_residence(network, plain(), {warm, nu});
  EXPECT_EQ(residence.sizes.size(), 5u);
  for (const double time : residence.escape_times) EXPECT_NEAR(time * 2 * nu * boltzmann(0.4), 1, 1e-9);
}

// Two pairs of sites, closed in a ring: the pair's exit rate is that of either end half the time, and starting from an
// end its mean time is exactly (2k + s)/(s (2k + s)) = 1/s by symmetry.
TEST(Residence, of_a_symmetric_pair_has_its_closed_form) {
  SiteNetwork network = synthetic::empty(16);
  for (std::uint32_t i = 0; i < 4; ++i) {
    network.sites.push_back(synthetic::site({4.0 * i, 0, 0}, SiteClass::Gallery));
    network.links.push_back({i, (i + 1) % 4, {4, 0, 0}, i % 2 == 0 ? 0.2 : 0.7});
  }
  const Residence residence = single_residence(network, plain(), {warm, nu});
  EXPECT_EQ(residence.basin_of, (std::vector<std::uint32_t>{0, 0, 1, 1}));
  for (const double time : residence.escape_times) EXPECT_NEAR(time * nu * boltzmann(0.7), 1, 1e-9);
}

// Two weak links: three fast sites, then two. The fast piece of three is simulated hop by hop.
TEST(Residence, agrees_with_sodium_that_hops) {
  SiteNetwork network = necklace();
  network.links[2].barrier = network.links[4].barrier = 0.35;
  network.links[3].barrier = 0.2;
  const Residence residence = single_residence(network, plain(), {warm, nu});
  ASSERT_EQ(residence.basin_of, (std::vector<std::uint32_t>{0, 0, 0, 1, 1}));
  const Hamiltonian h(network, plain());
  for (const std::uint32_t start : {0U, 1U}) {
    std::vector<double> times;
    for (std::uint64_t sample = 0; sample < 3000; ++sample) {
      Stream stream(51, Purpose::Test, start, sample);
      Occupation state(h);
      state.insert(start);
      HopModel model(network, state, {warm, nu, 0.01});
      KmcClock clock;
      while (residence.basin_of[model.sites()[0]] == 0) run_kmc(model, clock, {.max_events = clock.events + 1}, stream);
      times.push_back(clock.time);
    }
    const Estimate mean = mean_of(times);
    EXPECT_NEAR(mean.value, residence.escape_times[start], 4 * mean.error);
    EXPECT_LT(mean.error, 0.03 * mean.value);
  }
}

TEST(Residence, counts_what_stays_ten_hours_as_lost) {
  SiteNetwork network = necklace();
  network.sites.push_back(synthetic::site({8, 8, 8}, SiteClass::Defect));        // nowhere to go
  network.sites.push_back(synthetic::site({8, 4, 8}, SiteClass::Defect, -2.5));  // deep
  network.links.push_back({6, 0, {0, 0, 0}, 0.2});
  const Residence residence = single_residence(network, plain(), {warm, nu});
  const auto rows = residence_by_class(network, residence);
  const ResidenceRow& defects = rows[static_cast<std::size_t>(SiteClass::Defect)];
  EXPECT_EQ(defects.sites, 2u);
  EXPECT_EQ(defects.lost, 1);
  EXPECT_NEAR(defects.median * nu * boltzmann(2.5), 1, 1e-6);
  EXPECT_TRUE(std::isinf(defects.nine_tenths));
  EXPECT_EQ(rows[static_cast<std::size_t>(SiteClass::Gallery)].lost, 0);
  EXPECT_EQ(rows[static_cast<std::size_t>(SiteClass::Edge)].sites, 0u);
}

}  // namespace
}  // namespace cardhouse
