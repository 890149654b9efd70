#include "engine/offlattice/sodium_interactions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/base/errors.hpp"
#include "potentials/pair_parameters.hpp"
#include "potentials/second_moment_parameters.hpp"
#include "tests/offlattice/explicit_sodium.hpp"

namespace cardhouse {
namespace {

TEST(SodiumInteractions, tabulate_the_carbon_term_to_eleven_digits) {
  const SodiumInteractions interactions{SodiumInteractionFiles{}};
  const PairParameters parameters = load_pair_parameters(explicit_sodium::pair_file("Na_C.toml"));
  const PairTerm term({parameters.pairs[0].form},
                      {parameters.cutoff, parameters.taper_start, std::numeric_limits<double>::infinity()});
  const std::size_t carbon = interactions.host_kind(Element::C);
  for (double r = 1.4; r < 10.5; r += 0.01037) {
    const double exact = term.in_square(r * r).value;
    EXPECT_NEAR(interactions.host_energy(carbon, r), exact, 1e-11 * (1 + std::abs(exact))) << r;
  }
}

TEST(SodiumInteractions, give_a_pair_of_atoms_the_energy_of_the_second_moment_form) {
  const SodiumInteractions interactions{SodiumInteractionFiles{}};
  const auto p = load_second_moment_parameters(explicit_sodium::pair_file("Na_second_moment_rescaled.toml"));
  for (double r = 1.8; r < 14; r += 0.0517) {
    const double x = r / p.r0 - 1;
    const auto [energy, density] = interactions.sodium_terms(r);
    const double exact = 2 * p.A * std::exp(-p.p * x) - 2 * p.xi * std::exp(-p.q * x);
    EXPECT_NEAR(energy + 2 * interactions.embedding(density), exact, 1e-11 * (1 + std::abs(exact))) << r;
  }
}

TEST(SodiumInteractions, refuse_an_element_without_a_term_and_an_unknown_metal) {
  EXPECT_THROW(SodiumInteractions(SodiumInteractionFiles{}).host_kind(Element::N), InputError);
  EXPECT_THROW(SodiumInteractions({.pairs = {}, .metal = "second-momet", .metal_parameters = {}}), InputError);
}

TEST(OverlapFloor, is_where_the_lone_pair_costs_seventy_kT_and_the_reserve) {
  const SodiumInteractions interactions{SodiumInteractionFiles{}};
  for (const double temperature : {298.15, 600.0}) {
    const OverlapFloor floor = overlap_floor(interactions, temperature);
    const double limit = 70 * 8.617333262e-5 * temperature + 3.5;
    const auto of_two = [&](double r) {
      const auto [energy, density] = interactions.sodium_terms(r);
      return energy + 2 * interactions.embedding(density);
    };
    EXPECT_GT(of_two(floor.sodium), limit);
    EXPECT_LT(of_two(floor.sodium + 0.011), limit);
    for (std::size_t kind = 0; kind < interactions.host_kinds(); ++kind) {
      EXPECT_GT(interactions.host_energy(kind, floor.host[kind]), limit);
      EXPECT_LT(interactions.host_energy(kind, floor.host[kind] + 0.011), limit);
    }
  }
}

}  // namespace
}  // namespace cardhouse
