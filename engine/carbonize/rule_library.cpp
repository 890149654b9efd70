#include "engine/carbonize/rule_library.hpp"

#include <algorithm>
#include <filesystem>
#include <numeric>

#include "engine/carbonize/registry.hpp"

namespace cardhouse {
namespace {

/// Runs `parse` and gives its InputError the place of `key` and the rule's id.
template <class Parse>
auto at_key(const DeckTable& table, std::string_view key, const std::string& id, Parse parse) {
  try {
    return parse();
  } catch (const InputError& error) {
    table.fail(key, "rule '" + id + "': " + error.what());
  }
}

bool is_volatile(const RuleLibrary& library, std::size_t species) {
  return library.species[species].state == SpeciesState::Volatile;
}

/// A volatile reactant beside a condensed one comes from the furnace; alone it is a free molecule.
void set_reactants(Rule& rule, const RuleLibrary& library, const DeckTable& table) {
  const auto terms = at_key(table, "in", rule.id, [&] { return parse_equation_side(table.text("in")); });
  for (const auto& term : terms) {
    const auto species = at_key(table, "in", rule.id, [&] { return library.find_species(term.species); });
    if (is_volatile(library, species) && terms.size() > 1) {
      if (rule.gas) table.fail("in", "rule '" + rule.id + "': a reaction takes up one furnace gas at most");
      rule.gas = FurnaceGas{species, term.coefficient, 1};
      continue;
    }
    if (term.coefficient.denominator != 1) {
      table.fail("in", "rule '" + rule.id + "': an event takes whole molecules of '" + term.species + "'",
                 "scale the equation");
    }
    const auto same = std::find_if(rule.reactants.begin(), rule.reactants.end(),
                                   [&](const Reactant& other) { return other.species == species; });
    if (same != rule.reactants.end()) {
      same->count += term.coefficient.numerator;
    } else {
      rule.reactants.push_back({species, term.coefficient.numerator});
    }
  }
  if (rule.reactants.empty()) table.fail("in", "rule '" + rule.id + "' has no reactant in the material");
}

void set_products(Rule& rule, const RuleLibrary& library, const DeckTable& table) {
  const auto terms = at_key(table, "out", rule.id, [&] { return parse_equation_side(table.text("out")); });
  for (const auto& term : terms) {
    const auto species = at_key(table, "out", rule.id, [&] { return library.find_species(term.species); });
    rule.products.push_back({species, term.coefficient});
  }
}

void require_balance(const Rule& rule, const RuleLibrary& library, const DeckTable& table) {
  std::int64_t batch = 1;  // events that make whole molecules of everything
  for (const auto& product : rule.products) batch = std::lcm(batch, product.coefficient.denominator);
  if (rule.gas && rule.gas->taken) batch = std::lcm(batch, rule.gas->taken->denominator);
  const auto times = [&](const Decimal& coefficient) {
    return coefficient.numerator * (batch / coefficient.denominator);
  };
  Formula in;
  Formula out;
  for (const auto& reactant : rule.reactants) in += batch * reactant.count * library.species[reactant.species].formula;
  if (rule.gas && rule.gas->taken) in += times(*rule.gas->taken) * library.species[rule.gas->species].formula;
  for (const auto& product : rule.products)
    out += times(product.coefficient) * library.species[product.species].formula;
  std::string report;
  for (const Element element : all_elements()) {
    const auto excess = out[element] - in[element];
    if (excess == 0) continue;
    report += (report.empty() ? "" : "; ") + std::string(symbol(element)) + " " + std::to_string(in[element]) +
              " in, " + std::to_string(out[element]) + " out (" + std::to_string(std::abs(excess)) +
              (excess > 0 ? " too many)" : " missing)");
  }
  if (report.empty()) return;
  table.fail("out", "rule '" + rule.id + "' is not balanced: " + report + " in " + std::to_string(batch) + " events",
             "change the coefficients so that every element closes exactly");
}

void set_gas(Rule& rule, const RuleLibrary& library, const DeckTable& table) {
  if (table.has("gas")) {
    const auto species = library.find_species(table.text("gas"), table.place("gas"));
    if (!is_volatile(library, species)) table.fail("gas", "a furnace gas is a volatile species");
    if (rule.gas && rule.gas->species != species) {
      table.fail("gas", "rule '" + rule.id + "' takes up another furnace gas already");
    }
    if (!rule.gas) rule.gas = FurnaceGas{species, std::nullopt, 1};
  }
  if (!rule.gas) return;
  rule.gas->order = table.number("gas_order", 1);
  if (rule.gas->order <= 0) table.fail("gas_order", "rule '" + rule.id + "': the order must be positive");
}

void set_catalyst(Rule& rule, const RuleLibrary& library, const DeckTable& table) {
  const auto catalyst = table.optional_table("catalyst");
  if (!catalyst) return;
  rule.catalyst = Catalyst{library.find_species(catalyst->text("species"), catalyst->place("species")),
                           catalyst->number("strength"), catalyst->number("from", 0)};
  if (rule.catalyst->strength < 0) catalyst->fail("strength", "a catalyst never slows");
}

void set_rate(Rule& rule, const DeckTable& table) {
  rule.law.prefactor = table.quantity("A", dimension::rate);
  rule.law.barrier = table.quantity("E", dimension::energy);
  rule.law.temperature_power = table.number("n", 0);
  rule.order = table.number("order", 1);
  rule.spread = table.quantity("spread", dimension::energy, "0 eV");
  rule.onset = table.quantity("onset", dimension::temperature, "0 K");
  if (table.has("ceiling")) rule.ceiling = table.quantity("ceiling", dimension::temperature);
  rule.medium = table.text("medium", "");
  if (rule.law.prefactor <= 0) table.fail("A", "rule '" + rule.id + "': the prefactor must be positive");
  if (rule.law.barrier < 0) table.fail("E", "rule '" + rule.id + "': the barrier is negative");
  if (rule.order <= 0) table.fail("order", "rule '" + rule.id + "': the order must be positive");
  if (rule.spread < 0) table.fail("spread", "rule '" + rule.id + "': the spread is negative");
  if (rule.ceiling <= rule.onset) table.fail("ceiling", "rule '" + rule.id + "' acts at no temperature");
}

void require_simple_volatile(const Rule& rule, const RuleLibrary& library, const DeckTable& table) {
  if (!is_volatile(library, rule.reactants.front().species)) return;
  const bool simple =
      rule.reactants.front().count == 1 && rule.order == 1 && rule.spread == 0 && !rule.gas && !rule.catalyst;
  if (!simple) {
    table.fail("in",
               "rule '" + rule.id + "': a free molecule reacts alone, in first order, without gas, catalyst or spread");
  }
}

Rule read_rule(const RuleLibrary& library, const DeckTable& table) {
  Rule rule;
  rule.id = table.text("id");
  set_reactants(rule, library, table);
  set_products(rule, library, table);
  require_balance(rule, library, table);
  set_gas(rule, library, table);
  set_catalyst(rule, library, table);
  set_rate(rule, table);
  require_simple_volatile(rule, library, table);
  rule.source = read_source(table);
  rule.library = table.place().file;
  return rule;
}

/// Libraries on the way to the one that is read.
class Loader {
 public:
  Loader(RuleLibrary& library, const std::string& folder) : library_(library), folder_(folder) {}

