#include "engine/transport/hop_bounds.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/constants.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

constexpr double hot = 1500;  // [K]

Occupation filled(const Hamiltonian& h, std::size_t number) {
  Occupation state(h);
  for (std::size_t i = 0; i < h.size() && state.count() < number; ++i)
    if (std::isfinite(state.insertion_energy(i))) state.insert(i);
  return state;
}

/// Takes a random open hop of a random sodium, whatever its rate; returns whether there was one.
bool wander(HopBounds& bounds, Occupation& state, Stream& stream) {
  const std::uint32_t index = state.occupied_sites()[stream.below(state.count())];
  const std::uint32_t from = bounds.lattice().place(index);
  const std::size_t links = bounds.bounds(from).size();
  if (links == 0) return false;
  const std::size_t link = stream.below(links);
  if (bounds.rate(from, link) == 0) return false;
  const std::uint32_t to = bounds.lattice().pairs(from)[link].index();
  bounds.move(from, to);
  state.move(index, bounds.lattice().original(to));
  if (stream.uniform() < 0.3 && links > 0) {
    const std::uint32_t any = bounds.lattice().place(state.occupied_sites()[stream.below(state.count())]);
    if (!bounds.bounds(any).empty()) bounds.tighten(any, stream.below(bounds.bounds(any).size()));
  }
  return true;
}

/// Compares every rate with the energies of the samplers, and with its bound.
void compare(HopBounds& bounds, const Occupation& state) {
  const double beta = 1 / (constants::boltzmann * hot);
  for (const std::uint32_t index : state.occupied_sites()) {
    const std::uint32_t from = bounds.lattice().place(index);
    for (std::size_t link = 0; link < bounds.bounds(from).size(); ++link) {
      const std::uint32_t to = bounds.lattice().original(bounds.lattice().pairs(from)[link].index());
      const double rate = bounds.rate(from, link);
      ASSERT_LE(rate, static_cast<double>(bounds.bounds(from)[link]) * (1 + 1e-9));
      const double change = state.is_occupied(to) ? INFINITY : state.move_energy(index, to);
      ASSERT_EQ(rate == 0, std::isinf(change));
      if (std::isinf(change)) continue;
      const double energy = activation_energy(bounds.lattice().barriers(from)[link], change);
      ASSERT_NEAR(std::log(rate / 4e12) + beta * energy, 0, 1e-7);
    }
  }
}

class HopBoundsWithMargin : public testing::TestWithParam<double> {};

TEST_P(HopBoundsWithMargin, rates_are_those_of_the_hamiltonian_and_below_their_bounds_along_any_path) {
  Stream stream(61, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(250, 20.0, stream);
  const Hamiltonian h(network, synthetic::parameters());
  Occupation state = filled(h, 45);
  HopBounds bounds(network, state, {hot, 4e12, GetParam()});
  for (int moves = 0; moves < 400;) {
    if (!wander(bounds, state, stream)) continue;
    if (++moves % 4 == 0) compare(bounds, state);
    if (HasFatalFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Margins, HopBoundsWithMargin, testing::Values(0.0, 0.01, 0.1));

// Narrow margins and many networks: sites that are blocked while their energies wander are rare.
TEST(HopBounds, bounds_hold_in_many_networks) {
  for (std::uint64_t seed = 100; seed < 120; ++seed) {
    Stream stream(seed, Purpose::Test);
    const SiteNetwork network = synthetic::irregular(250, 20.0, stream);
    HamiltonianTerms terms;
    terms.metal = seed % 2 == 0;
    const Hamiltonian h(network, synthetic::parameters(terms));
    Occupation state = filled(h, 45);
    HopBounds bounds(network, state, {hot, 4e12, 0.003});
    for (int moves = 0; moves < 400;) {
      if (!wander(bounds, state, stream)) continue;
      if (++moves % 20 == 0) compare(bounds, state);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(HopBounds, names_nothing_when_sodium_goes_back_and_forth) {
  Stream stream(62, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(250, 20.0, stream);
  const Hamiltonian h(network, synthetic::parameters());
  const Occupation state = filled(h, 40);
  HopBounds bounds(network, state, {hot, 4e12, 0.05});
  for (const std::uint32_t index : state.occupied_sites()) {
    const std::uint32_t from = bounds.lattice().place(index);
    for (std::size_t link = 0; link < bounds.bounds(from).size(); ++link) {
      if (bounds.rate(from, link) == 0) continue;
      const std::uint32_t to = bounds.lattice().pairs(from)[link].index();
      for (int warm_up = 0; warm_up < 2; ++warm_up) {
        bounds.move(from, to);
        bounds.move(to, from);
      }
      const std::uint64_t before = bounds.evaluations();
      for (int again = 0; again < 10; ++again) {
        bounds.move(from, to);
        bounds.move(to, from);
      }
      EXPECT_EQ(bounds.evaluations(), before);
    }
  }
}

}  // namespace
}  // namespace cardhouse
