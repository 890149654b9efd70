#include "engine/carbonize/process.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/carbonize/ordering_clock.hpp"
#include "engine/carbonize/registry.hpp"
#include "engine/kinetics/joule_heating.hpp"

namespace cardhouse {
namespace {

double last_temperature(const Process& process) {
  for (auto step = process.steps.rbegin(); step != process.steps.rend(); ++step) {
    if (!step->furnace.empty()) return step->furnace.back().target;
  }
  return process.start;
}

double duration_of(const Process& process) {
  double time = 0;
  for (const auto& step : process.steps) {
    for (const auto& furnace : step.furnace) time += furnace.duration + furnace.hold;
  }
  return time;
}

void require_conducting_feed(const Process& process, const DeckTable& table, std::string_view key) {
  const double reached =
      duration_of(process) > 0 ? ordering_clock(process.programme()).equivalent_temperature : process.start;
  const double sigma = conductivity(reached);
  if (sigma >= least_conductivity) return;
  table.fail(key,
             "the feed does not conduct: it has seen the equivalent of two hours at " +
                 std::to_string(std::lround(reached - constants::ice_point)) + " degC, which gives about 1e" +
                 std::to_string(std::lround(std::log10(sigma))) + " S/m, and Joule heating needs 1 S/m",
             "carbonise it before, at 600 degC or more for an hour");
}

/// The furnace part of one entry; what it leaves out comes from `defaults`.
std::vector<TemperatureStep> read_furnace(const DeckTable& table, const Process& process, const DeckTable* defaults) {
  const double from = last_temperature(process);
  const DeckTable& named = table.has("joule") || defaults == nullptr ? table : *defaults;
  const DeckTable flash = table.has("flash") || defaults == nullptr ? table : *defaults;
  if (flash.flag("flash", false)) require_conducting_feed(process, table, "flash");
  const bool has_target = table.has("target");
  if (!has_target && named.is_table("joule")) {
    require_conducting_feed(process, table, "joule");
    Atmosphere atmosphere = read_atmosphere(table, defaults);
    atmosphere.place = named.place("joule");
    return joule_steps(read_joule_pulse(named.table("joule")), from, atmosphere);
  }
  return {read_temperature_step(table, from, defaults)};
}

/// How much of a treatment the deck asks for, and its usual amount.
struct Dose {
  double amount = 1;
  double usual = 1;
  double ratio() const { return amount / usual; }
};

Dose read_dose(const DeckTable& file, const DeckTable& deck) {
  Dose dose;
  const auto table = file.optional_table("amount");
  if (!table) {
    if (deck.has("amount")) deck.fail("amount", "nothing is dosed in this treatment", "leave the key out");
    return dose;
  }
  table->text("meaning");
  read_source(*table);
  dose.usual = table->quantity("value", dimension::none);
  if (dose.usual <= 0) table->fail("value", "the usual amount must be positive");
  const auto range = table->numbers("range");
  if (range.size() != 2 || range[0] > dose.usual || range[1] < dose.usual) {
    table->fail("range", "a range is two numbers around the value");
  }
  dose.amount = deck.has("amount") ? deck.quantity("amount", dimension::none) : dose.usual;
  if (dose.amount < range[0] || dose.amount > range[1]) {
    deck.fail("amount", "the amount lies outside " + std::to_string(range[0]) + " to " + std::to_string(range[1]));
  }
  return dose;
}

void require_condensed(const Species& species, const DeckTable& table) {
  if (species.state == SpeciesState::Solid || species.state == SpeciesState::Trapped) return;
  table.fail("species", "'" + species.name + "' is neither solid nor trapped", "name what can be weighed");
}

void read_changes(const DeckTable& file, const RuleLibrary& library, double amount, ProcessStep& step) {
  for (const auto& table : file.tables("add")) {
    const auto species = library.find_species(table.text("species"), table.place("species"));
    require_condensed(library.species[species], table);
    const double mass = table.quantity("mass", dimension::none);
    if (mass <= 0) table.fail("mass", "the mass must be positive");
    step.additions.push_back({species, mass * amount});
  }
  for (const auto& table : file.tables("remove")) {
    const double share = table.quantity("share", dimension::none) * amount;
    if (share < 0 || share > 1) table.fail("share", "share times amount lies in [0, 1]");
    for (const auto& name : table.texts("species")) {
      const auto species = library.find_species(name, table.place("species"));
      require_condensed(library.species[species], table);
      step.removals.push_back({species, share});
    }
  }
}

std::vector<HandedState> read_states(const DeckTable& file, double ratio) {
  std::vector<HandedState> states;
  for (const auto& table : file.tables("state")) {
    HandedState state;
    state.name = table.text("name");
    const std::string value = table.text("value");
    const auto gap = value.find(' ');
    state.unit = gap == std::string::npos ? "1" : value.substr(gap + 1);
    try {
      state.value = parse_quantity(value).value * ratio;
      if (gap != std::string::npos) state.value = in_unit(state.value, state.unit);
    } catch (const InputError& error) {
      table.fail("value", error.what());
    }
    state.meaning = table.text("meaning");
    state.source = read_source(table);
    states.push_back(state);
  }
  return states;
}

std::string treatment_file(const DeckTable& deck, const std::string& data_folder) {
  const std::string name = deck.text("treatment");
  const std::string folder = data_folder + "/treatments";
  const auto names = library_names(folder);
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    deck.fail("treatment", "unknown treatment '" + name + "'", suggest_name(name, names));
  }
  return folder + "/" + name + ".toml";
}

/// Furnace steps of the last step of the process: the keys of the deck go to the first one of the file; a treatment
/// without any may be given one.
void read_treatment_furnace(const DeckTable& file, const DeckTable& deck, Process& process) {
  auto& furnace = process.steps.back().furnace;
  const bool given = deck.has("target") || deck.has("joule");
  const auto own = file.tables("step");
  if (own.empty() && given) furnace = read_furnace(deck, process, nullptr);
  for (std::size_t i = 0; i < own.size(); ++i) {
    const auto more = i == 0 ? read_furnace(deck, process, &own[i]) : read_furnace(own[i], process, nullptr);
    if (i == 0) own[i].accept_all();  // what the keys of the deck replace
    furnace.insert(furnace.end(), more.begin(), more.end());
  }
}

void read_treatment(const DeckTable& deck, const std::string& data_folder, Process& process) {
  const Deck document = Deck::from_file(treatment_file(deck, data_folder));
  const DeckTable file = document.root();
  file.text("summary");
  read_source(file);
  RuleLibrary& library = process.material.library;
  if (file.has("rules")) {
    for (const auto& name : file.texts("rules"))
      load_library(library, name, data_folder + "/rules", file.place("rules"));
  }
  if (library.loaded.insert(document.name()).second) add_rules(library, file);
  const Dose dose = read_dose(file, deck);
  ProcessStep& step = process.steps.emplace_back();
  step.treatment = deck.text("treatment");
  read_changes(file, library, dose.amount, step);
  read_treatment_furnace(file, deck, process);
  for (auto response : read_responses(file)) {
    if (response.names_species()) library.find_species(response.cause, response.place);
    if (response.cause == "treatment") response.gain *= dose.ratio();
    process.responses.push_back(response);
  }
  for (const auto& state : read_states(file, dose.ratio())) process.states.push_back(state);
  document.reject_unknown_keys();
}

void read_own_rules(const DeckTable& table, const std::string& data_folder, RuleLibrary& library) {
  if (!table.has("rules")) return;
  const auto folder = std::filesystem::path(table.place().file).parent_path();
  for (const auto& name : table.texts("rules")) {
    const bool own = name.ends_with(".toml");
    load_library(library, own ? (folder / name).string() : name, data_folder + "/rules", table.place("rules"));
  }
}

std::vector<StructureResponse> read_general_responses(const std::string& data_folder) {
  const Deck deck = Deck::from_file(data_folder + "/rules/structure.toml");
  deck.root().text("summary");
  auto responses = read_responses(deck.root());
  deck.reject_unknown_keys();
  return responses;
}

/// Orders other than one and spreads are over the amount at the start, which an intermediate does not have.
void require_start_amounts(const Process& process) {
  const RuleLibrary& library = process.material.library;
  std::vector<bool> made(library.species.size(), false);
  std::vector<bool> present(library.species.size(), false);
  for (const auto& part : process.material.parts) present[part.species] = true;
  for (const auto& bridge : process.material.network.bridges) present[bridge.species] = true;
  for (const auto& step : process.steps) {
    for (const auto& addition : step.additions) present[addition.species] = true;
  }
  for (const auto& rule : library.rules) {
    for (const auto& product : rule.products) made[product.species] = true;
  }
  for (const auto& rule : library.rules) {
    const std::size_t lead = rule.reactants.front().species;
    if ((rule.order == 1 && rule.spread == 0) || present[lead] || !made[lead]) continue;
    throw InputError({rule.library, 0, {}},
                     "rule '" + rule.id + "': '" + library.species[lead].name + "' is not part of the precursor, so " +
                         "that it has no amount at the start for an order or a spread to refer to",
                     "use first order without spread");
  }
}

}  // namespace

