// Lattice gases with known answers, sampled through the Hamiltonian of sodium.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/statistics.hpp"
#include "engine/sodium/grand_canonical.hpp"
#include "engine/sodium/occupation.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

constexpr double temperature = 298.15;
constexpr double thermal = constants::boltzmann * temperature;

SiteNetwork far_apart(int sites, double energy, double charge) {
  SiteNetwork network = synthetic::empty(20.0 * sites);
  for (int i = 0; i < sites; ++i)
    network.sites.push_back(synthetic::site({20.0 * i, 0, 0}, SiteClass::Gallery, energy, charge));
  return network;
}

Estimate sampled_number(const Hamiltonian& h, double potential, int sweeps, std::uint64_t seed) {
  Stream stream(seed, Purpose::Test);
  Occupation state(h);
  GrandCanonical sampler(potential, temperature, {.flip = 0.7, .hop = 0});
  std::vector<double> numbers;
  for (int step = -200; step < sweeps; ++step) {
    sampler.sweep(state, {}, stream);
    if (step >= 0) numbers.push_back(static_cast<double>(state.count()));
  }
  return correlated_mean(numbers);
}

/// Mean number of M alike sites whose energy is F(n): the sum over n of binomial(M, n) exp(-(F - mu n)/kT).
template <class Energy>
double exact_number(int sites, double potential, Energy&& energy) {
  std::vector<double> logs;
  for (int n = 0; n <= sites; ++n)
    logs.push_back(std::lgamma(sites + 1.0) - std::lgamma(n + 1.0) - std::lgamma(sites - n + 1.0) -
                   (energy(n) - potential * n) / thermal);
  const double top = *std::ranges::max_element(logs);
  double sum = 0;
  double weighted = 0;
  for (int n = 0; n <= sites; ++n) {
    sum += std::exp(logs[n] - top);
    weighted += n * std::exp(logs[n] - top);
  }
  return weighted / sum;
}

// Energy that depends on the number alone: Frumkin's case, with the host electrons of one domain as its law.
TEST(ExactIsotherms, sites_that_share_their_electrons_follow_the_sum_over_numbers) {
  SiteNetwork network = far_apart(300, -0.9, 0.75);
  network.domains = {{7000}};
  for (Site& site : network.sites) site.domain = 0;
  HamiltonianTerms terms = HamiltonianTerms::none();
  terms.host_electrons = true;
  const SodiumParameters p = synthetic::parameters(terms);
  const Hamiltonian h(network, p);
  const CollectiveGroup host = CollectiveGroup::host_electrons({7000}, p.host_electrons);
  for (const double potential : {-0.6, -0.3, -0.1, 0.0}) {
    const double exact = exact_number(300, potential, [&](int n) { return -0.9 * n + host.energy(0.75 * n); });
    const Estimate number = sampled_number(h, potential, 2000, 41);
    EXPECT_NEAR(number.value, exact, 4 * number.error) << potential;
    EXPECT_LT(number.error, 0.3);
    // and Frumkin's closed form mu = e + F' + kT ln[n/(1 - n)], exact for large M
    const double share = exact / 300;
    const double closed = -0.9 + 0.75 * host.slope(0.75 * exact) + thermal * std::log(share / (1 - share));
    EXPECT_NEAR(closed, potential, 4e-3);  // at M = 300
  }
}

/// Onsager's nearest-neighbour correlation of the square Ising model with coupling K in kT (Phys. Rev. 65, 117,
/// doi:10.1103/PhysRev.65.117): coth(2K)/2 [1 + 2/pi (2 tanh^2 2K - 1) K1(k)], k = 2 sinh 2K / cosh^2 2K.
double onsager(double coupling) {
  const double modulus = 2 * std::sinh(2 * coupling) / std::pow(std::cosh(2 * coupling), 2);
  const double bracket = 1 + 2 / M_PI * (2 * std::pow(std::tanh(2 * coupling), 2) - 1) * std::comp_ellint_1(modulus);
  return bracket / (2 * std::tanh(2 * coupling));
}

// A repulsive square lattice gas at half filling is the antiferromagnet: J = v/4, and each pair of neighbours is filled
// with probability (1 - onsager)/4. At K = 0.3 the correlation length is 2 sites, that of the box 24.
TEST(ExactIsotherms, repulsive_neighbours_on_a_square_lattice_follow_onsager) {
  constexpr int side = 24;
  constexpr double spacing = 4.0;
  SiteNetwork network = synthetic::empty(side * spacing);
  for (int i = 0; i < side * side; ++i)
    network.sites.push_back(
        synthetic::site({spacing * (i % side), spacing * (i / side), 0}, SiteClass::Gallery, 0, 0.6));
  HamiltonianTerms terms = HamiltonianTerms::none();
  terms.repulsion = true;
  SodiumParameters p = synthetic::parameters(terms);
  p.repulsion.cutoff = 5.0;
  const Hamiltonian h(network, p);
  const double v = h.repulsion().value(0, 1);
  ASSERT_EQ(h.repulsion().of(0).size(), 4u);
  const double kelvin = v / (4 * 0.3 * constants::boltzmann);
  synthetic::link(network, 4.5, 0.1);
  Stream stream(42, Purpose::Test);
  Occupation state(h);
  GrandCanonical sampler(2 * v, kelvin);
  std::vector<double> energies, fillings;
  for (int step = -300; step < 4000; ++step) {
    sampler.sweep(state, network.links, stream);
    if (step < 0) continue;
    energies.push_back(state.energy() / (side * side));
    fillings.push_back(static_cast<double>(state.count()) / (side * side));
  }
  const Estimate energy = correlated_mean(energies);
  const Estimate filling = correlated_mean(fillings);
  EXPECT_NEAR(filling.value, 0.5, 4 * filling.error);
  EXPECT_NEAR(energy.value, 2 * v * (1 - onsager(0.3)) / 4, 4 * energy.error);
  EXPECT_LT(energy.error, 0.003 * energy.value);
  EXPECT_GT(std::abs(energy.value - 2 * v / 4), 20 * energy.error);  // far from random mixing
}

