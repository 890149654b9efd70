#include "engine/sodium/grand_canonical.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/base/statistics.hpp"
#include "engine/sodium/occupation.hpp"
#include "tests/sodium/exact_ensemble.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

constexpr double hot = 1500;  // [K] so that all configurations of the random networks are visited
constexpr double mu = -0.35;

/// Largest deviation, in standard errors, of the sampled site occupations and energy from exact enumeration.
double worst_deviation(const SiteNetwork& network, const std::function<void(Occupation&, Stream&)>& sweep,
                       Stream& stream) {
  const Hamiltonian h(network, synthetic::parameters());
  const auto all = synthetic::enumerate(h);
  const auto p = synthetic::probabilities(all, mu, hot);
  std::vector<double> exact(h.size() + 1, 0.0);
  for (std::size_t c = 0; c < all.size(); ++c) {
    exact.back() += p[c] * all[c].energy;
    for (std::size_t i = 0; i < h.size(); ++i) exact[i] += (all[c].bits >> i & 1U) ? p[c] : 0;
  }
  Occupation state(h);
  std::vector<std::vector<double>> series(exact.size());
  for (int step = 0; step < 60000; ++step) {
    sweep(state, stream);
    if (step < 100) continue;
    for (std::size_t i = 0; i < h.size(); ++i) series[i].push_back(state.is_occupied(i));
    series.back().push_back(state.energy());
  }
  double worst = 0;
  for (std::size_t q = 0; q < exact.size(); ++q) {
    const Estimate sampled = correlated_mean(series[q]);
    worst = std::max(worst, std::abs(sampled.value - exact[q]) / std::max(sampled.error, 1e-6));
  }
  return worst;
}

// 4 standard errors in 15 quantities: a correct sampler fails once in a thousand seeds.
TEST(GrandCanonical, samples_the_exact_distribution_with_every_term_on) {
  for (const std::uint64_t seed : {11, 12, 13}) {
    Stream stream(seed, Purpose::Test);
    const SiteNetwork network = synthetic::irregular(seed == 11 ? 16 : 14, 9.0, stream);
    GrandCanonical sampler(mu, hot);
    const auto sweep = [&](Occupation& state, Stream& s) { sampler.sweep(state, network.links, s); };
    EXPECT_LT(worst_deviation(network, sweep, stream), 4.0) << "seed " << seed;
    for (int kind = 0; kind < move_kind_count; ++kind) EXPECT_GT(sampler.counts().accepted[kind], 300u);
  }
}

