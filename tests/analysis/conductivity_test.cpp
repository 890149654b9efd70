#include "analysis/conductivity.hpp"

#include <gtest/gtest.h>

#include "engine/base/errors.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

CarbonStructure thinned(const CarbonStructure& structure, double kept, Stream& stream) {
  std::vector<Bond> bonds;
  for (const Bond& bond : structure.bonds.bonds())
    if (stream.uniform() < kept) bonds.push_back(bond);
  return {structure.atoms, BondGraph(structure.atoms.size(), bonds)};
}

TEST(NetworkConductivity, of_graphite_is_one_along_and_nothing_across) {
  const NetworkConductivity result = network_conductivity(samples::with_bonds(samples::graphite(6, 4, 2)));
  EXPECT_NEAR(result.along[0], 1, 1e-3);  // 3.354 angstrom, bonds of equal length
  EXPECT_NEAR(result.along[1], 1, 1e-3);
  EXPECT_NEAR(result.along[2], 0, 1e-12);
}

TEST(NetworkConductivity, of_a_wire_is_that_of_its_bonds_in_series) {
  // 12 bonds across a cell of edges 14.4, 10, 10: g/12 times length over area.
  Atoms atoms{Cell::orthorhombic(14.4, 10, 10), {}, {}};
  for (int n = 0; n < 12; ++n) atoms.add(Element::C, {1.2 * n, 5 + 0.3 * (n % 3), 5});
  const NetworkConductivity result = network_conductivity(samples::with_bonds(atoms));
  const double graphite = 1 / (std::sqrt(3.0) * 3.354);
  EXPECT_NEAR(result.along[0], 14.4 / 12 / 100 / graphite, 1e-6);
  EXPECT_NEAR(result.along[1], 0, 1e-7);
}

TEST(NetworkConductivity, falls_as_effective_medium_theory_says_and_vanishes_below_percolation) {
  // Kirkpatrick 1973: (p - 2/z)/(1 - 2/z) with z = 3, good to a few per cent near p = 1; threshold of bonds on the
  // honeycomb 1 - 2 sin(pi/18) = 0.6527 (Sykes & Essam 1964).
  const CarbonStructure whole = samples::with_bonds(samples::graphite(40, 24, 1));
  Stream stream(5, Purpose::Test);
  const NetworkConductivity some = network_conductivity(thinned(whole, 0.95, stream));
  EXPECT_NEAR(0.5 * (some.along[0] + some.along[1]), 0.85, 0.02);
  const NetworkConductivity few = network_conductivity(thinned(whole, 0.5, stream));
  EXPECT_LT(few.along[0] + few.along[1], 1e-6);
}

TEST(NetworkConductivity, stops_at_sp3_atoms_and_hydrogen) {
  Atoms atoms{Cell::orthorhombic(14.4, 10, 10), {}, {}};
  for (int n = 0; n < 12; ++n) atoms.add(n == 4 ? Element::H : Element::C, {1.2 * n, 5, 5});
  std::vector<Bond> bonds{{0, 11}};
  for (std::uint32_t n = 0; n < 11; ++n) bonds.push_back({n, n + 1});
  EXPECT_NEAR(network_conductivity({atoms, BondGraph(12, bonds)}).mean(), 0, 1e-9);
}

TEST(NetworkConductivity, is_the_same_in_a_supercell) {
  Stream stream(6, Purpose::Test);
  const CarbonStructure one = samples::with_bonds(samples::turbostratic(10, 6, 4, 3.5, stream));
  const CarbonStructure two = samples::with_bonds(samples::doubled_along_a(one.atoms));
  const NetworkConductivity first = network_conductivity(one), second = network_conductivity(two);
  for (std::size_t axis : {0, 1, 2}) EXPECT_NEAR(first.along[axis], second.along[axis], 1e-6);
}

TEST(NetworkConductivity, of_nothing_is_refused) {
  EXPECT_THROW(network_conductivity({Atoms{Cell::cubic(10), {}, {}}, BondGraph(0, {})}), InputError);
}

}  // namespace
}  // namespace cardhouse
