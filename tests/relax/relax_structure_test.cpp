#include "engine/relax/relax_structure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "potentials/registry.hpp"
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
      relax_structure(flake, {.potential = "sp2-bonded", .minimiser = {.max_steps = 8000, .force_tolerance = 1e-6}});
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
  const RelaxReport report = relax_structure(flake, {.minimiser = {.max_steps = 5000, .force_tolerance = 1e-4}});
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
  const RelaxReport report = relax_structure(flakes, {.minimiser = {.max_steps = 3000}}, observers);
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
      flakes, {.minimiser = {.max_steps = 30, .force_tolerance = 1e-9}, .capped_steps = 10},
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

/// What an InputError of relaxing `structure` says; empty when there was none.
std::string complaint(CarbonStructure structure, const RelaxOptions& options) {
  try {
    relax_structure(structure, options);
    return {};
  } catch (const InputError& error) {
    return error.what();
  }
}

TEST(RelaxStructure, names_the_elements_that_a_potential_does_not_know) {
  using testing::HasSubstr;
  const SourcePlace place{"deck.toml", 7, "relax.potential"};
  const std::string rebo = complaint(samples::decorated_coronene(), {.potential = "rebo", .place = place});
  EXPECT_THAT(rebo, HasSubstr("deck.toml:7: relax.potential: "));
  EXPECT_THAT(rebo, HasSubstr("it knows C, H"));
  EXPECT_THAT(rebo, HasSubstr("(the structure holds C, H, N, O)"));
  const std::string tersoff = complaint(samples::coronene(), {.potential = "tersoff", .place = place});
  EXPECT_THAT(tersoff, HasSubstr("H"));
  EXPECT_THAT(tersoff, HasSubstr("(the structure holds C, H)"));
}

TEST(RelaxStructure, reads_the_parameter_file_it_is_given) {
  const auto bond = [](const std::string& file) {
    CarbonStructure sheet = samples::graphene(4, 3);
    const RelaxOptions options{
        .potential = "tersoff",
        .minimiser = {.force_tolerance = 1e-5, .pressure_tolerance = 1e-8, .cell = CellRelaxation::Diagonal},
        .parameter_file = file};
    EXPECT_TRUE(relax_structure(sheet, options).converged);
    return sheet.atoms.cell.vectors()[1].y / 9;
  };
  EXPECT_NEAR(bond({}), 1.46, 0.005);  // Tersoff 1988, doi:10.1103/PhysRevLett.61.2879
  // Lindsay & Broido 2010, doi:10.1103/PhysRevB.81.205441: lattice constant 2.492 angstrom
  EXPECT_NEAR(bond(CARDHOUSE_SOURCE_DIR "/inputs/potentials/C_lindsay_broido_2010.tersoff"), 2.492 / std::sqrt(3.0),
              0.003);
  EXPECT_THAT(complaint(samples::graphene(4, 3), {.potential = "tersoff", .parameter_file = "nowhere.tersoff"}),
              testing::HasSubstr("nowhere.tersoff"));
}

TEST(RelaxStructure, finds_the_bonds_of_a_carbon_without_any_in_a_reactive_potential) {
  CarbonStructure sheet = samples::graphene(4, 3);
  Stream stream(10, Purpose::Test);
  samples::rattle(sheet.atoms, 0.05, stream);
  const std::vector<Bond> bonds = sheet.bonds.bonds();
  for (const char* potential : {"tersoff", "rebo"}) {
    CarbonStructure bare{sheet.atoms, BondGraph(sheet.atoms.size(), {})};
    relax_structure(bare, {.potential = potential});
    EXPECT_EQ(bare.bonds.bonds(), bonds) << potential;
  }
}

TEST(RelaxStructure, keeps_given_bonds_in_a_bonded_potential) {
  CarbonStructure sheet = samples::graphene(4, 3);
  std::vector<Bond> bonds = sheet.bonds.bonds();
  bonds.pop_back();
  sheet.bonds = BondGraph(sheet.atoms.size(), bonds);
  relax_structure(sheet, {.minimiser = {.max_steps = 20}});
  EXPECT_EQ(sheet.bonds.bonds(), bonds);
}

TEST(RelaxStructure, runs_dynamics_between_two_minimisations) {
  CarbonStructure flakes = two_flakes(2.0);
  std::vector<double> temperatures;
  std::vector<double> fractions;
  double first_energy = 0;
  RelaxObservers observers;
  observers.progress = [&](double fraction) { fractions.push_back(fraction); };
  observers.dynamics = [&](const DynamicsSample& sample) {
    if (temperatures.empty()) first_energy = sample.potential_energy;
    temperatures.push_back(sample.temperature);
  };
  const RelaxReport report = relax_structure(
      flakes,
      {.minimiser = {.max_steps = 3000}, .dynamics = DynamicsOptions{.temperature = 100, .time = 2e-13, .samples = 20}},
      observers);
  EXPECT_TRUE(report.converged);
  EXPECT_EQ(temperatures.size(), 21u);
  EXPECT_GT(temperatures.back(), 20);
  EXPECT_LT(temperatures.back(), 300);
  EXPECT_LT(first_energy, report.energy_initial - 1);  // strain had gone before it could become heat
  EXPECT_TRUE(std::is_sorted(fractions.begin(), fractions.end()));
  EXPECT_EQ(fractions.back(), 1.0);
}

TEST(RelaxStructure, ends_in_bricks_where_it_ends_in_one_piece) {
  CarbonStructure whole = samples::graphite(5, 3, 4, 3.4);
  Stream stream(9, Purpose::Test);
  samples::rattle(whole.atoms, 0.05, stream);
  for (const MinimiserKind kind : {MinimiserKind::Fire, MinimiserKind::Lbfgs}) {
    RelaxOptions options{.minimiser = {.force_tolerance = 1e-3, .cell = CellRelaxation::Isotropic, .kind = kind}};
    CarbonStructure once = whole;
    CarbonStructure in_bricks = whole;
    const RelaxReport one = relax_structure(once, options);
    options.bricks = 3;
    const RelaxReport three = relax_structure(in_bricks, options);
    EXPECT_TRUE(one.converged && three.converged);
    EXPECT_EQ(one.bricks, 1);
    EXPECT_EQ(three.bricks, 3);
    EXPECT_NEAR(one.energy_initial, three.energy_initial, 1e-9 * std::abs(one.energy_initial));
    EXPECT_NEAR(one.energy_final, three.energy_final, 1e-3);
    EXPECT_NEAR(once.atoms.cell.volume(), in_bricks.atoms.cell.volume(), 1e-3 * once.atoms.cell.volume());
  }
}

TEST(RelaxStructure, refuses_bricks_of_a_potential_that_cannot_be_cut) {
  CarbonStructure sheet = samples::graphene(3, 2);
  RelaxOptions options{.potential = "charge-equilibration", .place = {"deck.toml", 3, "relax.potential"}, .bricks = 2};
  const auto relax = [&] { relax_structure(sheet, options); };
  EXPECT_THAT(relax, testing::ThrowsMessage<InputError>(
                         testing::AllOf(testing::HasSubstr("deck.toml:3"), testing::HasSubstr("charge-equilibration"),
                                        testing::HasSubstr("cannot be cut into 2 bricks"))));
}

}  // namespace
}  // namespace cardhouse
