#include "engine/relax/dynamics.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"
#include "engine/base/statistics.hpp"
#include "engine/base/units.hpp"
#include "potentials/registry.hpp"
#include "tests/potentials/sample_structures.hpp"

namespace cardhouse {
namespace {

constexpr double false_alarm = 1e-4;
constexpr double kT = 300 * constants::boltzmann;

/// Systems this small are fastest on one thread.
class MolecularDynamics : public testing::Test {
 protected:
  void SetUp() override { omp_set_num_threads(1); }
};

class NoForces final : public Potential {
 public:
  Evaluation evaluate(const Atoms&, std::span<Vector3> forces) override {
    std::fill(forces.begin(), forces.end(), Vector3{});
    return {};
  }
  double cutoff() const override { return 0; }
  std::string_view name() const override { return "none"; }
};

/// Atoms in a row, neighbours joined by stiffening springs of no length: U = sum (k r^2/2 + q r^4/4). Free in space.
class Chain final : public Potential {
 public:
  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override {
    Evaluation value;
    std::fill(forces.begin(), forces.end(), Vector3{});
    for (std::size_t i = 0; i + 1 < atoms.size(); ++i) {
      const Vector3 d = atoms.positions[i + 1] - atoms.positions[i];
      const double squared = squared_norm(d);
      value.energy += 0.5 * squared * (stiffness + 0.5 * stiffening * squared);
      const Vector3 pull = (stiffness + stiffening * squared) * d;
      forces[i] += pull;
      forces[i + 1] -= pull;
      value.virial.xx -= pull.x * d.x, value.virial.yy -= pull.y * d.y, value.virial.zz -= pull.z * d.z;
    }
    return value;
  }
  double cutoff() const override { return 0; }
  std::string_view name() const override { return "chain"; }

