#include "potentials/second_moment_parameters.hpp"

#include "engine/base/deck.hpp"

namespace cardhouse {
namespace {

double positive(const DeckTable& table, std::string_view key, Dimension dimension) {
  const double value = table.quantity(key, dimension);
  if (!(value > 0)) table.fail(key, "must be positive");
  return value;
}

DeckTable sourced(const DeckTable& root, std::string_view key) {
  DeckTable table = root.table(key);
  if (table.text("source").empty()) table.fail("source", "is empty (every number names where it comes from)");
  return table;
}

}  // namespace

SecondMomentParameters load_second_moment_parameters(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  const DeckTable root = deck.root();
  const DeckTable metal = sourced(root, "metal");
  const DeckTable scale = sourced(root, "scale");
  const DeckTable range = sourced(root, "range");
  const SecondMomentParameters result{
      .element = element_from_symbol(metal.text("element")),
      .A = positive(metal, "A", dimension::energy),
      .xi = positive(metal, "xi", dimension::energy),
      .p = positive(metal, "p", dimension::none),
      .q = positive(metal, "q", dimension::none),
      .r0 = positive(scale, "r0", dimension::length),
      .taper_start = positive(range, "taper_start", dimension::length),
      .cutoff = positive(range, "cutoff", dimension::length),
  };
  deck.reject_unknown_keys();
  if (!(result.taper_start < result.cutoff)) range.fail("cutoff", "must exceed 'taper_start'");
  return result;
}

}  // namespace cardhouse
