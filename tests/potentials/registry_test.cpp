// Contract tests over every entry of the registry of potentials.

#include "potentials/registry.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <optional>

#include "tests/potentials/made_up_parameters.hpp"
#include "tests/potentials/sample_structures.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

struct Result {
  Evaluation total;
  std::vector<Vector3> forces;
};

Result evaluate(Potential& potential, const Atoms& atoms) {
  Result result;
  result.forces.resize(atoms.size());
  result.total = potential.evaluate(atoms, result.forces);
  return result;
}

/// Potentials without shipped parameters take those of no material.
std::unique_ptr<Potential> make_tested(std::string_view name, const CarbonStructure& structure) {
  static const ScratchFolder folder;
  static const std::string nep = folder.with_text("nep.txt", samples::made_up_nep());
  static const std::string setfl = folder.with_text("Na.eam", samples::made_up_setfl());
  return make_potential(name, structure,
                        {.parameter_file = name == "nep"             ? nep
                                           : name == "embedded-atom" ? setfl
                                                                     : ""});
}

Result evaluate(std::string_view name, const CarbonStructure& structure) {
  return evaluate(*make_tested(name, structure), structure.atoms);
}

/// A skewed cell, not much larger than the cut-off, with two rattled layers: every kind of term and many images.
CarbonStructure skewed_layers() {
  CarbonStructure structure = samples::graphite(4, 3, 2, 3.5);
  Stream stream(11, Purpose::Test);
  samples::rattle(structure.atoms, 0.08, stream);
  return samples::mapped(structure, {1, 0.15, 0.1}, {0, 1, -0.1}, {0.02, 0, 1});
}

CarbonStructure rattled_molecule() {
  CarbonStructure structure = samples::decorated_coronene(14);
  Stream stream(12, Purpose::Test);
  samples::rattle(structure.atoms, 0.06, stream);
  return structure;
}

/// So far out of shape that atoms three bonds apart touch.
CarbonStructure crumpled_molecule() {
  CarbonStructure structure = samples::decorated_coronene(14);
  Stream stream(13, Purpose::Test);
  samples::rattle(structure.atoms, 0.4, stream);
  return structure;
}

Element its_own(Element element, std::size_t) {
  return element;
}
Element without_heteroatoms(Element element, std::size_t) {
  return element == Element::H ? Element::H : Element::C;
}
Element carbon_only(Element, std::size_t) {
  return Element::C;
}
Element sodium_in_carbon(Element, std::size_t atom) {
  return atom % 4 == 1 ? Element::Na : Element::C;
}
Element sodium_only(Element, std::size_t) {
  return Element::Na;
}

bool has_energy(std::string_view name, const CarbonStructure& structure) {
  return std::abs(evaluate(name, structure).total.energy) > 1e-6;
}

/// The structure in elements that the potential has parameters for: its own, else carbon and hydrogen, else carbon,
/// else sodium at the distances of its metal, else sodium among carbon at their distances. The first that has any
/// energy, else the first.
CarbonStructure suited(std::string_view name, const CarbonStructure& structure) {
  struct Trial {
    Element (*element)(Element, std::size_t);
    double scale;
  };
  std::optional<CarbonStructure> silent;
  constexpr double among_carbon_scale = 2.5 / samples::bond_length;  // sodium and carbon of a gallery [angstrom]
  constexpr double sodium_scale = 3.66 / samples::bond_length;       // nearest neighbours in bcc sodium [angstrom]
  for (const auto& [element, scale] : {Trial{its_own, 1},
                                       {without_heteroatoms, 1},
                                       {carbon_only, 1},
                                       {sodium_only, sodium_scale},
                                       {sodium_in_carbon, among_carbon_scale}}) {
    CarbonStructure result = samples::mapped(structure, {scale, 0, 0}, {0, scale, 0}, {0, 0, scale});
    for (std::size_t i = 0; i < result.atoms.size(); ++i) {
      result.atoms.elements[i] = element(structure.atoms.elements[i], i);
    }
    try {
      if (has_energy(name, result)) return result;
      if (!silent) silent = std::move(result);
    } catch (const InputError&) {  // has no parameters for these
    }
  }
  if (silent) return std::move(*silent);
  throw InputError("no structure of these tests suits " + std::string(name));
}

Atoms pair_of_atoms(Element element, double distance) {
  return {Cell::cubic(20), {{0, 0, 0}, {distance, 0, 0}}, {element, element}};
}