 private:
  static constexpr double stiffness = 4;     // [eV/angstrom^2]
  static constexpr double stiffening = 400;  // [eV/angstrom^4]
};

Atoms some_atoms(int n, double edge = 30) {
  Atoms atoms{Cell::cubic(edge), {}, {}};
  for (int i = 0; i < n; ++i) atoms.add(i % 2 == 0 ? Element::C : Element::O, {15 + 0.05 * i, 15, 15 - 0.02 * i * i});
  return atoms;
}

/// Root mean square of the conserved energy about its mean over 0.2 ps at constant energy [eV].
double energy_error(const char* name, double time_step) {
  CarbonStructure sheet = samples::graphite(4, 3, 2, 3.4);
  const auto potential = make_potential(name, sheet);
  RunningMoments energies;
  run_dynamics(sheet.atoms, *potential,
               {.ensemble = Ensemble::Nve, .temperature = 600, .time = 2e-13, .step = time_step, .samples = 100},
               [&](const DynamicsSample& sample) { energies.add(sample.conserved); });
  return std::sqrt(energies.variance());
}

class Verlet : public MolecularDynamics, public testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(MolecularDynamics, Verlet, testing::Values("tersoff", "sp2-bonded+lennard-jones"),
                         [](const auto& tested) {
                           return std::string(tested.param) == "tersoff" ? "tersoff" : "bonded";
                         });

TEST_P(Verlet, keeps_the_energy_to_second_order_in_the_step) {
  const double coarse = energy_error(GetParam(), 1e-15);
  const double fine = energy_error(GetParam(), 0.5e-15);
  EXPECT_NEAR(coarse / fine, 4, 0.6);
  EXPECT_LT(fine, 1e-3 * 96 * 1.5 * 600 * constants::boltzmann);
}

TEST_P(Verlet, does_not_drift) {
  CarbonStructure sheet = samples::graphite(4, 3, 2, 3.4);
  const auto potential = make_potential(GetParam(), sheet);
  std::vector<double> energies;
  run_dynamics(sheet.atoms, *potential, {.ensemble = Ensemble::Nve, .time = 2e-12, .samples = 1000},
               [&](const DynamicsSample& sample) { energies.push_back(sample.conserved); });
  const std::span<const double> all(energies);
  const double drift = mean_of(all.last(300)).value - mean_of(all.subspan(100, 300)).value;
  EXPECT_LT(std::abs(drift), 1e-4 * 96 * 3 * kT);  // of the thermal energy
}

TEST_F(MolecularDynamics, leaves_the_centre_of_mass_at_rest) {
  for (const Ensemble ensemble : {Ensemble::Nve, Ensemble::Nvt, Ensemble::Npt}) {
    CarbonStructure sheet = samples::graphite(3, 2, 2, 3.4);
    const auto potential = make_potential("sp2-bonded+lennard-jones", sheet);
    Stream stream(1, Purpose::Test);
    Dynamics dynamics(sheet.atoms, *potential, {.ensemble = ensemble}, stream);
    for (int step = 0; step < 500; ++step) dynamics.step(stream);
    double size = 0;
    for (std::size_t i = 0; i < sheet.atoms.size(); ++i) size += dynamics.masses()[i] * norm(dynamics.velocities()[i]);
    EXPECT_LT(norm(total_momentum(dynamics.masses(), dynamics.velocities())), 1e-11 * size);
  }
}

TEST_F(MolecularDynamics, accounts_for_all_the_heat_and_work_of_its_baths) {
  CarbonStructure sheet = samples::graphite(4, 3, 2, 3.4);
  const auto potential = make_potential("sp2-bonded+lennard-jones", sheet);
  RunningMoments conserved;
  RunningMoments energies;
  run_dynamics(sheet.atoms, *potential,
               {.ensemble = Ensemble::Npt, .pressure_time = 1e-13, .cell = CellRelaxation::Diagonal},
               [&](const DynamicsSample& sample) {
                 conserved.add(sample.conserved);
                 energies.add(sample.potential_energy + sample.kinetic_energy);
               });
  EXPECT_LT(std::sqrt(conserved.variance()), 0.02);
  EXPECT_GT(std::sqrt(energies.variance()), 0.3);
}

TEST_F(MolecularDynamics, shares_its_energy_equally) {
  Atoms atoms = some_atoms(8);
  Chain chain;
  Stream stream(2, Purpose::Test);
  Dynamics dynamics(atoms, chain, {.step = 0.5e-15, .heat_time = 5e-14}, stream);
  std::vector<double> stretching;
  std::vector<double> carbon;
  std::vector<double> oxygen;
  std::vector<Vector3> forces(8);
  for (int step = 0; step < 800'000; ++step) {
    dynamics.step(stream);
    if (step < 20000 || step % 10 != 0) continue;
    stretching.push_back(-chain.evaluate(atoms, forces).virial.trace());
    double shares[2] = {0, 0};
    for (std::size_t i = 0; i < 8; ++i)
      shares[i % 2] += 0.5 * dynamics.masses()[i] * squared_norm(dynamics.velocities()[i]) / 4;
    carbon.push_back(shares[0]);
    oxygen.push_back(shares[1]);
  }
  const double total = 4 * (dynamics.masses()[0] + dynamics.masses()[1]);
  const auto expect = [](const std::vector<double>& series, double expected) {
    const Estimate mean = correlated_mean(series);
    EXPECT_NEAR(mean.value, expected, 4 * mean.error);
    EXPECT_LT(mean.error, 0.02 * expected);
  };
  expect(stretching, 21 * kT);  // sum of x dU/dx over 3N - 3 coordinates
  expect(carbon, 1.5 * kT * (1 - dynamics.masses()[0] / total));
  expect(oxygen, 1.5 * kT * (1 - dynamics.masses()[1] / total));
}

TEST_F(MolecularDynamics, has_the_canonical_law_of_the_kinetic_energy) {
  Atoms atoms = some_atoms(4);
  Chain chain;
  Stream stream(3, Purpose::Test);
  Dynamics dynamics(atoms, chain, {.heat_time = 2e-14}, stream);
  std::vector<double> uniforms;
  for (int step = 0; step < 300'000; ++step) {
    dynamics.step(stream);
    if (step % 300 == 0) uniforms.push_back(chi_square_tail(2 * dynamics.sample().kinetic_energy / kT, 9));
  }
  EXPECT_GT(kolmogorov_p_value(uniforms), false_alarm);
}

TEST_F(MolecularDynamics, at_constant_energy_fails_the_test_of_the_canonical_law) {
  Atoms atoms = some_atoms(4);
  Chain chain;
  Stream stream(3, Purpose::Test);
  Dynamics dynamics(atoms, chain, {.ensemble = Ensemble::Nve}, stream);
  std::vector<double> uniforms;
  for (int step = 0; step < 300'000; ++step) {
    dynamics.step(stream);
    if (step % 300 == 0) uniforms.push_back(chi_square_tail(2 * dynamics.sample().kinetic_energy / kT, 9));
  }
  EXPECT_LT(kolmogorov_p_value(uniforms), false_alarm);
}

TEST_F(MolecularDynamics, measures_the_pressure_of_an_ideal_gas) {
  Atoms atoms = some_atoms(50);
  NoForces none;
  Stream stream(4, Purpose::Test);
  const Dynamics dynamics(atoms, none, {.ensemble = Ensemble::Nve}, stream);
  const DynamicsSample sample = dynamics.sample();
  EXPECT_NEAR(sample.pressure * sample.volume, 49 * constants::boltzmann * sample.temperature, 1e-12);
}

/// Volumes of an ideal gas of five atoms in a pressure bath, nearly independent.
std::vector<double> gas_volumes(double pressure) {
  Atoms atoms = some_atoms(5, std::cbrt(5 * kT / pressure));
  NoForces none;
  Stream stream(5, Purpose::Test);
  Dynamics dynamics(atoms, none,
                    {.ensemble = Ensemble::Npt,
                     .heat_time = 1e-14,
                     .pressure = pressure,
                     .pressure_time = 3e-13,
                     .compressibility = 1 / pressure},
                    stream);
  std::vector<double> volumes;
  for (int step = 0; step < 1'200'000; ++step) {
    dynamics.step(stream);
    if (step % 2400 == 0) volumes.push_back(atoms.cell.volume());
  }
  return volumes;
}

/// p-value of the volumes against the density V^(n - 1) exp(-P V/kT). The weight of a cell is V^N, one N for each
/// atom's place, times V^-1 because the resting centre of mass takes one momentum away.
double gas_p_value(const std::vector<double>& volumes, double pressure, double n) {
  std::vector<double> uniforms;
  for (const double volume : volumes) uniforms.push_back(chi_square_tail(2 * pressure * volume / kT, 2 * n));
  return kolmogorov_p_value(uniforms);
}

TEST_F(MolecularDynamics, lets_an_ideal_gas_breathe_as_it_should) {
  constexpr double pressure = 1e-5;
  const std::vector<double> volumes = gas_volumes(pressure);
  EXPECT_GT(gas_p_value(volumes, pressure, 5), false_alarm);
  EXPECT_LT(gas_p_value(volumes, pressure, 6), false_alarm);  // one kT/V of pressure too much would be seen
}

TEST_F(MolecularDynamics, brings_graphite_to_the_wanted_pressure) {
  CarbonStructure crystal = samples::graphite(4, 3, 4, 3.36);
  const auto potential = make_potential("sp2-bonded+lennard-jones", crystal);
  std::vector<double> pressures;
  run_dynamics(crystal.atoms, *potential,
               {.ensemble = Ensemble::Npt,
                .time = 3e-12,
                .pressure = from_unit(2, "GPa"),
                .pressure_time = 2e-13,
                .cell = CellRelaxation::Diagonal,
                .samples = 1500},
               [&](const DynamicsSample& sample) {
                 if (sample.time > 0.6e-12) pressures.push_back(in_unit(sample.pressure, "GPa"));
               });
  const Estimate mean = correlated_mean(pressures);
  EXPECT_NEAR(mean.value, 2, 4 * mean.error);
  EXPECT_LT(mean.error, 0.3);
  EXPECT_LT(crystal.atoms.cell.vectors()[2].z / 4, 3.34);
}

TEST_F(MolecularDynamics, follows_a_ramp_of_temperature) {
  CarbonStructure sheet = samples::graphene(6, 4);
  const auto potential = make_potential("sp2-bonded", sheet);
  RunningMoments last;
  run_dynamics(sheet.atoms, *potential,
               {.temperature = 1500, .final_temperature = 300, .time = 2e-12, .heat_time = 2e-14, .samples = 200},
               [&](const DynamicsSample& sample) {
                 if (sample.time > 1.8e-12) last.add(sample.temperature);
               });
  // Mean of the bath over the last 0.2 ps, and behind it by twice heat_time times the rate: the bath takes the heat of
  // the potential energy too.
  EXPECT_NEAR(last.mean(), 360 + 2 * 0.02 * 600, 50);
}

TEST_F(MolecularDynamics, is_bitwise_that_of_its_seed_with_one_and_two_threads) {
  const auto positions = [](int threads, std::uint64_t seed) {
    CarbonStructure crystal = samples::graphite(6, 4, 2, 3.4);
    const auto potential = make_potential("sp2-bonded+lennard-jones", crystal);
    const int before = omp_get_max_threads();
    omp_set_num_threads(threads);
    run_dynamics(crystal.atoms, *potential, {.ensemble = Ensemble::Npt, .time = 3e-14, .seed = seed});
    omp_set_num_threads(before);
    return crystal.atoms.positions;
  };
  EXPECT_EQ(positions(1, 1), positions(2, 1));
  EXPECT_NE(positions(1, 1), positions(1, 2));
}

TEST_F(MolecularDynamics, tells_of_the_start_and_of_evenly_spread_samples) {
  Atoms atoms = some_atoms(4);
  Chain chain;
  std::vector<long> steps;
  run_dynamics(atoms, chain, {.time = 1e-14, .step = 1e-15, .samples = 5},
               [&](const DynamicsSample& sample) { steps.push_back(sample.step); });
  EXPECT_EQ(steps, (std::vector<long>{0, 2, 4, 6, 8, 10}));
}

TEST_F(MolecularDynamics, says_when_the_step_is_too_long) {
  CarbonStructure sheet = samples::graphene(4, 3);
  const auto potential = make_potential("sp2-bonded", sheet);
  try {
    run_dynamics(sheet.atoms, *potential, {.temperature = 3000, .step = 1e-14});
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("smaller time step"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace cardhouse
