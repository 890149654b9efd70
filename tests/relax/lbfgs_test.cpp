#include "engine/relax/lbfgs.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cmath>
#include <vector>

#include "potentials/registry.hpp"
#include "tests/potentials/sample_structures.hpp"

namespace cardhouse {
namespace {

/// Springs that tie every atom to the origin, each stiffer than the last by `increment`; `sign` -1 gives forces that
/// lie.
class Springs final : public Potential {
 public:
  explicit Springs(double stiffness, double increment, double sign = 1)
      : stiffness_(stiffness), increment_(increment), sign_(sign) {}
  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override {
    double energy = 0;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const double stiffness = stiffness_ + increment_ * static_cast<double>(i);
      forces[i] = -sign_ * stiffness * atoms.positions[i];
      energy += 0.5 * stiffness * squared_norm(atoms.positions[i]);
    }
    return {energy, {}};
  }
  double cutoff() const override { return 0; }
  std::string_view name() const override { return "springs"; }

 private:
  double stiffness_;
  double increment_;
  double sign_;
};

Atoms four_atoms() {
  Atoms atoms{Cell::cubic(20), {}, {}};
  for (int i = 0; i < 4; ++i) atoms.add(Element::C, {1.0 + 0.5 * i, 0.3 * i, -0.7});
  return atoms;
}

MinimiserOptions lbfgs(double force_tolerance, CellRelaxation cell = CellRelaxation::None) {
  return {.max_steps = 5000,
          .force_tolerance = force_tolerance,
          .pressure_tolerance = 1e-9,
          .cell = cell,
          .kind = MinimiserKind::Lbfgs};
}

TEST(Lbfgs, knows_a_single_stiffness_after_one_step) {
  Atoms atoms = four_atoms();
  Springs springs(25, 0);
  MinimiserOptions options = lbfgs(1e-10);
  options.max_displacement = 100;
  const RelaxReport report = minimise(atoms, springs, options);
  EXPECT_TRUE(report.converged);
  EXPECT_EQ(report.steps, 2);
}

TEST(Lbfgs, finds_the_bottom_of_a_quadratic_well_of_four_stiffnesses) {
  Atoms atoms = four_atoms();
  Springs springs(1, 4);
  MinimiserOptions options = lbfgs(1e-10);
  options.max_displacement = 100;
  const RelaxReport report = minimise(atoms, springs, options);
  EXPECT_TRUE(report.converged);
  for (const Vector3& position : atoms.positions) EXPECT_LT(norm(position), 1e-10);
  EXPECT_LT(report.steps, 25);
}

TEST(Lbfgs, never_moves_an_atom_further_than_allowed) {
  Atoms atoms = four_atoms();
  Springs springs(1, 4);
  std::vector<Vector3> last = atoms.positions;
  double largest = 0;
  RelaxObservers observers;
  observers.frame = [&](const RelaxFrame& frame) {
    for (std::size_t i = 0; i < last.size(); ++i) largest = std::max(largest, norm(frame.atoms.positions[i] - last[i]));
    last = frame.atoms.positions;
  };
  MinimiserOptions options = lbfgs(1e-8);
  options.max_displacement = 0.03;
  minimise(atoms, springs, options, observers);
  EXPECT_LE(largest, 0.03 * (1 + 1e-9));
  EXPECT_GT(largest, 0.029);
}

TEST(Lbfgs, keeps_to_its_number_of_evaluations) {
  Atoms atoms = four_atoms();
  Springs springs(1, 4);
  MinimiserOptions options = lbfgs(1e-12);
  options.max_steps = 7;
  const RelaxReport report = minimise(atoms, springs, options);
  EXPECT_EQ(report.steps, 7);
  EXPECT_FALSE(report.converged);
}

TEST(Lbfgs, stops_where_forces_are_not_the_slope_of_the_energy) {
  Atoms atoms = four_atoms();
  const std::vector<Vector3> before = atoms.positions;
  Springs springs(1, 4, -1);
  const RelaxReport report = minimise(atoms, springs, lbfgs(1e-8));
  EXPECT_FALSE(report.converged);
  EXPECT_LT(report.steps, 100);
  EXPECT_EQ(atoms.positions, before);
}

TEST(Lbfgs, does_nothing_at_a_minimum) {
  CarbonStructure sheet = samples::graphene(4, 3);
  const auto potential = make_potential("sp2-bonded", sheet);
  EXPECT_EQ(minimise(sheet.atoms, *potential, lbfgs(0.01)).steps, 0);
}

class LbfgsCell : public testing::TestWithParam<CellRelaxation> {};
INSTANTIATE_TEST_SUITE_P(Lbfgs, LbfgsCell, testing::Values(CellRelaxation::Isotropic, CellRelaxation::Diagonal),
                         [](const auto& tested) {
                           return tested.param == CellRelaxation::Isotropic ? "isotropic" : "diagonal";
                         });

TEST_P(LbfgsCell, relaxes_a_stretched_sheet_to_the_known_lattice_constant) {
  for (const double bond : {1.36, 1.48}) {
    CarbonStructure sheet = samples::graphene(6, 4, bond);
    Stream stream(4, Purpose::Test);
    samples::rattle(sheet.atoms, 0.02, stream);
    const auto potential = make_potential("sp2-bonded", sheet);
    const RelaxReport report = minimise(sheet.atoms, *potential, lbfgs(1e-6, GetParam()));
    EXPECT_TRUE(report.converged);
    EXPECT_NEAR(sheet.atoms.cell.vectors()[0].x / 6, samples::lattice_constant, 1e-5);
    EXPECT_NEAR(sheet.atoms.cell.vectors()[1].y / 4, 3 * samples::bond_length, 1e-5);
    EXPECT_NEAR(report.energy_final, 0, 1e-8);
    EXPECT_NEAR(report.pressure, 0, 1e-9);
  }
}

TEST(Lbfgs, finds_the_lattice_of_graphene_in_the_reactive_potential_of_tersoff) {
  CarbonStructure sheet = samples::graphene(4, 3, 1.40);
  Stream stream(6, Purpose::Test);
  samples::rattle(sheet.atoms, 0.05, stream);
  const auto potential = make_potential("tersoff", sheet);
  const RelaxReport report = minimise(sheet.atoms, *potential, lbfgs(1e-6, CellRelaxation::Diagonal));
  EXPECT_TRUE(report.converged);
  // Tersoff 1988: graphite -7.40 eV, bond 1.46 angstrom (doi:10.1103/PhysRevLett.61.2879, table II).
  EXPECT_NEAR(report.energy_final / static_cast<double>(sheet.atoms.size()), -7.395, 0.01);
  EXPECT_NEAR(sheet.atoms.cell.vectors()[1].y / 9, 1.46, 0.005);
}

struct Comparison {
  RelaxReport report;
  CarbonStructure carbon;
  int rises = 0;
};

/// Two rattled layers, too far apart.
Comparison relaxed(const MinimiserOptions& options) {
  Comparison result{{}, samples::graphite(6, 4, 2, 3.5), 0};
  Stream stream(5, Purpose::Test);
  samples::rattle(result.carbon.atoms, 0.08, stream);
  const auto potential = make_potential("sp2-bonded+lennard-jones", result.carbon);
  double last = 1e300;
  RelaxObservers observers;
  observers.frame = [&](const RelaxFrame& frame) {
    result.rises += frame.energy > last + 1e-13 * std::abs(last);
    last = frame.energy;
  };
  result.report = minimise(result.carbon.atoms, *potential, options, observers);
  return result;
}

TEST(Lbfgs, reaches_the_minimum_of_fire) {
  MinimiserOptions options = lbfgs(1e-5, CellRelaxation::Diagonal);
  options.pressure_tolerance = 1e-7;
  const Comparison bfgs = relaxed(options);
  options.kind = MinimiserKind::Fire;
  const Comparison fire = relaxed(options);
  EXPECT_TRUE(fire.report.converged);
  EXPECT_TRUE(bfgs.report.converged);
  EXPECT_NEAR(fire.report.energy_final, bfgs.report.energy_final, 1e-6);
  for (int axis = 0; axis < 3; ++axis)
    EXPECT_NEAR(fire.carbon.atoms.cell.widths()[axis], bfgs.carbon.atoms.cell.widths()[axis], 1e-3);
}

TEST(Lbfgs, never_lets_the_energy_rise) {
  EXPECT_EQ(relaxed(lbfgs(1e-5, CellRelaxation::Diagonal)).rises, 0);
  MinimiserOptions hasty = lbfgs(1e-5, CellRelaxation::Diagonal);
  hasty.kind = MinimiserKind::Fire;
  hasty.max_time_step = hasty.time_step = 8e-15;
  hasty.max_steps = 100;
  EXPECT_GT(relaxed(hasty).rises, 0);  // a rise would be seen
}

TEST(Lbfgs, is_bitwise_the_same_with_one_and_two_threads) {
  const auto positions = [](int threads) {
    const int before = omp_get_max_threads();
    omp_set_num_threads(threads);
    const Comparison result = relaxed(lbfgs(0.05, CellRelaxation::Diagonal));
    omp_set_num_threads(before);
    return result.carbon.atoms.positions;
  };
  EXPECT_EQ(positions(1), positions(2));
}

}  // namespace
}  // namespace cardhouse
