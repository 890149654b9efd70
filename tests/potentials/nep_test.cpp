#include "potentials/nep.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <numbers>

#include "engine/base/errors.hpp"
#include "tests/potentials/made_up_parameters.hpp"
#include "tests/potentials/numerical_forces.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

double energy(const CarbonStructure& structure, const std::string& file) {
  Nep potential(structure, {.parameter_file = file});
  std::vector<Vector3> forces(structure.atoms.size());
  return potential.evaluate(structure.atoms, forces).energy;
}

double energy_per_atom(const CarbonStructure& structure, const std::string& file) {
  return energy(structure, file) / static_cast<double>(structure.atoms.size());
}

/// The carbon model of GPUMD, C_2024_NEP4.txt, in the folder $CARDHOUSE_TEST_DATA; empty where there is none.
std::string carbon_of_2024() {
  const char* folder = std::getenv("CARDHOUSE_TEST_DATA");
  const std::string path = folder == nullptr ? "" : std::string(folder) + "/C_2024_NEP4.txt";
  return std::filesystem::is_regular_file(path) ? path : "";
}

CarbonStructure diamond(double edge) {
  CarbonStructure result{{Cell::cubic(edge), {}, {}}, BondGraph(8, {})};
  for (const Vector3& corner : {Vector3{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}}) {
    result.atoms.add(Element::C, edge * corner);
    result.atoms.add(Element::C, edge * (corner + Vector3{0.25, 0.25, 0.25}));
  }
  return result;
}

TEST(Nep, gives_the_energies_of_gpumd_for_carbon) {
  const std::string file = carbon_of_2024();
  if (file.empty()) GTEST_SKIP() << "CARDHOUSE_TEST_DATA names no folder with C_2024_NEP4.txt";
  const double bond = 2.46 / std::numbers::sqrt3;
  // 20 400 atoms of AB graphite: -163633.165908 eV by the reference code of the authors (NEP_CPU).
  EXPECT_NEAR(energy_per_atom(samples::graphite(2, 2, 2, 3.35, bond), file), -163633.165908 / 20400, 1e-9);
  EXPECT_NEAR(energy_per_atom(samples::graphene(2, 2, bond), file), -7.953, 0.0005);
  EXPECT_NEAR(energy_per_atom(samples::graphite(2, 2, 2, 5.0, bond), file), -7.938, 0.0005);
  EXPECT_NEAR(energy_per_atom(diamond(3.58), file), -7.916, 0.0005);
}

TEST(Nep, has_conservative_forces_for_carbon) {
  const std::string file = carbon_of_2024();
  if (file.empty()) GTEST_SKIP() << "CARDHOUSE_TEST_DATA names no folder with C_2024_NEP4.txt";
  CarbonStructure structure = samples::graphite(3, 2, 2, 3.2);
  Stream stream(8, Purpose::Test);
  samples::rattle(structure.atoms, 0.1, stream);
  Nep potential(structure, {.parameter_file = file});
  samples::expect_numerical_forces(potential, structure);
}

TEST(Nep, gives_an_atom_alone_the_output_of_its_network_for_zeros) {
  const ScratchFolder folder;
  const std::string file = folder.with_text("nep.txt", samples::made_up_nep());
  const NepModel model = read_nep_file(file);
  for (const std::size_t kind : {0u, 1u}) {
    CarbonStructure atom{{Cell::cubic(20), {}, {}}, BondGraph(1, {})};
    atom.atoms.add(kind == 0 ? Element::C : Element::H, {1, 2, 3});
    double expected = -model.bias;
    for (std::size_t n = 0; n < model.neurons; ++n) {
      expected -= model.networks[kind].outputs[n] * std::tanh(model.networks[kind].thresholds[n]);
    }
    EXPECT_NEAR(energy(atom, file), expected, 1e-12);
  }
}

TEST(Nep, sees_many_images_of_an_atom_in_a_small_cell) {
  const ScratchFolder folder;
  const std::string file = folder.with_text("nep.txt", samples::made_up_nep());
  EXPECT_NEAR(energy_per_atom(samples::graphite(1, 1, 2, 3.0), file),
              energy_per_atom(samples::graphite(4, 3, 4, 3.0), file), 1e-11);
}

TEST(Nep, asks_for_a_file_and_for_its_elements) {
  const ScratchFolder folder;
  const std::string file = folder.with_text("nep.txt", samples::made_up_nep());
  const auto message = [](const CarbonStructure& structure, const std::string& path) -> std::string {
    try {
      Nep potential(structure, {.parameter_file = path});
    } catch (const InputError& error) {
      return error.what();
    }
    return "no error";
  };
  EXPECT_THAT(message(samples::graphene(1, 1), ""), testing::HasSubstr("needs a parameter file"));
  EXPECT_THAT(message(samples::decorated_coronene(), file), testing::HasSubstr("known: C, H"));
  EXPECT_EQ(message(samples::coronene(), file), "no error");
}

/// f_k(r) as the papers write it.
double basis(std::size_t k, double r, double cutoff) {
  const double fc = 0.5 + 0.5 * std::cos(std::numbers::pi * r / cutoff);
  const double x = 2 * std::pow(r / cutoff - 1, 2) - 1;
  return 0.5 * (std::cos(static_cast<double>(k) * std::acos(x)) + 1) * fc;
}

TEST(NepKernels, sum_the_basis_functions_and_their_slopes) {
  const std::vector<double> distances{0.3, 1.42, 2.46, 3.9, 4.999, 5, 5, 5};
  std::vector<double> sums(17);
  add_nep_basis(distances, 5, sums);
  for (std::size_t k = 0; k < sums.size(); ++k) {
    double expected = 0;
    for (std::size_t p = 0; p < 5; ++p) expected += basis(k, distances[p], 5);
    EXPECT_NEAR(sums[k], expected, 1e-13) << k;
    std::vector<double> own(17), none(17), slopes(8);
    const std::vector<std::uint32_t> offsets(8, 0);
    own[k] = 1;
    find_nep_slopes(distances, 5, {own, none.data(), offsets.data()}, slopes.data());
    for (std::size_t p = 0; p < 4; ++p) {
      constexpr double h = 1e-4;
      const auto f = [&](double step) { return basis(k, distances[p] + step, 5); };
      EXPECT_NEAR(slopes[p], (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h), 1e-7) << k << " " << p;
    }
    EXPECT_EQ(slopes[7], 0);
  }
}

}  // namespace
}  // namespace cardhouse
