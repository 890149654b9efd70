// Contracts are tested switched on, whatever the build says.
#ifndef CARDHOUSE_CONTRACTS
#define CARDHOUSE_CONTRACTS
#endif
#include "engine/base/contracts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardhouse {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

double reciprocal(double x) {
  EXPECTS(x != 0);
  const double y = 1 / x;
  ENSURES(y < 1e6);
  return y;
}

TEST(Contracts, let_correct_calls_pass) {
  EXPECT_EQ(reciprocal(4), 0.25);
}

TEST(Contracts, name_file_and_condition_of_the_broken_one) {
  EXPECT_THAT([] { reciprocal(0); },
              ThrowsMessage<ContractViolation>(AllOf(HasSubstr("contracts_test.cpp:"), HasSubstr("EXPECTS(x != 0)"))));
  EXPECT_THAT([] { reciprocal(1e-9); }, ThrowsMessage<ContractViolation>(HasSubstr("ENSURES(y < 1e6)")));
}

TEST(Contracts, are_no_mistakes_of_the_user) {
  static_assert(std::is_base_of_v<std::logic_error, ContractViolation>);
  static_assert(!std::is_base_of_v<std::runtime_error, ContractViolation>);
  EXPECT_THROW(reciprocal(0), std::logic_error);
}

TEST(Contracts, evaluate_their_condition_once) {
  int evaluations = 0;
  EXPECTS(++evaluations > 0);
  EXPECT_EQ(evaluations, 1);
}

}  // namespace
}  // namespace cardhouse
