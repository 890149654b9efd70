#include "engine/offlattice/metal_reference.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "engine/base/errors.hpp"
#include "engine/offlattice/off_lattice_sampler.hpp"
#include "tests/offlattice/explicit_sodium.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

SodiumInteractions second_moment() {
  return SodiumInteractions(SodiumInteractionFiles{});
}

TEST(ThermalWavelength, of_sodium_at_300_K_is_0_210_angstrom) {
  EXPECT_NEAR(thermal_wavelength(22.98976928, 300), 0.2102, 1e-4);
}

TEST(MetalReference, is_fcc_for_the_second_moment_metal_whose_bcc_is_no_minimum) {
  const SodiumInteractions sodium = second_moment();
  EXPECT_TRUE(std::isinf(crystal_vibration(sodium, MetalCrystal::BodyCentred, 4.23, 298.15)));
  const MetalReference reference = metal_reference(sodium, 298.15);
  EXPECT_EQ(reference.crystal, MetalCrystal::FaceCentred);
  EXPECT_NEAR(crystal_energy(sodium, MetalCrystal::BodyCentred, 4.226), -1.138, 2e-3);
  EXPECT_NEAR(reference.energy, -1.138, 3e-3);
  EXPECT_LT(reference.chemical_potential, reference.energy - 0.05);
  EXPECT_GT(reference.lattice_constant, 5.33);  // 5.10 of Li 1998 times 1.046, and thermal expansion
}

TEST(MetalReference, obeys_equipartition) {
  // classical harmonic: U = mu - T dmu/dT = E + 3 kT at fixed lattice constant
  const SodiumInteractions sodium = second_moment();
  constexpr double T = 300, h = 1, k = 8.617333262e-5;
  const auto f = [&](double t) { return crystal_vibration(sodium, MetalCrystal::FaceCentred, 5.4, t); };
  EXPECT_NEAR(f(T) - T * (f(T + h) - f(T - h)) / (2 * h), 3 * k * T, 1e-5);
}

TEST(MetalReference, has_the_vibrations_of_the_whole_hessian) {
  // ln det of the Hessian without its translations, by elimination; a crystal of pairs, for their short reach
  constexpr double a = 5.4;
  const ScratchFolder folder;
  const SodiumInteractions sodium({.pairs = folder.with_text("pairs.toml", R"(
    cutoff = "8 angstrom"
    taper_start = "6 angstrom"
    [[pair]]
    elements = ["Na", "Na"]
    form = "lennard-jones"
    source = "test"
    depth = "0.2 eV"
    diameter = "3.45 angstrom")"),
                                   .metal = "none",
                                   .metal_parameters = {}});
  const SodiumPotential potential({Cell::cubic(3 * a), {}, {}}, sodium);
  SodiumConfiguration crystal(potential, 108);
  for (int cell = 0; cell < 27; ++cell)
    for (const Vector3& site : {Vector3{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}}) {
      crystal.propose_insertion(a * (Vector3{1.0 * (cell % 3), 1.0 * (cell / 3 % 3), 1.0 * (cell / 9)} + site));
      crystal.accept();
    }
  constexpr std::size_t n = 3 * 108;
  constexpr double step = 0.02;
  std::vector<double> matrix(n * n);
  const auto moved = [](int axis, double by) {
    Vector3 v;
    v[axis] = by;
    return v;
  };
  for (std::size_t i = 0; i < n; ++i) {
    const Vector3 home = crystal.positions()[i / 3];
    for (const int sign : {1, -1}) {
      crystal.propose_displacement(i / 3, home + moved(i % 3, sign * step));
      crystal.accept();
      for (std::size_t j = 0; j < n; ++j) {
        if (j / 3 == i / 3) continue;
        const Vector3 here = crystal.positions()[j / 3];
        const double up = crystal.propose_displacement(j / 3, here + moved(j % 3, step));
        const double down = crystal.propose_displacement(j / 3, here - moved(j % 3, step));
        matrix[i * n + j] += sign * (up - down) / (4 * step * step);
      }
      crystal.propose_displacement(i / 3, home);
      crystal.accept();
    }
    for (std::size_t j = 0; j < n; ++j)
      if (j / 3 != i / 3) matrix[i * n + i / 3 * 3 + j % 3] -= matrix[i * n + j];
  }
  // Without its first atom's rows and columns: det' = det(reduced) * 108^3, as for a graph Laplacian.
  double log_det = 3 * std::log(108.0);
  for (std::size_t i = 3; i < n; ++i) {
    ASSERT_GT(matrix[i * n + i], 0);
    log_det += std::log(matrix[i * n + i]);
    for (std::size_t r = i + 1; r < n; ++r) {
      const double factor = matrix[r * n + i] / matrix[i * n + i];
      if (factor != 0)
        for (std::size_t c = i; c < n; ++c) matrix[r * n + c] -= factor * matrix[i * n + c];
    }
  }
  const double kT = 8.617333262e-5 * 300;
  const double mean = log_det / (n - 3.0);
  const double per_mode =
      std::log(thermal_wavelength(22.98976928, 300)) + 0.5 * (mean - std::log(2 * 3.14159265358979323846 * kT));
  EXPECT_NEAR(crystal_vibration(sodium, MetalCrystal::FaceCentred, a, 300), 3 * kT * per_mode, 2e-5);
}

TEST(MetalReference, of_an_embedded_atom_sodium_is_bcc_and_near_the_measured_free_energy) {
  const char* folder = std::getenv("CARDHOUSE_TEST_DATA");
  const std::string file = std::string(folder == nullptr ? "" : folder) + "/Na_MendelevM_2014.eam.fs";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no " << file;
  const SodiumInteractions sodium({.pairs = {}, .metal = "embedded-atom", .metal_parameters = file});
  const MetalReference reference = metal_reference(sodium, 298.15);
  EXPECT_EQ(reference.crystal, MetalCrystal::BodyCentred);
  EXPECT_NEAR(reference.lattice_constant, 4.29, 0.01);  // CRC Handbook: 4.2906
  // S(298 K) = 51.3 J/(mol K), H(298 K) - H(0 K) = 6.46 kJ/mol (JANAF): -0.0915 eV
  EXPECT_NEAR(reference.chemical_potential - reference.energy, -0.0915, 0.015);
}

TEST(MetalReference, needs_a_metal) {
  EXPECT_THROW(metal_reference(SodiumInteractions({.pairs = {}, .metal = "none", .metal_parameters = {}}), 300),
               InputError);
}

}  // namespace
}  // namespace cardhouse