TEST(GrandCanonical, is_distinguished_from_a_sampler_that_forgets_the_numbers_of_sites) {
  Stream stream(11, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(14, 9.0, stream);
  const double beta = 1 / (constants::boltzmann * hot);
  // Draws vacant sites for insertion and occupied ones for removal, but accepts as if sites were drawn from all.
  const auto broken = [&](Occupation& state, Stream& s) {
    for (std::size_t move = 0; move < state.size(); ++move) {
      const bool insertion = s.uniform() < 0.5;
      const auto choices = insertion ? state.vacant_sites() : state.occupied_sites();
      if (choices.empty()) continue;
      const std::size_t site = choices[s.below(choices.size())];
      const double change = insertion ? state.insertion_energy(site) - mu : state.removal_energy(site) + mu;
      if (s.uniform() < std::exp(-beta * change)) insertion ? state.insert(site) : state.remove(site);
    }
  };
  EXPECT_GT(worst_deviation(network, broken, stream), 6.0);
}

// False alarm once in 10^4 seeds; a tolerance of the wrong temperature, 2 % off, is seen.
TEST(Tolerance, allows_a_change_with_the_boltzmann_factor) {
  constexpr double thermal = 0.0257;
  const auto p_value = [&](double scale) {
    Stream stream(17, Purpose::Test);
    std::vector<double> uniforms;
    for (int k = 0; k < 40000; ++k) {
      const std::uint64_t bits = stream.bits();
      const Tolerance tolerance(bits, thermal);
      double low = 0;  // the largest change that passes, found by bisection through allows()
      double high = 60 * thermal;
      for (int step = 0; step < 60; ++step) {
        const double middle = (low + high) / 2;
        (tolerance.allows(middle) ? low : high) = middle;
      }
      EXPECT_LE(low, tolerance.most());
      EXPECT_TRUE(tolerance.allows(-1));
      uniforms.push_back(std::exp(-low / (scale * thermal)));
    }
    return kolmogorov_p_value(uniforms);
  };
  EXPECT_GT(p_value(1), 1e-4);
  EXPECT_LT(p_value(1.04), 1e-4);
}

TEST(Tolerance, knows_its_end_for_the_rarest_bits) {
  const Tolerance rarest(0, 1.0);
  EXPECT_TRUE(rarest.allows(53 * std::log(2.0) - 1e-9));
  EXPECT_FALSE(rarest.allows(53 * std::log(2.0) + 1e-9));
  EXPECT_FALSE(Tolerance(~0ULL, 1.0).allows(1e-12));
}

/// Counts proposals, accepts none.
struct Refusing {
  std::size_t size() const { return 100; }
  bool is_occupied(std::size_t site) const { return site < 30; }
  double insertion_energy(std::size_t site) const { return ++flips[site], 1e9; }
  double removal_energy(std::size_t site) const { return ++flips[site], 1e9; }
  double move_energy(std::size_t from, std::size_t to) const { return ++moves[from][to - 30], 1e9; }
  std::span<const std::uint32_t> occupied_sites() const { return std::span(order).first(30); }
  std::span<const std::uint32_t> vacant_sites() const { return std::span(order).last(70); }
  void insert(std::size_t) {}
  void remove(std::size_t) {}
  void move(std::size_t, std::size_t) {}
  mutable std::array<std::size_t, 100> flips{};
  mutable std::array<std::array<std::size_t, 70>, 30> moves{};
  std::vector<std::uint32_t> order = [] {
    std::vector<std::uint32_t> sites(100);
    for (std::uint32_t i = 0; i < 100; ++i) sites[i] = i;
    return sites;
  }();
};

// False alarm once in 10^4 seeds each; whatever the number of trials asked for at once.
TEST(GrandCanonical, proposes_kinds_by_their_shares_and_every_site_alike) {
  for (const std::size_t at_once : {1, 7, 64, 1000}) {
    Stream stream(18, Purpose::Test, at_once);
    Refusing state;
    GrandCanonical sampler(0, 300, {.flip = 0.37, .hop = 0.2});
    std::vector<SitePair> links;
    for (std::uint32_t i = 0; i < 30; ++i) links.push_back({i, i + 30});
    constexpr std::size_t total = 700000;
    for (std::size_t done = 0; done < total; done += at_once) sampler.trials(state, links, at_once, stream);
    const auto& tried = sampler.counts().tried;
    EXPECT_NEAR(static_cast<double>(tried[0] + tried[1]), 0.37 * total, 5 * 0.5 * std::sqrt(total));
    EXPECT_NEAR(static_cast<double>(tried[2]), 0.20 * total, 5 * 0.5 * std::sqrt(total));
    EXPECT_NEAR(static_cast<double>(tried[3]), 0.43 * total, 5 * 0.5 * std::sqrt(total));
    const std::vector<std::size_t> flips(state.flips.begin(), state.flips.end());
    EXPECT_GT(chi_square_p_value(flips, std::vector<double>(100, 0.01)), 1e-4) << at_once;
    std::vector<std::size_t> ends(70, 0);
    for (std::size_t from = 0; from < 30; ++from)
      for (std::size_t to = 0; to < 70; ++to) ends[to] += state.moves[from][to] * (to != from);
    std::vector<double> expected(70, 1.0 / 70);
    for (std::size_t to = 0; to < 30; ++to) expected[to] = 29.0 / 30 / 70;
    double sum = 0;
    for (const double share : expected) sum += share;
    for (double& share : expected) share /= sum;
    EXPECT_GT(chi_square_p_value(ends, expected), 1e-4) << at_once;
  }
}

TEST(GrandCanonical, keeps_the_number_of_sodium_without_flips) {
  Stream stream(15, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(14, 9.0, stream);
  const Hamiltonian h(network, synthetic::parameters());
  const auto all = synthetic::enumerate(h, 3);
  const auto p = synthetic::probabilities(all, 0, hot);
  Occupation state(h);
  for (std::size_t i = 0; i < h.size() && state.count() < 3; ++i)
    if (std::isfinite(state.insertion_energy(i))) state.insert(i);
  GrandCanonical sampler(0, hot, {.flip = 0, .hop = 0.5});
  std::vector<double> energies;
  for (int step = 0; step < 30000; ++step) {
    sampler.sweep(state, network.links, stream);
    energies.push_back(state.energy());
  }
  EXPECT_EQ(state.count(), 3u);
  double exact = 0;
  for (std::size_t c = 0; c < all.size(); ++c) exact += p[c] * all[c].energy;
  const Estimate sampled = correlated_mean(energies);
  EXPECT_NEAR(sampled.value, exact, 4 * sampled.error);
}

TEST(GrandCanonical, gives_the_langmuir_isotherm_on_independent_sites) {
  SiteNetwork network = synthetic::empty(400);
  for (int i = 0; i < 1000; ++i)
    network.sites.push_back(synthetic::site({0.4 * i, 4.0 * (i % 100), 0}, SiteClass::Terrace, i < 500 ? -0.3 : -0.1));
  const Hamiltonian h(network, synthetic::parameters(HamiltonianTerms::none()));
  Stream stream(16, Purpose::Test);
  for (const double potential : {-0.32, -0.2, -0.1}) {
    Occupation state(h);
    GrandCanonical sampler(potential, 298.15);
    std::array<std::vector<double>, 2> series;
    for (int step = 0; step < 600; ++step) {
      sampler.sweep(state, network.links, stream);
      std::array<double, 2> count{};
      for (const std::uint32_t i : state.occupied_sites()) ++count[i < 500 ? 0 : 1];
      if (step < 50) continue;
      for (int kind = 0; kind < 2; ++kind) series[kind].push_back(count[kind] / 500);
    }
    for (int kind = 0; kind < 2; ++kind) {
      const double energy = kind == 0 ? -0.3 : -0.1;
      const double exact = 1 / (1 + std::exp((energy - potential) / (constants::boltzmann * 298.15)));
      const Estimate sampled = correlated_mean(series[kind]);
      EXPECT_NEAR(sampled.value, exact, 4 * sampled.error + 1e-4);
    }
  }
}

}  // namespace
}  // namespace cardhouse