/// A network and its double along x, each copy with domains and patches of its own.
SiteNetwork doubled(const SiteNetwork& network, double edge) {
  SiteNetwork result = network;
  result.cell = Cell::orthorhombic(2 * edge, edge, edge);
  result.host_mass *= 2;
  result.links.clear();
  for (Site site : network.sites) {
    site.position.x += edge;
    if (site.domain >= 0) site.domain += static_cast<std::int32_t>(network.domains.size());
    if (site.patch >= 0) site.patch += static_cast<std::int32_t>(network.patches.size());
    result.sites.push_back(site);
  }
  result.domains.insert(result.domains.end(), network.domains.begin(), network.domains.end());
  result.patches.insert(result.patches.end(), network.patches.begin(), network.patches.end());
  synthetic::link(result, 5.0, 0.1);
  return result;
}

// At 1500 K correlations end within the box of 26 angstrom, two cut-offs.
TEST(ExactIsotherms, a_box_and_its_double_have_one_isotherm) {
  Stream stream(43, Purpose::Test);
  const SiteNetwork box = synthetic::irregular(120, 26, stream);
  const SiteNetwork twice = doubled(box, 26);
  const Hamiltonian small(box, synthetic::parameters());
  const Hamiltonian large(twice, synthetic::parameters());
  for (const double potential : {-0.6, -0.2}) {
    std::array<Estimate, 2> number;
    for (int which = 0; which < 2; ++which) {
      Occupation state(which == 0 ? small : large);
      GrandCanonical sampler(potential, 1500);
      std::vector<double> numbers;
      for (int step = -200; step < 3000; ++step) {
        sampler.sweep(state, which == 0 ? box.links : twice.links, stream);
        if (step >= 0) numbers.push_back(static_cast<double>(state.count()) / (1 + which));
      }
      number[which] = correlated_mean(numbers);
    }
    EXPECT_NEAR(number[0].value, number[1].value, 4 * std::hypot(number[0].error, number[1].error)) << potential;
    EXPECT_LT(number[0].error, 0.5);
  }
}

// Sodium of the galleries leaves while the pore of the same carbon fills: the electrons of its walls lift the Fermi
// level.
TEST(ExactIsotherms, galleries_release_sodium_to_a_pore_that_shares_their_electrons) {
  SiteNetwork network = synthetic::empty(1);
  network.cell = Cell::orthorhombic(40, 40, 400);
  for (int i = 0; i < 100; ++i) {  // a gallery whose level falls into the slope
    network.sites.push_back(synthetic::site({4.0 * (i % 10), 4.0 * (i / 10), 300}, SiteClass::Gallery, -0.9, 0.8));
    network.sites.back().spacing = 3.8;
  }
  constexpr double a = 4.29;
  for (int i = 0; i < 64; ++i)
    for (int layer = 0; layer < 2; ++layer) {  // one bcc (100) double layer on a wall
      const double half = layer * a / 2;
      network.sites.push_back(synthetic::site({a * (i % 8) + half, a * (i / 8) + half, half},
                                              layer == 0 ? SiteClass::PoreWall : SiteClass::PoreCore));
      network.sites.back().covered_area = layer == 0 ? a * a : 0;
    }
  network.domains = {{2500}};
  for (Site& site : network.sites) site.domain = site.kind == SiteClass::PoreCore ? -1 : 0;
  std::array<double, 2> released{};
  for (const bool shared : {false, true}) {
    SodiumParameters p = synthetic::parameters();
    p.terms.repulsion = false;
    p.terms.shared_reservoir = shared;
    const Hamiltonian h(network, p);
    std::array<double, 2> galleries{};
    for (const bool filled : {false, true}) {
      Occupation state(h);
      for (std::size_t i = 100; filled && i < h.size(); ++i) state.insert(i);
      Stream stream(44, Purpose::Test);
      for (int step = -500; step < 3000; ++step) {  // flips of gallery sites alone, at one voltage
        for (int trial = 0; trial < 100; ++trial) {
          const std::size_t site = stream.below(100);
          const double change =
              state.is_occupied(site) ? state.removal_energy(site) - 0.1 : state.insertion_energy(site) + 0.1;
          if (stream.uniform() >= std::exp(-change / thermal)) continue;
          state.is_occupied(site) ? state.remove(site) : state.insert(site);
        }
        if (step >= 0) galleries[filled] += static_cast<double>(state.count(SiteClass::Gallery)) / 3000;
      }
    }
    released[shared] = galleries[0] - galleries[1];
  }
  EXPECT_NEAR(released[0], 0, 0.5);
  // At one voltage e + q mu_F is fixed but for the entropy: the contact charge, 11.3 e, comes out of the galleries.
  EXPECT_GT(released[1], 5);
  EXPECT_LT(released[1], 64 * a * a * 0.0096 / 0.8);
}

}  // namespace
}  // namespace cardhouse
