#include "potentials/second_moment_parameters.hpp"

#include "potentials/parameter_tables.hpp"

namespace cardhouse {
SecondMomentParameters load_second_moment_parameters(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  const DeckTable root = deck.root();
  const DeckTable metal = sourced_table(root, "metal");
  const DeckTable scale = sourced_table(root, "scale");
  const DeckTable range = sourced_table(root, "range");
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
