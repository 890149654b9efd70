#include "engine/offlattice/sodium_configuration.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "potentials/embedded_atom.hpp"
#include "potentials/pair_potential.hpp"
#include "potentials/second_moment.hpp"
#include "tests/offlattice/explicit_sodium.hpp"

namespace cardhouse {
namespace {

using explicit_sodium::random_host;
using explicit_sodium::random_point;

double evaluated(Potential& potential, const Atoms& atoms) {
  std::vector<Vector3> forces(atoms.size());
  return potential.evaluate(atoms, forces).energy;
}

/// The whole energy by the potentials that relaxation uses, sodium and host together.
double full_energy(const Atoms& host, std::span<const Vector3> sodium, const SodiumInteractionFiles& files) {
  Atoms both = host, metal{host.cell, {}, {}};
  for (const Vector3& position : sodium) both.add(Element::Na, position), metal.add(Element::Na, position);
  const CarbonStructure joint{both, BondGraph(both.size(), {})}, alone{metal, BondGraph(metal.size(), {})};
  const std::string pairs = files.pairs.empty() ? explicit_sodium::pair_file("Na_CHO.toml") : files.pairs;
  PairPotential pair(joint, {.parameter_file = pairs});
  double energy = evaluated(pair, both);
  if (sodium.empty() || files.metal == "none") return energy;
  if (files.metal == "embedded-atom") {
    EmbeddedAtom potential(alone, {.parameter_file = files.metal_parameters});
    return energy + evaluated(potential, metal);
  }
  SecondMoment potential(alone, {.parameter_file = explicit_sodium::pair_file("Na_second_moment_rescaled.toml")});
  return energy + evaluated(potential, metal);
}

/// Proposes a random move of any kind; returns its energy.
double propose(SodiumConfiguration& state, Stream& stream) {
  const Vector3 target = random_point(Cell({14, 0, 0}, {3, 13, 0}, {-2, 2.5, 15}), stream);
  const std::uint64_t kind = state.count() < 20 ? 0 : stream.below(3);
  const std::size_t atom = state.count() > 0 ? stream.below(state.count()) : 0;
  if (kind == 0) return state.propose_insertion(target);
  if (kind == 1) return state.propose_removal(atom);
  return state.propose_displacement(atom, target);
}

void expect_full_differences(const SodiumInteractionFiles& files, int moves) {
  Stream stream(3, Purpose::Test);
  const Atoms host = random_host(120, stream);
  const SodiumInteractions interactions(files);
  const SodiumPotential potential(host, interactions, overlap_floor(interactions, 298.15));
  SodiumConfiguration state(potential);
  double before = full_energy(host, state.positions(), files);
  EXPECT_EQ(before, 0);
  for (int accepted = 0; accepted < moves;) {
    const double change = propose(state, stream);
    if (!(change < 30)) continue;  // deep overlaps hide digits
    state.accept();
    ++accepted;
    const double after = full_energy(host, state.positions(), files);
    ASSERT_NEAR(change, after - before, 1e-9) << "move " << accepted;
    ASSERT_NEAR(state.energy(), after, 1e-9);
    before = after;
  }
  double shares = 0;
  for (std::size_t atom = 0; atom < state.count(); ++atom) shares += state.energy_of(atom);
  EXPECT_NEAR(shares, before, 1e-9);
  const double kept = state.energy();
  state.refresh();
  EXPECT_NEAR(state.energy(), kept, 1e-9);
}

TEST(SodiumConfiguration, changes_by_what_the_full_potential_changes_with_a_second_moment_metal) {
  expect_full_differences({}, 200);
}

TEST(SodiumConfiguration, changes_by_what_the_full_potential_changes_with_an_embedded_atom_metal) {
  const char* folder = std::getenv("CARDHOUSE_TEST_DATA");
  const std::string file = std::string(folder == nullptr ? "" : folder) + "/Na_v2.eam.fs";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no " << file;
  expect_full_differences({.pairs = {}, .metal = "embedded-atom", .metal_parameters = file}, 60);
}

TEST(SodiumConfiguration, refuses_to_accept_twice_or_what_was_never_proposed) {
#ifndef CARDHOUSE_CONTRACTS
  GTEST_SKIP() << "contracts are off";
#endif
  const SodiumPotential potential({Cell::cubic(20), {}, {}}, SodiumInteractions(SodiumInteractionFiles{}));
  SodiumConfiguration state(potential);
  EXPECT_THROW(state.accept(), ContractViolation);
  state.propose_insertion({1, 2, 3});
  state.accept();
  EXPECT_THROW(state.accept(), ContractViolation);
}

TEST(SodiumConfiguration, rejects_a_place_below_the_overlap_floor_and_forgets_it) {
  const SodiumInteractions interactions{SodiumInteractionFiles{}};
  const SodiumPotential potential({Cell::cubic(40), {}, {}}, interactions, overlap_floor(interactions, 298.15));
  SodiumConfiguration state(potential);
  for (const double x : {0.0, 3.5, 7.0}) state.propose_insertion({x, 0, 0}), state.accept();
  const double energy = state.energy();
  EXPECT_TRUE(std::isinf(state.propose_insertion({5.2, 0, 0})));
  EXPECT_TRUE(std::isinf(state.propose_displacement(0, {6.9, 0, 0})));
  state.propose_removal(2);
  const double change = state.propose_displacement(2, {7.0, 0, 0});
  EXPECT_NEAR(change, 0, 1e-12);
  EXPECT_EQ(state.energy(), energy);
}

}  // namespace
}  // namespace cardhouse
