#include "engine/transport/divided_hops.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"
#include "engine/base/statistics.hpp"
#include "engine/transport/hop_model.hpp"
#include "tests/sodium/exact_ensemble.hpp"
#include "tests/transport/divided_samples.hpp"

namespace cardhouse {
namespace {

constexpr Vector3 box{76, 72, 71};

/// A network, what it is at the start, and how it hops.
struct Sample {
  Stream stream{5, Purpose::Test};
  SiteNetwork network = synthetic::irregular_box(8000, box, stream);
  SodiumParameters parameters = synthetic::short_ranged();
  Hamiltonian hamiltonian{network, parameters};
  Occupation start = synthetic::filled(hamiltonian, 900, stream);
  HopConditions exact{900, 4e12, 0};  ///< bounds equal to rates
  HopConditions usual{900, 4e12, 0.01};
  DividedHops divided(std::size_t domains, const HopConditions& conditions) const {
    return {network, parameters, start, conditions, {domains, {3, 0}}, Communicator()};
  }
  /// What the bounds add up to in the state of another, worked out afresh in one piece.
  double fresh_total(const DividedHops& hops) const {
    Occupation now(hamiltonian);
    for (const std::uint32_t site : hops.state().sites) now.insert(site);
    return HopModel(network, now, exact).total_rate();
  }
  /// A time in which one sodium in five hops.
  double short_time(const DividedHops& hops) const {
    return 0.2 * static_cast<double>(start.count()) / hops.total_rate();
  }
};

const Sample& sample() {
  static const Sample made;
  return made;
}

TEST(DividedHops, know_every_rate_as_one_piece_does) {
  for (const std::size_t domains : {1, 4, 8}) {
    DividedHops hops = sample().divided(domains, sample().exact);
    EXPECT_NEAR(hops.total_rate() / sample().fresh_total(hops), 1, 1e-6) << domains;
    const double time = sample().short_time(hops);
    for (int k = 0; k < 2; ++k) {
      hops.advance(5 * time, 10);
      EXPECT_NEAR(hops.total_rate() / sample().fresh_total(hops), 1, 1e-6) << domains << " domains, look " << k;
    }
    EXPECT_GT(hops.counts().hops, 200u);
  }
}

/// Sites held by several domains that do not agree about them, and by how many domains more than one sites are held.
std::pair<std::size_t, std::size_t> disagreements(const DividedHops& hops, std::size_t sites) {
  std::vector<int> believers(sites, 0);
  std::vector<int> holders(sites, 0);
  for (const auto& domain : hops.own_domains())
    for (std::size_t local = 0; local < domain->share().sites.size(); ++local) {
      ++holders[domain->share().sites[local]];
      believers[domain->share().sites[local]] += domain->is_occupied(local);
    }
  std::size_t wrong = 0;
  std::size_t ghosts = 0;
  for (std::size_t site = 0; site < sites; ++site) {
    wrong += believers[site] != 0 && believers[site] != holders[site];
    ghosts += static_cast<std::size_t>(holders[site] - 1);
  }
  return {wrong, ghosts};
}

TEST(DividedHops, keep_every_sodium_and_agree_about_every_ghost) {
  DividedHops hops = sample().divided(8, sample().usual);
  hops.advance(30 * sample().short_time(hops), 60);
  std::vector<std::uint32_t> sites = hops.state().sites;
  std::ranges::sort(sites);
  EXPECT_EQ(std::unique(sites.begin(), sites.end()), sites.end());
  EXPECT_EQ(sites.size(), sample().start.count());
  const auto [wrong, ghosts] = disagreements(hops, sample().network.sites.size());
  EXPECT_EQ(wrong, 0u);
  EXPECT_GT(ghosts, 8u * 500);
}

// The same with a sector of which nobody is told.
TEST(DividedHops, disagree_about_ghosts_without_news) {
  DividedHops hops = sample().divided(8, sample().usual);
  Stream stream(1, Purpose::Test);
  hops.own_domains()[0]->run(0, 5 * sample().short_time(hops), 0, stream);
  EXPECT_GT(disagreements(hops, sample().network.sites.size()).first, 5u);
}

TEST(DividedHops, carry_the_way_of_sodium_across_domains) {
  DividedHops hops = sample().divided(8, sample().usual);
  const auto before = hops.state();
  for (const Vector3& way : before.ways) EXPECT_EQ(squared_norm(way), 0);
  hops.advance(100 * sample().short_time(hops), 100);
  const auto after = hops.state();
  std::size_t moved_on = 0;
  for (std::size_t k = 0; k < after.sites.size(); ++k) {
    const Vector3 straight = sample().network.sites[after.sites[k]].position -
                             sample().network.sites[before.sites[k]].position - after.ways[k];
    EXPECT_LT(norm(sample().network.cell.minimum_image(straight)), 1e-2);
    moved_on += hops.division().domain_of(after.sites[k]) != hops.division().domain_of(before.sites[k]);
  }
  EXPECT_GT(moved_on, 20u);
}

TEST(DividedHops, give_the_same_bits_on_any_number_of_threads) {
  const int before = omp_get_max_threads();
  std::vector<DividedHops::State> states;
  for (const int threads : {1, 3}) {
    omp_set_num_threads(threads);
    DividedHops hops = sample().divided(8, sample().usual);
    hops.advance(10 * sample().short_time(hops), 10);
    states.push_back(hops.state());
  }
  omp_set_num_threads(before);
  EXPECT_EQ(states[0].sites, states[1].sites);
  for (std::size_t k = 0; k < states[0].ways.size(); ++k) EXPECT_EQ(states[0].ways[k].x, states[1].ways[k].x);
}

TEST(DividedHops, refuse_domains_that_are_too_thin) {
  EXPECT_THROW(sample().divided(9, sample().usual), InputError);
}

/// Fourteen sites in a ring, neighbours repelling each other: configurations that can be counted.
struct Ring {
  explicit Ring(bool host) {
    network.cell = Cell::orthorhombic(4.0 * size, 40, 40);
    network.domains = {{50.0}};
    Stream stream(6, Purpose::Test);
    for (std::uint32_t i = 0; i < size; ++i) {
      Site site =
          synthetic::site({4.0 * i + 1, 20, 20}, SiteClass::Gallery, -0.25 * stream.uniform(), 0.5 + 0.25 * (i % 2));
      site.domain = 0;
      network.sites.push_back(site);
      network.links.push_back({i, (i + 1) % size, {4, 0, 0}, 0.1 + 0.1 * stream.uniform()});
    }
    parameters.terms = HamiltonianTerms::none();
    parameters.terms.repulsion = true;
    parameters.terms.host_electrons = host;
    parameters.repulsion.cutoff = 4.5;
    parameters.repulsion.permittivity = 1;
  }
  static constexpr std::uint32_t size = 14;
  SiteNetwork network = synthetic::empty(1);
  SodiumParameters parameters = synthetic::parameters();
};

/// chi-square of configurations met against Boltzmann's law, in classes of a twelfth or more.
double equilibrium_p_value(const Ring& ring, double hops_a_cycle) {
  constexpr double temperature = 1500;
  constexpr std::size_t sodium = 4;
  const Hamiltonian hamiltonian(ring.network, ring.parameters);
  auto all = synthetic::enumerate(hamiltonian, sodium);
  const auto weights = synthetic::probabilities(all, 0, temperature);
  std::vector<std::size_t> class_of(1U << Ring::size, 0);
  std::vector<double> expected;
  for (std::size_t c = 0; c < all.size(); ++c) {
    if (expected.empty() || expected.back() >= 1.0 / 12) expected.push_back(0);
    class_of[all[c].bits] = expected.size() - 1;
    expected.back() += weights[c];
  }
  Occupation start(hamiltonian);
  for (std::size_t k = 0; k < sodium; ++k) start.insert(3 * k);
  DividedHops hops(ring.network, ring.parameters, start, {temperature, 4e12, 0}, {2, {11, 0}}, Communicator());
  double warm_up = 0;
  for (int stretch = 0; stretch < 50; ++stretch) {
    const double time = 20 / hops.total_rate();
    hops.advance(time, 20);
    warm_up += time;
  }
  const double time = hops_a_cycle * sodium * warm_up / static_cast<double>(hops.counts().hops);
  const auto stride = static_cast<std::uint64_t>(2 * std::ceil(30 / hops_a_cycle));
  std::vector<std::size_t> counts(expected.size(), 0);
  for (int sample = 0; sample < 2000; ++sample) {
    hops.advance(time * static_cast<double>(stride), stride);
    std::uint32_t bits = 0;
    for (const std::uint32_t site : hops.state().sites) bits |= 1U << site;
    ++counts[class_of[bits]];
  }
  return chi_square_p_value(counts, expected);
}

// Short-ranged terms: exact whatever the time of a cycle. False alarm once in a thousand.
TEST(DividedHops, keep_the_canonical_ensemble_of_short_ranged_terms_at_any_time_of_a_cycle) {
  EXPECT_GT(equilibrium_p_value(Ring(false), 0.5), 1e-3);
  EXPECT_GT(equilibrium_p_value(Ring(false), 50), 1e-3);
}

// One collective sum over all sites, steep: right when cycles are short, wrong when they are long.
TEST(DividedHops, keep_the_canonical_ensemble_of_collective_terms_when_cycles_are_short) {
  EXPECT_GT(equilibrium_p_value(Ring(true), 0.3), 1e-3);
  EXPECT_LT(equilibrium_p_value(Ring(true), 30), 1e-6);
}

/// Tracer diffusivity of a lattice gas without interaction on a simple cubic lattice over its known value
/// a^2 k (1 - c) f, f = (1 + C)/(1 + C (2 - 3 c)/(2 - c)), C = -0.2098 (Nakazato & Kitahara 1980,
/// doi:10.1143/PTP.64.2261), good to a few tenths of a per cent at this filling.
struct Walk {
  Estimate ratio;
  double bound;  ///< of its error by sectors
};
Walk walk_in(std::size_t domains, double hops_a_cycle, int stretches) {
  constexpr double temperature = 600;
  constexpr double barrier = 0.25;
  constexpr std::size_t sodium = 36;
  Stream stream(7, Purpose::Test);
  const SiteNetwork network = synthetic::simple_cubic(9, 4, barrier, stream);
  const SodiumParameters parameters = synthetic::parameters(HamiltonianTerms::none());
  const Hamiltonian hamiltonian(network, parameters);
  const double rate = 4e12 * std::exp(-barrier / (constants::boltzmann * temperature));
  const double c = (sodium - 1.0) / (729 - 1);
  const double f = (1 - 0.2098) / (1 - 0.2098 * (2 - 3 * c) / (2 - c));
  const double expected = 16 * rate * (1 - c) * f;
  const Occupation start = synthetic::filled(hamiltonian, sodium, stream);
  DividedHops hops(network, parameters, start, {temperature, 4e12, 0}, {domains, {7, 0}}, Communicator());
  const double time = 10 / rate;
  std::vector<double> ratios;
  DividedHops::State before = hops.state();
  for (int stretch = 0; stretch < stretches; ++stretch) {
    hops.advance(time, 2 * static_cast<std::uint64_t>(std::ceil(30 / hops_a_cycle)));
    const DividedHops::State now = hops.state();
    double squared = 0;
    for (std::size_t k = 0; k < sodium; ++k) squared += squared_norm(now.ways[k] - before.ways[k]);
    ratios.push_back(squared / (6 * time * sodium * expected));
    before = now;
  }
  const SectorBias bias = sector_bias(hops.counts(), hops.cycles(), sodium, stretches * time, expected);
  return {mean_of(ratios), bias.diffusivity};
}

TEST(DividedHops, give_walkers_the_diffusivity_that_is_known) {
  for (const std::size_t domains : {1, 2, 8}) {
    const Walk walk = walk_in(domains, 0.2, 200);
    EXPECT_NEAR(walk.ratio.value, 1, 4 * walk.ratio.error) << domains;
    EXPECT_LT(walk.ratio.error, 0.015);
    EXPECT_EQ(walk.bound == 0, domains == 1);
  }
}

// Sectors two sites wide, cycles of ten hops: sodium is held back, and the bound knows.
TEST(DividedHops, give_walkers_another_diffusivity_when_cycles_are_long) {
  const Walk walk = walk_in(8, 10, 100);
  EXPECT_LT(walk.ratio.value, 1 - 10 * walk.ratio.error);
  EXPECT_LT(1 - walk.ratio.value, walk.bound);
}

}  // namespace
}  // namespace cardhouse
