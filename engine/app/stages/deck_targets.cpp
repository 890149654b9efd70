#include "engine/app/stages/deck_targets.hpp"

#include <fmt/core.h>

#include <cmath>
#include <vector>

#include "engine/app/stage.hpp"
#include "engine/base/constants.hpp"
#include "engine/base/units.hpp"
#include "engine/builder/pore_placement.hpp"

namespace cardhouse {
namespace {

// Ways to say how much pore there is.
const std::vector<std::string> pore_keys{"density", "closed_pore_volume", "pore_number"};

std::string pore_key(const DeckTable& deck) {
  std::string given;
  for (const std::string& key : pore_keys) {
    if (!deck.has(key)) continue;
    if (!given.empty()) deck.fail(key, "given together with " + given, "give one of them");
    given = key;
  }
  return given.empty() ? "closed_pore_volume" : given;
}

// Volumes are per dalton from here on.
double layers_volume(const CarbonTargets& targets) {
  return 1 / layer_density(targets.interlayer_spacing);
}

double volume_for_density(const DeckTable& deck, const CarbonTargets& targets) {
  const double wanted = ranged_quantity(deck, "density", "1.6 g/cm3", {"0.7 g/cm3", "1.9 g/cm3"}) / constants::dalton;
  const double layers = layers_volume(targets);
  if (wanted * layers >= 1)
    deck.fail("density",
              fmt::format("layers {:.2f} angstrom apart have {:.2f} g/cm3 without any pore", targets.interlayer_spacing,
                          in_unit(constants::dalton / layers, "g/cm3")),
              "give a lower density or a smaller spacing");
  return 1 / wanted - layers;
}

// The mass is that of the atoms, or what the cell holds beside the pores.
double volume_for_number(const DeckTable& deck, const CarbonTargets& targets) {
  const long number = deck.integer("pore_number", 0);
  if (number < 0 || number > 1'000'000)
    deck.fail("pore_number", fmt::format("{} pores", number), "give 0 to 1000000 for the whole cell");
  const double pores = static_cast<double>(number) * mean_pore_volume(targets.pore_radius, targets.pore_radius_spread);
  if (!deck.has("cell_edge"))
    return pores / (static_cast<double>(deck.integer("atoms", default_atoms)) * standard_mass(Element::C));
  const double layers = std::pow(deck.quantity("cell_edge", dimension::length), 3) - pores;
  if (layers <= 0)
    deck.fail("pore_number", fmt::format("{} pores are larger than the cell", number), "give fewer or smaller pores");
  return pores / layers * layers_volume(targets);
}

double closed_pore_volume(const DeckTable& deck, const std::string& key, const CarbonTargets& targets) {
  if (key == "density") return volume_for_density(deck, targets);
  if (key == "pore_number") return volume_for_number(deck, targets);
  return ranged_quantity(deck, key, "0.08 cm3/g", {"0 cm3/g", "0.5 cm3/g"}) * constants::dalton;
}

void check_pores_fit(const DeckTable& deck, const std::string& key, const CarbonTargets& targets) {
  const double layers = layers_volume(targets);
  const double most = most_pore_share(targets.pore_radius, targets.interlayer_spacing, pore_flatness);
  if (targets.closed_pore_volume <= most / (1 - most) * layers) return;
  const auto grams = [](double volume) { return in_unit(volume / constants::dalton, "cm3/g"); };
  deck.fail(key,
            fmt::format("pores of {:.2f} nm with a layer each fill at most {:.0f} % of a carbon: {:.3f} cm3/g, a "
                        "density of {:.2f} g/cm3",
                        in_unit(targets.pore_radius, "nm"), 100 * most, grams(most / (1 - most) * layers),
                        (1 - most) / grams(layers)),
            "give larger pores or less of them");
}

}  // namespace

double ranged_quantity(const DeckTable& deck, const std::string& key, const std::string& fallback,
                       const KeyRange& range) {
  const Quantity low = parse_quantity(range.low);
  const double value =
      fallback.empty() ? deck.quantity(key, low.dimension) : deck.quantity(key, low.dimension, fallback);
  if (!(value >= low.value && value <= parse_quantity(range.high).value))
    deck.fail(key, "outside what a hard carbon can have", "give " + range.low + " to " + range.high);
  return value;
}

double share(const DeckTable& deck, const std::string& key, double fallback, double highest) {
  const double value = deck.number(key, fallback);
  if (!(value >= 0 && value <= highest))
    deck.fail(key, fmt::format("{} is outside 0 to {}", value, highest), "give a number in that range");
  return value;
}

CarbonTargets read_deck_targets(const DeckTable& deck) {
  CarbonTargets targets;
  targets.interlayer_spacing =
      ranged_quantity(deck, "interlayer_spacing", "3.77 angstrom", {"3.4 angstrom", "4.5 angstrom"});
  targets.layer_extent = ranged_quantity(deck, "layer_extent", "2.9 nm", {"0.8 nm", "20 nm"});
  targets.stack_height = ranged_quantity(deck, "stack_height", "1.35 nm", {"0.7 nm", "10 nm"});
  targets.hydrogen_per_carbon = share(deck, "hydrogen_per_carbon", 0.02, 0.2);
  targets.oxygen_per_carbon = share(deck, "oxygen_per_carbon", 0, 0.1);
  targets.nitrogen_per_carbon = share(deck, "nitrogen_per_carbon", 0, 0.1);
  targets.edge_fraction = share(deck, "edge_fraction", 0, 0.4);
  targets.orientation_order = share(deck, "orientation_order", 0, 0.95);
  targets.anneal_steps = static_cast<double>(deck.integer("anneal_steps", 400));
  if (targets.anneal_steps < 10 || targets.anneal_steps > 10000)
    deck.fail("anneal_steps", fmt::format("{} steps", targets.anneal_steps), "use 10 to 10000");
  targets.pore_radius = ranged_quantity(deck, "pore_radius", "0.6 nm", {"0.3 nm", "3 nm"});
  targets.pore_radius_spread = share(deck, "pore_radius_spread", targets.pore_radius_spread, 1);
  const std::string key = pore_key(deck);
  targets.closed_pore_volume = closed_pore_volume(deck, key, targets);
  check_pores_fit(deck, key, targets);
  return targets;
}

}  // namespace cardhouse
