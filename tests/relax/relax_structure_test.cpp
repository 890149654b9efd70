#include "engine/relax/relax_structure.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/potentials/sample_structures.hpp"

namespace cardhouse {
namespace {

double bond_length(const CarbonStructure& structure, const Bond& bond) {
  return norm(
      structure.atoms.cell.minimum_image(structure.atoms.positions[bond[1]] - structure.atoms.positions[bond[0]]));
}

/// Two flakes whose planes are `gap` apart, with the bonds of each alone.
CarbonStructure two_flakes(double gap) {
  CarbonStructure result = samples::coronene();
  const CarbonStructure one = result;
  std::vector<Bond> bonds = one.bonds.bonds();
  const auto n = static_cast<std::uint32_t>(one.atoms.size());
  for (std::size_t i = 0; i < n; ++i) {
    result.atoms.add(one.atoms.elements[i], one.atoms.positions[i] + Vector3{0.5, 0.9, gap});
  }
  for (const auto& [i, j] : one.bonds.bonds()) bonds.push_back({i + n, j + n});
  result.bonds = BondGraph(2 * n, bonds);
  return result;
}

TEST(RelaxStructure, flattens_a_flake_with_hydrogen_at_its_edge) {
  CarbonStructure flake = samples::coronene();
  Stream stream(8, Purpose::Test);
  samples::rattle(flake.atoms, 0.1, stream);
  const RelaxReport report =
      relax_structure(flake, {.potential = "sp2-bonded", .fire = {.max_steps = 8000, .force_tolerance = 1e-6}});
  EXPECT_TRUE(report.converged);
  for (const Bond& bond : flake.bonds.bonds()) {
    const bool hydrogen = flake.atoms.elements[bond[1]] == Element::H;
    EXPECT_NEAR(bond_length(flake, bond), hydrogen ? 1.08 : 1.42, 0.01);
  }
  // Flat up to the saddle-shaped modes of a free edge, which this field resists only at fourth order.
  EXPECT_LT(report.energy_final, 1e-6);
  const auto& r = flake.atoms.positions;
  const Vector3 normal = normalized(cross(r[8] - r[0], r[20] - r[0]));
  for (const Vector3& position : r) EXPECT_NEAR(dot(position - r[0], normal), 0, 0.1);
}

TEST(RelaxStructure, keeps_sane_bonds_to_oxygen_and_nitrogen) {
  CarbonStructure flake = samples::decorated_coronene();
  Stream stream(9, Purpose::Test);
  samples::rattle(flake.atoms, 0.05, stream);
  const RelaxReport report = relax_structure(flake, {.fire = {.max_steps = 5000, .force_tolerance = 1e-4}});
  EXPECT_TRUE(report.converged);
  EXPECT_LT(report.energy_final, report.energy_initial);
  for (const Bond& bond : flake.bonds.bonds()) {
    const double length = bond_length(flake, bond);
    EXPECT_GT(length, 0.93);
    EXPECT_LT(length, 1.46);
  }
}

TEST(RelaxStructure, pulls_touching_layers_apart) {
  CarbonStructure flakes = two_flakes(1.2);  // bare contact forces here exceed 1000 eV/angstrom
  double highest = -1e300;
  RelaxObservers observers;
  observers.frame = [&](const RelaxFrame& frame) {
    ASSERT_TRUE(std::isfinite(frame.energy));
    highest = std::max(highest, frame.energy);
  };
  const RelaxReport report = relax_structure(flakes, {.fire = {.max_steps = 3000}}, observers);
  EXPECT_TRUE(report.converged);
  EXPECT_GT(report.energy_initial, 100);
  EXPECT_LT(report.energy_final, 0);
  EXPECT_LT(highest, report.energy_initial);
  double below = 0;
  double above = 0;
  for (std::size_t i = 0; i < 24; ++i) {
    below += flakes.atoms.positions[i].z / 24;
    above += flakes.atoms.positions[i + 36].z / 24;
  }
  EXPECT_NEAR(above - below, 3.4, 0.15);
  for (const Bond& bond : flakes.bonds.bonds()) EXPECT_LT(bond_length(flakes, bond), 1.47);
}

TEST(RelaxStructure, counts_the_steps_and_frames_of_both_stages) {
  CarbonStructure flakes = two_flakes(2.5);
  int frames = 0;
  double last = 0;
  const RelaxReport report = relax_structure(
      flakes, {.fire = {.max_steps = 30, .force_tolerance = 1e-9}, .capped_steps = 10},
      {[&](double fraction) { last = fraction; }, [&](const RelaxFrame& frame) { EXPECT_EQ(frame.step, ++frames); }});
  EXPECT_EQ(report.steps, 40);
  EXPECT_EQ(frames, 40);
  EXPECT_EQ(last, 1.0);
  EXPECT_FALSE(report.converged);
}

TEST(RelaxStructure, refuses_overlapping_atoms_and_names_them) {
  CarbonStructure flakes = two_flakes(3.4);
  flakes.atoms.positions[40] = flakes.atoms.positions[2] + Vector3{0, 0, 0.25};
  try {
    relax_structure(flakes);
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("atoms 2 (C) and 40 (C) are 0.25 angstrom apart"), std::string::npos)
        << error.what();
  }
}

TEST(RelaxStructure, points_at_a_misspelt_potential) {
  CarbonStructure flake = samples::coronene();
  try {
    relax_structure(flake, {.potential = "sp2-bond", .place = {"deck.toml", 12, "relax.potential"}});
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("deck.toml:12"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("sp2-bonded"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace cardhouse
