#include "engine/offlattice/sodium_interactions.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "potentials/embedded_atom_file.hpp"
#include "potentials/pair_parameters.hpp"
#include "potentials/second_moment_parameters.hpp"
#include "potentials/shipped_parameters.hpp"

namespace cardhouse {
namespace {

constexpr double table_step = 0.001;   // [angstrom]
constexpr double floor_step = 0.01;    // [angstrom]
constexpr double floor_weight = 70;    // [kT]
constexpr double floor_reserve = 3.5;  // [eV]

UniformSpline tabulated(double cutoff, const std::function<double(double)>& f) {
  const auto last = static_cast<std::size_t>(std::ceil(cutoff / table_step));
  std::vector<double> values;
  for (std::size_t k = 0; k <= last; ++k) values.push_back(f(static_cast<double>(k) * table_step));
  return {values, table_step};
}

std::vector<PairForm> forms_of(const PairParameters& parameters, Element a, Element b) {
  std::vector<PairForm> forms;
  for (const PairEntry& pair : parameters.pairs)
    if (std::minmax(pair.first, pair.second) == std::minmax(a, b)) forms.push_back(pair.form);
  return forms;
}

UniformSpline tabulated(const PairParameters& parameters, Element a, Element b) {
  const PairTerm term(forms_of(parameters, a, b),
                      {parameters.cutoff, parameters.taper_start, std::numeric_limits<double>::infinity()});
  return tabulated(parameters.cutoff, [&](double r) { return term.in_square(r * r).value; });
}

// As in SecondMoment: E_i = sum_j A e^(-p x) S - sqrt(sum_j xi^2 e^(-2qx) S); a pair appears in two such sums.
double second_moment_taper(const SecondMomentParameters& p, double r) {
  const double t = std::clamp((r - p.taper_start) / (p.cutoff - p.taper_start), 0.0, 1.0);
  return 1 - t * t * t * (10 - t * (15 - 6 * t));
}

double lowest_weighing(const std::function<double(double)>& energy, double cutoff, double limit) {
  for (double r = cutoff; r > floor_step; r -= floor_step)
    if (energy(r) > limit) return r;
  return 0;
}

}  // namespace

SodiumInteractions::SodiumInteractions(const SodiumInteractionFiles& files) : metal_(read_metal(files)) {
  if (metal_) sodium_cutoff_ = metal_->cutoff;
  read_pairs(chosen_parameters(files.pairs, "Na_CHO.toml"));
}

void SodiumInteractions::read_pairs(const std::string& path) {
  const PairParameters parameters = load_pair_parameters(path);
  file_ = path;
  silent_ = parameters.silent;
  for (const PairEntry& pair : parameters.pairs) {
    if (pair.first != Element::Na && pair.second != Element::Na) continue;  // the host is rigid
    const Element other = pair.first == Element::Na ? pair.second : pair.first;
    if (other == Element::Na) {
      repulsion_ = tabulated(parameters, Element::Na, Element::Na);
      sodium_cutoff_ = std::max(sodium_cutoff_, parameters.cutoff);
    } else if (std::find(elements_.begin(), elements_.end(), other) == elements_.end()) {
      elements_.push_back(other);
      host_.push_back(tabulated(parameters, Element::Na, other));
      host_cutoff_ = parameters.cutoff;
    }
  }
  for (const Element element : silent_) {
    elements_.push_back(element);
    host_.emplace_back(std::vector<double>(5, 0.0), 1.0);
  }
}

std::optional<SodiumInteractions::Metal> SodiumInteractions::read_metal(const SodiumInteractionFiles& files) {
  if (files.metal == "none") return {};
  if (files.metal == "embedded-atom") {
    const EmbeddedAtomTables tables = read_setfl_file(files.metal_parameters);
    const auto found = std::find(tables.elements.begin(), tables.elements.end(), "Na");
    if (found == tables.elements.end()) throw InputError({files.metal_parameters, 4, {}}, "holds no sodium");
    const auto i = static_cast<std::size_t>(found - tables.elements.begin());
    const std::size_t both = i * tables.elements.size() + i;
    return Metal{tables.cutoff, UniformSpline(tables.pair[both], tables.distance_step),
                 UniformSpline(tables.density[both], tables.distance_step),
                 UniformSpline(tables.embedding[i], tables.density_step)};
  }
  if (files.metal != "second-moment") {
    throw InputError("unknown metal '" + files.metal + "'",
                     suggest_name(files.metal, {"embedded-atom", "none", "second-moment"}));
  }
  const SecondMomentParameters p =
      load_second_moment_parameters(chosen_parameters(files.metal_parameters, "Na_second_moment_rescaled.toml"));
  if (p.element != Element::Na) throw InputError({files.metal_parameters, 0, "element"}, "is not sodium");
  const auto product = [&](double r) {
    return r * 2 * p.A * std::exp(-p.p * (r / p.r0 - 1)) * second_moment_taper(p, r);
  };
  const auto density = [&](double r) {
    return p.xi * p.xi * std::exp(-2 * p.q * (r / p.r0 - 1)) * second_moment_taper(p, r);
  };
  return Metal{p.cutoff, tabulated(p.cutoff, product), tabulated(p.cutoff, density), {}};
}

std::size_t SodiumInteractions::host_kind(Element element) const {
  const auto found = std::find(elements_.begin(), elements_.end(), element);
  if (found == elements_.end()) {
    throw InputError({file_, 0, {}}, "has no term for sodium and " + std::string(symbol(element)),
                     "give it a [[pair]], or list it under 'silent'");
  }
  return static_cast<std::size_t>(found - elements_.begin());
}

OverlapFloor overlap_floor(const SodiumInteractions& interactions, double temperature) {
  EXPECTS(temperature > 0);
  const double limit = floor_weight * constants::boltzmann * temperature + floor_reserve;
  const auto of_two = [&](double r) {
    const auto [energy, density] = interactions.sodium_terms(r);
    return energy + 2 * (interactions.embedding(density) - interactions.embedding(0));
  };
  OverlapFloor floor{lowest_weighing(of_two, interactions.sodium_cutoff(), limit), {}};
  for (std::size_t kind = 0; kind < interactions.host_kinds(); ++kind) {
    const auto of_host = [&](double r) { return interactions.host_energy(kind, r); };
    floor.host.push_back(lowest_weighing(of_host, interactions.host_cutoff(), limit));
  }
  return floor;
}

}  // namespace cardhouse
