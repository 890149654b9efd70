#include "engine/app/stages/transport_settings.hpp"

#include <gtest/gtest.h>

#include "engine/app/stages/transport_activation.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

TransportSettings read(const std::string& text) {
  const Deck deck = Deck::from_text("[transport]\n" + text, "test");
  const TransportSettings settings = read_transport_settings(deck.root().table("transport"));
  deck.reject_unknown_keys();
  return settings;
}

TEST(TransportSettings, read_how_events_are_picked) {
  EXPECT_EQ(read("").options.selection, Selection::Automatic);
  EXPECT_EQ(read("selection = \"tree\"").options.selection, Selection::Tree);
  EXPECT_EQ(read("selection = \"groups\"").options.selection, Selection::Groups);
  EXPECT_THROW(read("selection = \"list\""), InputError);
}

TEST(TransportSettings, sort_temperatures_and_add_that_of_the_cell) {
  EXPECT_TRUE(read("").temperatures.empty());
  EXPECT_EQ(read("temperatures = [\"320 K\", \"280 K\"]\ntemperature = \"300 K\"").temperatures,
            (std::vector<double>{280, 300, 320}));
  EXPECT_EQ(read("temperatures = [\"320 K\", \"300 K\"]\ntemperature = \"300 K\"").temperatures.size(), 2u);
  EXPECT_THROW(read("temperatures = [\"300 K\"]\ntemperature = \"300 K\""), InputError);
  EXPECT_THROW(read("temperatures = [\"300 K\", \"0 K\"]"), InputError);
  EXPECT_THROW(read("temperatures = [300, 310]"), InputError);
}

TemperaturePoint point(double temperature, double diffusivity, bool diffusive) {
  TemperaturePoint result{temperature, {}, Estimate{2, 0.1}, {}};
  result.run.result.tracer = result.run.result.jump = {diffusivity, 0.1 * diffusivity};
  result.run.result.diffusive = diffusive;
  return result;
}

TEST(Activations, leave_bounds_out) {
  const std::vector<TemperaturePoint> points{point(280, 1e4, false), point(300, 1e3, true), point(330, 2e3, true)};
  const auto all = activations(points);
  ASSERT_EQ(all.size(), 3u);  // no class has sites
  for (const Activation& each : all) {
    EXPECT_EQ(each.temperatures, 2u);
    ASSERT_TRUE(each.fit);
    EXPECT_GT(each.fit->energy.value, 0);  // the bound at 280 K would turn it round
  }
  EXPECT_NEAR(points[1].chemical()->value, 2e3, 1e-9);
  const std::vector<TemperaturePoint> bounds{point(280, 1e4, false), point(300, 1e3, true)};
  EXPECT_FALSE(activations(bounds)[0].fit);
  EXPECT_LT(summarise_activations(activations(bounds), 2)[0].value.error, 0);
}

TEST(Activations, leave_out_what_the_cap_has_spoilt) {
  TemperaturePoint spoilt = point(300, 1e3, true);
  spoilt.run.acceleration.cap.flow = 1;
  spoilt.run.acceleration.diffusive = true;
  spoilt.run.acceleration.change = {0.8, 0.01};
  EXPECT_FALSE(spoilt.has_diffusivity());
}

}  // namespace
}  // namespace cardhouse
