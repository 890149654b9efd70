#include "engine/app/summary.hpp"

#include <gtest/gtest.h>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

TEST(Summary, survives_being_stored_as_text) {
  const std::vector<SummaryRow> rows{{"d002", {0.375123456789012345, 0.002}, "nm", "XRD (002)"},
                                     {"atoms", {7000, -1}, "1", ""}};
  const std::vector<SummaryRow> back = decode_summary(encode_summary(rows));
  ASSERT_EQ(back.size(), 2u);
  EXPECT_EQ(back[0].quantity, "d002");
  EXPECT_EQ(back[0].value.value, rows[0].value.value);
  EXPECT_EQ(back[0].value.error, 0.002);
  EXPECT_EQ(back[0].remark, "XRD (002)");
  EXPECT_EQ(back[1].unit, "1");
  EXPECT_EQ(back[1].remark, "");
}

TEST(Summary, refuses_text_that_is_no_summary) {
  EXPECT_THROW(decode_summary("only one column\n"), InputError);
}

TEST(Summary, rounds_values_to_the_second_digit_of_the_error) {
  EXPECT_EQ(format_estimate({1.87346, 0.0213}), "1.873 +- 0.021");
  EXPECT_EQ(format_estimate({152.34, 3.2}), "152.3 +- 3.2");
  EXPECT_EQ(format_estimate({1573.15, -1}), "1573");
  EXPECT_EQ(format_estimate({3.2e-14, 4.1e-15}), "3.2e-14 +- 4.1e-15");
}

TEST(Summary, aligns_its_columns) {
  const std::string text = format_summary({{"a", {1, -1}, "nm", "x"}, {"long name", {2.5, 0.1}, "nm", "y"}});
  const std::size_t first = text.find("nm");
  const std::size_t second = text.find("nm", text.find('\n'));
  EXPECT_EQ(first, second - text.find('\n') - 1);
}

}  // namespace
}  // namespace cardhouse