class EveryPotential : public testing::TestWithParam<std::string_view> {
 protected:
  static std::vector<CarbonStructure> structures() {
    return {suited(GetParam(), skewed_layers()), suited(GetParam(), rattled_molecule()),
            suited(GetParam(), crumpled_molecule())};
  }
};

INSTANTIATE_TEST_SUITE_P(Registry, EveryPotential, testing::ValuesIn([] {
                           std::vector<std::string_view> names;
                           for (const auto& entry : potentials()) names.push_back(entry.name);
                           return names;
                         }()),
                         [](const auto& tested) {
                           std::string name(tested.param);
                           std::replace_if(
                               name.begin(), name.end(), [](char c) { return !std::isalnum(c); }, '_');
                           return name;
                         });

TEST_P(EveryPotential, carries_its_name_and_a_source) {
  const CarbonStructure structure = suited(GetParam(), rattled_molecule());
  EXPECT_EQ(make_tested(GetParam(), structure)->name(), GetParam());
  const PotentialEntry& entry = find_potential(GetParam());
  EXPECT_NE(entry.reference.find("doi:"), std::string_view::npos);
  EXPECT_FALSE(entry.summary.empty());
}

TEST_P(EveryPotential, says_whether_it_reads_a_parameter_file) {
  const CarbonStructure structure = suited(GetParam(), rattled_molecule());
  const auto mistake = [&](const std::string& file) -> std::string {
    try {
      make_potential(GetParam(), structure, {.parameter_file = file});
    } catch (const InputError& error) {
      return error.what();
    }
    return {};
  };
  const ParameterFile file = find_potential(GetParam()).file;
  EXPECT_EQ(mistake("nowhere.parameters").find("nowhere.parameters") != std::string::npos, file != ParameterFile::None);
  EXPECT_EQ(mistake("").find("parameter file") != std::string::npos, file == ParameterFile::Named);
}

TEST_P(EveryPotential, says_which_elements_it_knows) {
  const PotentialEntry& entry = find_potential(GetParam());
  if (entry.file == ParameterFile::Named) {
    EXPECT_TRUE(entry.elements.empty());
    return;
  }
  EXPECT_TRUE(std::is_sorted(entry.elements.begin(), entry.elements.end()));
  for (const Element element : all_elements()) {
    const bool known = std::find(entry.elements.begin(), entry.elements.end(), element) != entry.elements.end();
    try {
      make_potential(GetParam(), {pair_of_atoms(element, 1.42), BondGraph(2, {{{0, 1}}})});
      EXPECT_TRUE(known) << symbol(element);
    } catch (const InputError& error) {
      EXPECT_FALSE(known) << error.what();
      EXPECT_NE(std::string(error.what()).find(symbol(element)), std::string::npos) << error.what();
    }
  }
}

TEST_P(EveryPotential, says_whether_it_reads_the_bonds) {
  CarbonStructure structure = suited(GetParam(), skewed_layers());
  const double energy = evaluate(GetParam(), structure).total.energy;
  structure.bonds = BondGraph(structure.atoms.size(), {});
  EXPECT_EQ(evaluate(GetParam(), structure).total.energy != energy, find_potential(GetParam()).reads_bonds());
}

TEST_P(EveryPotential, says_whether_bonds_form) {
  const PotentialEntry& entry = find_potential(GetParam());
  if (entry.file == ParameterFile::Named) GTEST_SKIP() << "those of the tests are of no material";
  const auto energy = [&](double distance) {
    return evaluate(GetParam(), {pair_of_atoms(Element::C, distance), BondGraph(2, {})}).total.energy;
  };
  const bool with_carbon = std::find(entry.elements.begin(), entry.elements.end(), Element::C) != entry.elements.end();
  EXPECT_EQ(with_carbon && energy(6) - energy(1.42) > 1, entry.forms_bonds());
}