TemperatureProgramme Process::programme() const {
  std::vector<TemperatureStep> all;
  for (const auto& step : steps) all.insert(all.end(), step.furnace.begin(), step.furnace.end());
  return {start, std::move(all)};
}

Process read_process(const DeckTable& table, const std::string& data_folder, const DeckTable* defaults) {
  const auto at = [&](std::string_view key) { return table.has(key) || defaults == nullptr ? table : *defaults; };
  Process process;
  process.material = read_precursor(table, data_folder, defaults);
  process.start = read_temperature(at("start"), "start", "25 degC");
  process.particle_radius = at("particle").quantity("particle", dimension::length, "0 nm") / 2;
  if (process.particle_radius < 0) table.fail("particle", "a diameter is not negative");
  read_own_rules(at("rules"), data_folder, process.material.library);
  process.responses = read_general_responses(data_folder);
  for (const auto& entry : at("step").tables("step")) {
    if (entry.has("treatment")) {
      read_treatment(entry, data_folder, process);
    } else {
      process.steps.push_back({{}, {}, {}, read_furnace(entry, process, nullptr)});
    }
  }
  require_start_amounts(process);
  if (process.steps.empty()) table.fail("step", "a process needs at least one step", "add [[carbonize.step]]");
  if (duration_of(process) <= 0) table.fail("step", "the programme takes no time", "give a 'rate' or a 'hold'");
  return process;
}

double conductivity(double equivalent_temperature) {
  struct Point {
    double celsius;
    double exponent;
  };
  constexpr std::array<Point, 4> points = {{{500, -6}, {575, 0}, {700, 2}, {900, 4}}};
  const double at = equivalent_temperature - constants::ice_point;
  if (at <= points.front().celsius) return std::pow(10, points.front().exponent);
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (at > points[i].celsius) continue;
    const auto& a = points[i - 1];
    const auto& b = points[i];
    return std::pow(10, a.exponent + (b.exponent - a.exponent) * (at - a.celsius) / (b.celsius - a.celsius));
  }
  return std::pow(10, points.back().exponent);
}

}  // namespace cardhouse
