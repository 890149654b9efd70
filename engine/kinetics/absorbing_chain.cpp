#include "engine/kinetics/absorbing_chain.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

// The smallest eigenvalue carries an error of about machine precision times the largest.
constexpr double resolvable_span = 1e9;

void check(const ChainRates& rates) {
  const std::size_t states = rates.exits.size();
  EXPECTS(states > 0 && rates.weights.size() == states);
  EXPECTS(std::all_of(rates.weights.begin(), rates.weights.end(), [](double w) { return w > 0 && std::isfinite(w); }));
  EXPECTS(std::all_of(rates.exits.begin(), rates.exits.end(), [](double r) { return r >= 0 && std::isfinite(r); }));
  EXPECTS(std::accumulate(rates.exits.begin(), rates.exits.end(), 0.0) > 0);
  std::vector<double> flows(states * states, 0.0);
  for (const auto& [from, to, rate] : rates.moves) {
    EXPECTS(from < states && to < states && from != to && rate > 0 && std::isfinite(rate));
    flows[from * states + to] += rate * rates.weights[from];
  }
  for (std::size_t i = 0; i < states; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const double there = flows[i * states + j];
      const double back = flows[j * states + i];
      EXPECTS(std::abs(there - back) <= 1e-6 * (there + back));
    }
}

std::size_t drawn(const std::vector<double>& weights, double fraction) {
  double left = fraction * std::accumulate(weights.begin(), weights.end(), 0.0);
  std::size_t chosen = weights.size();
  for (std::size_t i = 0; i < weights.size() && (left > 0 || chosen == weights.size()); ++i) {
    if (weights[i] > 0) chosen = i;
    left -= weights[i];
  }
  return chosen;
}

}  // namespace

AbsorbingChain::AbsorbingChain(ChainRates rates) : rates_(std::move(rates)) {
  check(rates_);
  eliminate_all();
  find_spectrum();
}