TEST_P(EveryPotential, has_forces_that_equal_numerical_derivatives) {
  constexpr double step = 1e-4;
  for (CarbonStructure structure : structures()) {
    const auto potential = make_tested(GetParam(), structure);
    const std::vector<Vector3> forces = evaluate(*potential, structure.atoms).forces;
    double scale = 0;
    for (const Vector3& force : forces) scale = std::max(scale, norm(force));
    ASSERT_GT(scale, 0.01);
    for (std::size_t i = 0; i < structure.atoms.size(); i += 3) {
      for (int axis = 0; axis < 3; ++axis) {
        double& x = structure.atoms.positions[i][axis];
        const double at = x;
        const auto energy = [&](double offset) {
          x = at + offset;
          return evaluate(*potential, structure.atoms).total.energy;
        };
        const double slope =
            (8 * (energy(step) - energy(-step)) - (energy(2 * step) - energy(-2 * step))) / (12 * step);
        x = at;
        EXPECT_NEAR(-slope, forces[i][axis], 1e-5 * scale) << "atom " << i << " axis " << axis;
      }
    }
  }
}

TEST_P(EveryPotential, has_a_virial_that_equals_the_strain_derivative) {
  constexpr double step = 1e-5;
  for (const CarbonStructure& structure : structures()) {
    const auto potential = make_tested(GetParam(), structure);
    const Virial virial = evaluate(*potential, structure.atoms).total.virial;
    const double expected[3][3] = {
        {virial.xx, virial.xy, virial.xz}, {virial.xy, virial.yy, virial.yz}, {virial.xz, virial.yz, virial.zz}};
    for (int row = 0; row < 3; ++row) {
      for (int column = 0; column < 3; ++column) {
        const auto energy = [&](double strain) {
          Vector3 rows[3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
          rows[row][column] += strain;
          return evaluate(*potential, samples::mapped(structure, rows[0], rows[1], rows[2]).atoms).total.energy;
        };
        const double slope = (energy(step) - energy(-step)) / (2 * step);
        EXPECT_NEAR(-slope, expected[row][column], 1e-5 * (1 + std::abs(virial.trace()))) << row << column;
      }
    }
  }
}

TEST_P(EveryPotential, is_invariant_under_translation_and_change_of_image) {
  for (const CarbonStructure& structure : structures()) {
    const Result here = evaluate(GetParam(), structure);
    CarbonStructure moved = structure;
    const auto& [a, b, c] = structure.atoms.cell.vectors();
    for (std::size_t i = 0; i < moved.atoms.size(); ++i) {
      moved.atoms.positions[i] += Vector3{1.234, -7.7, 31.4} + (i % 3 - 1.0) * a + (i % 2) * b - (i % 5) * c;
    }
    const Result there = evaluate(GetParam(), moved);
    EXPECT_NEAR(there.total.energy, here.total.energy, 1e-10 * (1 + std::abs(here.total.energy)));
    for (std::size_t i = 0; i < here.forces.size(); ++i) EXPECT_LT(norm(there.forces[i] - here.forces[i]), 1e-9);
  }
}

TEST_P(EveryPotential, follows_an_atom_that_is_put_into_another_image_between_calls) {
  CarbonStructure structure = suited(GetParam(), skewed_layers());
  const auto potential = make_tested(GetParam(), structure);
  const double before = evaluate(*potential, structure.atoms).total.energy;
  structure.atoms.positions[5] += structure.atoms.cell.vectors()[0];
  EXPECT_NEAR(evaluate(*potential, structure.atoms).total.energy, before, 1e-10 * (1 + std::abs(before)));
}

TEST_P(EveryPotential, is_invariant_under_rotation_of_the_whole_cell) {
  const double c = std::cos(0.7);
  const double s = std::sin(0.7);
  const Vector3 rows[3] = {{c, -s, 0}, {s * c, c * c, -s}, {s * s, s * c, c}};  // about z, then about x
  for (const CarbonStructure& structure : structures()) {
    const Result here = evaluate(GetParam(), structure);
    const Result there = evaluate(GetParam(), samples::mapped(structure, rows[0], rows[1], rows[2]));
    EXPECT_NEAR(there.total.energy, here.total.energy, 1e-10 * (1 + std::abs(here.total.energy)));
    EXPECT_NEAR(there.total.virial.trace(), here.total.virial.trace(), 1e-8);
    for (std::size_t i = 0; i < here.forces.size(); ++i) {
      const Vector3& f = here.forces[i];
      EXPECT_LT(norm(there.forces[i] - Vector3{dot(rows[0], f), dot(rows[1], f), dot(rows[2], f)}), 1e-9);
    }
  }
}

TEST_P(EveryPotential, is_invariant_under_permutation_of_atoms) {
  for (const CarbonStructure& structure : structures()) {
    const std::size_t n = structure.atoms.size();
    const auto place = [n](std::size_t i) { return static_cast<std::uint32_t>((i * 7 + 3) % n); };
    ASSERT_EQ(std::gcd(n, std::size_t{7}), 1u);
    CarbonStructure shuffled = structure;
    for (std::size_t i = 0; i < n; ++i) {
      shuffled.atoms.positions[place(i)] = structure.atoms.positions[i];
      shuffled.atoms.elements[place(i)] = structure.atoms.elements[i];
    }
    std::vector<Bond> bonds;
    for (const auto& [i, j] : structure.bonds.bonds()) {
      bonds.push_back({std::min(place(i), place(j)), std::max(place(i), place(j))});
    }
    shuffled.bonds = BondGraph(n, bonds);
    const Result here = evaluate(GetParam(), structure);
    const Result there = evaluate(GetParam(), shuffled);
    EXPECT_NEAR(there.total.energy, here.total.energy, 1e-10 * (1 + std::abs(here.total.energy)));
    for (std::size_t i = 0; i < n; ++i) EXPECT_LT(norm(there.forces[place(i)] - here.forces[i]), 1e-9);
  }
}

TEST_P(EveryPotential, is_extensive) {
  const CarbonStructure small = suited(GetParam(), samples::graphite(4, 3, 2, 3.4));
  const CarbonStructure large = suited(GetParam(), samples::graphite(8, 3, 4, 3.4));
  const double expected = 4 * evaluate(GetParam(), small).total.energy;
  EXPECT_NEAR(evaluate(GetParam(), large).total.energy, expected, 1e-9 * (1 + std::abs(expected)));
}

TEST_P(EveryPotential, exerts_no_net_force) {
  for (const CarbonStructure& structure : structures()) {
    Vector3 sum;
    for (const Vector3& force : evaluate(GetParam(), structure).forces) sum += force;
    EXPECT_LT(norm(sum), 1e-10);
  }
}

TEST_P(EveryPotential, gives_the_same_with_kept_and_with_fresh_lists) {
  CarbonStructure structure = suited(GetParam(), skewed_layers());
  const auto potential = make_tested(GetParam(), structure);
  Stream stream(5, Purpose::Test);
  for (int step = 0; step < 12; ++step) {
    samples::rattle(structure.atoms, 0.05, stream);
    structure.atoms.cell = structure.atoms.cell.scaled(1.004);
    for (Vector3& position : structure.atoms.positions) position *= 1.004;
    const double fresh = evaluate(GetParam(), structure).total.energy;
    EXPECT_NEAR(evaluate(*potential, structure.atoms).total.energy, fresh, 1e-9 * (1 + std::abs(fresh)));
  }
}

TEST_P(EveryPotential, is_bitwise_the_same_with_one_and_two_threads) {
  CarbonStructure structure = suited(GetParam(), samples::graphite(10, 6, 4, 3.5));
  Stream stream(6, Purpose::Test);
  samples::rattle(structure.atoms, 0.05, stream);
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const Result serial = evaluate(GetParam(), structure);
  omp_set_num_threads(2);
  const Result parallel = evaluate(GetParam(), structure);
  omp_set_num_threads(before);
  EXPECT_EQ(std::memcmp(&serial.total, &parallel.total, sizeof(Evaluation)), 0);
  EXPECT_EQ(serial.forces, parallel.forces);
}

TEST_P(EveryPotential, stays_finite_for_coinciding_atoms_and_straight_angles) {
  CarbonStructure structure = suited(GetParam(), samples::coronene(14));
  auto& positions = structure.atoms.positions;
  positions[1] = positions[0];
  const std::uint32_t centre = 5;
  positions[structure.bonds.of(centre)[0]] = positions[centre] + Vector3{1.4, 0, 0};
  positions[structure.bonds.of(centre)[1]] = positions[centre] - Vector3{1.4, 0, 0};
  const Result result = evaluate(GetParam(), structure);
  EXPECT_TRUE(std::isfinite(result.total.energy));
  EXPECT_TRUE(std::isfinite(result.total.virial.trace()));
  for (const Vector3& force : result.forces) EXPECT_TRUE(std::isfinite(squared_norm(force)));
}

TEST(PotentialRegistry, is_alphabetical) {
  EXPECT_TRUE(std::is_sorted(potentials().begin(), potentials().end(),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));
}

TEST(PotentialRegistry, names_the_nearest_potential_for_a_misspelt_name) {
  try {
    make_potential("lenard-jones", samples::coronene());
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("lennard-jones"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace cardhouse