  void load(const std::string& name, const SourcePlace& place) {
    if (std::find(way_.begin(), way_.end(), name) != way_.end()) refuse_circle(name, place);
    if (!library_.loaded.insert(name).second) return;
    const bool own = name.ends_with(".toml");
    const std::string path = own ? name : folder_ + "/" + name + ".toml";
    std::error_code impossible;  // a name may be too long to be one
    if (!std::filesystem::exists(path, impossible)) {
      throw InputError(place, "no rule library '" + name + "'" + (own ? "" : " in " + folder_),
                       own ? "give the path from the folder of the deck" : suggest_name(name, library_names(folder_)));
    }
    const Deck deck = Deck::from_file(path);
    const DeckTable root = deck.root();
    root.text("summary", "");
    way_.push_back(name);
    if (root.has("needs")) {
      for (const auto& needed : root.texts("needs")) load(needed, root.place("needs"));
    }
    way_.pop_back();
    const std::size_t first = library_.rules.size();
    add_rules(library_, root);
    for (std::size_t r = first; r < library_.rules.size(); ++r) library_.rules[r].own = own;
    deck.reject_unknown_keys();
  }

 private:
  [[noreturn]] void refuse_circle(const std::string& name, const SourcePlace& place) const {
    std::string circle;
    for (const auto& entry : way_) circle += entry + " -> ";
    throw InputError(place, "rule libraries need each other (" + circle + name + ")",
                     "move what they share to a third");
  }

  RuleLibrary& library_;
  const std::string& folder_;
  std::vector<std::string> way_;
};

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

void load_library(RuleLibrary& library, const std::string& name, const std::string& folder, const SourcePlace& place) {
  Loader(library, folder).load(name, place);
}

}  // namespace cardhouse
