#include "potentials/nep_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/errors.hpp"
#include "tests/potentials/made_up_parameters.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// One neuron, one element: 2 + 2 * 1 descriptors; numbers count up from 1.
std::string small_file(const std::string& header, const std::string& shape, int numbers) {
  std::string text = header + "\ncutoff 5 4 100 20\n" + shape;
  for (int k = 1; k <= numbers; ++k) text += std::to_string(k) + "\n";
  return text;
}
const std::string small_shape = "n_max 1 1\nbasis_size 0 1\nl_max 1 0 0\nANN 1 0\n";
constexpr int small_size = 4 + 1 + 1 + 1 + 2 + 4 + 4;

std::string message(const std::string& text) {
  const ScratchFolder folder;
  try {
    read_nep_file(folder.with_text("nep.txt", text));
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(NepFile, puts_every_number_in_its_place) {
  const ScratchFolder folder;
  const NepModel model = read_nep_file(folder.with_text("nep.txt", small_file("nep4 1 C", small_shape, small_size)));
  EXPECT_EQ(model.version, 4);
  EXPECT_THAT(model.elements, ElementsAre("C"));
  EXPECT_EQ(model.cutoffs[0].radial, 5);
  EXPECT_EQ(model.cutoffs[0].angular, 4);
  EXPECT_EQ(model.descriptors(), 4u);
  EXPECT_THAT(model.networks[0].weights, ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(model.networks[0].thresholds, ElementsAre(5));
  EXPECT_THAT(model.networks[0].outputs, ElementsAre(6));
  EXPECT_EQ(model.bias, 7);
  EXPECT_THAT(model.radial_coefficients, ElementsAre(8, 9));
  EXPECT_THAT(model.angular_coefficients, ElementsAre(10, 11, 12, 13));
  EXPECT_THAT(model.scalers, ElementsAre(14, 15, 16, 17));
}

TEST(NepFile, reads_one_network_for_all_elements_in_version_three_and_one_each_in_four) {
  const ScratchFolder folder;
  const std::string shape = "n_max 0 0\nbasis_size 0 0\nl_max 1\nANN 1 0\n";  // 2 descriptors, 4 coefficients a kind
  EXPECT_EQ(read_nep_file(folder.with_text("3", small_file("nep3 2 C H", shape, 4 + 1 + 8 + 2))).networks.size(), 1u);
  EXPECT_EQ(read_nep_file(folder.with_text("4", small_file("nep4 2 C H", shape, 8 + 1 + 8 + 2))).networks.size(), 2u);
}

TEST(NepFile, reads_repulsion_and_cutoffs_of_each_element) {
  const ScratchFolder folder;
  const NepModel model = read_nep_file(folder.with_text("nep.txt", samples::made_up_nep()));
  ASSERT_TRUE(model.repulsion.has_value());
  EXPECT_EQ(model.repulsion->inner, 0.6);
  EXPECT_EQ(model.repulsion->outer, 1.3);
  EXPECT_FALSE(model.repulsion->typewise_factor.has_value());
  EXPECT_EQ(model.cutoffs[1].radial, 4.5);
  EXPECT_EQ(model.cutoffs[1].angular, 3);
  EXPECT_TRUE(model.has_four_body && model.has_five_body);
}

TEST(NepFile, names_what_it_does_not_support) {
  EXPECT_THAT(message(small_file("nep4_dipole 1 C", small_shape, small_size)), HasSubstr("nep4_dipole"));
  EXPECT_THAT(message(small_file("nep5 1 C", small_shape, small_size)), HasSubstr("known: nep3"));
  EXPECT_THAT(message(small_file("nep4_zbl 1 C\nzbl 0 0", small_shape, small_size)), HasSubstr("flexible"));
  const std::string new_terms = "n_max 1 1\nbasis_size 0 1\nl_max 4 1 1 0 1\nANN 1 0\n";
  EXPECT_THAT(message(small_file("nep4 1 C", new_terms, small_size)), HasSubstr("q_222 and q_1111"));
}

TEST(NepFile, names_the_line_of_a_mistake) {
  EXPECT_THAT(message(small_file("nep4 2 C", small_shape, small_size)), HasSubstr("nep.txt:1"));
  EXPECT_THAT(message(small_file("nep4 1 C", small_shape, small_size - 1)), HasSubstr("ends within the scalers"));
  EXPECT_THAT(message(small_file("nep4 1 C", small_shape, small_size + 1)), HasSubstr("nep.txt:24"));
  EXPECT_THAT(message(small_file("nep4 1 C", "n_max 1 1\nbasis_size 0\n", 3)), HasSubstr("nep.txt:4"));
  EXPECT_THAT(message(small_file("nep4 1 C", small_shape, small_size) + "x"), HasSubstr("goes on"));
  EXPECT_THAT(message("nep4 1 C\ncutoff 5 six 1 1\n"), HasSubstr("'six' is no number"));
  EXPECT_THAT(message("nep4 1 C\ncutoff 5 6 1 1\n"), HasSubstr("exceeds"));
  EXPECT_THAT(message(""), HasSubstr("empty"));
}

}  // namespace
}  // namespace cardhouse
