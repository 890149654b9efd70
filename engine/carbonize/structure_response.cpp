#include "engine/carbonize/structure_response.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "engine/base/constants.hpp"
#include "engine/carbonize/species.hpp"

namespace cardhouse {
namespace {

struct Named {
  const char* name;
  CarbonQuantity quantity;
};

constexpr std::array<Named, 10> quantities = {{
    {"closed_pore_volume", CarbonQuantity::ClosedPoreVolume},
    {"closing", CarbonQuantity::Closing},
    {"interlayer_spacing", CarbonQuantity::InterlayerSpacing},
    {"layer_extent", CarbonQuantity::LayerExtent},
    {"mobility", CarbonQuantity::Mobility},
    {"open_pore_volume", CarbonQuantity::OpenPoreVolume},
    {"pore_radius", CarbonQuantity::PoreRadius},
    {"raman_ratio", CarbonQuantity::RamanRatio},
    {"stack_height", CarbonQuantity::StackHeight},
    {"surface_area", CarbonQuantity::SurfaceArea},
}};

CarbonQuantity read_quantity(const DeckTable& table) {
  std::vector<std::string> names;
  for (const auto& entry : quantities) names.emplace_back(entry.name);
  const std::string name = table.choice("on", names);
  return std::find_if(quantities.begin(), quantities.end(), [&](const Named& entry) { return name == entry.name; })
      ->quantity;
}

constexpr std::array<const char*, 5> causes = {"burn_off", "crosslinks", "fluid", "pore_gas", "treatment"};
constexpr std::string_view element_prefix = "element:";

bool begins_small(const std::string& name) {
  return !name.empty() && std::islower(static_cast<unsigned char>(name.front())) != 0;
}

std::string read_cause(const DeckTable& table) {
  const std::string cause = table.text("of");
  if (cause.starts_with(element_prefix)) {
    try {
      element_from_symbol(cause.substr(element_prefix.size()));
    } catch (const InputError& error) {
      table.fail("of", error.what());
    }
  } else if (begins_small(cause) && std::find(causes.begin(), causes.end(), cause) == causes.end()) {
    table.fail("of", "unknown cause '" + cause + "'", suggest_name(cause, {causes.begin(), causes.end()}));
  }
  return cause;
}

double read_size(const DeckTable& table, std::string_view key, CarbonQuantity quantity) {
  switch (quantity) {
    case CarbonQuantity::InterlayerSpacing:
    case CarbonQuantity::PoreRadius:
      return table.quantity(key, dimension::length);
    case CarbonQuantity::ClosedPoreVolume:
    case CarbonQuantity::OpenPoreVolume:
      return table.quantity(key, dimension::specific_volume) * constants::dalton;
    default:
      return table.number(key);
  }
}

}  // namespace

bool is_additive(CarbonQuantity quantity) {
  return quantity == CarbonQuantity::InterlayerSpacing || quantity == CarbonQuantity::PoreRadius ||
         quantity == CarbonQuantity::ClosedPoreVolume || quantity == CarbonQuantity::OpenPoreVolume;
}

bool StructureResponse::names_species() const {
  return !begins_small(cause);
}

double StructureResponse::effect(double cause_value) const {
  const double above = cut ? std::max(0.0, cause_value - from) : cause_value;
  return std::clamp(gain * above, -limit, limit);
}

std::vector<StructureResponse> read_responses(const DeckTable& root) {
  std::vector<StructureResponse> responses;
  for (const auto& table : root.tables("response")) {
    StructureResponse response;
    response.cause = read_cause(table);
    response.place = table.place("of");
    response.on = read_quantity(table);
    response.gain = read_size(table, "gain", response.on);
    if (table.has("limit")) response.limit = read_size(table, "limit", response.on);
    if (response.limit <= 0) table.fail("limit", "a limit is the positive size of the largest effect");
    response.cut = table.has("from");
    if (response.cut) response.from = table.number("from");
    response.source = read_source(table);
    responses.push_back(response);
  }
  return responses;
}

}  // namespace cardhouse
