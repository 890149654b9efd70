#include "engine/transport/accelerated_transport.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"
#include "engine/kinetics/run_kmc.hpp"
#include "tests/sodium/exact_ensemble.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

constexpr double warm = 400;          // [K]
constexpr double spacing = 4.0;       // [angstrom]
constexpr double fast_barrier = 0.1;  // [eV]

double slow_barrier(double ratio) {
  return fast_barrier + constants::boltzmann * warm * std::log(ratio);
}

// Pairs of sites 1 angstrom apart on a simple cubic lattice: hops within a pair are `ratio` times faster than those
// from pair to pair, which leave from the first site of each.
SiteNetwork pairs(int cells, double ratio) {
  SiteNetwork network = synthetic::empty(spacing * cells);
  for (int x = 0; x < cells; ++x)
    for (int y = 0; y < cells; ++y)
      for (int z = 0; z < cells; ++z)
        network.sites.push_back(synthetic::site({spacing * x, spacing * y, spacing * z}, SiteClass::Gallery));
  synthetic::link(network, spacing * 1.1, slow_barrier(ratio));
  const auto firsts = static_cast<std::uint32_t>(network.sites.size());
  for (std::uint32_t i = 0; i < firsts; ++i) {
    Site second = network.sites[i];
    second.position.x += 1;
    second.kind = SiteClass::Defect;
    network.sites.push_back(second);
    network.links.push_back({i, firsts + i, {1, 0, 0}, fast_barrier});
  }
  return network;
}

TransportOptions options(std::size_t sodium, std::uint64_t events) {
  TransportOptions result;
  result.temperature = warm;
  result.sodium = sodium;
  result.replicas = 8;
  result.events = events;
  result.equilibration_sweeps = 20;
  return result;
}

double slow_rate(double ratio) {
  return 4e12 * std::exp(-slow_barrier(ratio) / (constants::boltzmann * warm));
}

TEST(ActivationEnergy, with_a_floor_keeps_every_ratio_and_only_raises_what_is_fast_both_ways) {
  for (double barrier = 0; barrier < 1.2; barrier += 0.05)
    for (double change = -1.5; change < 1.5; change += 0.02)
      for (const double floor : {0.0, 0.2, 0.7}) {
        const double there = activation_energy(barrier, change, floor);
        const double back = activation_energy(barrier, -change, floor);
        EXPECT_NEAR(there - back, change, 1e-12);
        EXPECT_GE(there, 0);
        EXPECT_NEAR(std::max(there, back),
                    std::max({floor, activation_energy(barrier, change), activation_energy(barrier, -change)}), 1e-12);
        EXPECT_LE(there, activation_energy(barrier, change + 0.013, floor) + 1e-12);  // never falls: bounds hold
      }
}

// Half of the time sodium is on the site from which it can go on: D = a^2 k/2 at low filling, with or without a cap.
TEST(AcceleratedTransport, gives_the_exact_diffusivity_where_fast_hops_are_ten_thousand_times_faster) {
  constexpr double ratio = 1e4;
  const SiteNetwork network = pairs(5, ratio);
  const auto parameters = synthetic::parameters(HamiltonianTerms::none());
  TransportOptions o = options(1, 100000);
  o.replicas = 24;
  const AcceleratedTransport run = accelerated_transport(network, parameters, o, {}, Communicator());
  const double exact = spacing * spacing * slow_rate(ratio) / 2;
  ASSERT_TRUE(run.acceleration.is_accelerated());
  EXPECT_LT(run.acceleration.cap.flow, 101 * slow_rate(ratio));
  EXPECT_NEAR(run.result.tracer.value, exact, 4 * run.result.tracer.error);
  EXPECT_LT(run.result.tracer.error, 0.15 * exact);
  EXPECT_GT(run.acceleration.speed_up, 20);
  EXPECT_NE(run.acceleration.verdict(), AccelerationReport::Verdict::NotConverged);
}

// Two independent roads: every hop, and capped ones.
TEST(AcceleratedTransport, agrees_with_the_run_without_a_cap_in_a_crowd) {
  constexpr double ratio = 300;
  const SiteNetwork network = pairs(4, ratio);
  const auto parameters = synthetic::parameters(HamiltonianTerms::none());
  TransportOptions o = options(40, 2000000);
  const TransportResult plain = transport(network, parameters, o, Communicator());
  o.events = 200000;
  o.flow_cap = 4 * slow_rate(ratio);  // a link of the bottleneck has 0.2
  const TransportResult capped = transport(network, parameters, o, Communicator());
  EXPECT_NEAR(capped.tracer.value, plain.tracer.value, 4 * std::hypot(capped.tracer.error, plain.tracer.error));
  EXPECT_NEAR(capped.jump.value, plain.jump.value, 4 * std::hypot(capped.jump.error, plain.jump.error));
  EXPECT_LT(plain.tracer.error, 0.1 * plain.tracer.value);
}

