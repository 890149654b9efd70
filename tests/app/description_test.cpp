#include "engine/app/description.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "engine/app/packed_description.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

const std::vector<DescribedGroup> sample{{"first",
                                          "one group",
                                          {{{"long_name_of_a_number",
                                             {1.5, 0.25},
                                             "nm",
                                             "a remark that is far too long for the rest of an eighty-column line"},
                                            {"empty", {0, 0}, "1", "exact"},
                                            {"also_empty", {0, 0}, "1", "exact"},
                                            {"zero_within_error", {0, 0.1}, "1", "measured"}},
                                           {}}},
                                         {"curves only", "no numbers", {{}, {{"curve", {}}}}}};

TEST(Description, keeps_to_the_width_of_the_page) {
  std::istringstream page(format_groups(sample, 80));
  int lines = 0;
  for (std::string line; std::getline(page, line); ++lines) {
    EXPECT_LE(line.size(), 80u) << line;
    EXPECT_TRUE(line.empty() || line.back() != ' ');
  }
  EXPECT_EQ(lines, 5) << page.str();
}

TEST(Description, gathers_exact_zeros_and_no_others) {
  const std::string page = format_groups(sample);
  EXPECT_THAT(page, testing::HasSubstr("\n  zero: empty, also empty\n"));
  EXPECT_THAT(page, testing::HasSubstr("zero within error"));
  EXPECT_THAT(page, testing::Not(testing::HasSubstr("curves only")));
}

TEST(Description, travels_between_ranks_bit_by_bit) {
  const Description sent{{{"radius", {0.1 + 0.2, -1}, "nm", "half, \"quoted\""}, {"none", {0, 0}, "1", ""}},
                         {{"curve", {{{"x", "angstrom", "place", {1.0 / 3, 2}}, {"y", "1", "", {}}}}}, {"empty", {}}}};
  const Description got = unpack(pack(sent));
  ASSERT_EQ(got.values.size(), 2u);
  EXPECT_EQ(got.values[0].name, "radius");
  EXPECT_EQ(got.values[0].estimate.value, 0.1 + 0.2);
  EXPECT_EQ(got.values[0].estimate.error, -1);
  EXPECT_EQ(got.values[0].remark, "half, \"quoted\"");
  ASSERT_EQ(got.tables.size(), 2u);
  EXPECT_EQ(got.tables[0].table.columns[0].values, (std::vector<double>{1.0 / 3, 2}));
  EXPECT_EQ(got.tables[0].table.columns[0].unit, "angstrom");
  EXPECT_TRUE(got.tables[1].table.columns.empty());
}

TEST(Description, every_group_has_one_rank_and_pores_have_the_first_to_themselves) {
  const std::vector<std::string> groups = descriptor_groups({});
  for (const int ranks : {1, 2, 3, 20})
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const int rank = rank_of_group(groups, i, ranks);
      EXPECT_GE(rank, 0);
      EXPECT_LT(rank, ranks);
      EXPECT_TRUE(ranks == 1 || (rank == 0) == (groups[i] == "pores"));
    }
}

TEST(Description, names_of_a_laboratory_lead_to_groups_of_the_registry) {
  EXPECT_EQ(descriptor_groups({"xrd", "saxs", "diffraction"}),
            (std::vector<std::string>{"diffraction", "small_angles"}));
  EXPECT_EQ(descriptor_groups({}).size(), descriptors().size());
  for (const char* name : {"density", "pdf", "raman", "rings", "saxs", "xrd"})
    for (const std::string& group : descriptor_groups({name})) find_entry(descriptors(), group, "descriptor");
  EXPECT_THROW(descriptor_groups({"xdr"}), InputError);
}

TEST(Description, comma_separated_numbers_have_no_error_where_there_is_none) {
  EXPECT_EQ(numbers_csv({sample[0]}).substr(0, 70),
            "group,quantity,value,error,unit,remark\nfirst,long_name_of_a_number,1.5");
  EXPECT_THAT(numbers_csv(sample), testing::HasSubstr("\nfirst,empty,0,,1,\"exact\"\n"));
}

}  // namespace
}  // namespace cardhouse
