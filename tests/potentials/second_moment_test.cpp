#include "potentials/second_moment.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "engine/base/errors.hpp"
#include "tests/potentials/metal_samples.hpp"
#include "tests/potentials/numerical_forces.hpp"

namespace cardhouse {
namespace {

auto maker(const std::string& file = "") {
  return [file](const CarbonStructure& structure) {
    const std::string path = std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/potentials/" + file;
    return std::make_unique<SecondMoment>(structure, SecondMomentOptions{.parameter_file = file.empty() ? "" : path});
  };
}

/// The energy of an atom in a cubic crystal without any taper, summed over all neighbours up to `reach` and a uniform
/// density of them beyond.
double lattice_sum(const CarbonStructure& crystal, double reach) {
  const double edge = crystal.atoms.cell.vectors()[0].x;
  const int n = static_cast<int>(reach / edge) + 2;
  double repulsion = 0;
  double density = 0;
  for (const Vector3& site : crystal.atoms.positions) {
    for (int x = -n; x <= n; ++x) {
      for (int y = -n; y <= n; ++y) {
        for (int z = -n; z <= n; ++z) {
          const double r = norm(site + edge * Vector3{1.0 * x, 1.0 * y, 1.0 * z});
          if (r < 1e-6 || r > reach) continue;
          repulsion += 0.015955 * std::exp(-10.13 * (r / 3.6989 - 1));
          density += 0.29113 * 0.29113 * std::exp(-2 * 1.30 * (r / 3.6989 - 1));
        }
      }
    }
  }
  return repulsion - std::sqrt(density);
}

TEST(SecondMoment, gives_the_known_lattice_sums_of_its_parameters) {
  const samples::Minimum bcc = samples::crystal_minimum(samples::body_centred, maker(), 4.1);
  const samples::Minimum fcc = samples::crystal_minimum(samples::face_centred, maker(), 5.1);
  EXPECT_NEAR(bcc.energy, -1.140, 0.002);
  EXPECT_NEAR(bcc.edge, 4.04, 0.01);
  EXPECT_NEAR(fcc.energy, -1.145, 0.002);
  EXPECT_NEAR(fcc.edge, 5.10, 0.01);
  EXPECT_NEAR(bcc.energy, lattice_sum(samples::body_centred(bcc.edge), 40), 0.002);  // of the taper
}

TEST(SecondMoment, has_the_measured_lattice_constant_with_lengths_rescaled) {
  const samples::Minimum bcc =
      samples::crystal_minimum(samples::body_centred, maker("Na_second_moment_rescaled.toml"), 4.2);
  EXPECT_NEAR(bcc.edge, 4.225, 0.01);
  EXPECT_NEAR(bcc.energy, samples::crystal_minimum(samples::body_centred, maker(), 4.1).energy, 0.001);
}

TEST(SecondMoment, gives_a_dimer_the_energy_of_its_formula) {
  for (const double r : {2.5, 3.6989, 8.0}) {
    CarbonStructure pair{{Cell::cubic(60), {}, {}}, BondGraph(2, {})};
    pair.atoms.add(Element::Na, {1, 2, 3});
    pair.atoms.add(Element::Na, {1, 2, 3 + r});
    const double x = r / 3.6989 - 1;
    std::vector<Vector3> forces(2);
    EXPECT_NEAR(maker()(pair)->evaluate(pair.atoms, forces).energy,
                2 * (0.015955 * std::exp(-10.13 * x) - 0.29113 * std::exp(-1.30 * x)), 1e-12);
  }
}

TEST(SecondMoment, has_conservative_forces_for_a_cluster_within_the_taper) {
  CarbonStructure structure = samples::body_centred(7.3, 2);
  structure.atoms.cell = Cell::cubic(60);
  Stream stream(3, Purpose::Test);
  samples::rattle(structure.atoms, 1.0, stream);
  samples::expect_numerical_forces(*maker()(structure), structure);
}

TEST(SecondMoment, refuses_other_elements) {
  EXPECT_THROW(maker()(samples::graphene(1, 1)), InputError);
}

}  // namespace
}  // namespace cardhouse
