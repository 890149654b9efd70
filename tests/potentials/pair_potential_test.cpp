#include "potentials/pair_potential.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/errors.hpp"
#include "engine/structure/neighbour_list.hpp"
#include "tests/potentials/sample_structures.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

const char* const two_pairs = R"(
cutoff = "7 angstrom"
taper_start = "5 angstrom"
silent = ["H"]
[[pair]]
elements = ["Na", "C"]
form = "lennard-jones"
source = "estimate"
depth = "5 meV"
diameter = "0.3 nm"
[[pair]]
elements = ["C", "Na"]
form = "screened-coulomb"
source = "estimate"
charges = ["-0.1 e", "0.8 e"]
screening_length = "4 angstrom"
[[pair]]
elements = ["Na", "O"]
form = "buckingham"
source = "estimate"
amplitude = "1200 eV"
range = "0.3 angstrom"
six = "20 eV angstrom6"
)";

/// A crowd of carbon, sodium, oxygen and hydrogen in a skewed cell smaller than the cut-off.
CarbonStructure crowd() {
  CarbonStructure result{{Cell({6, 0, 0}, {1, 6.5, 0}, {0.5, -1, 7}), {}, {}}, {}};
  Stream stream(3, Purpose::Test);
  const Element elements[] = {Element::C, Element::Na, Element::O, Element::H};
  for (int i = 0; i < 16; ++i) {
    result.atoms.add(elements[i % 4],
                     result.atoms.cell.to_cartesian({stream.uniform(), stream.uniform(), stream.uniform()}));
  }
  result.bonds = BondGraph::from_distances(result.atoms);
  return result;
}

std::string message_of(const std::string& text) {
  const ScratchFolder folder;
  try {
    load_pair_parameters(folder.with_text("p.toml", text));
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

std::string with(std::string text, const std::string& old, const std::string& replacement) {
  return text.replace(text.find(old), old.size(), replacement);
}

TEST(PairPotential, sums_the_forms_of_named_pairs_over_all_images) {
  const ScratchFolder folder;
  const CarbonStructure structure = crowd();
  PairPotential potential(structure, {.parameter_file = folder.with_text("p.toml", two_pairs)});
  std::vector<Vector3> forces(structure.atoms.size());
  const double energy = potential.evaluate(structure.atoms, forces).energy;

  const PairRange range{7, 5, std::numeric_limits<double>::infinity()};
  const PairTerm sodium_carbon({LennardJonesForm{0.005, 3}, ScreenedCoulomb{-0.08, 4}}, range);
  const PairTerm sodium_oxygen({Buckingham{1200, 0.3, 20}}, range);
  double expected = 0;
  const NeighbourList near(structure.atoms.cell, structure.atoms.positions, 7);
  for (std::size_t i = 0; i < structure.atoms.size(); ++i) {
    if (structure.atoms.elements[i] != Element::Na) continue;
    for (const Neighbour& other : near.of(i)) {
      const double r2 = squared_norm(other.displacement);
      if (structure.atoms.elements[other.index] == Element::C) expected += sodium_carbon.in_square(r2).value;
      if (structure.atoms.elements[other.index] == Element::O) expected += sodium_oxygen.in_square(r2).value;
    }
  }
  EXPECT_NEAR(energy, expected, 1e-11 * std::abs(expected));
  for (std::size_t i = 3; i < forces.size(); i += 4) EXPECT_EQ(forces[i], Vector3{});  // hydrogen is silent
}

TEST(PairPotential, is_silent_for_carbon_without_sodium) {
  const CarbonStructure structure = samples::graphite(4, 3, 2, 3.35);
  PairPotential potential(structure);
  std::vector<Vector3> forces(structure.atoms.size(), Vector3{1, 2, 3});
  EXPECT_EQ(potential.evaluate(structure.atoms, forces).energy, 0);
  for (const Vector3& force : forces) EXPECT_EQ(force, Vector3{});
}

TEST(PairPotential, refuses_an_element_that_its_parameters_do_not_name) {
  EXPECT_THROW(PairPotential{samples::coronene()}, InputError);
}

TEST(PairParameters, name_what_is_wrong) {
  EXPECT_EQ(message_of(two_pairs), "");
  EXPECT_NE(message_of(with(two_pairs, "diameter", "diametre")).find("diameter"), std::string::npos);
  EXPECT_NE(message_of(with(two_pairs, "depth = \"5 meV\"", "depth = 5")).find("energy"), std::string::npos);
  EXPECT_NE(message_of(with(two_pairs, "depth = \"5 meV\"", "depth = \"5 meV\"\nwidth = 3")).find("width"),
            std::string::npos);
  EXPECT_NE(message_of(with(two_pairs, "\"lennard-jones\"", "\"lenard-jones\"")).find("did you mean"),
            std::string::npos);
  EXPECT_NE(message_of(with(two_pairs, "[\"Na\", \"C\"]", "[\"Na\"]")).find("two elements"), std::string::npos);
  EXPECT_NE(message_of(with(two_pairs, "\"5 angstrom\"", "\"8 angstrom\"")).find("taper_start"), std::string::npos);
  EXPECT_NE(message_of(with(two_pairs, "[\"-0.1 e\", \"0.8 e\"]", "[\"0.8 e\"]")).find("charges"), std::string::npos);
  EXPECT_NE(message_of(with(two_pairs, "\"1200 eV\"", "\"1 eV\"")).find("repulsive wall"), std::string::npos);
  EXPECT_NE(message_of("cutoff = \"7 angstrom\"\ntaper_start = \"5 angstrom\"").find("pair"), std::string::npos);
}

}  // namespace
}  // namespace cardhouse
