#include "potentials/rebo_parameters.hpp"

#include <algorithm>
#include <vector>

#include "potentials/parameter_tables.hpp"

namespace cardhouse {
namespace {

constexpr Dimension per_length = dimension::none / dimension::length;
constexpr std::size_t n_conjugations = 9;
constexpr std::size_t most_listed = CoordinationTable::n_coordinations - 2;  // beyond it tables are flat

ReboPair read_pair(const DeckTable& table) {
  ReboPair pair;
  pair.inner = positive(table, "inner", dimension::length);
  pair.outer = positive(table, "outer", dimension::length);
  pair.torsion_outer = positive(table, "torsion_outer", dimension::length);
  if (!(0 < pair.inner && pair.inner < pair.outer)) table.fail("outer", "must exceed 'inner', and that zero");
  if (!(pair.inner < pair.torsion_outer && pair.torsion_outer <= pair.outer)) {
    table.fail("torsion_outer", "must lie between 'inner' and 'outer'");
  }
  pair.screening = table.quantity("Q", dimension::length);
  pair.repulsion = table.quantity("A", dimension::energy);
  pair.steepness = table.quantity("alpha", per_length);
  const std::vector<double> attraction = table.quantities("B", dimension::energy);
  const std::vector<double> decay = table.quantities("beta", per_length);
  if (attraction.empty() || attraction.size() > 3) table.fail("B", "needs one to three energies");
  if (decay.size() != attraction.size()) table.fail("beta", "needs as many decays as there are energies in 'B'");
  std::copy(attraction.begin(), attraction.end(), pair.attraction.begin());
  std::copy(decay.begin(), decay.end(), pair.decay.begin());
  return pair;
}

std::array<double, 2> read_range(const DeckTable& table, std::string_view key) {
  const std::vector<double> ends = table.numbers(key);
  if (ends.size() != 2 || !(ends[0] < ends[1])) table.fail(key, "needs two rising numbers");
  return {ends[0], ends[1]};
}

QuinticSpline read_angle(const DeckTable& table) {
  const QuinticSpline::Knots knots{table.numbers("cosine"), table.numbers("value"), table.numbers("slope"),
                                   table.numbers("curvature")};
  const std::size_t n = knots.at.size();
  if (n < 2 || n > QuinticSpline::most_knots ||
      std::adjacent_find(knots.at.begin(), knots.at.end(), std::greater_equal<>()) != knots.at.end()) {
    table.fail("cosine", "needs two to five rising numbers");
  }
  for (const auto& [key, list] :
       {std::pair{"value", &knots.value}, {"slope", &knots.slope}, {"curvature", &knots.curvature}}) {
    if (list->size() != n) table.fail(key, "needs one number for every cosine");
  }
  return QuinticSpline(knots);
}

CoordinationTable read_order(const DeckTable& table) {
  CoordinationTable result(1);
  const std::vector<DeckTable> rows = table.tables("rows");
  if (rows.size() > most_listed + 1) table.fail("rows", "has more than four rows");
  for (std::size_t carbons = 0; carbons < rows.size(); ++carbons) {
    const std::vector<double> values = rows[carbons].numbers("value");
    if (values.size() > most_listed + 1) rows[carbons].fail("value", "has more than four numbers");
    for (std::size_t hydrogens = 0; hydrogens < values.size(); ++hydrogens) {
      result.node(carbons, hydrogens, 1).value = values[hydrogens];
    }
  }
  return result;
}

/// Numbers at conjugation 1, 2, ...; a short list goes on with its last number, a missing one is zero.
std::vector<double> read_along_conjugation(const DeckTable& table, std::string_view key) {
  std::vector<double> values = table.has(key) ? table.numbers(key) : std::vector<double>{0.0};
  if (values.empty() || values.size() > n_conjugations) table.fail(key, "needs one to nine numbers");
  values.resize(n_conjugations, values.back());
  return values;
}

void read_nodes(const DeckTable& table, CoordinationTable& result) {
  const std::vector<long> at = table.integers("at");
  if (at.size() != 2 || at[0] < 0 || at[1] < at[0] || at[1] > static_cast<long>(most_listed)) {
    table.fail("at", "needs two whole numbers from 0 to 3, the smaller first");
  }
  const std::size_t i = at[0];
  const std::size_t j = at[1];
  const std::vector<double> value = read_along_conjugation(table, "value");
  const std::vector<double> first = read_along_conjugation(table, "first_slope");
  const std::vector<double> second = read_along_conjugation(table, "second_slope");
  const std::vector<double> along = read_along_conjugation(table, "conjugation_slope");
  for (std::size_t k = 0; k < n_conjugations; ++k) {
    result.node(i, j, k + 1) = {value[k], {first[k], second[k], along[k]}};
    result.node(j, i, k + 1) = {value[k], {second[k], first[k], along[k]}};
  }
}

/// Beyond the last listed coordination the table keeps its values and loses its slopes.
void flatten_border(CoordinationTable& table) {
  constexpr std::size_t border = most_listed + 1;
  for (std::size_t k = 1; k <= n_conjugations; ++k) {
    for (std::size_t i = 0; i <= border; ++i) {
      table.node(border, i, k) = {table.node(most_listed, std::min(i, most_listed), k).value, {}};
      table.node(i, border, k) = {table.node(std::min(i, most_listed), most_listed, k).value, {}};
    }
  }
}

CoordinationTable read_table(const DeckTable& table) {
  CoordinationTable result(n_conjugations);
  for (const DeckTable& nodes : table.tables("nodes")) read_nodes(nodes, result);
  flatten_border(result);
  return result;
}

}  // namespace

ReboParameters load_rebo_parameters(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  const DeckTable root = deck.root();
  const DeckTable hydrogen = sourced_table(root, "hydrogen_angle");
  const DeckTable coordination = sourced_table(root, "coordination");
  const DeckTable angle = root.table("angle");
  const DeckTable order = root.table("order");
  const DeckTable conjugation = root.table("conjugation");
  ReboParameters result{
      .pairs = {read_pair(sourced_table(root, "carbon_carbon")), read_pair(sourced_table(root, "carbon_hydrogen")),
                read_pair(sourced_table(root, "hydrogen_hydrogen"))},
      .angle_steepness = hydrogen.quantity("steepness", per_length),
      .hydrogen_bonds = {hydrogen.quantity("carbon_hydrogen", dimension::length),
                         hydrogen.quantity("hydrogen_hydrogen", dimension::length)},
      .conjugated = read_range(coordination, "conjugated"),
      .crowded = read_range(coordination, "crowded"),
      .carbon_angle = read_angle(sourced_table(angle, "carbon")),
      .crowded_angle = read_angle(sourced_table(angle, "crowded_carbon")),
      .hydrogen_angle = read_angle(sourced_table(angle, "hydrogen")),
      .order = {read_order(sourced_table(order, "carbon_carbon")), read_order(sourced_table(order, "carbon_hydrogen"))},
      .conjugation = {read_table(sourced_table(conjugation, "carbon_carbon")),
                      read_table(sourced_table(conjugation, "carbon_hydrogen")),
                      read_table(sourced_table(conjugation, "hydrogen_hydrogen"))},
      .torsion = read_table(sourced_table(root, "torsion")),
  };
  deck.reject_unknown_keys();
  return result;
}

}  // namespace cardhouse
