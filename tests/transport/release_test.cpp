#include "engine/transport/release.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/base/stream.hpp"

namespace cardhouse {
namespace {

constexpr SiteClass galleries[] = {SiteClass::Gallery};
constexpr SiteClass walls[] = {SiteClass::PoreWall};

// Sodium on galleries as `law` of the whole sodium, with noise; the rest on walls.
template <class Law>
std::vector<ProtocolResult> runs(int number, double noise, Law&& law, bool charging = true) {
  std::vector<ProtocolResult> result(static_cast<std::size_t>(number));
  Stream stream(61, Purpose::Test);
  for (ProtocolResult& run : result)
    for (int k = 0; k <= 200; ++k) {
      const int sodium = charging ? k + 100 : 300 - k;
      ProtocolRecord record{};
      record.sodium = static_cast<std::size_t>(sodium);
      const double on = law(static_cast<double>(sodium)) + noise * (stream.uniform() - 0.5);
      record.by_class[static_cast<std::size_t>(SiteClass::Gallery)] = static_cast<std::size_t>(std::lround(on));
      record.by_class[static_cast<std::size_t>(SiteClass::PoreWall)] =
          record.sodium - static_cast<std::size_t>(std::lround(on));
      run.records.push_back(record);
    }
  return result;
}

double hump(double sodium) {
  return 80 - std::abs(sodium - 200) / 5;
}

TEST(Release, finds_the_fall_and_where_it_is) {
  const Release release = largest_release(runs(4, 4, hump), galleries);
  EXPECT_NEAR(release.fall.value, 19, 2);  // from bin to bin: nearly all of 20
  EXPECT_NEAR(release.before, 200, 10);
  EXPECT_NEAR(release.after, 300, 10);
  EXPECT_TRUE(release.is_certain());
}

TEST(Release, is_none_where_occupation_rises_with_the_charge) {
  const auto rising = [](double sodium) { return sodium / 3; };
  EXPECT_EQ(largest_release(runs(4, 0, rising), galleries).fall.value, 0);
  EXPECT_EQ(largest_release(runs(4, 0, rising), walls).fall.value, 0);
}

TEST(Release, does_not_count_what_leaves_while_the_carbon_is_emptied) {
  EXPECT_EQ(largest_release(runs(4, 0, hump, false), galleries).fall.value, 0);
}

// 100 sets of eight runs without any release: noise is called a release in few of them.
TEST(Release, is_not_certain_where_there_is_only_noise) {
  int certain = 0;
  Stream stream(62, Purpose::Test);
  for (int set = 0; set < 100; ++set) {
    std::vector<ProtocolResult> made = runs(8, 0, [](double sodium) { return sodium / 3; });
    for (ProtocolResult& run : made)
      for (ProtocolRecord& record : run.records)
        record.by_class[static_cast<std::size_t>(SiteClass::Gallery)] += stream.below(10);
    certain += largest_release(made, galleries).is_certain();
  }
  EXPECT_LE(certain, 5);
}

TEST(Release, adds_classes_together) {
  const SiteClass both[] = {SiteClass::Gallery, SiteClass::PoreWall};
  EXPECT_EQ(largest_release(runs(3, 4, hump), both).fall.value, 0);
}

}  // namespace
}  // namespace cardhouse
