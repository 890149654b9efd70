#include "engine/transport/protocol.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"
#include "engine/base/statistics.hpp"
#include "engine/kinetics/run_kmc.hpp"
#include "tests/sodium/exact_ensemble.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

constexpr double temperature = 298.15;
constexpr double kt = constants::boltzmann * temperature;

ChargeTransferParameters transfer_law(double rate) {
  ChargeTransferParameters result =
      read_charge_transfer(std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/sodium/charge_transfer.toml");
  result.rate = rate;
  return result;
}

// Sites in a ring, 3.6 apart, that repel each other; of eight every other one touches the electrolyte, of more all.
SiteNetwork ring(double barrier, int sites = 8) {
  SiteNetwork network = synthetic::empty(60);
  network.domains = {{6000.0}};
  const double radius = 1.8 / std::sin(3.14159265358979 / sites);
  for (int i = 0; i < sites; ++i) {
    const double angle = 2 * 3.14159265358979 * i / sites;
    Site site = synthetic::site({30 + radius * std::cos(angle), 30 + radius * std::sin(angle), 30}, SiteClass::Terrace,
                                -0.7 - 0.05 * (i % 3), 0.8);
    site.outside = sites > 8 || i % 2 == 0;
    site.domain = 0;
    network.sites.push_back(site);
  }
  synthetic::link(network, 4.0, barrier);
  return network;
}

ProtocolOptions options(double fast_rate = 1e3) {
  ProtocolOptions result;
  result.conditions = {.temperature = temperature, .attempt_frequency = 4e12, .fast_rate = fast_rate};
  result.conditions.equilibration = 2;
  return result;
}

double mean_number(const Hamiltonian& hamiltonian, double volts) {
  const auto all = synthetic::enumerate(hamiltonian);
  const auto weights = synthetic::probabilities(all, -volts, temperature);
  double mean = 0;
  for (std::size_t i = 0; i < all.size(); ++i) mean += weights[i] * all[i].number;
  return mean;
}

// Where three sodium are in, whatever the energies of the shipped parameters.
double volts_of_three(const Hamiltonian& hamiltonian) {
  double low = -1;
  double high = 3;
  while (high - low > 1e-4) {
    const double middle = (low + high) / 2;
    (mean_number(hamiltonian, middle) > 3 ? low : high) = middle;
  }
  return low;
}

// At constant potential, time averages are those of the grand-canonical ensemble; with all hops equilibrated and with
// all hops explicit (the barrier then makes them as slow as the transfer).
TEST(Protocol, a_held_potential_fills_the_carbon_as_the_grand_canonical_ensemble_does) {
  for (const double barrier : {0.2, 0.75}) {
    const SiteNetwork network = ring(barrier);
    const Hamiltonian hamiltonian(network, synthetic::parameters());
    const double volts = volts_of_three(hamiltonian);
    const ProtocolStep hold{.control = ControlKind::Potential,
                            .first_potential = volts,
                            .last_potential = volts,
                            .duration = 4000,
                            .records = 40000};
    const ProtocolResult result = run_protocol(network, Occupation(hamiltonian), transfer_law(1), {hold}, options());
    std::vector<double> numbers;
    for (const ProtocolRecord& record : result.records) numbers.push_back(static_cast<double>(record.sodium));
    const Estimate mean = correlated_mean(numbers);
    EXPECT_NEAR(mean.value, mean_number(hamiltonian, volts), 4 * mean.error) << barrier;
    EXPECT_LT(mean.error, 0.02);
  }
}

// With the number of sodium fixed, what leaves and comes back samples the canonical ensemble.
TEST(Protocol, paired_transfers_keep_the_number_and_the_canonical_distribution) {
  const SiteNetwork network = ring(3.0);  // no hop ever
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  Occupation start(hamiltonian);
  for (const std::size_t site : {0, 2}) start.insert(site);
  ProtocolOptions chosen = options();
  chosen.conditions.mode = TransferMode::Paired;
  ElectrodeKinetics model(network, std::move(start), transfer_law(1), chosen.conditions);
  Stream stream(4, Purpose::Test);
  std::vector<double> opposite;
  KmcClock clock;
  model.set_potential(0.1);
  while (clock.events < 2000) {
    run_kmc(model, clock, {.max_events = clock.events + 1}, stream);
    ASSERT_EQ(model.occupation().count(), 2u);
  }
  // Time spent with the two opposite each other, on a grid of times.
  clock = {};
  while (clock.time < 1000) {
    run_kmc(model, clock, {.end_time = clock.time + 0.5}, stream);
    const bool across = (model.occupation().is_occupied(0) && model.occupation().is_occupied(4)) ||
                        (model.occupation().is_occupied(2) && model.occupation().is_occupied(6));
    opposite.push_back(across ? 1 : 0);
  }
  double expected = 0, total = 0;
  for (const auto& c : synthetic::enumerate(hamiltonian, 2)) {
    if ((c.bits & 0b10101010U) != 0) continue;  // the electrolyte does not reach these
    const double weight = std::exp(-c.energy / kt);
    total += weight;
    if (c.bits == 0b00010001U || c.bits == 0b01000100U) expected += weight;
  }
  const Estimate share = correlated_mean(opposite);
  EXPECT_NEAR(share.value, expected / total, 4 * share.error);
}

TEST(Protocol, the_solved_potential_gives_the_wanted_net_rate) {
  const SiteNetwork network = ring(0.2);
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  Occupation start(hamiltonian);
  start.insert(0);
  start.insert(3);
  ElectrodeKinetics model(network, std::move(start), transfer_law(1), options().conditions);
  for (const double wanted : {-2.0, -0.01, 0.0, 0.01, 5.0}) {
    model.set_potential(model.potential_for(wanted));
    EXPECT_NEAR(model.net_rate(), wanted, 1e-4 * std::max(1.0, std::abs(wanted)));
  }
}

// Slow charge: over a tenth of the way, the potential is that of the grand-canonical ensemble at the same mean charge,
// within 3 kT/sqrt(N).
TEST(Protocol, a_small_current_follows_the_open_circuit_voltage) {
  const SiteNetwork network = ring(0.2, 14);
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  for (const CurrentControl control : {CurrentControl::Clock, CurrentControl::Feedback}) {
    ProtocolOptions chosen = options();
    chosen.current_control = control;
    const ProtocolStep step{.current = 0.01, .duration = 700, .records = 700};
    const ProtocolResult result = run_protocol(network, Occupation(hamiltonian), transfer_law(1), {step}, chosen);
    for (std::size_t part = 3; part < 10; ++part) {
      RunningMoments potential, sodium;
      for (std::size_t i = 70 * part; i < 70 * (part + 1); ++i) {
        potential.add(result.records[i + 1].potential);
        sodium.add(static_cast<double>(result.records[i + 1].sodium));
      }
      if (sodium.mean() < 1) continue;
      double low = -1, high = 2;
      while (high - low > 1e-6) {
        const double middle = (low + high) / 2;
        (mean_number(hamiltonian, middle) > sodium.mean() ? low : high) = middle;
      }
      EXPECT_NEAR(potential.mean(), low, 3 * kt / std::sqrt(sodium.mean())) << static_cast<int>(control) << ' ' << part;
    }
    EXPECT_GT(result.records.back().sodium, 3u);
  }
}

TEST(Protocol, the_clock_counts_the_charge_without_noise) {
  const SiteNetwork network = ring(0.2, 14);
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  const ProtocolStep charge{.current = 0.5, .duration = 8, .records = 8};
  const ProtocolStep rest{.current = 0, .duration = 8, .records = 2};
  const ProtocolStep back{.current = -0.5, .duration = 4, .records = 4};
  const ProtocolResult result =
      run_protocol(network, Occupation(hamiltonian), transfer_law(1), {charge, rest, back}, options());
  EXPECT_EQ(result.records.front().sodium, 0u);
  for (const ProtocolRecord& record : result.records) {
    const double expected = record.step == 0 ? 0.5 * record.time : record.step == 1 ? 4 : 4 - 0.5 * (record.time - 16);
    EXPECT_NEAR(static_cast<double>(record.sodium), expected, 0.51) << record.time;
  }
  EXPECT_EQ(result.records.back().sodium, 2u);
  EXPECT_EQ(result.occupied.size(), 2u);
}

TEST(Protocol, current_against_a_slow_surface_costs_an_overpotential) {
  const SiteNetwork network = ring(0.2);
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  ProtocolStep step{.current = 0.5, .duration = 7, .records = 14};
  double previous = 2;
  for (const double rate : {10.0, 0.1, 0.001}) {
    const ProtocolResult result = run_protocol(network, Occupation(hamiltonian), transfer_law(rate), {step}, options());
    double mean = 0;
    for (const ProtocolRecord& record : result.records)
      mean += record.potential / static_cast<double>(result.records.size());
    EXPECT_LT(mean, previous - 2 * kt) << rate;
    previous = mean;
  }
}

TEST(Protocol, a_scan_gives_more_current_the_faster_it_is_and_charges_both_ways) {
  const SiteNetwork network = ring(0.2);
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  const ProtocolStep down{.control = ControlKind::Potential,
                          .first_potential = 1.2,
                          .last_potential = -0.2,
                          .duration = 1400,
                          .records = 50};
  const ProtocolStep up{.control = ControlKind::Potential,
                        .first_potential = -0.2,
                        .last_potential = 1.2,
                        .duration = 1400,
                        .records = 50};
  const ProtocolResult result = run_protocol(network, Occupation(hamiltonian), transfer_law(1), {down, up}, options());
  std::size_t most = 0;
  for (const ProtocolRecord& record : result.records) most = std::max(most, record.sodium);
  EXPECT_GE(most, 3u);
  EXPECT_LE(result.records.back().sodium, 1u);
  EXPECT_NEAR(result.records.back().potential, 1.2, 0.03);
}

TEST(Protocol, stops_at_its_limits) {
  const SiteNetwork network = ring(0.2);
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  const ProtocolStep step{.current = 0.1, .duration = 1e4, .stop_below = 0.05, .records = 100};
  const ProtocolResult result = run_protocol(network, Occupation(hamiltonian), transfer_law(1), {step}, options());
  EXPECT_LT(result.records.back().time, 100);
  EXPECT_LT(result.records.back().sodium, 8u);
}

TEST(Protocol, equal_seeds_give_equal_runs) {
  const SiteNetwork network = ring(0.75);
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  const ProtocolStep step{.current = 0.5, .duration = 7, .records = 14};
  const auto run = [&] {
    return run_protocol(network, Occupation(hamiltonian), transfer_law(1), {step}, options()).records.back().potential;
  };
  EXPECT_EQ(run(), run());
}

TEST(Protocol, refuses_a_carbon_without_a_surface_and_steps_without_time) {
  SiteNetwork network = ring(0.2);
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  EXPECT_THROW(run_protocol(network, Occupation(hamiltonian), transfer_law(1), {}, options()), InputError);
  EXPECT_THROW(run_protocol(network, Occupation(hamiltonian), transfer_law(1), {{.current = 1}}, options()),
               InputError);
  for (Site& site : network.sites) site.outside = false;
  EXPECT_THROW(
      run_protocol(network, Occupation(hamiltonian), transfer_law(1), {{.current = 1, .duration = 1}}, options()),
      InputError);
}

}  // namespace
}  // namespace cardhouse
