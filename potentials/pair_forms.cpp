#include "potentials/pair_forms.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr double least_core = 0.1;    // [angstrom]
constexpr double core_search = 0.01;  // step of the walk towards contact [angstrom]

ValueAndSlope damped_dispersion(double six, double damping, double r) {
  const auto [value, slope] = damped_inverse_sixth(damping * r);
  const double scale = -six * std::pow(damping, 6);
  return {scale * value, scale * damping * slope};
}

ValueAndSlope evaluate_form(const MorseDispersion& f, double r) {
  const double e = std::exp(-f.steepness * (r - f.distance));
  const auto [value, slope] = damped_dispersion(f.six, f.damping, r);
  return {f.depth * e * (e - 2) + value, 2 * f.depth * f.steepness * e * (1 - e) + slope};
}

ValueAndSlope evaluate_form(const LennardJonesForm& f, double r) {
  const double six = std::pow(f.diameter / r, 6);
  return {4 * f.depth * six * (six - 1), 24 * f.depth * six * (1 - 2 * six) / r};
}

ValueAndSlope evaluate_form(const Buckingham& f, double r) {
  const double repulsion = f.amplitude * std::exp(-r / f.range);
  const double attraction = f.six / std::pow(r, 6);
  return {repulsion - attraction, 6 * attraction / r - repulsion / f.range};
}

ValueAndSlope evaluate_form(const ScreenedCoulomb& f, double r) {
  const double value = constants::coulomb * f.charge_product * std::exp(-r / f.screening_length) / r;
  return {value, -value * (1 / f.screening_length + 1 / r)};
}

ValueAndSlope evaluate_form(const TangToennies& f, double r) {
  const double repulsion = f.amplitude * std::exp(-f.decay * r);
  const auto [value, slope] = damped_dispersion(f.six, f.decay, r);
  return {repulsion + value, slope - f.decay * repulsion};
}

}  // namespace

ValueAndSlope damped_inverse_sixth(double x) {
  // f = e^-x sum_{k>=7} x^k/k!, f' = e^-x x^6/6!; near zero f is not formed as a difference from one.
  const double decay = std::exp(-x);
  double ratio = 0;  // f/x^7
  if (x < 2) {
    double term = decay / 5040;
    for (int k = 7; term > 1e-18 * ratio; ++k) ratio += term, term *= x / (k + 1);
  } else {
    double term = 1;
    double head = 1;
    for (int k = 1; k <= 6; ++k) term *= x / k, head += term;
    ratio = (1 - decay * head) / std::pow(x, 7);
  }
  return {x * ratio, decay / 720 - 6 * ratio};
}

ValueAndSlope evaluate(const PairForm& form, double r) {
  EXPECTS(r > 0);
  return std::visit([r](const auto& f) { return evaluate_form(f, r); }, form);
}

PairTerm::PairTerm(std::vector<PairForm> forms, PairRange range)
    : forms_(std::move(forms)), cutoff_(range.cutoff), taper_start_(range.taper_start) {
  EXPECTS(least_core < range.taper_start && range.taper_start < range.cutoff);
  EXPECTS(range.force_cap > 0);
  shift_ = bare(cutoff_).value;
  core_ = find_core(range.force_cap);
  at_core_ = tapered(core_);
}

ValueAndSlope PairTerm::bare(double r) const {
  ValueAndSlope sum{0, 0};
  for (const PairForm& form : forms_) {
    const auto [value, slope] = evaluate(form, r);
    sum.value += value, sum.slope += slope;
  }
  return sum;
}

ValueAndSlope PairTerm::tapered(double r) const {
  if (r >= cutoff_) return {0, 0};
  const auto [value, slope] = bare(r);
  if (r <= taper_start_) return {value - shift_, slope};
  const double width = cutoff_ - taper_start_;
  const double t = (r - taper_start_) / width;
  const double weight = 1 - t * t * t * (10 - t * (15 - 6 * t));
  const double weight_slope = -30 * t * t * (1 - t) * (1 - t) / width;
  return {(value - shift_) * weight, slope * weight + (value - shift_) * weight_slope};
}

double PairTerm::find_core(double force_cap) const {
  double last = bare(taper_start_).slope;
  for (double r = taper_start_ - core_search; r > least_core; r -= core_search) {
    const double slope = bare(r).slope;
    if (slope < 0 && slope > last) return r + core_search;  // repels less than a step further out
    if (std::abs(slope) > force_cap) return capped_distance(r, r + core_search, force_cap);
    last = slope;
  }
  return least_core;
}

double PairTerm::capped_distance(double low, double high, double force_cap) const {
  for (int halving = 0; halving < 50; ++halving) {
    const double middle = 0.5 * (low + high);
    (std::abs(bare(middle).slope) > force_cap ? low : high) = middle;
  }
  return high;
}

ValueAndSlope PairTerm::in_square(double r2) const {
  if (r2 >= cutoff_ * cutoff_) return {0, 0};
  if (r2 <= core_ * core_) {
    const double slope = 0.5 * at_core_.slope / core_;
    return {at_core_.value + slope * (r2 - core_ * core_), slope};
  }
  const double r = std::sqrt(r2);
  const auto [value, slope] = tapered(r);
  return {value, 0.5 * slope / r};
}

}  // namespace cardhouse
