#include "engine/anneal/edge_zip.hpp"

#include <gtest/gtest.h>

#include "engine/base/constants.hpp"
#include "engine/base/units.hpp"
#include "engine/structure/rings.hpp"
#include "tests/anneal/samples.hpp"

namespace cardhouse {
namespace {

constexpr double furnace = 1573.15;  // [K]

// Hydrogen on every carbon with two neighbours, in the sheet, away from them.
CarbonStructure with_hydrogen(CarbonStructure structure) {
  std::vector<Bond> bonds = structure.bonds.bonds();
  const std::size_t carbons = structure.atoms.size();
  for (std::uint32_t atom = 0; atom < carbons; ++atom) {
    if (structure.bonds.degree(atom) != 2) continue;
    Vector3 inward;
    for (const std::uint32_t other : structure.bonds.of(atom))
      inward += structure.atoms.cell.minimum_image(structure.atoms.positions[other] - structure.atoms.positions[atom]);
    bonds.push_back({atom, static_cast<std::uint32_t>(structure.atoms.size())});
    structure.atoms.add(Element::H, structure.atoms.positions[atom] - 1.08 * normalized(inward));
  }
  structure.bonds = BondGraph(structure.atoms.size(), std::move(bonds));
  return structure;
}

// A sheet with the bonds across one line missing, its two edges ended by hydrogen that does not fit: zipping heals it.
CarbonStructure unzipped() {
  CarbonStructure sheet = graphene_sheet(6, 4);
  std::vector<Bond> kept;
  int cut = 0;
  for (const Bond& bond : sheet.bonds.bonds()) {
    const Vector3 d = sheet.atoms.cell.minimum_image(sheet.atoms.positions[bond[1]] - sheet.atoms.positions[bond[0]]);
    const double middle = sheet.atoms.positions[bond[0]].y + 0.5 * d.y;
    const bool crosses = std::abs(d.x) < 0.1 && std::abs(middle - 0.71) < 0.1;
    if (crosses && cut < 2)
      ++cut;
    else
      kept.push_back(bond);
  }
  EXPECT_EQ(cut, 2);
  sheet.bonds = BondGraph(sheet.atoms.size(), std::move(kept));
  return sheet;
}

std::vector<std::uint32_t> everything(const Annealer& annealer) {
  std::vector<std::uint32_t> atoms(annealer.network().size());
  for (std::uint32_t i = 0; i < atoms.size(); ++i) atoms[i] = i;
  return atoms;
}

TEST(EdgePairs, of_a_perfect_sheet_are_none) {
  Annealer annealer(graphene_sheet(6, 4), {});
  EdgePairs pairs(annealer.network().size(), furnace, {});
  pairs.refresh(annealer, everything(annealer));
  EXPECT_EQ(pairs.total_rate(), 0);
}

TEST(EdgePairs, with_hydrogen_join_at_the_rate_of_hydrogen_loss_when_no_strain_arises) {
  Annealer annealer(with_hydrogen(unzipped()), {});
  EdgePairs pairs(annealer.network().size(), furnace, {});
  pairs.refresh(annealer, everything(annealer));
  const double barrier = from_unit(62, "kcal/mol");
  EXPECT_NEAR(pairs.total_rate() / (2 * 3e11 * std::exp(-barrier / (constants::boltzmann * furnace))), 1, 1e-3);
}

TEST(EdgePairs, are_known_again_after_a_refresh_of_their_surroundings_alone) {
  Annealer annealer(with_hydrogen(unzipped()), {});
  EdgePairs pairs(annealer.network().size(), furnace, {}), anew = pairs;
  pairs.refresh(annealer, everything(annealer));
  Stream stream(3, Purpose::Test);
  pairs.refresh(annealer, zip(annealer, pairs.pick(stream)));
  anew.refresh(annealer, everything(annealer));
  EXPECT_GT(pairs.total_rate(), 0);
  EXPECT_DOUBLE_EQ(pairs.total_rate(), anew.total_rate());
}

TEST(EdgePairs, sheds_two_hydrogens_and_makes_one_bond) {
  const CarbonStructure open = with_hydrogen(unzipped());
  Annealer annealer(open, {});
  EdgePairs pairs(annealer.network().size(), furnace, {});
  pairs.refresh(annealer, everything(annealer));
  Stream stream(3, Purpose::Test);
  while (pairs.total_rate() > 0) pairs.refresh(annealer, zip(annealer, pairs.pick(stream)));
  annealer.relax_all(500, 0.01);
  const CarbonStructure healed = annealer.network().structure();
  EXPECT_EQ(count(healed.atoms, Element::H), 0U);
  EXPECT_EQ(count(healed.atoms, Element::C), count(open.atoms, Element::C));
  EXPECT_EQ(healed.bonds.bonds(), graphene_sheet(6, 4).bonds.bonds());
  EXPECT_NEAR(annealer.energy(), 0, 1e-2);
}

// The flat sheet would have to stretch by more than a bond is worth (0.2 eV are gained in reality; El-Barbary 2003).
TEST(EdgePairs, leave_the_vacancy_of_a_flat_sheet_open_but_close_it_when_strain_is_free) {
  EdgeZipOptions generous;
  generous.bond_energy = 20;
  for (const bool free : {false, true}) {
    Annealer annealer(without(graphene_sheet(8, 5), {50}), {});
    EdgePairs pairs(annealer.network().size(), free ? 1e5 : furnace, free ? generous : EdgeZipOptions{});
    pairs.refresh(annealer, everything(annealer));
    EXPECT_EQ(pairs.total_rate() > 0, free);
    if (!free) continue;
    Stream stream(3, Purpose::Test);
    pairs.refresh(annealer, zip(annealer, pairs.pick(stream)));
    EXPECT_EQ(pairs.total_rate(), 0);
    const std::vector<Ring> rings = find_rings(annealer.network().structure().bonds, 9);
    EXPECT_EQ(std::count_if(rings.begin(), rings.end(), [](const Ring& ring) { return ring.size() == 5; }), 1);
  }
}

TEST(EdgePairs, of_which_one_alone_carries_hydrogen_do_not_join) {
  CarbonStructure open = with_hydrogen(unzipped());
  const std::size_t last = open.atoms.size() - 1;
  std::vector<Bond> kept = open.bonds.bonds();
  std::erase_if(kept, [&](const Bond& bond) { return bond[1] == last; });
  open.atoms.positions.pop_back();
  open.atoms.elements.pop_back();
  open.bonds = BondGraph(open.atoms.size(), std::move(kept));
  Annealer annealer(open, {});
  EdgePairs pairs(annealer.network().size(), furnace, {});
  pairs.refresh(annealer, everything(annealer));
  const double barrier = from_unit(62, "kcal/mol");
  EXPECT_NEAR(pairs.total_rate() / (3e11 * std::exp(-barrier / (constants::boltzmann * furnace))), 1, 1e-3);
}

}  // namespace
}  // namespace cardhouse
