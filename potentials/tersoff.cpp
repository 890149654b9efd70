#include "potentials/tersoff.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/batch_math.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "potentials/element_kinds.hpp"
#include "potentials/shipped_parameters.hpp"
#include "potentials/value_and_slope.hpp"

namespace cardhouse {

/// A neighbour of the atom at hand within the cut-off, and the derivatives collected for it.
struct Tersoff::Bond {
  Vector3 unit;
  double r, inverse;
  double fc, fc_slope;
  double zeta;
  double pull;    ///< dE/d(zeta)
  double radial;  ///< dE/dr at fixed angles
  Vector3 turn;   ///< sum over cosines c of dE/dc times the other unit vector
  double along;   ///< sum over cosines c of dE/dc times c
  std::uint32_t pair;
  std::uint8_t kind;
};

/// What a third atom adds to zeta of a bond: fc g h, with h the exponential of lambda3.
struct Tersoff::Triplet {
  double cosine, fc, fc_slope;
  double gh, gh_by_cosine, gh_by_difference;
};

/// An atom with its bonds.
struct Tersoff::Row {
  std::uint8_t kind;
  std::span<Bond> bonds;
  std::span<Triplet> triplets;  ///< one for each bond and third atom
};

/// The atoms of one block.
struct Tersoff::Scratch {
  std::vector<Row> rows;
  std::vector<Bond> bonds;
  std::vector<Triplet> triplets;
  // Of every bond of the block, in the order of rows.
  std::vector<double> repulsion, attraction;  ///< half the pair energies without cut-off [eV]
  std::vector<double> power;                  ///< (beta zeta)^n
  std::vector<double> order;                  ///< b
};

namespace {

constexpr std::size_t block_size = 128;         // rows
constexpr std::size_t least_for_threads = 500;  // rows; below, starting threads costs more than it saves
constexpr double least_distance = 1e-9;         // [angstrom]; closer atoms have no direction
constexpr double largest_exponent = 69.0776;    // ln 1e30, as in LAMMPS

Tersoff::Term make_term(const TersoffEntry& entry) {
  Tersoff::Term term{};
  term.A = entry.A, term.lambda1 = entry.lambda1, term.B = entry.B, term.lambda2 = entry.lambda2;
  term.beta = entry.beta, term.n = entry.n, term.R = entry.R, term.D = entry.D;
  term.gamma = entry.gamma, term.c2 = entry.c * entry.c, term.d2 = entry.d * entry.d;
  term.c2_over_d2 = term.c2 / term.d2, term.cos_theta0 = entry.cos_theta0;
  term.lambda3 = entry.lambda3, term.m = entry.m;
  return term;
}

const TersoffEntry& find_triplet(const std::vector<TersoffEntry>& entries, std::array<Element, 3> elements,
                                 const std::string& path) {
  std::array<std::string, 3> symbols;
  std::transform(elements.begin(), elements.end(), symbols.begin(), [](Element e) { return std::string(symbol(e)); });
  for (const TersoffEntry& entry : entries) {
    if (entry.symbols == symbols) return entry;
  }
  throw InputError({path, 0, {}}, "no entry for " + symbols[0] + " " + symbols[1] + " " + symbols[2],
                   "choose a file with all triplets of the elements of the structure, or leave the element out");
}

std::vector<Tersoff::Term> make_terms(const std::vector<Element>& kinds, const std::string& path) {
  const std::vector<TersoffEntry> entries = read_tersoff_file(path);
  std::vector<Tersoff::Term> terms;
  for (const Element i : kinds) {
    for (const Element j : kinds) {
      for (const Element k : kinds) {
        terms.push_back(make_term(find_triplet(entries, {i, j, k}, path)));
        const TersoffEntry& bond = find_triplet(entries, {i, k, k}, path);
        terms.back().has_bond_cutoff = terms.back().R == bond.R && terms.back().D == bond.D;
      }
    }
  }
  return terms;
}

double largest_cutoff(const std::vector<Tersoff::Term>& terms) {
  double largest = 0;
  for (const Tersoff::Term& term : terms) largest = std::max(largest, term.R + term.D);
  return largest;
}

ValueAndSlope cutoff_function(const Tersoff::Term& term, double r) {
  if (r <= term.R - term.D) return {1, 0};
  if (r >= term.R + term.D) return {0, 0};
  const double scale = std::numbers::pi / (2 * term.D);
  const double angle = scale * (r - term.R);
  return {0.5 - 0.5 * std::sin(angle), -0.5 * scale * std::cos(angle)};
}

ValueAndSlope angle_function(const Tersoff::Term& term, double cosine) {
  const double x = cosine - term.cos_theta0;
  const double q = 1 / (term.d2 + x * x);
  return {term.gamma * (1 + term.c2_over_d2 - term.c2 * q), 2 * term.gamma * term.c2 * x * q * q};
}

/// exp((lambda3 x)^m) and its slope, held between 1e-30 and 1e30.
ValueAndSlope length_function(const Tersoff::Term& term, double x) {
  if (term.lambda3 == 0) return {1, 0};
  const double y = term.lambda3 * x;
  const double exponent = term.m == 3 ? y * y * y : y;
  if (exponent > largest_exponent) return {1e30, 0};
  if (exponent < -largest_exponent) return {0, 0};
  const double value = std::exp(exponent);
  return {value, value * term.lambda3 * (term.m == 3 ? 3 * y * y : 1)};
}

void add_cosine(Tersoff::Bond& j, Tersoff::Bond& k, double cosine, double slope) {
  j.turn += slope * k.unit;
  k.turn += slope * j.unit;
  j.along += slope * cosine;
  k.along += slope * cosine;
}

}  // namespace

Tersoff::Tersoff(const CarbonStructure& structure, const TersoffOptions& options)
    : kinds_(kind_of_each(structure.atoms, distinct_elements(structure.atoms.elements), "tersoff")),
      n_kinds_(distinct_elements(structure.atoms.elements).size()),
      terms_(make_terms(distinct_elements(structure.atoms.elements),
                        chosen_parameters(options.parameter_file, "C_tersoff_1988.tersoff"))),
      cutoff_(largest_cutoff(terms_)),
      equal_triplets_(n_kinds_ == 1 && terms_[0].lambda3 == 0),
      square_root_orders_(n_kinds_ == 1 && terms_[0].n == 1),
      pairs_({cutoff_, options.skin, 1}) {}

Evaluation Tersoff::evaluate(const Atoms& atoms, std::span<Vector3> forces) {
  EXPECTS(atoms.size() == kinds_.size() && forces.size() == atoms.size());
  pairs_.update(atoms);
  slopes_.resize(pairs_.size() + 1);
  slopes_.back() = {};  // of a reverse that rounding hid
  const std::size_t rows = pairs_.rows_within(0);
  std::fill(slopes_.begin() + pairs_.starts()[rows], slopes_.end(), Vector3{});  // of ghosts
  block_sums_.resize((rows + block_size - 1) / block_size);
#pragma omp parallel if (rows > least_for_threads)
  {
    Scratch scratch;
#pragma omp for schedule(dynamic)
    for (std::size_t block = 0; block < block_sums_.size(); ++block) {
      block_sums_[block] = evaluate_rows(block * block_size, std::min(rows, (block + 1) * block_size), scratch);
    }
#pragma omp for schedule(static)
    for (std::size_t row = 0; row < pairs_.rows(); ++row) forces[pairs_.owner(row)] = pairs_.gather_force(row, slopes_);
  }
  Evaluation total;
  for (const Evaluation& sum : block_sums_) total += sum;
  return total;
}

Evaluation Tersoff::evaluate_rows(std::size_t first, std::size_t last, Scratch& scratch) {
  gather(first, last, scratch);
  for (Row& row : scratch.rows) equal_triplets_ ? find_equal_triplets(row) : find_triplets(row);
  find_exponentials(scratch);
  Evaluation sum;
  sum.energy = find_pulls(scratch);
  for (Row& row : scratch.rows) {
    equal_triplets_ ? push_equal_triplets(row) : push_triplets(row);
    for (const Bond& bond : row.bonds) {
      const Vector3 slope = bond.radial * bond.unit + bond.inverse * (bond.turn - bond.along * bond.unit);
      slopes_[bond.pair] = slope;
      sum.virial += virial_of(bond.r * bond.unit, slope);
    }
  }
  return sum;
}

void Tersoff::gather(std::size_t first, std::size_t last, Scratch& scratch) {
  const std::span starts = pairs_.starts();
  if (const std::size_t most = starts[last] - starts[first]; scratch.bonds.size() < most) scratch.bonds.resize(most);
  scratch.rows.clear();
  Bond* bond = scratch.bonds.data();
  std::size_t n_triplets = 0;
  for (std::size_t row = first; row < last; ++row) {
    Bond* const begin = bond;
    const Vector3 centre = pairs_.position(row);
    const std::uint8_t kind = kinds_[pairs_.owner(row)];
    for (std::uint32_t pair = starts[row]; pair < starts[row + 1]; ++pair) {
      const Vector3 d = pairs_.neighbour_position(pair) - centre;
      const double squared = squared_norm(d);
      slopes_[pair] = {};
      if (squared >= cutoff_ * cutoff_) continue;
      const double r = std::sqrt(squared);
      const double inverse = r > least_distance ? 1 / r : 0;
      const std::uint8_t other = kinds_[pairs_.neighbour(pair)];
      const auto [fc, fc_slope] = cutoff_function(term(kind, other, other), r);
      *bond++ = {inverse * d, r, inverse, fc, fc_slope, 0, 0, 0, {}, 0, pair, other};
    }
    scratch.rows.push_back({kind, {begin, bond}, {}});
    n_triplets += scratch.rows.back().bonds.size() * scratch.rows.back().bonds.size();
  }
  if (scratch.triplets.size() < n_triplets) scratch.triplets.resize(n_triplets);
  Triplet* triplet = scratch.triplets.data();
  for (auto& row : scratch.rows) {
    row.triplets = {triplet, row.bonds.size() * row.bonds.size()};
    triplet += row.triplets.size();
  }
}

/// Repulsion, attraction and bond order of all bonds, each function for all of them at once.
void Tersoff::find_exponentials(Scratch& scratch) const {
  const std::size_t n = scratch.rows.back().bonds.data() + scratch.rows.back().bonds.size() - scratch.bonds.data();
  for (auto* values : {&scratch.repulsion, &scratch.attraction, &scratch.power, &scratch.order}) values->resize(n);
  for (std::size_t k = 0; const auto& row : scratch.rows) {
    for (const Bond& bond : row.bonds) {
      const Term& t = term(row.kind, bond.kind, bond.kind);
      scratch.repulsion[k] = -t.lambda1 * bond.r;
      scratch.attraction[k] = -t.lambda2 * bond.r;
      scratch.power[k] = t.beta * bond.zeta;
      ++k;
    }
  }
  exponentials(scratch.repulsion);
  exponentials(scratch.attraction);
  if (square_root_orders_) {
    for (std::size_t k = 0; k < n; ++k) scratch.order[k] = 1 / std::sqrt(1 + scratch.power[k]);
    return;
  }
  const auto scale = [&](std::vector<double>& values, auto factor) {
    for (std::size_t k = 0; const auto& row : scratch.rows) {
      for (const Bond& bond : row.bonds) values[k++] *= factor(term(row.kind, bond.kind, bond.kind));
    }
  };
  logarithms(scratch.power);
  scale(scratch.power, [](const Term& t) { return t.n; });
  exponentials(scratch.power);
  for (std::size_t k = 0; k < n; ++k) scratch.order[k] = 1 + scratch.power[k];
  logarithms(scratch.order);
  scale(scratch.order, [](const Term& t) { return -0.5 / t.n; });
  exponentials(scratch.order);
}

/// Half the energies of the bonds; finds their derivatives by length and zeta.
double Tersoff::find_pulls(Scratch& scratch) const {
  double energy = 0;
  for (std::size_t k = 0; auto& row : scratch.rows) {
    for (Bond& bond : row.bonds) {
      const Term& t = term(row.kind, bond.kind, bond.kind);
      const double repulsion = 0.5 * t.A * scratch.repulsion[k];
      const double attraction = 0.5 * t.B * scratch.attraction[k];
      const double order = bond.zeta > 0 ? scratch.order[k] : 1;
      const double slope = bond.zeta > 0 ? 0.5 * order * scratch.power[k] / ((1 + scratch.power[k]) * bond.zeta) : 0;
      energy += bond.fc * (repulsion - order * attraction);
      bond.radial = bond.fc_slope * (repulsion - order * attraction) +
                    bond.fc * (order * t.lambda2 * attraction - t.lambda1 * repulsion);
      bond.pull = bond.fc * attraction * slope;
      ++k;
    }
  }
  return energy;
}

void Tersoff::find_equal_triplets(const Row& row) const {
  Triplet* triplet = row.triplets.data();
  for (std::size_t j = 0; j < row.bonds.size(); ++j) {
    Bond& first = row.bonds[j];
    for (std::size_t k = j + 1; k < row.bonds.size(); ++k, ++triplet) {
      Bond& second = row.bonds[k];
      triplet->cosine = dot(first.unit, second.unit);
      const auto [g, g_slope] = angle_function(terms_[0], triplet->cosine);
      triplet->gh = g, triplet->gh_by_cosine = g_slope;
      first.zeta += second.fc * g;
      second.zeta += first.fc * g;
    }
  }
}

void Tersoff::push_equal_triplets(const Row& row) const {
  const Triplet* triplet = row.triplets.data();
  for (std::size_t j = 0; j < row.bonds.size(); ++j) {
    Bond& first = row.bonds[j];
    for (std::size_t k = j + 1; k < row.bonds.size(); ++k, ++triplet) {
      Bond& second = row.bonds[k];
      first.radial += second.pull * triplet->gh * first.fc_slope;
      second.radial += first.pull * triplet->gh * second.fc_slope;
      const double weight = first.pull * second.fc + second.pull * first.fc;
      add_cosine(first, second, triplet->cosine, weight * triplet->gh_by_cosine);
    }
  }
}

void Tersoff::find_triplets(const Row& row) const {
  for (std::size_t j = 0; j < row.bonds.size(); ++j) {
    Bond& bond = row.bonds[j];
    for (std::size_t k = 0; k < row.bonds.size(); ++k) {
      if (k == j) continue;
      const Bond& third = row.bonds[k];
      const Term& t = term(row.kind, bond.kind, third.kind);
      const ValueAndSlope fc =
          t.has_bond_cutoff ? ValueAndSlope{third.fc, third.fc_slope} : cutoff_function(t, third.r);
      Triplet& triplet = row.triplets[j * row.bonds.size() + k];
      triplet.cosine = dot(bond.unit, third.unit);
      triplet.fc = fc.value, triplet.fc_slope = fc.slope;
      const auto [g, g_slope] = angle_function(t, triplet.cosine);
      const auto [h, h_slope] = length_function(t, bond.r - third.r);
      triplet.gh = g * h, triplet.gh_by_cosine = g_slope * h, triplet.gh_by_difference = g * h_slope;
      bond.zeta += fc.value * g * h;
    }
  }
}

void Tersoff::push_triplets(const Row& row) const {
  for (std::size_t j = 0; j < row.bonds.size(); ++j) {
    Bond& bond = row.bonds[j];
    if (bond.pull == 0) continue;
    for (std::size_t k = 0; k < row.bonds.size(); ++k) {
      if (k == j) continue;
      Bond& third = row.bonds[k];
      const Triplet& triplet = row.triplets[j * row.bonds.size() + k];
      const double by_difference = bond.pull * triplet.fc * triplet.gh_by_difference;
      bond.radial += by_difference;
      third.radial += bond.pull * triplet.fc_slope * triplet.gh - by_difference;
      add_cosine(bond, third, triplet.cosine, bond.pull * triplet.fc * triplet.gh_by_cosine);
    }
  }
}

}  // namespace cardhouse
