#include "potentials/pair_parameters.hpp"

#include <algorithm>
#include <limits>

#include "potentials/parameter_tables.hpp"

namespace cardhouse {
namespace {

constexpr Dimension dispersion = dimension::energy * dimension::volume * dimension::volume;

double charge_product(const DeckTable& table) {
  const std::vector<double> charges = table.quantities("charges", dimension::charge);
  if (charges.size() != 2) table.fail("charges", "needs two charges, in the order of 'elements'");
  return charges[0] * charges[1];
}

PairForm read_form(const DeckTable& table) {
  const std::string name =
      table.choice("form", {"buckingham", "lennard-jones", "morse-dispersion", "screened-coulomb", "tang-toennies"});
  if (name == "buckingham") {
    return Buckingham{.amplitude = positive(table, "amplitude", dimension::energy),
                      .range = positive(table, "range", dimension::length),
                      .six = not_negative(table, "six", dispersion)};
  }
  if (name == "lennard-jones") {
    return LennardJonesForm{.depth = positive(table, "depth", dimension::energy),
                            .diameter = positive(table, "diameter", dimension::length)};
  }
  if (name == "morse-dispersion") {
    return MorseDispersion{.depth = positive(table, "depth", dimension::energy),
                           .steepness = positive(table, "steepness", dimension::none / dimension::length),
                           .distance = positive(table, "distance", dimension::length),
                           .six = not_negative(table, "six", dispersion),
                           .damping = positive(table, "damping", dimension::none / dimension::length)};
  }
  if (name == "tang-toennies") {
    return TangToennies{.amplitude = positive(table, "amplitude", dimension::energy),
                        .decay = positive(table, "decay", dimension::none / dimension::length),
                        .six = not_negative(table, "six", dispersion)};
  }
  return ScreenedCoulomb{.charge_product = charge_product(table),
                         .screening_length = positive(table, "screening_length", dimension::length)};
}

std::vector<Element> read_elements(const DeckTable& table, std::string_view key) {
  std::vector<Element> elements;
  for (const std::string& symbol : table.texts(key)) elements.push_back(element_from_symbol(symbol));
  return elements;
}

PairEntry read_pair(const DeckTable& table) {
  const std::vector<Element> elements = read_elements(table, "elements");
  if (elements.size() != 2) table.fail("elements", "needs two elements", "write one [[pair]] for each pair");
  return {elements[0], elements[1], read_form(table), source_of(table)};
}

bool same_pair(const PairEntry& a, const PairEntry& b) {
  return std::minmax(a.first, a.second) == std::minmax(b.first, b.second);
}

void refuse_collapse(const PairParameters& parameters, const PairEntry& entry, const DeckTable& table) {
  if (!std::holds_alternative<Buckingham>(entry.form)) return;
  std::vector<PairForm> forms;
  for (const PairEntry& other : parameters.pairs) {
    if (same_pair(entry, other)) forms.push_back(other.form);
  }
  const PairTerm term(forms, {parameters.cutoff, parameters.taper_start, std::numeric_limits<double>::infinity()});
  if (!term.repels_at_core()) {
    table.fail("form", "leaves the pair without a repulsive wall (it falls together at contact)",
               "lower 'six' or raise 'amplitude'");
  }
}

}  // namespace

PairParameters load_pair_parameters(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  const DeckTable root = deck.root();
  PairParameters result{.cutoff = positive(root, "cutoff", dimension::length),
                        .taper_start = root.quantity("taper_start", dimension::length),
                        .pairs = {},
                        .silent = root.has("silent") ? read_elements(root, "silent") : std::vector<Element>{}};
  if (!(1 <= result.taper_start && result.taper_start < result.cutoff)) {
    root.fail("taper_start", "must be at least 1 angstrom and below 'cutoff'");
  }
  const std::vector<DeckTable> tables = root.tables("pair");
  if (tables.empty()) root.fail("pair", "is missing (a pair potential needs pairs)", "add [[pair]]");
  for (const DeckTable& table : tables) result.pairs.push_back(read_pair(table));
  deck.reject_unknown_keys();
  for (std::size_t k = 0; k < tables.size(); ++k) refuse_collapse(result, result.pairs[k], tables[k]);
  return result;
}

}  // namespace cardhouse