void AbsorbingChain::find_spectrum() {
  const auto states = static_cast<Eigen::Index>(size());
  Eigen::MatrixXd symmetric = Eigen::MatrixXd::Zero(states, states);
  for (Eigen::Index i = 0; i < states; ++i) symmetric(i, i) = rates_.exits[static_cast<std::size_t>(i)];
  for (const auto& [from, to, rate] : rates_.moves) {
    symmetric(from, from) += rate;
    const double root = std::sqrt(rates_.weights[from] / rates_.weights[to]);
    symmetric(from, to) -= rate * root / 2;  // the other half comes with the move back
    symmetric(to, from) -= rate * root / 2;
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(symmetric);
  const Eigen::VectorXd& values = solver.eigenvalues();
  const double slowest = 1 / reduced_.front().mean;
  resolved_ = values(states - 1) < resolvable_span * std::max(values(0), slowest) && values(0) > 0;
  decays_.assign(values.data(), values.data() + states);
  modes_.assign(solver.eigenvectors().data(), solver.eigenvectors().data() + states * states);
  for (Eigen::Index k = 0; k < states; ++k) {
    double amplitude = 0;
    for (Eigen::Index j = 0; j < states; ++j)
      amplitude += solver.eigenvectors()(j, k) * std::sqrt(rates_.weights[static_cast<std::size_t>(j)]);
    amplitudes_.push_back(amplitude);
  }
}

void AbsorbingChain::eliminate_all() {
  for (std::uint32_t start = 0; start < size(); ++start) reduced_.push_back(eliminate(start));
  for (const Elimination& from_start : reduced_) EXPECTS(std::isfinite(from_start.mean));
}

// Takes out one state after the other but the start. Each carries the time of a visit and the ways out that its visits
// lead to; a state that goes hands both to those that move to it. Only sums, products and ratios of positive numbers.
AbsorbingChain::Elimination AbsorbingChain::eliminate(std::uint32_t start) const {
  const std::size_t states = size();
  std::vector<double> move(states * states, 0.0);
  for (const auto& [from, to, rate] : rates_.moves) move[from * states + to] += rate;
  std::vector<double> time(states, 1.0);
  std::vector<double> exits(states * states, 0.0);
  for (std::size_t i = 0; i < states; ++i) exits[i * states + i] = rates_.exits[i];
  std::vector<std::size_t> left(states);
  std::iota(left.begin(), left.end(), std::size_t{0});
  std::swap(left[0], left[start]);
  while (left.size() > 1) {
    const std::size_t gone = left.back();
    left.pop_back();
    double out = std::accumulate(&exits[gone * states], &exits[gone * states] + states, 0.0);
    for (const std::size_t j : left) out += move[gone * states + j];
    for (const std::size_t i : left) {
      const double share = move[i * states + gone] / out;
      if (share == 0) continue;
      time[i] += share * time[gone];
      for (const std::size_t j : left)
        if (i != j) move[i * states + j] += share * move[gone * states + j];
      for (std::size_t exit = 0; exit < states; ++exit) exits[i * states + exit] += share * exits[gone * states + exit];
    }
  }
  Elimination result{0, {&exits[start * states], &exits[start * states] + states}};
  const double total = std::accumulate(result.exits.begin(), result.exits.end(), 0.0);
  for (double& exit : result.exits) exit /= total;
  result.mean = time[start] / total;
  return result;
}

double AbsorbingChain::unmixed() const {
  if (resolved_ || size() == 1) return 0;
  const double mixing = decays_[1] - 1e-15 * decays_.back();  // rounding may hide a slower one
  return mixing > 0 ? std::min(1.0, 1 / (mixing * reduced_.front().mean)) : 1;
}

double AbsorbingChain::mean_exit_time(std::uint32_t start) const {
  EXPECTS(start < size());
  return reduced_[start].mean;
}

std::vector<double> AbsorbingChain::exit_probabilities(std::uint32_t start) const {
  EXPECTS(start < size());
  return reduced_[start].exits;
}

double AbsorbingChain::resolved_survival(std::uint32_t start, double time) const {
  const double root = std::sqrt(rates_.weights[start]);
  double sum = 0;
  for (std::size_t k = 0; k < size(); ++k)
    sum += modes_[k * size() + start] * amplitudes_[k] * std::exp(-decays_[k] * time);
  return std::clamp(sum / root, 0.0, 1.0);
}

double AbsorbingChain::survival(std::uint32_t start, double time) const {
  EXPECTS(start < size() && time >= 0);
  return resolved_ ? resolved_survival(start, time) : std::exp(-time / reduced_[start].mean);
}

// Bisection of the falling S in the logarithm of time, from a bracket round the mean.
double AbsorbingChain::exit_time(std::uint32_t start, double survival) const {
  double low = reduced_[start].mean;
  double high = low;
  while (resolved_survival(start, low) < survival && low > 1e-300) low /= 4;
  while (resolved_survival(start, high) > survival && high < 1e300) high *= 2;
  for (int i = 0; i < 100 && high > low * (1 + 1e-13); ++i) {
    const double middle = std::sqrt(low) * std::sqrt(high);
    (resolved_survival(start, middle) > survival ? low : high) = middle;
  }
  return high;
}

std::vector<double> AbsorbingChain::exits_at(std::uint32_t start, double time) const {
  const std::size_t states = size();
  std::vector<double> rates(states, 0.0);
  for (std::size_t k = 0; k < states; ++k) {
    const double factor = modes_[k * states + start] * std::exp(-(decays_[k] - decays_[0]) * time);
    for (std::size_t j = 0; j < states; ++j) rates[j] += factor * modes_[k * states + j];
  }
  for (std::size_t j = 0; j < states; ++j)
    rates[j] = std::max(0.0, rates[j] * std::sqrt(rates_.weights[j])) * rates_.exits[j];
  return rates;
}

AbsorbingChain::Exit AbsorbingChain::sample(std::uint32_t start, Stream& stream) const {
  EXPECTS(start < size());
  const double left = stream.uniform();
  const double choice = stream.uniform();
  if (!resolved_)
    return {-std::log(left) * reduced_[start].mean, static_cast<std::uint32_t>(drawn(reduced_[start].exits, choice))};
  const double time = exit_time(start, left);
  return {time, static_cast<std::uint32_t>(drawn(exits_at(start, time), choice))};
}

}  // namespace cardhouse
