#include "potentials/edip_parameters.hpp"

#include "engine/base/deck.hpp"

namespace cardhouse {
namespace {

DeckTable sourced(const DeckTable& root, std::string_view key) {
  DeckTable table = root.table(key);
  if (table.text("source").empty()) table.fail("source", "is empty (every number names where it comes from)");
  return table;
}

double positive(const DeckTable& table, std::string_view key, Dimension dimension) {
  const double value = table.quantity(key, dimension);
  if (!(value > 0)) table.fail(key, "must be positive");
  return value;
}

}  // namespace

EdipParameters load_edip_parameters(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  const DeckTable root = deck.root();
  const DeckTable coordination = sourced(root, "coordination");
  const DeckTable pi = sourced(root, "pi");
  const DeckTable pair = sourced(root, "pair");
  const DeckTable triple = sourced(root, "triple");
  const EdipParameters result{
      .steepness = positive(coordination, "steepness", dimension::none),
      .full = positive(coordination, "full", dimension::length),
      .none = positive(coordination, "none", dimension::length),
      .pi_full = positive(pi, "full", dimension::length),
      .pi_none = positive(pi, "none", dimension::length),
      .dihedral = pi.number("dihedral"),
      .repulsion = pi.quantity("repulsion", dimension::none / dimension::area),
      .pi_range = positive(pi, "repulsion_range", dimension::length),
      .epsilon = positive(pair, "epsilon", dimension::energy),
      .B = positive(pair, "B", dimension::length),
      .beta = positive(pair, "beta", dimension::none),
      .sigma = positive(pair, "sigma", dimension::length),
      .range = positive(pair, "range", dimension::length),
      .range_slope = positive(pair, "range_per_coordination", dimension::length),
      .lambda = triple.quantity("lambda", dimension::energy),
      .lambda_decay = triple.number("lambda_decay"),
      .preferred = triple.number("preferred_coordination"),
      .gamma = positive(triple, "gamma", dimension::length),
      .q = positive(triple, "q", dimension::none),
  };
  deck.reject_unknown_keys();
  if (!(result.full < result.none)) coordination.fail("none", "must exceed 'full'");
  if (!(result.pi_full < result.pi_none && result.pi_none <= result.none)) {
    pi.fail("none", "must exceed 'full' and not exceed that of the coordination");
  }
  return result;
}

}  // namespace cardhouse
