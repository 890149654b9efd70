#include "potentials/embedded_atom.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>

#include "engine/base/errors.hpp"
#include "potentials/embedded_atom_file.hpp"
#include "tests/potentials/made_up_parameters.hpp"
#include "tests/potentials/metal_samples.hpp"
#include "tests/potentials/numerical_forces.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using testing::HasSubstr;

auto maker(const std::string& file) {
  return [file](const CarbonStructure& structure) {
    return std::make_unique<EmbeddedAtom>(structure, EmbeddedAtomOptions{.parameter_file = file});
  };
}

/// A file of OpenKIM in the folder $CARDHOUSE_TEST_DATA; empty where there is none.
std::string test_data(const std::string& name) {
  const char* folder = std::getenv("CARDHOUSE_TEST_DATA");
  const std::string path = folder == nullptr ? "" : std::string(folder) + "/" + name;
  return std::filesystem::is_regular_file(path) ? path : "";
}

TEST(EmbeddedAtom, gives_the_crystals_of_mendelevs_sodium) {
  const std::string file = test_data("Na_MendelevM_2014.eam.fs");
  if (file.empty()) GTEST_SKIP() << "CARDHOUSE_TEST_DATA names no folder with Na_MendelevM_2014.eam.fs";
  const samples::Minimum bcc = samples::crystal_minimum(samples::body_centred, maker(file), 4.2);
  EXPECT_NEAR(bcc.energy, -1.1110, 0.0001);
  EXPECT_NEAR(bcc.edge, 4.2279, 0.0005);
  EXPECT_NEAR(samples::crystal_minimum(samples::face_centred, maker(file), 5.3).energy, -1.1021, 0.0001);
}

TEST(EmbeddedAtom, gives_the_crystals_of_nichols_sodium) {
  const std::string file = test_data("Na_v2.eam.fs");
  if (file.empty()) GTEST_SKIP() << "CARDHOUSE_TEST_DATA names no folder with Na_v2.eam.fs";
  const samples::Minimum bcc = samples::crystal_minimum(samples::body_centred, maker(file), 4.2);
  EXPECT_NEAR(bcc.energy, -1.1090, 0.0001);
  EXPECT_NEAR(bcc.edge, 4.2906, 0.0005);
  EXPECT_NEAR(samples::crystal_minimum(samples::face_centred, maker(file), 5.3).energy, -1.1122, 0.0001);
}

TEST(EmbeddedAtom, gives_a_dimer_the_energy_of_its_formula) {
  const ScratchFolder folder;
  const std::string file = folder.with_text("Na.eam", samples::made_up_setfl());
  for (const double r : {2.0, 3.01, 4.4, 5.9, 6.1}) {
    CarbonStructure pair{{Cell::cubic(20), {}, {}}, BondGraph(2, {})};
    pair.atoms.add(Element::Na, {1, 2, 3});
    pair.atoms.add(Element::Na, {1, 2, 3 + r});
    const double tail = r < 6 ? std::pow(1 - r / 6, 3) : 0;
    const double expected = (900 * std::exp(-2 * r) - 0.3) * tail - 2 * std::sqrt(8 * std::exp(-r / 2) * tail + 0.5);
    std::vector<Vector3> forces(2);
    EXPECT_NEAR(maker(file)(pair)->evaluate(pair.atoms, forces).energy, expected, 1e-3) << r;  // of the tables
  }
}

TEST(EmbeddedAtom, has_conservative_forces_beyond_the_end_of_the_embedding_table) {
  const ScratchFolder folder;
  const std::string file = folder.with_text("Na.eam", samples::made_up_setfl());
  CarbonStructure structure = samples::body_centred(2.2, 3);  // density above 9.95, the last of the table
  Stream stream(3, Purpose::Test);
  samples::rattle(structure.atoms, 0.1, stream);
  samples::expect_numerical_forces(*maker(file)(structure), structure);
}

TEST(EmbeddedAtom, sees_many_images_of_an_atom_in_a_small_cell) {
  const ScratchFolder folder;
  const std::string file = folder.with_text("Na.eam", samples::made_up_setfl());
  std::vector<Vector3> few(2), many(54);
  const CarbonStructure small = samples::body_centred(4.2, 1), large = samples::body_centred(4.2, 3);
  EXPECT_NEAR(27 * maker(file)(small)->evaluate(small.atoms, few).energy,
              maker(file)(large)->evaluate(large.atoms, many).energy, 1e-11);
}

TEST(EmbeddedAtomFile, tells_densities_of_pairs_from_densities_of_elements) {
  const ScratchFolder folder;
  const std::string head = "1\n2\n3\n2 Na C\n5 0.1 5 0.5 2\n";
  const auto values = [](int n, int first) {
    std::string text;
    for (int k = 0; k < n; ++k) text += std::to_string(first + k) + " ";
    return text + "\n";
  };
  const std::string alloy = head + "11 23 4 bcc\n" + values(10, 0) + "6 12 1 hex\n" + values(10, 20) + values(15, 40);
  const EmbeddedAtomTables one = read_setfl_file(folder.with_text("alloy", alloy));
  EXPECT_EQ(one.density[0 * 2 + 1][0], 5);
  EXPECT_EQ(one.density[1 * 2 + 0][4], 29);
  EXPECT_EQ(one.pair[0 * 2 + 1][0], 45);
  EXPECT_EQ(one.pair[1 * 2 + 1][4], 54);
  const std::string pairs = head + "11 23 4 bcc\n" + values(15, 0) + "6 12 1 hex\n" + values(15, 20) + values(15, 40);
  const EmbeddedAtomTables each = read_setfl_file(folder.with_text("fs", pairs));
  EXPECT_EQ(each.density[0 * 2 + 1][0], 10);
  EXPECT_EQ(each.density[1 * 2 + 0][4], 29);
  EXPECT_EQ(each.embedding[1][0], 20);
}

TEST(EmbeddedAtomFile, names_the_line_of_a_mistake) {
  const auto message = [](const std::string& text) -> std::string {
    const ScratchFolder folder;
    try {
      read_setfl_file(folder.with_text("Na.eam", text));
    } catch (const InputError& error) {
      return error.what();
    }
    return "no error";
  };
  const std::string whole = samples::made_up_setfl();
  EXPECT_EQ(message(whole), "no error");
  EXPECT_THAT(message(whole.substr(0, whole.size() - 40)), HasSubstr("instead of 604"));
  EXPECT_THAT(message(whole + "1.0\n"), HasSubstr("words of tables"));
  EXPECT_THAT(message("1\n2\n3\n1 Na\n5 0.1 5 0 2\n"), HasSubstr("Na.eam:5"));
  EXPECT_THAT(message("1\n2\n3\n1 Na\n5 0.1 5 x 2\n"), HasSubstr("'x' is no number"));
  EXPECT_THAT(message("1\n2\n3\n"), HasSubstr("ends too early"));
}

TEST(EmbeddedAtom, asks_for_a_file_and_for_its_elements) {
  const ScratchFolder folder;
  const std::string file = folder.with_text("Na.eam", samples::made_up_setfl());
  EXPECT_THROW(maker("")(samples::body_centred(4.2)), InputError);
  EXPECT_THROW(maker(file)(samples::graphene(1, 1)), InputError);
}

}  // namespace
}  // namespace cardhouse
