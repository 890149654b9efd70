#include "engine/builder/build_checks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

using ::testing::HasSubstr;

std::string message(const auto& call) {
  try {
    call();
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(CheckTargets, accepts_the_defaults) {
  EXPECT_NO_THROW(check_targets({}));
}

TEST(CheckTargets, refuses_what_is_out_of_range_by_name) {
  const auto refused = [](auto change) {
    CarbonTargets targets;
    change(targets);
    return message([&] { check_targets(targets); });
  };
  EXPECT_THAT(refused([](CarbonTargets& t) { t.interlayer_spacing = 3.2; }), HasSubstr("interlayer spacing"));
  EXPECT_THAT(refused([](CarbonTargets& t) { t.interlayer_spacing = 5.1; }), HasSubstr("out of range (3.3 to 5)"));
  EXPECT_THAT(refused([](CarbonTargets& t) { t.interlayer_spacing = std::nan(""); }), HasSubstr("out of range"));
  EXPECT_THAT(refused([](CarbonTargets& t) { t.closed_pore_volume = 2; }), HasSubstr("closed pore volume"));
  EXPECT_THAT(refused([](CarbonTargets& t) { t.hydrogen_per_carbon = -0.1; }), HasSubstr("hydrogen"));
  EXPECT_THAT(refused([](CarbonTargets& t) { t.orientation_order = -0.6; }), HasSubstr("orientation order"));
  EXPECT_THAT(refused([](CarbonTargets& t) { t.pore_radius = 0; }), HasSubstr("pore radius"));
  EXPECT_THAT(refused([](CarbonTargets& t) { t.layer_extent = 0; }), HasSubstr("layer extent"));
  EXPECT_THAT(refused([](CarbonTargets& t) { t.anneal_steps = -1; }), HasSubstr("anneal steps"));
  EXPECT_THAT(refused([](CarbonTargets& t) { t.handles_removed = 1.1; }), HasSubstr("handles removed"));
  EXPECT_THAT(refused([](CarbonTargets& t) { t.pores = {{{0, 0, 7}, 1, false}}; }), HasSubstr("pore seed"));
}

TEST(CheckOptions, refuses_a_handle_loop_of_negative_length) {
  EXPECT_THAT(message([] { check_options({.atoms = 8000, .longest_handle_loop = -1}); }), HasSubstr("handle loop"));
}

TEST(CheckOptions, wants_exactly_one_size) {
  EXPECT_THAT(message([] { check_options({}); }), HasSubstr("give one of the two"));
  EXPECT_THROW(check_options({.cell_edge = 40, .atoms = 8000}), InputError);
  EXPECT_NO_THROW(check_options({.atoms = 8000}));
}

TEST(CheckOptions, refuses_too_few_atoms) {
  for (const long atoms : {-1L, 0L, 499L}) EXPECT_THROW(check_options({.atoms = atoms}), InputError);
  EXPECT_NO_THROW(check_options({.atoms = 500}));
}

TEST(CheckCell, refuses_a_cell_without_room_for_layers_or_pores) {
  EXPECT_THROW(check_cell({}, {}, 7), InputError);
  CarbonTargets porous;
  porous.closed_pore_volume = 0.1;
  porous.pore_radius = 12;
  EXPECT_THAT(message([&] { check_cell(porous, {}, 30); }), HasSubstr("does not fit"));
  EXPECT_NO_THROW(check_cell(porous, {}, 32));
  EXPECT_NO_THROW(check_cell({}, {}, 30));
}

}  // namespace
}  // namespace cardhouse
