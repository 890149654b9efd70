#include "engine/app/stages/transport_settings.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "engine/app/data_folder.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

void read_acceleration(const DeckTable& deck, TransportSettings& settings) {
  const std::vector<std::string> ways{"automatic", "none"};
  settings.accelerate = !deck.has("acceleration") || deck.choice("acceleration", ways) == "automatic";
  if (!deck.has("cap")) return;
  settings.acceleration.cap = deck.quantity("cap", dimension::rate);
  if (!settings.accelerate) deck.fail("cap", "a cap without acceleration", "leave out `acceleration` or `cap`");
  if (settings.acceleration.cap <= 0) deck.fail("cap", "not positive", "leave it out to have it chosen");
}

Selection read_selection(const DeckTable& deck) {
  if (!deck.has("selection")) return Selection::Automatic;
  const std::string choice = deck.choice("selection", {"automatic", "groups", "tree"});
  return choice == "tree" ? Selection::Tree : choice == "groups" ? Selection::Groups : Selection::Automatic;
}

void check_temperature(const DeckTable& deck, std::string_view key, double temperature) {
  if (temperature <= 0 || temperature > 2000) deck.fail(key, "outside 0 to 2000 K", "sodium cells work near 298.15 K");
}

void read_temperatures(const DeckTable& deck, TransportSettings& settings) {
  settings.options.temperature = deck.quantity("temperature", dimension::temperature, "298.15 K");
  check_temperature(deck, "temperature", settings.options.temperature);
  if (!deck.has("temperatures")) return;
  std::vector<double>& all = settings.temperatures;
  all = deck.quantities("temperatures", dimension::temperature);
  for (const double temperature : all) check_temperature(deck, "temperatures", temperature);
  all.push_back(settings.options.temperature);
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  if (all.size() < 2)
    deck.fail("temperatures", "a single temperature", "an activation energy needs two, its error three");
}

}  // namespace

TransportSettings read_transport_settings(const DeckTable& deck) {
  TransportSettings settings;
  settings.sodium = read_sodium_parameters(deck.text("parameters", data_folder() + "/sodium/hamiltonian.toml"));
  settings.capacity = in_unit(deck.quantity("capacity", dimension::specific_capacity, "100 mAh/g"), "mAh/g");
  if (settings.capacity <= 0 || settings.capacity > 1000)
    deck.fail("capacity", "outside 0 to 1000 mAh/g", "give the sodium content at which to measure diffusion");
  TransportOptions& options = settings.options;
  read_temperatures(deck, settings);
  const long hops = deck.integer("hops", static_cast<long>(options.events));
  if (hops < 1000) deck.fail("hops", fmt::format("{} hops", hops), "use 1000 or more");
  options.events = static_cast<std::uint64_t>(hops);
  const long replicas = deck.integer("replicas", options.replicas);
  if (replicas < 2 || replicas > 1024)
    deck.fail("replicas", fmt::format("{} replicas", replicas), "use at least two: they give the error bars");
  options.replicas = static_cast<int>(replicas);
  const long domains = deck.integer("domains", 0);
  if (domains < 0 || domains > 1000000)
    deck.fail("domains", fmt::format("{} domains", domains), "leave it out to follow each replica in one piece");
  options.domains = static_cast<std::size_t>(domains);
  options.selection = read_selection(deck);
  read_acceleration(deck, settings);
  return settings;
}

}  // namespace cardhouse
