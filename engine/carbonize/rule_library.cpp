#include "engine/carbonize/rule_library.hpp"

#include <algorithm>
#include <numeric>

namespace cardhouse {
namespace {

/// A lattice holds thousands of molecules of a species, and an event must stay small against them.
constexpr std::int64_t largest_batch = 1000;

/// Runs `parse` and gives its InputError the place of `key` and the rule's id.
template <class Parse>
auto at_key(const DeckTable& table, std::string_view key, const std::string& id, Parse parse) {
  try {
    return parse();
  } catch (const InputError& error) {
    table.fail(key, "rule '" + id + "': " + error.what());
  }
}

void set_stoichiometry(Rule& rule, const RuleLibrary& library, const DeckTable& table) {
  const auto in = at_key(table, "in", rule.id, [&] { return parse_equation_side(table.text("in")); });
  if (in.size() != 1 || in[0].coefficient.numerator != 1 || in[0].coefficient.denominator != 1) {
    table.fail("in", "rule '" + rule.id + "': a rule has one molecule of one reactant", "scale the products instead");
  }
  rule.reactant = at_key(table, "in", rule.id, [&] { return library.find_species(in[0].species); });
  if (library.species[rule.reactant].state == SpeciesState::Volatile) {
    table.fail("in", "rule '" + rule.id + "': '" + in[0].species +
                         "' is volatile and cannot react (rules act on what " + "is solid or trapped)");
  }
  const auto out = at_key(table, "out", rule.id, [&] { return parse_equation_side(table.text("out")); });
  for (const auto& term : out) rule.batch = std::lcm(rule.batch, term.coefficient.denominator);
  if (rule.batch > largest_batch) {
    table.fail("out",
               "rule '" + rule.id + "': an event would consume " + std::to_string(rule.batch) + " molecules of '" +
                   in[0].species + "' to make whole numbers of the products",
               "give coefficients of at most three decimals");
  }
  for (const auto& term : out) {
    const auto species = at_key(table, "out", rule.id, [&] { return library.find_species(term.species); });
    rule.products.push_back({species, term.coefficient.numerator * (rule.batch / term.coefficient.denominator)});
  }
}

void require_balance(const Rule& rule, const RuleLibrary& library, const DeckTable& table) {
  const Formula in = rule.batch * library.species[rule.reactant].formula;
  Formula out;
  for (const auto& product : rule.products) out += product.count * library.species[product.species].formula;
  std::string report;
  for (const Element element : all_elements()) {
    const auto excess = out[element] - in[element];
    if (excess == 0) continue;
    report += (report.empty() ? "" : "; ") + std::string(symbol(element)) + " " + std::to_string(in[element]) +
              " in, " + std::to_string(out[element]) + " out (" + std::to_string(std::abs(excess)) +
              (excess > 0 ? " too many)" : " missing)");
  }
  if (report.empty()) return;
  table.fail("out",
             "rule '" + rule.id + "' is not balanced: " + report + " for " + std::to_string(rule.batch) + " " +
                 library.species[rule.reactant].name,
             "change the coefficients so that every element closes exactly");
}

Rule read_rule(const RuleLibrary& library, const DeckTable& table) {
  Rule rule;
  rule.id = table.text("id");
  set_stoichiometry(rule, library, table);
  require_balance(rule, library, table);
  rule.law.prefactor = table.quantity("A", dimension::rate);
  rule.law.barrier = table.quantity("E", dimension::energy);
  rule.law.temperature_power = table.number("n", 0);
  rule.order = table.number("order", 1);
  rule.onset = table.quantity("onset", dimension::temperature, "0 K");
  if (rule.law.prefactor <= 0) table.fail("A", "rule '" + rule.id + "': the prefactor must be positive");
  if (rule.law.barrier < 0) table.fail("E", "rule '" + rule.id + "': the barrier is negative");
  if (rule.order <= 0) table.fail("order", "rule '" + rule.id + "': the order must be positive");
  if (const auto effect = table.optional_table("effect")) rule.crosslinks = effect->number("crosslink", 0);
  if (rule.crosslinks < 0) table.fail("effect", "rule '" + rule.id + "': crosslinks are formed, never negative");
  rule.source = read_source(table);
  return rule;
}

}  // namespace

std::size_t RuleLibrary::find_species(std::string_view name, const SourcePlace& place) const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < species.size(); ++i) {
    if (species[i].name == name) return i;
    names.push_back(species[i].name);
  }
  throw InputError(place, "unknown species '" + std::string(name) + "'", suggest_name(name, names));
}

void add_rules(RuleLibrary& library, const DeckTable& root) {
  root.text("summary", "");  // every library may say what it is
  for (const auto& table : root.tables("species")) {
    const Species species = read_species(table);
    const bool known = std::any_of(library.species.begin(), library.species.end(),
                                   [&](const Species& other) { return other.name == species.name; });
    if (known) table.fail("name", "species '" + species.name + "' is declared twice");
    library.species.push_back(species);
  }
  for (const auto& table : root.tables("rule")) {
    const Rule rule = read_rule(library, table);
    const bool known =
        std::any_of(library.rules.begin(), library.rules.end(), [&](const Rule& other) { return other.id == rule.id; });
    if (known) table.fail("id", "rule '" + rule.id + "' is declared twice");
    library.rules.push_back(rule);
  }
}

RuleLibrary load_rules(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  RuleLibrary library;
  add_rules(library, deck.root());
  deck.reject_unknown_keys();
  return library;
}

}  // namespace cardhouse
