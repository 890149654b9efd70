#include "engine/relax/lbfgs.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace cardhouse {
namespace {

constexpr std::size_t memory = 10;
constexpr double first_stiffness = 40;        // [eV/angstrom^2], of an atom in an sp2 layer; estimate
constexpr double sufficient_decrease = 1e-4;  // c1
constexpr double rounding = 1e-13;            // of an energy, relative to its size
constexpr int most_shortenings = 12;

/// Where the parabola through E(0), E'(0) and E(t) has its bottom, between a tenth and a half of t.
double shortened(double t, double slope, double rise) {
  const double curvature = rise - slope * t;
  const double bottom = curvature > 0 ? -0.5 * slope * t * t / curvature : 0;
  return std::clamp(bottom, 0.1 * t, 0.5 * t);
}

}  // namespace

Lbfgs::Lbfgs(RelaxationState& state, const MinimiserOptions& options)
    : state_(state), options_(options), gradient_(gradient()) {}

int Lbfgs::step(int most_evaluations) {
  const RelaxationState::Point start = state_.save();
  const Vector3 stretch = stretch_;
  Coordinates towards = direction();
  const double slope = state_.dot_product(gradient_, towards);
  const double noise = rounding * std::abs(start.value.energy);
  double t = longest(towards);
  for (int tried = 1; tried <= std::min(most_evaluations, most_shortenings); ++tried) {
    move(t, towards);
    state_.evaluate();
    const double rise = state_.energy() - start.value.energy;
    Coordinates now = gradient();
    const bool fallen = rise <= sufficient_decrease * t * slope;
    if (fallen || (rise <= noise && state_.dot_product(now, towards) <= (2 * sufficient_decrease - 1) * slope)) {
      std::swap(gradient_, now);
      towards *= t;
      remember(std::move(towards), now);
      return tried;
    }
    state_.restore(start);
    stretch_ = stretch;
    t = shortened(t, slope, rise);
  }
  stuck_ = changes_.empty();
  changes_.clear();
  return std::min(most_evaluations, most_shortenings);
}

/// dE/du in the unstrained cell: x = exp(e) u, so that atoms feel the stretched force.
Coordinates Lbfgs::gradient() const {
  Coordinates result = state_.forces();
  for (Vector3& force : result.atoms) force = -stretched(force, stretch_);
  result.cell = -result.cell;
  return result;
}

/// -H g by the two-loop recursion.
Coordinates Lbfgs::direction() const {
  Coordinates q = gradient_;
  std::vector<double> along(changes_.size());
  for (std::size_t k = changes_.size(); k-- > 0;) {
    along[k] = state_.dot_product(changes_[k].step, q) / changes_[k].product;
    q.add(-along[k], changes_[k].gradient);
  }
  double scale = 1 / first_stiffness;
  if (!changes_.empty())
    scale = changes_.back().product / state_.dot_product(changes_.back().gradient, changes_.back().gradient);
  q *= -scale;
  for (std::size_t k = 0; k < changes_.size(); ++k) {
    const double back = state_.dot_product(changes_[k].gradient, q) / changes_[k].product;
    q.add(-along[k] - back, changes_[k].step);
  }
  return q;
}

/// One, or less where an atom or the cell would move too far.
double Lbfgs::longest(const Coordinates& direction) const {
  Coordinates cartesian = direction;
  for (Vector3& atom : cartesian.atoms) atom = stretched(atom, stretch_);
  const double way = state_.largest_norm(cartesian.atoms);
  const double strain = largest_component(direction.cell) / state_.strain_scale();
  double t = 1;
  if (way * t > options_.max_displacement) t = options_.max_displacement / way;
  if (strain * t > options_.max_strain) t = options_.max_strain / strain;
  return t;
}

void Lbfgs::move(double factor, const Coordinates& direction) {
  Coordinates cartesian = direction;
  for (Vector3& atom : cartesian.atoms) atom = stretched(atom, stretch_);
  state_.move(factor, cartesian);
  const Vector3 strain = factor / state_.strain_scale() * direction.cell;
  stretch_ = stretched(stretch_, {std::exp(strain.x), std::exp(strain.y), std::exp(strain.z)});
}

void Lbfgs::remember(Coordinates step, const Coordinates& before) {
  Coordinates change = gradient_;
  change.add(-1, before);
  const double product = state_.dot_product(step, change);
  if (product <= 0) return;
  if (changes_.size() == memory) changes_.pop_front();
  changes_.push_back({std::move(step), std::move(change), product});
}

}  // namespace cardhouse
