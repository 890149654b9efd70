#include "engine/carbonize/precursor.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/base/constants.hpp"
#include "engine/carbonize/registry.hpp"

namespace cardhouse {
namespace {

double read_density(const DeckTable& table, std::string_view key) {
  const double density = table.quantity(key, dimension::density) / constants::dalton;
  if (density <= 0) table.fail(key, "the density must be positive");
  return density;
}

std::vector<PrecursorPart> read_unit(const DeckTable& root, const RuleLibrary& library) {
  std::vector<PrecursorPart> unit;
  for (const auto& table : root.tables("unit")) {
    const auto species = library.find_species(table.text("species"), table.place("species"));
    const long count = table.integer("count");
    if (count <= 0) table.fail("count", "a unit holds at least one molecule of each part");
    if (library.species[species].state == SpeciesState::Volatile) {
      table.fail("species", "a precursor is made of solid or trapped species");
    }
    unit.push_back({species, count});
  }
  if (unit.empty()) root.fail("unit", "a precursor is made of at least one species", "add [[unit]]");
  return unit;
}

ClusterNetwork read_network(const DeckTable& table) {
  ClusterNetwork network;
  network.source = read_source(table);
  network.coordination = table.number("coordination");
  network.intact_bridges = table.number("intact_bridges");
  network.crosslinks = table.number("crosslinks");
  network.clusters_per_unit = table.number("clusters_per_unit");
  if (network.coordination <= 2) table.fail("coordination", "a cluster of two places or fewer never gels");
  if (network.intact_bridges < 0 || network.intact_bridges > 1) table.fail("intact_bridges", "a share is in [0, 1]");
  if (network.crosslinks < 0) table.fail("crosslinks", "the number is negative");
  if (network.clusters_per_unit <= 0) table.fail("clusters_per_unit", "the number must be positive");
  return network;
}

ReferenceCarbon read_reference(const DeckTable& table) {
  ReferenceCarbon reference;
  reference.interlayer_spacing = read_positive(table, "interlayer_spacing", dimension::length);
  reference.layer_extent = read_positive(table, "layer_extent", dimension::length);
  reference.stack_height = read_positive(table, "stack_height", dimension::length);
  const DeckTable order = table.table("orientation_order");
  read_source(order);
  reference.orientation_order = order.number("value");
  if (reference.orientation_order < -0.5 || reference.orientation_order > 1) {
    order.fail("value", "<P2> lies between -0.5 and 1");
  }
  const DeckTable helium = table.table("helium_density");
  read_source(helium);
  for (const auto& point : helium.tables("point")) {
    const double temperature = point.quantity("temperature", dimension::temperature);
    if (!reference.helium_density.empty() && temperature <= reference.helium_density.back().temperature) {
      point.fail("temperature", "the points must rise in temperature");
    }
    reference.helium_density.push_back({temperature, read_density(point, "density")});
  }
  if (reference.helium_density.empty()) helium.fail("point", "the curve needs at least one point");
  return reference;
}

void add_named_rules(RuleLibrary& library, const DeckTable& root, const std::filesystem::path& folder) {
  for (const auto& name : root.texts("rules")) {
    const auto path = folder / (name + ".toml");
    if (!std::filesystem::exists(path)) {
      root.fail("rules", "no rule library '" + name + "' in " + folder.string(),
                suggest_name(name, library_names(folder.string())));
    }
    const Deck deck = Deck::from_file(path.string());
    add_rules(library, deck.root());
    deck.reject_unknown_keys();
  }
}

/// An order other than one refers to the initial number, which only the parts of the unit have.
void require_initial_reactants(const Precursor& precursor, const DeckTable& root) {
  for (const auto& rule : precursor.library.rules) {
    const bool initial = std::any_of(precursor.unit.begin(), precursor.unit.end(),
                                     [&](const PrecursorPart& part) { return part.species == rule.reactant; });
    if (rule.order != 1 && !initial) {
      root.fail("rule", "rule '" + rule.id + "' has an order other than one, but " +
                            precursor.library.species[rule.reactant].name + " is not part of the precursor's unit");
    }
  }
}

}  // namespace

Formula Precursor::unit_formula() const {
  Formula sum;
  for (const auto& part : unit) sum += part.count * library.species[part.species].formula;
  return sum;
}

Precursor load_precursor(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  const DeckTable root = deck.root();
  Precursor precursor;
  precursor.name = root.text("name");
  precursor.summary = root.text("summary");
  add_named_rules(precursor.library, root, std::filesystem::path(path).parent_path() / ".." / "rules");
  add_rules(precursor.library, root);
  precursor.unit = read_unit(root, precursor.library);
  const DeckTable density = root.table("density");
  read_source(density);
  precursor.density = read_density(density, "value");
  precursor.network = read_network(root.table("network"));
  precursor.reference = read_reference(root.table("reference"));
  require_initial_reactants(precursor, root);
  deck.reject_unknown_keys();
  return precursor;
}

Precursor load_precursor(const std::string& name, const std::string& data_folder, const SourcePlace& place) {
  const std::string folder = data_folder + "/precursors";
  const auto names = library_names(folder);
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    throw InputError(place, "unknown precursor '" + name + "'", suggest_name(name, names));
  }
  return load_precursor(folder + "/" + name + ".toml");
}

}  // namespace cardhouse
