#include "engine/sodium/sodium_parameters.hpp"

#include "engine/sodium/sourced_entry.hpp"

namespace cardhouse {

namespace {

double positive_number(const DeckTable& table, std::string_view key) {
  return positive_entry(table, key, dimension::none);
}

double quantity(const DeckTable& table, std::string_view key, Dimension dimension) {
  return sourced_entry(table, key).quantity("value", dimension);
}

HamiltonianTerms read_terms(const DeckTable& table) {
  HamiltonianTerms terms;
  terms.host_electrons = table.flag("host_electrons", true);
  terms.repulsion = table.flag("repulsion", true);
  terms.exclusion = table.flag("exclusion", true);
  terms.metal = table.flag("metal", true);
  terms.wetting = table.flag("wetting", true);
  terms.opening = table.flag("opening", true);
  terms.curvature = table.flag("curvature", true);
  terms.shared_reservoir = table.flag("shared_reservoir", true);
  return terms;
}

MetalParameters read_metal(const DeckTable& table) {
  using namespace dimension;
  MetalParameters metal;
  metal.cohesive_energy = positive_entry(table, "cohesive_energy", energy);
  metal.bonded_distance = positive_entry(table, "bonded_distance", length);
  metal.broken_distance = positive_entry(table, "broken_distance", length);
  metal.bulk_coordination = positive_number(table, "bulk_coordination");
  metal.least_coordination = positive_number(table, "least_coordination");
  if (metal.least_coordination > metal.bulk_coordination)
    table.fail("least_coordination", "must not exceed bulk_coordination");
  metal.lone_wall_energy = positive_entry(table, "lone_wall_energy", energy);
  if (metal.broken_distance <= metal.bonded_distance) table.fail("broken_distance", "must exceed bonded_distance");
  return metal;
}

}  // namespace

SodiumParameters read_sodium_parameters(const Deck& deck) {
  using namespace dimension;
  const DeckTable root = deck.root();
  SodiumParameters result;
  result.terms = read_terms(root.table("terms"));
  const DeckTable host = root.table("host_electrons");
  result.host_electrons.velocity = positive_entry(host, "velocity", energy * length);
  result.host_electrons.offset_density = quantity(host, "offset_density", none / area);
  if (result.host_electrons.offset_density < 0) host.fail("offset_density", "must not be negative");
  const DeckTable shared = root.table("shared_reservoir");
  result.shared_reservoir.contact_density = positive_entry(shared, "contact_density", none / area);
  result.shared_reservoir.reference_level = positive_entry(shared, "reference_level", energy);
  const DeckTable repulsion = root.table("repulsion");
  result.repulsion.permittivity = positive_number(repulsion, "permittivity");
  result.repulsion.screening_length = positive_entry(repulsion, "screening_length", length);
  result.repulsion.cutoff = positive_entry(repulsion, "cutoff", length);
  result.exclusion_diameter = positive_entry(root.table("exclusion"), "diameter", length);
  result.metal = read_metal(root.table("metal"));
  result.wetting_energy = quantity(root.table("wetting"), "energy", surface_energy);
  const DeckTable opening = root.table("opening");
  result.opening.stiffness = positive_entry(opening, "stiffness", pressure);
  result.opening.bending_stiffness = positive_entry(opening, "bending_stiffness", energy);
  result.opening.slope = positive_entry(opening, "slope", force);
  result.opening.reference_spacing = positive_entry(opening, "reference_spacing", length);
  result.opening.largest_spacing = positive_entry(opening, "largest_spacing", length);
  result.curvature_coupling = quantity(root.table("curvature"), "coupling", energy * length);
  result.attempt_frequency = positive_entry(root.table("kinetics"), "attempt_frequency", rate);
  deck.reject_unknown_keys();
  return result;
}

SodiumParameters read_sodium_parameters(const std::string& path) {
  return read_sodium_parameters(Deck::from_file(path));
}

}  // namespace cardhouse
