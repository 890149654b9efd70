#include "engine/app/stages/cycle_settings.hpp"

#include <gtest/gtest.h>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

CycleSettings read(const std::string& text) {
  const Deck deck = Deck::from_text(text, "test");
  const CycleSettings settings = read_cycle_settings(deck.root().table("cycle"));
  deck.reject_unknown_keys();
  return settings;
}

TEST(CycleSettings, reads_every_kind_of_step) {
  const CycleSettings settings = read(R"(
[cycle]
capacity = "50 mAh/g"
exchange = "mouths"
current_control = "feedback"
fast_rate = "5 1/s"
[[cycle.step]]
current = "20 mA/g"
until = "5 mV"
[[cycle.step]]
current = "-20 mA/g"
until = "1 V"
time = "2 h"
records = 7
[[cycle.step]]
scan = "0.1 mV/s"
from = "0 V"
to = "1.5 V"
[[cycle.step]]
hold = "5 mV"
time = "1 h"
[[cycle.step]]
rest = "2 h"
[[cycle.step]]
pulses = 3
current = "20 mA/g"
time = "10 min"
rest = "1 h"
)");
  ASSERT_EQ(settings.steps.size(), 5u + 6u);
  EXPECT_EQ(settings.capacity, 50);
  EXPECT_EQ(settings.places, "mouths");
  EXPECT_EQ(settings.options.current_control, CurrentControl::Feedback);
  EXPECT_EQ(settings.options.conditions.fast_rate, 5);
  // 20 mA/g into one gram: 0.02 C/s, that is 0.02/e sodium a second.
  const double gram = 1e-3 / constants::atomic_mass_kilogram * constants::dalton;
  EXPECT_NEAR(settings.steps[0].current * gram * constants::elementary_charge, 0.02, 1e-9);
  EXPECT_DOUBLE_EQ(settings.steps[0].stop_below, 0.005);
  EXPECT_LT(settings.steps[1].current, 0);
  EXPECT_DOUBLE_EQ(settings.steps[1].stop_above, 1);
  EXPECT_DOUBLE_EQ(settings.steps[1].duration, 7200);
  EXPECT_EQ(settings.steps[1].records, 7);
  EXPECT_EQ(settings.steps[2].control, ControlKind::Potential);
  EXPECT_NEAR(settings.steps[2].duration, 15000, 1e-6);
  EXPECT_DOUBLE_EQ(settings.steps[3].first_potential, settings.steps[3].last_potential);
  EXPECT_EQ(settings.steps[4].current, 0);
  ASSERT_EQ(settings.pulses.size(), 3u);
  EXPECT_EQ(settings.pulses[2].pulse, 9u);
  EXPECT_EQ(settings.pulses[2].rest, 10u);
}

TEST(CycleSettings, refuses_steps_that_end_nowhere_or_do_nothing) {
  for (const char* step :
       {"current = \"20 mA/g\"", "current = \"0 A/g\"\ntime = \"1 h\"", "current = \"20 mV\"\ntime = \"1 h\"",
        "time = \"1 h\"", "hold = \"5 mV\"", "scan = \"-1 mV/s\"\nfrom = \"0 V\"\nto = \"1 V\"",
        "scan = \"1 mV/s\"\nfrom = \"1 V\"\nto = \"1 V\"", "rest = \"0 s\"",
        "pulses = 0\ncurrent = \"20 mA/g\"\ntime = \"1 h\"\nrest = \"1 h\"", "rest = \"1 h\"\nrecords = 0",
        "rest = \"1 h\"\nuntil = \"1 V\""})
    EXPECT_THROW(read(std::string("[cycle]\n[[cycle.step]]\n") + step + "\n"), InputError) << step;
  EXPECT_THROW(read("[cycle]\n"), InputError);
  EXPECT_THROW(read("[cycle]\nexchange = \"edges\"\n[[cycle.step]]\nrest = \"1 h\"\n"), InputError);
}

TEST(CycleSettings, couple_galleries_and_pores_as_they_are_told) {
  const std::string step = "\n[[cycle.step]]\nrest = \"2 h\"\n";
  EXPECT_EQ(read("[cycle]" + step).couplings, std::vector<bool>{true});  // as the shipped parameters say
  EXPECT_EQ(read("[cycle]\ncoupling = \"off\"" + step).couplings, std::vector<bool>{false});
  EXPECT_EQ(read("[cycle]\ncoupling = \"both\"" + step).couplings, (std::vector<bool>{true, false}));
  EXPECT_THROW(read("[cycle]\ncoupling = \"maybe\"" + step), InputError);
}

}  // namespace
}  // namespace cardhouse
