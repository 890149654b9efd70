#include "engine/app/stages/cycle_settings.hpp"

#include <fmt/core.h>

#include <cmath>

#include "engine/app/data_folder.hpp"
#include "engine/base/constants.hpp"

namespace cardhouse {
namespace {

constexpr double longest = 1e10;  // of a step without a time of its own: three centuries [s]

int records_of(const DeckTable& step) {
  const long records = step.integer("records", 100);
  if (records < 1 || records > 100000) step.fail("records", fmt::format("{} records", records), "use 1 to 100000");
  return static_cast<int>(records);
}

double time_of(const DeckTable& step, std::string_view key) {
  const double time = step.quantity(key, dimension::time);
  if (!(time > 0)) step.fail(key, "must be positive");
  return time;
}

// Sodium per second into a host of one internal unit of mass.
double current_of(const DeckTable& step, std::string_view key) {
  return step.quantity(key, dimension::charge / dimension::time / dimension::mass);
}

ProtocolStep read_current(const DeckTable& step) {
  ProtocolStep result;
  result.current = current_of(step, "current");
  if (result.current == 0) step.fail("current", "is zero", "write a rest as rest = \"2 h\"");
  result.duration = step.has("time") ? time_of(step, "time") : longest;
  if (step.has("until"))
    (result.current > 0 ? result.stop_below : result.stop_above) = step.quantity("until", dimension::voltage);
  else if (!step.has("time"))
    step.fail("current", "this current never ends", "give until = \"5 mV\", time = \"10 h\" or both");
  result.records = records_of(step);
  return result;
}

ProtocolStep read_rest(const DeckTable& step, std::string_view key) {
  return {.duration = time_of(step, key), .records = records_of(step)};
}

ProtocolStep read_hold(const DeckTable& step) {
  const double potential = step.quantity("hold", dimension::voltage);
  return {.control = ControlKind::Potential,
          .first_potential = potential,
          .last_potential = potential,
          .duration = time_of(step, "time"),
          .records = records_of(step)};
}

ProtocolStep read_scan(const DeckTable& step) {
  const double rate = step.quantity("scan", dimension::voltage / dimension::time);
  const double from = step.quantity("from", dimension::voltage);
  const double to = step.quantity("to", dimension::voltage);
  if (!(rate > 0)) step.fail("scan", "must be positive", "the direction is that of from and to");
  if (from == to) step.fail("to", "is where the scan begins", "to stay at a potential write hold = \"5 mV\"");
  return {.control = ControlKind::Potential,
          .first_potential = from,
          .last_potential = to,
          .duration = std::abs(to - from) / rate,
          .records = records_of(step)};
}

void read_pulses(const DeckTable& step, CycleSettings& settings) {
  const long pulses = step.integer("pulses");
  if (pulses < 1 || pulses > 10000) step.fail("pulses", fmt::format("{} pulses", pulses), "use 1 to 10000");
  const ProtocolStep pulse = read_current(step);
  const ProtocolStep rest = read_rest(step, "rest");
  for (long i = 0; i < pulses; ++i) {
    settings.pulses.push_back({settings.steps.size(), settings.steps.size() + 1});
    settings.steps.push_back(pulse);
    settings.steps.push_back(rest);
  }
}

void read_step(const DeckTable& step, CycleSettings& settings) {
  if (step.has("pulses"))
    read_pulses(step, settings);
  else if (step.has("current"))
    settings.steps.push_back(read_current(step));
  else if (step.has("hold"))
    settings.steps.push_back(read_hold(step));
  else if (step.has("scan"))
    settings.steps.push_back(read_scan(step));
  else if (step.has("rest"))
    settings.steps.push_back(read_rest(step, "rest"));
  else
    step.fail("", "says not what to do", "give one of current, hold, pulses, rest, scan");
}

void read_options(const DeckTable& deck, CycleSettings& settings) {
  ProtocolOptions& options = settings.options;
  options.conditions.temperature = deck.quantity("temperature", dimension::temperature, "298.15 K");
  if (options.conditions.temperature <= 0 || options.conditions.temperature > 1000)
    deck.fail("temperature", "outside 0 to 1000 K", "sodium cells work near 298.15 K");
  options.conditions.attempt_frequency = settings.sodium.attempt_frequency;
  options.conditions.fast_rate = deck.has("fast_rate") ? deck.quantity("fast_rate", dimension::rate) : 0;
  if (deck.has("fast_rate") && !(options.conditions.fast_rate > 0)) deck.fail("fast_rate", "must be positive");
  if (deck.has("current_control") && deck.choice("current_control", {"clock", "feedback"}) == "feedback")
    options.current_control = CurrentControl::Feedback;
}

std::vector<bool> read_couplings(const DeckTable& deck, bool of_parameters) {
  if (!deck.has("coupling")) return {of_parameters};
  const std::string choice = deck.choice("coupling", {"both", "off", "on"});
  if (choice == "both") return {true, false};
  return {choice == "on"};
}

}  // namespace

CycleSettings read_cycle_settings(const DeckTable& deck) {
  CycleSettings settings;
  settings.sodium = read_sodium_parameters(deck.text("parameters", data_folder() + "/sodium/hamiltonian.toml"));
  settings.transfer =
      read_charge_transfer(deck.text("charge_transfer", data_folder() + "/sodium/charge_transfer.toml"));
  read_options(deck, settings);
  settings.couplings = read_couplings(deck, settings.sodium.terms.shared_reservoir);
  settings.places = deck.has("exchange") ? deck.choice("exchange", {"either", "mouths", "outside"}) : "either";
  settings.capacity = in_unit(deck.quantity("capacity", dimension::specific_capacity, "0 mAh/g"), "mAh/g");
  if (settings.capacity < 0) deck.fail("capacity", "must not be negative");
  const long replicas = deck.integer("replicas", settings.replicas);
  if (replicas < 1 || replicas > 1024) deck.fail("replicas", fmt::format("{} replicas", replicas), "use 1 to 1024");
  settings.replicas = static_cast<int>(replicas);
  for (const DeckTable& step : deck.tables("step")) read_step(step, settings);
  if (settings.steps.empty())
    deck.fail("", "the cycle has no steps", "write [[cycle.step]] tables, for example current = \"20 mA/g\"");
  return settings;
}

}  // namespace cardhouse
