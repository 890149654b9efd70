#include "potentials/tersoff_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/errors.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

const std::string numbers = " 3 1 0 38049 4.3484 -0.57058 0.72751 1.5724e-7 2.2119 346.74 1.95 0.15 3.4879 1393.6\n";

std::vector<TersoffEntry> read(const std::string& text) {
  const ScratchFolder folder;
  return read_tersoff_file(folder.with_text("test.tersoff", text));
}

std::string message(const std::string& text) {
  try {
    read(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(TersoffFile, reads_every_column) {
  const auto entries =
      read("# comment\n\nC Si N 1 0.5 1.5 2 3 -0.25 0.75 1e-3 4 5\n 1.9 +0.2 6 7 # rest\nC C C" + numbers);
  ASSERT_EQ(entries.size(), 2u);
  const TersoffEntry& e = entries[0];
  EXPECT_THAT(e.symbols, testing::ElementsAre("C", "Si", "N"));
  EXPECT_EQ(e.m, 1);
  EXPECT_THAT((std::array{e.gamma, e.lambda3, e.c, e.d, e.cos_theta0, e.n, e.beta}),
              testing::ElementsAre(0.5, 1.5, 2, 3, -0.25, 0.75, 1e-3));
  EXPECT_THAT((std::array{e.lambda2, e.B, e.R, e.D, e.lambda1, e.A}), testing::ElementsAre(4, 5, 1.9, 0.2, 6, 7));
  EXPECT_EQ(entries[1].m, 3);
}

TEST(TersoffFile, says_where_a_file_is_wrong) {
  using testing::AllOf;
  using testing::HasSubstr;
  EXPECT_THAT(message("C C C 3 1 zero 1 1 0 1 1 1 1 1 0.1 1 1\n"), AllOf(HasSubstr("test.tersoff:1: lambda3: 'zero'")));
  EXPECT_THAT(message("#\nC C C 2 1 0 1 1 0 1 1 1 1 1 0.1 1 1\n"), AllOf(HasSubstr(":2: m: '2'"), HasSubstr("1 or 3")));
  EXPECT_THAT(message("C C C 3 1 0 1 0 0 1 1 1 1 1 0.1 1 1\n"), HasSubstr(":1: d: '0' is out of range"));
  EXPECT_THAT(message("C C C 3 1 0 1 1 0 0 1 1 1 1 0.1 1 1\n"), HasSubstr(":1: n: '0' is out of range"));
  EXPECT_THAT(message("C C C 3 1 0 1 1 0 1 1 1 -1 1 0.1 1 1\n"), HasSubstr(":1: B: '-1' is out of range"));
  EXPECT_THAT(message("C C C 3 1 0 1 1 0 1 1 1 1 1 1.5 1 1\n"), HasSubstr("D: larger than R"));
  EXPECT_THAT(message("C C C 3 1 0 1 1 0 1 1 1 1 300 1.5 1 1\n"), HasSubstr("R: R + D exceeds 100 angstrom"));
  EXPECT_THAT(message("C C C 3 1 0 1 1 0 1 1 1 1 1 nan 1 1\n"), HasSubstr(":1: D: 'nan' is no number"));
  EXPECT_THAT(message("C C C" + numbers + "C C C" + numbers), HasSubstr(":2: a second entry for C C C"));
  EXPECT_THAT(message("C C C" + numbers + "N N N 3 1\n"), HasSubstr(":2: the last entry has 5 words instead of 17"));
  EXPECT_THAT(message("C C C 3 1 0\nN N N" + numbers), HasSubstr(":2: c: 'N' is no number"));
  EXPECT_THAT(message("# nothing\n"), HasSubstr("holds no entry"));
  EXPECT_THROW(read_tersoff_file("/no/such/file.tersoff"), InputError);
}

TEST(TersoffFile, allows_zero_n_where_it_is_not_used) {
  EXPECT_EQ(read("C N C 3 1 0 1 1 0 0 0 0 0 1 0.1 0 0\n").size(), 1u);
}

}  // namespace
}  // namespace cardhouse
