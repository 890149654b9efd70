#include "engine/sodium/replicas.hpp"

#include <gtest/gtest.h>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

TEST(Replicas, come_back_in_order_whatever_their_lengths) {
  const auto results = run_replicas(
      5, [](int replica) { return std::vector<double>(static_cast<std::size_t>(replica), replica * 1.5); },
      Communicator());
  ASSERT_EQ(results.size(), 5u);
  for (int replica = 0; replica < 5; ++replica)
    EXPECT_EQ(results[replica], std::vector<double>(static_cast<std::size_t>(replica), replica * 1.5));
}

TEST(Replicas, pass_on_what_one_of_them_throws) {
  const auto failing = [](int replica) -> std::vector<double> {
    if (replica == 2) throw InputError("no such site");
    return {1.0};
  };
  EXPECT_THROW(run_replicas(4, failing, Communicator()), InputError);
}

}  // namespace
}  // namespace cardhouse
