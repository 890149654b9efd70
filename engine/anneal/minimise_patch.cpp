#include "engine/anneal/minimise_patch.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cardhouse {
namespace {

using Vectors = std::vector<Vector3>;

double inner(const Vectors& a, const Vectors& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += dot(a[i], b[i]);
  return sum;
}

double largest(const Vectors& vectors) {
  double squared = 0;
  for (const Vector3& v : vectors) squared = std::max(squared, squared_norm(v));
  return std::sqrt(squared);
}

// The last steps and changes of force, from which the inverse Hessian is guessed.
class Memory {
 public:
  static constexpr std::size_t depth = 6;
  static constexpr double first_compliance = 0.02;  ///< half that of a bond along itself (estimate) [angstrom^2/eV]

  void forget() { used_ = 0; }

  void learn(const Vectors& step, const Vectors& old_forces, const Vectors& forces) {
    Pair& pair = pairs_[newest_ = (newest_ + 1) % depth];
    pair.step = step;
    pair.change.resize(forces.size());
    for (std::size_t i = 0; i < forces.size(); ++i) pair.change[i] = old_forces[i] - forces[i];
    pair.curvature = inner(pair.step, pair.change);
    if (pair.curvature <= 1e-12) return forget();
    used_ = std::min(used_ + 1, depth);
  }

  // Two-loop recursion.
  void guess_step(const Vectors& forces, Vectors& step) {
    step = forces;
    std::array<double, depth> shares{};
    for (std::size_t k = 0; k < used_; ++k) {
      const Pair& pair = pairs_[(newest_ + depth - k) % depth];
      shares[k] = inner(pair.step, step) / pair.curvature;
      for (std::size_t i = 0; i < step.size(); ++i) step[i] -= shares[k] * pair.change[i];
    }
    const double compliance = used_ == 0
                                  ? first_compliance
                                  : pairs_[newest_].curvature / inner(pairs_[newest_].change, pairs_[newest_].change);
    for (Vector3& s : step) s *= compliance;
    for (std::size_t k = used_; k-- > 0;) {
      const Pair& pair = pairs_[(newest_ + depth - k) % depth];
      const double share = shares[k] - inner(pair.change, step) / pair.curvature;
      for (std::size_t i = 0; i < step.size(); ++i) step[i] += share * pair.step[i];
    }
  }

 private:
  struct Pair {
    Vectors step, change;
    double curvature = 0;
  };
  std::array<Pair, depth> pairs_;
  std::size_t newest_ = 0;
  std::size_t used_ = 0;
};

}  // namespace

PatchMinimum minimise_patch(Patch& patch, const PatchMinimiser& options, double threshold, Vectors& positions) {
  positions.assign(patch.start().begin(), patch.start().end());
  const std::size_t n = positions.size();
  thread_local Memory memory;
  thread_local Vectors forces, trial, trial_forces, step;
  memory.forget();
  forces.resize(n), trial.resize(n), trial_forces.resize(n);
  PatchMinimum result{patch.evaluate(positions, forces), 1, false};
  double shrink = 1;
  while (result.evaluations <= options.max_steps && largest(forces) > options.force_tolerance) {
    if (options.early_rejection &&
        result.energy - options.softness * inner(forces, forces) - options.reserve > threshold) {
      result.rejected = true;
      return result;
    }
    memory.guess_step(forces, step);
    const double scale = shrink * std::min(1.0, options.max_displacement / std::max(largest(step), 1e-12));
    for (std::size_t i = 0; i < n; ++i) trial[i] = positions[i] + (step[i] *= scale);
    const double energy = patch.evaluate(trial, trial_forces);
    ++result.evaluations;
    if (energy > result.energy) {  // too far: forget what was learnt and go a quarter as far
      memory.forget();
      shrink *= 0.25;
      if (shrink < 1e-6) break;
      continue;
    }
    shrink = std::min(1.0, 4 * shrink);
    memory.learn(step, forces, trial_forces);
    positions.swap(trial);
    forces.swap(trial_forces);
    result.energy = energy;
  }
  return result;
}

}  // namespace cardhouse
