#include "potentials/kolmogorov_crespi_parameters.hpp"

#include "potentials/parameter_tables.hpp"

namespace cardhouse {
KolmogorovCrespiParameters load_kolmogorov_crespi_parameters(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  const DeckTable root = deck.root();
  const DeckTable repulsion = sourced_table(root, "repulsion");
  const DeckTable attraction = sourced_table(root, "attraction");
  const DeckTable range = sourced_table(root, "range");
  const KolmogorovCrespiParameters result{
      .z0 = positive(attraction, "z0", dimension::length),
      .series = {repulsion.quantity("C0", dimension::energy), repulsion.quantity("C2", dimension::energy),
                 repulsion.quantity("C4", dimension::energy)},
      .C = positive(repulsion, "C", dimension::energy),
      .A = positive(attraction, "A", dimension::energy),
      .delta = positive(repulsion, "delta", dimension::length),
      .lambda = positive(repulsion, "lambda", dimension::none / dimension::length),
      .core = positive(range, "core", dimension::length),
      .taper_start = positive(range, "taper_start", dimension::length),
      .cutoff = positive(range, "cutoff", dimension::length),
  };
  deck.reject_unknown_keys();
  if (!(result.core < result.taper_start)) range.fail("taper_start", "must exceed 'core'");
  if (!(result.taper_start < result.cutoff)) range.fail("cutoff", "must exceed 'taper_start'");
  return result;
}

}  // namespace cardhouse
