#include "engine/carbonize/precursor.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/base/constants.hpp"
#include "engine/carbonize/registry.hpp"

namespace cardhouse {
namespace {

double read_density(const DeckTable& table, std::string_view key) {
  const double density = table.quantity(key, dimension::density) / constants::dalton;
  if (density <= 0) table.fail(key, "the density must be positive");
  return density;
}

std::vector<PrecursorPart> read_parts(const DeckTable& root, const RuleLibrary& library) {
  std::vector<PrecursorPart> parts;
  double sum = 0;
  for (const auto& table : root.tables("part")) {
    const auto species = library.find_species(table.text("species"), table.place("species"));
    read_source(table);
    const double mass = table.quantity("mass", dimension::none);
    if (mass <= 0) table.fail("mass", "a part has a positive share of the mass");
    const auto state = library.species[species].state;
    if (state == SpeciesState::Volatile || state == SpeciesState::Network) {
      table.fail("species", "a precursor is made of solid or trapped species");
    }
    parts.push_back({species, mass});
    sum += mass;
  }
  if (parts.empty()) root.fail("part", "a precursor is made of at least one species", "add [[part]]");
  if (std::abs(sum - 1) > 1e-6) {
    root.fail("part", "the shares of the parts add up to " + std::to_string(sum), "make them add up to one");
  }
  return parts;
}

double read_share(const DeckTable& table, std::string_view key) {
  const double share = table.number(key);
  if (share < 0 || share > 1) table.fail(key, "a share is in [0, 1]");
  return share;
}

ClusterNetwork read_network(const DeckTable& table, const RuleLibrary& library) {
  read_source(table);
  ClusterNetwork network;
  network.coordination = table.number("coordination");
  if (network.coordination <= 2) table.fail("coordination", "a cluster of two places or fewer never gels");
  const double cluster = table.quantity("cluster_mass", dimension::mass) / constants::dalton;
  if (cluster <= 0) table.fail("cluster_mass", "the mass must be positive");
  network.clusters = 1 / cluster;
  const double places = network.coordination / cluster;
  const auto labile = library.find_species(table.text("bridge", "BRIDGE"), table.place("bridge"));
  network.bridges = {{library.find_species("CROSSLINK", table.place()), places * read_share(table, "stable")},
                     {labile, places * read_share(table, "labile")}};
  if (network.bridges[0].places + network.bridges[1].places > places * (1 + 1e-9)) {
    table.fail("labile", "more bridges than places", "labile and stable shares add up to one at most");
  }
  return network;
}

/// A value with the error that it has between papers; `unit` divides what is not counted in internal units.
Estimate read_measured(const DeckTable& parent, std::string_view name, Dimension dimension, double unit = 1) {
  const double value = read_positive(parent, name, dimension) / unit;
  const DeckTable table = parent.table(name);
  const double error = table.quantity("error", dimension) / unit;
  if (error < 0) table.fail("error", "an error is not negative");
  return {value, error};
}

double read_computed(const DeckTable& parent, std::string_view name, Dimension dimension, double unit = 1) {
  const DeckTable table = parent.table(name);
  read_source(table);
  const double value = table.quantity("value", dimension) / unit;
  if (value < 0) table.fail("value", "the value is negative");
  return value;
}

std::vector<HeliumDensity> read_helium_density(const DeckTable& helium) {
  read_source(helium);
  std::vector<HeliumDensity> curve;
  for (const auto& point : helium.tables("point")) {
    const double temperature = point.quantity("temperature", dimension::temperature);
    if (!curve.empty() && temperature <= curve.back().temperature) {
      point.fail("temperature", "the points must rise in temperature");
    }
    curve.push_back({temperature, read_density(point, "density")});
  }
  if (curve.empty()) helium.fail("point", "the curve needs at least one point");
  return curve;
}

ReferenceCarbon read_reference(const DeckTable& table) {
  const Dimension per_mass = dimension::none / dimension::mass;
  const Dimension area_per_mass = dimension::area / dimension::mass;
  ReferenceCarbon reference;
  reference.interlayer_spacing = read_measured(table, "interlayer_spacing", dimension::length);
  reference.layer_extent = read_measured(table, "layer_extent", dimension::length);
  reference.stack_height = read_measured(table, "stack_height", dimension::length);
  reference.raman_ratio = read_measured(table, "raman_ratio", dimension::none);
  reference.surface_area = read_measured(table, "surface_area", area_per_mass, 1 / constants::dalton);
  reference.crosslinks = read_computed(table, "crosslinks", dimension::none);
  reference.pore_gas = read_computed(table, "pore_gas", per_mass, 1 / constants::dalton);
  const DeckTable order = table.table("orientation_order");
  read_source(order);
  reference.orientation_order = order.number("value");
  if (reference.orientation_order < -0.5 || reference.orientation_order > 1) {
    order.fail("value", "<P2> lies between -0.5 and 1");
  }
  reference.helium_density = read_helium_density(table.table("helium_density"));
  return reference;
}

/// Reads a precursor's file into a library that may hold other materials' rules already.
Precursor read_file(const std::string& path, const std::string& rules_folder, RuleLibrary library) {
  const Deck deck = Deck::from_file(path);
  const DeckTable root = deck.root();
  Precursor precursor;
  precursor.library = std::move(library);
  precursor.summary = root.text("summary");
  load_library(precursor.library, "network", rules_folder, root.place());
  for (const auto& name : root.texts("rules")) {
    load_library(precursor.library, name, rules_folder, root.place("rules"));
  }
  precursor.parts = read_parts(root, precursor.library);
  const DeckTable density = root.table("density");
  read_source(density);
  precursor.density = read_density(density, "value");
  precursor.network = read_network(root.table("network"), precursor.library);
  precursor.reference = read_reference(root.table("reference"));
  deck.reject_unknown_keys();
  return precursor;
}

std::string file_of(const std::string& name, const std::string& data_folder, const SourcePlace& place) {
  const std::string folder = data_folder + "/precursors";
  const auto names = library_names(folder);
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    throw InputError(place, "unknown precursor '" + name + "'", suggest_name(name, names));
  }
  return folder + "/" + name + ".toml";
}

template <class Entries, class Same>
auto& entry_of(Entries& entries, const typename Entries::value_type& fresh, Same same) {
  const auto found = std::find_if(entries.begin(), entries.end(), same);
  return found != entries.end() ? *found : entries.emplace_back(fresh);
}

void add_part(std::vector<PrecursorPart>& parts, std::size_t species, double mass) {
  entry_of(parts, {species, 0}, [&](const PrecursorPart& part) { return part.species == species; }).mass += mass;
}

void add_network(ClusterNetwork& sum, const ClusterNetwork& part, double share) {
  // Places add up, so that the mean coordination is that over clusters.
  const double places = sum.coordination * sum.clusters + share * part.coordination * part.clusters;
  sum.clusters += share * part.clusters;
  sum.coordination = places / sum.clusters;
  for (const auto& bridge : part.bridges) {
    entry_of(sum.bridges, {bridge.species, 0}, [&](const NetworkPart& other) {
      return other.species == bridge.species;
    }).places += share * bridge.places;
  }
}

double density_at(const std::vector<HeliumDensity>& curve, double temperature) {
  const auto after = std::find_if(curve.begin(), curve.end(),
                                  [&](const HeliumDensity& point) { return point.temperature >= temperature; });
  if (after == curve.begin()) return curve.front().density;
  if (after == curve.end()) return curve.back().density;
  const auto& before = *(after - 1);
  const double fraction = (temperature - before.temperature) / (after->temperature - before.temperature);
  return before.density + fraction * (after->density - before.density);
}

/// The second curve joins the first: volumes add up at the points of both.
std::vector<HeliumDensity> mix(const std::vector<HeliumDensity>& a, double share_a, const std::vector<HeliumDensity>& b,
                               double share_b) {
  if (a.empty()) return b;
  std::vector<HeliumDensity> curve;
  const double sum = share_a + share_b;
  for (const auto* points : {&a, &b}) {
    for (const auto& point : *points) {
      const double volume = share_a / density_at(a, point.temperature) + share_b / density_at(b, point.temperature);
      curve.push_back({point.temperature, sum / volume});
    }
  }
  std::sort(curve.begin(), curve.end(), [](const auto& x, const auto& y) { return x.temperature < y.temperature; });
  const auto same = [](const auto& x, const auto& y) { return x.temperature == y.temperature; };
  curve.erase(std::unique(curve.begin(), curve.end(), same), curve.end());
  return curve;
}

void add_reference(ReferenceCarbon& sum, double done, const ReferenceCarbon& part, double share) {
  for (Estimate ReferenceCarbon::*member :
       {&ReferenceCarbon::interlayer_spacing, &ReferenceCarbon::layer_extent, &ReferenceCarbon::stack_height,
        &ReferenceCarbon::raman_ratio, &ReferenceCarbon::surface_area}) {
    (sum.*member).value += share * (part.*member).value;
    (sum.*member).error += share * (part.*member).error;
  }
  sum.orientation_order += share * part.orientation_order;
  sum.crosslinks += share * part.crosslinks;
  sum.pore_gas += share * part.pore_gas;
  sum.helium_density = mix(sum.helium_density, done, part.helium_density, share);
}

Precursor mix(const std::vector<Ingredient>& ingredients, const std::string& data_folder) {
  Precursor mixture;
  double volume = 0;
  double done = 0;
  for (const auto& [name, share, place] : ingredients) {
    Precursor part = read_file(file_of(name, data_folder, place), data_folder + "/rules", std::move(mixture.library));
    mixture.library = std::move(part.library);
    mixture.name += (mixture.name.empty() ? "" : " + ") + name;
    mixture.summary = ingredients.size() == 1 ? part.summary : "a mixture";
    for (const auto& entry : part.parts) add_part(mixture.parts, entry.species, share * entry.mass);
    volume += share / part.density;
    add_network(mixture.network, part.network, share);
    add_reference(mixture.reference, done, part.reference, share);
    done += share;
  }
  mixture.density = 1 / volume;
  return mixture;
}

void add_ash(Precursor& precursor, const DeckTable& ash, const std::string& rules_folder) {
  load_library(precursor.library, "ash", rules_folder, ash.place());
  double sum = 0;
  for (const auto& element : ash.keys()) sum += ash.quantity(element, dimension::none);
  if (sum > 0.5) ash.fail("", "ash is half of the mass at most");
  for (auto& part : precursor.parts) part.mass *= 1 - sum;
  for (const auto& element : ash.keys()) {
    std::string name = element + "_ASH";
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
    const double mass = ash.quantity(element, dimension::none);
    if (mass < 0) ash.fail(element, "the share is negative");
    if (mass > 0) add_part(precursor.parts, precursor.library.find_species(name, ash.place(element)), mass);
  }
}

std::vector<Ingredient> read_ingredients(const DeckTable& table) {
  if (!table.is_table("precursor")) return {{table.text("precursor"), 1, table.place("precursor")}};
  const DeckTable shares = table.table("precursor");
  std::vector<Ingredient> ingredients;
  double sum = 0;
  for (const auto& name : shares.keys()) {
    const double mass = shares.quantity(name, dimension::none);
    if (mass <= 0) shares.fail(name, "an ingredient has a positive share of the mass");
    ingredients.push_back({name, mass, shares.place(name)});
    sum += mass;
  }
  if (std::abs(sum - 1) > 1e-6) {
    shares.fail("", "the shares of the ingredients add up to " + std::to_string(sum), "make them add up to one");
  }
  return ingredients;
}

}  // namespace

Precursor read_precursor(const DeckTable& table, const std::string& data_folder, const DeckTable* defaults) {
  const auto at = [&](std::string_view key) { return table.has(key) || defaults == nullptr ? table : *defaults; };
  Precursor precursor = mix(read_ingredients(at("precursor")), data_folder);
  if (const auto ash = at("ash").optional_table("ash")) add_ash(precursor, *ash, data_folder + "/rules");
  return precursor;
}

Precursor load_precursor(const std::string& name, const std::string& data_folder, const SourcePlace& place) {
  return mix({{name, 1, place}}, data_folder);
}

}  // namespace cardhouse
