#include "engine/transport/entrances.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

// Sites of a simple cubic lattice, n along each edge, linked to their next neighbours.
SiteNetwork cubic(int n, double distance, double energy) {
  SiteNetwork network = synthetic::empty(n * distance);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      for (int k = 0; k < n; ++k)
        network.sites.push_back(
            synthetic::site({i * distance, j * distance, k * distance}, SiteClass::Gallery, energy));
  synthetic::link(network, 1.1 * distance, 0.3);
  return network;
}

TEST(Entrances, of_a_cubic_lattice_are_one_to_each_square_of_a_cut) {
  const Entrances entrances = find_entrances(cubic(6, 5, 0), 4);
  EXPECT_NEAR(entrances.density, 1.0 / 25, 1e-12);
  EXPECT_EQ(entrances.sites.size(), 3u * 4 * 2 * 36);
}

TEST(Entrances, are_not_behind_hops_that_never_happen) {
  SiteNetwork network = cubic(6, 5, 0);
  for (SiteLink& link : network.links) link.barrier = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(find_entrances(network, 4).sites.empty());
  EXPECT_THROW(exchange_rate(network, find_entrances(network, 4), synthetic::parameters(HamiltonianTerms::none()),
                             {TransferLaw::ButlerVolmer, 1, 298.15, 0.6, 0.5, 0.6}, {}),
               InputError);
}

TEST(Entrances, exchange_at_the_rate_of_butler_and_volmer_when_all_sites_are_alike) {
  const double level = -0.3;
  const SiteNetwork network = cubic(8, 5, level);
  ExchangeRateOptions options;
  options.composition = 0.37;
  options.sweeps = 200;
  const ChargeTransferParameters transfer{TransferLaw::ButlerVolmer, 7, 280, 0.6, 0.5, 0.6};
  const ExchangeRate rate = exchange_rate(network, find_entrances(network, 2),
                                          synthetic::parameters(HamiltonianTerms::none()), transfer, options);
  const double filled = 1 / (1 + std::exp((level + rate.voltage) / (constants::boltzmann * 298.15)));
  EXPECT_NEAR(filled, 0.37, 0.15);  // straight lines between voltages 0.1 V apart
  EXPECT_NEAR(rate.factor.value, std::sqrt(filled * (1 - filled)), 4 * rate.factor.error + 1e-3);
}

}  // namespace
}  // namespace cardhouse
