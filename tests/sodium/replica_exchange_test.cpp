#include "engine/sodium/replica_exchange.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"
#include "tests/sodium/exact_ensemble.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

SiteNetwork independent_sites(int count, double energy) {
  SiteNetwork network = synthetic::empty(500);
  for (int i = 0; i < count; ++i) network.sites.push_back(synthetic::site({0.5 * i, 0, 0}, SiteClass::Gallery, energy));
  return network;
}

ExchangeOptions quick(std::vector<double> voltages) {
  ExchangeOptions options;
  options.voltages = std::move(voltages);
  options.equilibration_sweeps = 50;
  options.production_sweeps = 1000;
  return options;
}

// 4 standard errors in 8 quantities: a correct sampler fails once in 2000 seeds.
TEST(ReplicaExchange, samples_the_exact_ensemble_on_every_rung_with_every_term_on) {
  Stream stream(51, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(14, 9.0, stream);
  const SodiumParameters p = synthetic::parameters();
  ExchangeOptions options = quick({0.9, 0.6, 0.3, 0.0});
  options.temperature = 1500;
  options.production_sweeps = 10000;
  options.invert_pores = false;
  const ExchangeResult result = exchange(network, p, options, Communicator());
  const auto all = synthetic::enumerate(Hamiltonian(network, p));
  for (std::size_t rung = 0; rung < 4; ++rung) {
    const auto weights = synthetic::probabilities(all, -options.voltages[rung], 1500);
    double number = 0;
    double energy = 0;
    for (std::size_t c = 0; c < all.size(); ++c) {
      number += weights[c] * all[c].number;
      energy += weights[c] * all[c].energy;
    }
    const SweepPoint& point = result.points[rung];
    EXPECT_EQ(point.voltage, options.voltages[rung]);
    EXPECT_NEAR(point.capacity.value, capacity(network, number), 4 * point.capacity.error);
    EXPECT_NEAR(point.energy.value, energy, 4 * point.energy.error);
    EXPECT_LT(point.capacity.error, 0.01 * capacity(network, 14));
  }
  EXPECT_GT(result.round_trips, 100);
}

// The share of swaps that pass is known for independent sites: both numbers are binomial.
TEST(ReplicaExchange, swaps_as_often_as_two_binomial_distributions_overlap) {
  constexpr int sites = 60;
  const SiteNetwork network = independent_sites(sites, -0.15);
  const ExchangeOptions options = quick({0.165, 0.15, 0.14});
  const ExchangeResult result =
      exchange(network, synthetic::parameters(HamiltonianTerms::none()), options, Communicator());
  const double beta = 1 / (constants::boltzmann * options.temperature);
  const auto weight = [&](double voltage, int n) {
    const double share = 1 / (1 + std::exp(beta * (voltage - 0.15)));
    const double ways = std::lgamma(sites + 1.0) - std::lgamma(n + 1.0) - std::lgamma(sites - n + 1.0);
    return std::exp(ways + n * std::log(share) + (sites - n) * std::log1p(-share));
  };
  for (std::size_t rung = 0; rung < 2; ++rung) {
    const double high = options.voltages[rung];
    const double low = options.voltages[rung + 1];
    double expected = 0;
    for (int a = 0; a <= sites; ++a)
      for (int b = 0; b <= sites; ++b)
        expected += weight(high, a) * weight(low, b) * std::min(1.0, std::exp(-beta * (high - low) * (b - a)));
    // 4 ladders, 500 attempts each, hardly correlated: 5 standard errors
    EXPECT_NEAR(result.swap_acceptance[rung], expected, 5 * std::sqrt(expected * (1 - expected) / 2000)) << rung;
    EXPECT_GT(expected, 0.02);
    EXPECT_LT(expected, 0.9);
  }
  EXPECT_EQ(result.swap_acceptance[2], 0);
}

TEST(ReplicaExchange, does_not_depend_on_the_number_of_threads) {
  Stream stream(52, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(1600, 35.0, stream);  // enough for threads to be used
  ExchangeOptions options = quick({0.8, 0.5, 0.3, 0.1});
  options.equilibration_sweeps = 10;
  options.production_sweeps = 20;
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const ExchangeResult one = exchange(network, synthetic::parameters(), options, Communicator());
  omp_set_num_threads(3);
  const ExchangeResult three = exchange(network, synthetic::parameters(), options, Communicator());
  omp_set_num_threads(before);
  for (std::size_t i = 0; i < one.points.size(); ++i) {
    EXPECT_EQ(one.points[i].capacity.value, three.points[i].capacity.value);
    EXPECT_EQ(one.points[i].energy.error, three.points[i].energy.error);
    EXPECT_EQ(one.swap_acceptance[i], three.swap_acceptance[i]);
  }
}

TEST(ReplicaExchange, sets_rungs_where_the_number_of_sodium_changes) {
  const double thermal = constants::boltzmann * 298.15;
  const std::vector<double> voltages{0.4, 0.2, 0.1};
  EXPECT_EQ(ladder(voltages, std::vector<double>{10, 10, 10}, 298.15), voltages);
  // (0.2 V)(40 sodium)/kT = 311: 13 steps, each with 1/169 of it
  const std::vector<double> rungs = ladder(voltages, std::vector<double>{10, 50, 50}, 298.15);
  ASSERT_EQ(rungs.size(), 15u);
  EXPECT_NEAR(rungs[1], 0.4 - 0.2 / 13, 1e-12);
  EXPECT_LE(0.2 / 13 * 40 / 13 / thermal, 2);
  EXPECT_EQ(rungs.back(), 0.1);
  EXPECT_EQ(ladder(voltages, std::vector<double>{0, 1e6, 1e6}, 298.15).size(), 18u);  // never more than 16 steps
}

TEST(ReplicaExchange, refuses_impossible_options) {
  const SodiumParameters p = synthetic::parameters();
  EXPECT_THROW(exchange(independent_sites(4, 0), p, quick({0.1}), Communicator()), InputError);
  EXPECT_THROW(exchange(synthetic::empty(10), p, quick({0.2, 0.1}), Communicator()), InputError);
  ExchangeOptions options = quick({0.2, 0.1});
  options.ladders = 1;
  EXPECT_THROW(exchange(independent_sites(4, 0), p, options, Communicator()), InputError);
}

}  // namespace
}  // namespace cardhouse
