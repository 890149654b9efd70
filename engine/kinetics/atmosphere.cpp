#include "engine/kinetics/atmosphere.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/constants.hpp"

namespace cardhouse {
namespace {

std::vector<GasShare> gases_called(const std::string& name) {
  if (name == "vacuum" || name == "water") return {};
  if (name == "air") return {{"O2", 0.21}, {"N2", 0.79}};
  if (name == "steam") return {{"H2O", 1}};
  return {{name, 1}};
}

void add_share(std::vector<GasShare>& gases, const std::string& gas, double share) {
  const auto same = std::find_if(gases.begin(), gases.end(), [&](const GasShare& entry) { return entry.gas == gas; });
  if (same != gases.end()) {
    same->share += share;
  } else {
    gases.push_back({gas, share});
  }
}

std::vector<GasShare> read_mixture(const DeckTable& shares) {
  std::vector<GasShare> gases;
  double sum = 0;
  for (const auto& gas : shares.keys()) {
    const double share = shares.quantity(gas, dimension::none);
    if (share < 0) shares.fail(gas, "the share is negative");
    const auto parts = gases_called(gas);
    if (parts.empty()) shares.fail(gas, "'" + gas + "' is no gas", "name gases, like { O2 = 0.05, Ar = 0.95 }");
    for (const auto& part : parts) add_share(gases, part.gas, share * part.share);
    sum += share;
  }
  if (std::abs(sum - 1) > 1e-6) {
    shares.fail("", "the shares of the gases add up to " + std::to_string(sum), "make them add up to one");
  }
  return gases;
}

}  // namespace

double Atmosphere::concentration(std::string_view gas, double temperature) const {
  const auto found = std::find_if(gases.begin(), gases.end(), [&](const GasShare& entry) { return entry.gas == gas; });
  return found == gases.end() ? 0 : found->share * pressure / (constants::boltzmann * temperature);
}

bool is_inert(std::string_view gas) {
  constexpr std::array<std::string_view, 3> inert = {"Ar", "He", "N2"};
  return std::find(inert.begin(), inert.end(), gas) != inert.end();
}

Atmosphere read_atmosphere(const DeckTable& step, const DeckTable* defaults) {
  const auto at = [&](std::string_view key) { return step.has(key) || defaults == nullptr ? step : *defaults; };
  const DeckTable named = at("atmosphere");
  Atmosphere atmosphere;
  atmosphere.place = named.place("atmosphere");
  if (named.is_table("atmosphere")) {
    atmosphere.name = "mixture";
    atmosphere.gases = read_mixture(named.table("atmosphere"));
  } else {
    atmosphere.name = named.text("atmosphere", "Ar");
    atmosphere.gases = gases_called(atmosphere.name);
  }
  atmosphere.pressure = at("pressure").quantity("pressure", dimension::pressure, "1 atm");
  if (atmosphere.pressure < 0) step.fail("pressure", "the pressure is negative");
  atmosphere.residence = at("residence").quantity("residence", dimension::time, "0 s");
  if (atmosphere.residence < 0) step.fail("residence", "the time is negative");
  return atmosphere;
}

}  // namespace cardhouse