// What the check is for: a cap below the bottleneck slows diffusion, and doubling it tells.
TEST(AcceleratedTransport, says_when_a_forced_cap_is_too_low) {
  constexpr double ratio = 1e4;
  TransportOptions o = options(20, 60000);
  const AcceleratedTransport run =
      accelerated_transport(pairs(4, ratio), synthetic::parameters(HamiltonianTerms::none()), o,
                            {.cap = 0.01 * slow_rate(ratio)}, Communicator());
  EXPECT_EQ(run.acceleration.verdict(), AccelerationReport::Verdict::NotConverged);
  EXPECT_GT(run.acceleration.change.value, 0.5);
}

TEST(AcceleratedTransport, is_plain_transport_where_nothing_is_to_gain) {
  const SiteNetwork network = pairs(3, 2);
  const auto parameters = synthetic::parameters(HamiltonianTerms::none());
  const AcceleratedTransport run = accelerated_transport(network, parameters, options(5, 5000), {}, Communicator());
  EXPECT_FALSE(run.acceleration.is_accelerated());
  EXPECT_EQ(run.result.tracer.value, transport(network, parameters, options(5, 5000), Communicator()).tracer.value);
}

TEST(AcceleratedTransport, refuses_what_transport_refuses) {
  EXPECT_THROW(accelerated_transport(pairs(3, 2), synthetic::parameters(), options(0, 5000), {}, Communicator()),
               InputError);
}

// Configurations of three sodium, with all interactions, at equal times: Boltzmann's, whatever the cap. False alarm
// once in 10^4 seeds.
TEST(AcceleratedTransport, leaves_equilibrium_untouched) {
  constexpr double hot = 1500;
  Stream stream(71, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(12, 9.0, stream);
  const Hamiltonian h(network, synthetic::parameters());
  const auto all = synthetic::enumerate(h, 3);
  const auto exact = synthetic::probabilities(all, 0, hot);
  Occupation start(h);
  for (std::size_t i = 0; start.count() < 3; ++i)
    if (std::isfinite(start.insertion_energy(i))) start.insert(i);
  std::vector<double> caps(network.links.size());
  for (double& cap : caps) cap = std::pow(10, 9 + 3 * stream.uniform());
  HopModel model(network, start, {hot, 4e12, 0.05, caps});  // below most rates
  KmcClock clock;
  run_kmc(model, clock, {.max_events = 2000}, stream);
  const double interval = 60 * clock.time / 2000;
  std::map<std::uint32_t, std::size_t> seen;
  constexpr int samples = 8000;
  for (int k = 0; k < samples; ++k) {
    run_kmc(model, clock, {.end_time = clock.time + interval}, stream);
    std::uint32_t bits = 0;
    for (const std::uint32_t site : model.sites()) bits |= 1U << site;
    ++seen[bits];
  }
  std::vector<std::size_t> counts{0};
  std::vector<double> expected{0};
  for (std::size_t c = 0; c < all.size(); ++c) {
    if (exact[c] * samples >= 10) {
      counts.push_back(seen[all[c].bits]);
      expected.push_back(exact[c]);
      continue;
    }
    counts[0] += seen[all[c].bits];
    expected[0] += exact[c];
  }
  EXPECT_GT(chi_square_p_value(counts, expected), 1e-4);
}

// The contract inside fire() compares every picked bound with the true rate.
TEST(AcceleratedTransport, bounds_hold_under_a_cap) {
  Stream stream(72, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(250, 20.0, stream);
  const Hamiltonian h(network, synthetic::parameters());
  Occupation start(h);
  for (std::size_t i = 0; start.count() < 30; ++i)
    if (std::isfinite(start.insertion_energy(i))) start.insert(i);
  for (const double cap : {1e9, 1e11, 1e12}) {
    HopModel model(network, start, {1500, 4e12, 0.05, std::vector<double>(network.links.size(), cap)});
    KmcClock clock;
    EXPECT_NO_THROW(run_kmc(model, clock, {.max_events = 30000}, stream));
    EXPECT_GT(model.void_events(), 100u);
  }
}

}  // namespace
}  // namespace cardhouse
