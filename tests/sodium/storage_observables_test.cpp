#include "engine/sodium/storage_observables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

SweepPoint point(double voltage, double interlayer, double pore, double spacing, double error = 0.1) {
  SweepPoint result;
  result.voltage = voltage;
  result.by_class[static_cast<std::size_t>(SiteClass::Gallery)] = {interlayer, error};
  result.by_class[static_cast<std::size_t>(SiteClass::PoreCore)] = {pore, error};
  result.capacity = {interlayer + pore, error};
  result.spacing = {spacing, 0.001};
  return result;
}

// Galleries fill to 50 and give 10 back while the pore takes 40; on the way up 5 more stay between the layers.
SweepResult release(double error = 0.1) {
  SweepResult result;
  result.points = {point(2, 0, 0, 3.7, error), point(0.15, 50, 0, 3.8, error), point(0.1, 50, 10, 3.8, error),
                   point(0.05, 40, 40, 3.75, error), point(0, 45, 40, 3.75, error)};
  for (const auto& [voltage, interlayer, pore] : {std::array{0.05, 45.0, 35.0}, std::array{0.1, 55.0, 5.0},
                                                  std::array{0.15, 55.0, 0.0}, std::array{2.0, 0.0, 0.0}}) {
    result.points.push_back(point(voltage, interlayer, pore, 3.8, error));
    result.points.back().sodiation = false;
  }
  return result;
}

StorageObservable find(const std::vector<StorageObservable>& all, const std::string& name) {
  const auto found = std::ranges::find(all, name, &StorageObservable::name);
  EXPECT_NE(found, all.end());
  return *found;
}

TEST(StorageObservables, are_those_that_are_named) {
  const std::vector<StorageObservable> all = storage_observables(release());
  const std::vector<std::string> names = observable_names();
  ASSERT_EQ(all.size(), names.size());
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].name, names[i]);
}

TEST(StorageObservables, see_sodium_leave_the_layers_for_the_pores) {
  const auto all = storage_observables(release());
  EXPECT_NEAR(find(all, "interlayer_slope").value.value, 50, 1e-9);
  EXPECT_EQ(find(all, "interlayer_slope").answer, "rises");
  EXPECT_NEAR(find(all, "interlayer_middle").value.value, -10, 1e-9);
  EXPECT_EQ(find(all, "interlayer_middle").answer, "falls");
  EXPECT_EQ(find(all, "interlayer_end").answer, "rises");
  EXPECT_EQ(find(all, "pore_end").answer, "flat");
  EXPECT_EQ(find(all, "defect_slope").answer, "flat");
  EXPECT_NEAR(find(all, "release").value.value, 10, 1e-9);
  EXPECT_EQ(find(all, "release").answer, "rises");
  EXPECT_EQ(find(all, "hysteresis").answer, "rises");
  EXPECT_NEAR(find(all, "spacing_slope").value.value, 0.1, 1e-9);
  EXPECT_EQ(find(all, "spacing_plateau").answer, "falls");
  EXPECT_NEAR(find(all, "slope_capacity").value.value, 60, 1e-9);
  EXPECT_NEAR(find(all, "plateau_capacity").value.value, 25, 1e-9);
}

TEST(StorageObservables, take_nothing_for_a_change_that_lies_in_the_noise) {
  const auto all = storage_observables(release(20));
  EXPECT_EQ(find(all, "interlayer_middle").answer, "flat");
  EXPECT_EQ(find(all, "release").answer, "flat");
  EXPECT_EQ(find(all, "hysteresis").answer, "flat");
}

TEST(StorageObservables, need_both_ways_and_the_voltages) {
  SweepResult one_way = release();
  one_way.points.resize(5);
  EXPECT_THROW(storage_observables(one_way), InputError);
  SweepResult cut = release();
  cut.points.erase(cut.points.begin() + 4);
  EXPECT_THROW(storage_observables(cut), InputError);
}

}  // namespace
}  // namespace cardhouse
