#include "engine/anneal/patch.hpp"

#include <gtest/gtest.h>

#include "engine/anneal/bond_flip.hpp"
#include "engine/base/stream.hpp"
#include "potentials/sp2_bonded.hpp"
#include "tests/anneal/samples.hpp"

namespace cardhouse {
namespace {

// Two sheets close enough to repel each other, one of them flipped somewhere, all atoms displaced.
CarbonStructure rough_bilayer() {
  const CarbonStructure sheet = graphene_sheet(6, 4);
  CarbonStructure two = sheet;
  for (const Vector3& p : sheet.atoms.positions) two.atoms.add(Element::C, p + Vector3{0.4, 0.3, 3.0});
  std::vector<Bond> bonds = sheet.bonds.bonds();
  const auto n = static_cast<std::uint32_t>(sheet.atoms.size());
  for (const Bond& bond : sheet.bonds.bonds()) bonds.push_back({bond[0] + n, bond[1] + n});
  Stream stream(5, Purpose::Test);
  for (Vector3& p : two.atoms.positions) p += 0.1 * Vector3{stream.normal(), stream.normal(), stream.normal()};
  two.bonds = BondGraph(two.atoms.size(), std::move(bonds));
  return two;
}

struct Bench {
  explicit Bench(const CarbonStructure& structure)
      : network(structure), near(network, 4.0, 1.0), terms(structure.atoms) {}

  double energy_of(std::span<const std::uint32_t> free_atoms) {
    patch.assign(network, near, terms, free_atoms);
    std::vector<Vector3> forces(free_atoms.size());
    return patch.evaluate(patch.start(), forces);
  }
  double energy_of_all() {
    std::vector<std::uint32_t> all(network.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    return energy_of(all);
  }

  CarbonNetwork network;
  NearAtoms near;
  TermTable terms;
  Patch patch;
  BondSearch search;
};

BondFlip some_flip(const CarbonNetwork& network, Stream& stream) {
  while (true)
    if (const auto flip = propose_flip(network, stream)) return *flip;
}

TEST(Patch, of_all_atoms_has_the_energy_and_forces_of_the_bonded_potential_when_layers_are_far_apart) {
  CarbonStructure sheet = graphene_sheet(6, 4);
  Stream stream(5, Purpose::Test);
  for (Vector3& p : sheet.atoms.positions) p += 0.15 * Vector3{stream.normal(), stream.normal(), stream.normal()};
  Bench bench(sheet);
  std::vector<std::uint32_t> all(sheet.atoms.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  bench.patch.assign(bench.network, bench.near, bench.terms, all);
  std::vector<Vector3> forces(all.size()), expected(all.size());
  const double energy = bench.patch.evaluate(bench.patch.start(), forces);
  const Evaluation reference = Sp2Bonded(sheet).evaluate(sheet.atoms, expected);
  EXPECT_NEAR(energy, reference.energy, 1e-9 * reference.energy);
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_NEAR(norm(forces[i] - expected[i]), 0, 1e-7);
}

TEST(Patch, energy_change_of_a_flip_is_that_of_the_whole_structure) {
  Bench bench(rough_bilayer());
  Stream stream(7, Purpose::Test);
  for (int repeat = 0; repeat < 20; ++repeat) {
    const BondFlip flip = some_flip(bench.network, stream);
    const std::array<std::uint32_t, 2> ends{flip.a, flip.b};
    const std::vector<std::uint32_t> free_atoms = bench.search.within(bench.network, ends, 3);
    ASSERT_LT(free_atoms.size(), bench.network.size() / 3);
    const double local_before = bench.energy_of(free_atoms), before = bench.energy_of_all();
    apply(bench.network, flip);
    bench.near.follow(bench.network, flip.a);
    bench.near.follow(bench.network, flip.b);
    EXPECT_NEAR(bench.energy_of(free_atoms) - local_before, bench.energy_of_all() - before, 1e-8);
  }
}

TEST(Patch, forces_are_the_slope_of_the_energy) {
  Bench bench(rough_bilayer());
  Stream stream(7, Purpose::Test);
  const BondFlip flip = some_flip(bench.network, stream);
  apply(bench.network, flip);
  const std::array<std::uint32_t, 2> ends{flip.a, flip.b};
  const std::vector<std::uint32_t> free_atoms = bench.search.within(bench.network, ends, 3);
  bench.patch.assign(bench.network, bench.near, bench.terms, free_atoms);
  std::vector<Vector3> positions(bench.patch.start().begin(), bench.patch.start().end());
  std::vector<Vector3> forces(positions.size()), ignored(positions.size());
  bench.patch.evaluate(positions, forces);
  constexpr double step = 1e-5;
  for (std::size_t i = 0; i < positions.size(); i += 3)
    for (int axis = 0; axis < 3; ++axis) {
      std::vector<Vector3> up = positions, down = positions;
      up[i][axis] += step;
      down[i][axis] -= step;
      const double slope = (bench.patch.evaluate(up, ignored) - bench.patch.evaluate(down, ignored)) / (2 * step);
      EXPECT_NEAR(forces[i][axis], -slope, 1e-4 * (1 + std::abs(slope)));
    }
}

TEST(Patch, holds_layers_apart) {
  Bench bench(rough_bilayer());
  CarbonStructure lifted = rough_bilayer();
  for (std::size_t i = lifted.atoms.size() / 2; i < lifted.atoms.size(); ++i) lifted.atoms.positions[i].z += 3;
  Bench apart(lifted);
  EXPECT_GT(bench.energy_of_all(), apart.energy_of_all() + 1);
}

TEST(NearAtoms, list_every_near_pair_while_atoms_wander) {
  CarbonNetwork network(rough_bilayer());
  NearAtoms near(network, 4.0, 1.0);
  Stream stream(3, Purpose::Test);
  for (int move = 0; move < 3000; ++move) {
    const auto atom = static_cast<std::uint32_t>(stream.below(network.size()));
    network.place(atom, network.position(atom) + 0.4 * Vector3{stream.normal(), stream.normal(), stream.normal()});
    near.follow(network, atom);
  }
  std::size_t pairs = 0;
  for (std::uint32_t a = 0; a < network.size(); ++a)
    for (std::uint32_t b = 0; b < network.size(); ++b) {
      if (a == b || norm(network.separation(a, b)) >= 4.0) continue;
      ++pairs;
      EXPECT_NE(std::find(near.of(a).begin(), near.of(a).end(), b), near.of(a).end()) << a << " " << b;
    }
  EXPECT_GT(pairs, 1000U);
}

}  // namespace
}  // namespace cardhouse
