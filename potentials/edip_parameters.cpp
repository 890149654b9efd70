#include "potentials/edip_parameters.hpp"

#include "potentials/parameter_tables.hpp"

namespace cardhouse {
EdipParameters load_edip_parameters(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  const DeckTable root = deck.root();
  const DeckTable coordination = sourced_table(root, "coordination");
  const DeckTable pi = sourced_table(root, "pi");
  const DeckTable pair = sourced_table(root, "pair");
  const DeckTable triple = sourced_table(root, "triple");
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
