#include "engine/io/csv.hpp"

#include <gmock/gmock.h>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/io/text_file.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

const Table curve{{{"voltage", "V", "", {1.5, 0.1}}, {"capacity", "mAh/g", "", {0, 300.25}}}};

TEST(Csv, writes_units_in_its_header) {
  EXPECT_EQ(csv_text(curve), "voltage [V],capacity [mAh/g]\n1.5,0\n0.1,300.25\n");
}

TEST(Csv, writes_numbers_that_read_back_exactly) {
  const double third = 1.0 / 3;
  const std::string text = csv_text({{{"x", "1", "", {third}}}});
  EXPECT_EQ(std::stod(text.substr(text.find('\n') + 1)), third);
}

TEST(Csv, quotes_names_that_hold_the_separator) {
  EXPECT_EQ(csv_text({{{"a,b \"c\"", "1", "", {1}}}}), "\"a,b \"\"c\"\" [1]\"\n1\n");
}

TEST(Csv, writes_a_table_without_rows_as_its_header) {
  EXPECT_EQ(csv_text({{{"x", "s", "", {}}}}), "x [s]\n");
}

TEST(Csv, insists_on_columns_of_one_length_and_different_names) {
  EXPECT_THROW(csv_text({{{"x", "1", "", {1}}, {"y", "1", "", {}}}}), ContractViolation);
  EXPECT_THROW(csv_text({{{"x", "1", "", {1}}, {"x", "1", "", {2}}}}), ContractViolation);
}

TEST(Csv, replaces_a_file_and_leaves_nothing_beside_it) {
  const ScratchFolder folder;
  const std::string path = folder.with_text("curve.csv", "old");
  write_csv(path, curve);
  EXPECT_EQ(read_text_file(path), csv_text(curve));
  EXPECT_EQ(folder.files(), 1u);
}

TEST(Csv, says_where_it_cannot_write) {
  const ScratchFolder folder;
  const std::string path = folder.path("no/such/folder.csv");
  EXPECT_THAT([&] { write_csv(path, curve); },
              testing::ThrowsMessage<InputError>(testing::StartsWith(path + ": cannot be written (No such")));
  const std::string taken = folder.path("taken");
  std::filesystem::create_directories(taken + "/full");
  EXPECT_THROW(write_csv(taken, curve), InputError);
  EXPECT_EQ(folder.files(), 1u);
}

TEST(Table, finds_columns_and_suggests_the_nearest_name) {
  EXPECT_EQ(curve.column("capacity").unit, "mAh/g");
  EXPECT_THAT([&] { curve.column("voltge"); },
              testing::ThrowsMessage<InputError>(testing::HasSubstr("did you mean 'voltage'")));
}

}  // namespace
}  // namespace cardhouse
