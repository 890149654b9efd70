#include "engine/sodium/site_network.hpp"

#include <gtest/gtest.h>

#include <set>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/sodium/registry.hpp"

namespace cardhouse {
namespace {

TEST(SiteNetwork, one_sodium_for_six_carbons_is_372_milliampere_hours_per_gram) {
  SiteNetwork network{Cell::cubic(10), {}, {}, {}, {}, 6 * 12.011};
  const double expected = constants::faraday / 3.6 / (6 * 12.011);  // F/(3.6 M)
  EXPECT_NEAR(capacity(network, 1), expected, 1e-4 * expected);
  EXPECT_NEAR(capacity(network, 1), 371.9, 0.1);
  EXPECT_EQ(capacity(network, 0), 0);
}

TEST(SiteNetwork, capacity_needs_a_host) {
  EXPECT_THROW(capacity({Cell::cubic(10), {}, {}, {}, {}, 0}, 1), ContractViolation);
}

TEST(SiteClasses, every_class_is_registered_once_under_its_name_in_alphabetical_order) {
  std::set<SiteClass> kinds;
  std::string_view previous;
  for (const auto& entry : site_classes()) {
    EXPECT_LT(previous, entry.name);
    EXPECT_EQ(entry.name, name(entry.make));
    EXPECT_FALSE(entry.summary.empty());
    EXPECT_FALSE(entry.reference.empty());
    kinds.insert(entry.make);
    previous = entry.name;
  }
  EXPECT_EQ(kinds.size(), static_cast<std::size_t>(site_class_count));
}

}  // namespace
}  // namespace cardhouse
