#include "engine/relax/minimise.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <limits>
#include <vector>

#include "engine/base/errors.hpp"
#include "potentials/registry.hpp"
#include "tests/potentials/sample_structures.hpp"

namespace cardhouse {
namespace {

/// Springs that tie every atom to the origin with its own stiffness; the energy can be made to end.
class Springs final : public Potential {
 public:
  explicit Springs(double end = std::numeric_limits<double>::infinity()) : end_(end) {}
  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override {
    double energy = 0;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const double stiffness = 1 + 4 * i;
      forces[i] = -stiffness * atoms.positions[i];
      energy += 0.5 * stiffness * squared_norm(atoms.positions[i]);
    }
    if (++calls_ > end_) energy = std::numeric_limits<double>::quiet_NaN();
    return {energy, {}};
  }
  double cutoff() const override { return 0; }
  std::string_view name() const override { return "springs"; }

 private:
  double end_;
  double calls_ = 0;
};

Atoms four_atoms() {
  Atoms atoms{Cell::cubic(20), {}, {}};
  for (int i = 0; i < 4; ++i) atoms.add(Element::C, {1.0 + 0.5 * i, 0.3 * i, -0.7});
  return atoms;
}

TEST(Fire, finds_the_bottom_of_a_quadratic_well) {
  Atoms atoms = four_atoms();
  Springs springs;
  const RelaxReport report = minimise(atoms, springs, {.force_tolerance = 1e-8});
  EXPECT_TRUE(report.converged);
  EXPECT_LT(report.energy_final, 1e-15);
  EXPECT_GT(report.energy_initial, 1);
  EXPECT_LT(report.max_force, 1e-8);
}

TEST(Fire, never_moves_an_atom_further_than_allowed) {
  Atoms atoms = four_atoms();
  Springs springs;
  std::vector<Vector3> last = atoms.positions;
  double largest = 0;
  RelaxObservers observers;
  observers.frame = [&](const RelaxFrame& frame) {
    for (std::size_t i = 0; i < last.size(); ++i) largest = std::max(largest, norm(frame.atoms.positions[i] - last[i]));
    last = frame.atoms.positions;
  };
  minimise(atoms, springs, {.max_steps = 40, .max_displacement = 0.03}, observers);
  EXPECT_LE(largest, 0.045 * (1 + 1e-9));  // a step forward and half a step back
  EXPECT_GT(largest, 0.02);
}

TEST(Fire, reports_progress_and_stops_at_the_last_step) {
  Atoms atoms = four_atoms();
  Springs springs;
  std::vector<double> fractions;
  int frames = 0;
  const RelaxReport report = minimise(atoms, springs, {.max_steps = 7, .force_tolerance = 1e-12},
                                      {[&](double fraction) { fractions.push_back(fraction); },
                                       [&](const RelaxFrame& frame) { EXPECT_EQ(frame.step, ++frames); }});
  EXPECT_EQ(report.steps, 7);
  EXPECT_EQ(frames, 7);
  EXPECT_FALSE(report.converged);
  EXPECT_TRUE(std::is_sorted(fractions.begin(), fractions.end()));
  EXPECT_EQ(fractions.back(), 1.0);
}

TEST(Fire, does_nothing_at_a_minimum) {
  CarbonStructure sheet = samples::graphene(4, 3);
  const std::vector<Vector3> before = sheet.atoms.positions;
  const auto potential = make_potential("sp2-bonded", sheet);
  const RelaxReport report = minimise(sheet.atoms, *potential, {});
  EXPECT_EQ(report.steps, 0);
  EXPECT_TRUE(report.converged);
  EXPECT_EQ(sheet.atoms.positions, before);
}

TEST(Fire, names_the_closest_pair_when_the_energy_is_not_a_number) {
  Atoms atoms = four_atoms();
  Springs springs(3);
  try {
    minimise(atoms, springs, {.force_tolerance = 1e-8});
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("springs"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("angstrom apart"), std::string::npos) << error.what();
  }
}

TEST(Fire, finds_the_minimum_of_a_distorted_graphene_sheet) {
  CarbonStructure sheet = samples::graphene(6, 4);
  Stream stream(3, Purpose::Test);
  samples::rattle(sheet.atoms, 0.1, stream);
  const auto potential = make_potential("sp2-bonded", sheet);
  const RelaxReport report = minimise(sheet.atoms, *potential, {.max_steps = 5000, .force_tolerance = 1e-6});
  EXPECT_TRUE(report.converged);
  EXPECT_GT(report.energy_initial, 10);
  EXPECT_NEAR(report.energy_final, 0, 1e-8);
}

class CellShape : public testing::TestWithParam<CellRelaxation> {};
INSTANTIATE_TEST_SUITE_P(Fire, CellShape, testing::Values(CellRelaxation::Isotropic, CellRelaxation::Diagonal),
                         [](const auto& tested) {
                           return tested.param == CellRelaxation::Isotropic ? "isotropic" : "diagonal";
                         });

TEST_P(CellShape, relaxes_a_stretched_sheet_to_the_known_lattice_constant) {
  for (const double bond : {1.36, 1.48}) {
    CarbonStructure sheet = samples::graphene(6, 4, bond);
    Stream stream(4, Purpose::Test);
    samples::rattle(sheet.atoms, 0.02, stream);
    const auto potential = make_potential("sp2-bonded", sheet);
    const RelaxReport report =
        minimise(sheet.atoms, *potential,
                 {.max_steps = 5000, .force_tolerance = 1e-6, .pressure_tolerance = 1e-9, .cell = GetParam()});
    EXPECT_TRUE(report.converged);
    EXPECT_NEAR(sheet.atoms.cell.vectors()[0].x / 6, samples::lattice_constant, 1e-5);
    EXPECT_NEAR(sheet.atoms.cell.vectors()[1].y / 4, 3 * samples::bond_length, 1e-5);
    EXPECT_NEAR(report.energy_final, 0, 1e-8);
    EXPECT_NEAR(report.pressure, 0, 1e-9);
  }
}

TEST(Fire, relaxes_the_layer_spacing_of_graphite) {
  CarbonStructure crystal = samples::graphite(4, 3, 4, 3.7);
  const auto potential = make_potential("sp2-bonded+lennard-jones", crystal);
  const RelaxReport report = minimise(
      crystal.atoms, *potential,
      {.max_steps = 5000, .force_tolerance = 1e-4, .pressure_tolerance = 1e-6, .cell = CellRelaxation::Diagonal});
  EXPECT_TRUE(report.converged);
  EXPECT_NEAR(crystal.atoms.cell.vectors()[2].z / 4, 3.36, 0.04);  // measured 3.354 angstrom
  EXPECT_NEAR(crystal.atoms.cell.vectors()[0].x / 4, samples::lattice_constant, 0.01);
}

TEST(Fire, is_bitwise_the_same_with_one_and_two_threads) {
  const auto relaxed = [](int threads) {
    CarbonStructure crystal = samples::graphite(8, 5, 4, 3.5);
    Stream stream(5, Purpose::Test);
    samples::rattle(crystal.atoms, 0.08, stream);
    const auto potential = make_potential("sp2-bonded+lennard-jones", crystal);
    const int before = omp_get_max_threads();
    omp_set_num_threads(threads);
    minimise(crystal.atoms, *potential, {.max_steps = 60, .cell = CellRelaxation::Isotropic});
    omp_set_num_threads(before);
    return crystal.atoms.positions;
  };
  EXPECT_EQ(relaxed(1), relaxed(2));
}

}  // namespace
}  // namespace cardhouse
