#include "engine/sodium/noisy_fit.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// The problem in coordinates that run from 0 to 1 over each window.
class Search {
 public:
  Search(const NoisyModel& model, const std::vector<WindowedParameter>& parameters, std::span<const Estimate> wanted)
      : model_(model), parameters_(parameters), wanted_(wanted) {}

  std::vector<double> values(const VectorXd& at) const {
    std::vector<double> result;
    for (std::size_t p = 0; p < parameters_.size(); ++p) {
      const WindowedParameter& own = parameters_[p];
      const double share = at[static_cast<Eigen::Index>(p)];
      result.push_back(share == 1 ? own.high : own.low + share * (own.high - own.low));
    }
    return result;
  }

  VectorXd residuals(const VectorXd& at) {
    ++evaluations;
    last = model_(values(at));
    ENSURES(last.size() == wanted_.size());
    VectorXd result(static_cast<Eigen::Index>(last.size()));
    for (std::size_t i = 0; i < last.size(); ++i)
      result[static_cast<Eigen::Index>(i)] = (last[i] - wanted_[i].value) / wanted_[i].error;
    if (!result.allFinite()) throw InputError("the model to be calibrated gives something that is no number");
    return result;
  }

  MatrixXd jacobian(const VectorXd& at, double difference) {
    MatrixXd result(static_cast<Eigen::Index>(wanted_.size()), at.size());
    for (Eigen::Index p = 0; p < at.size(); ++p) {
      VectorXd up = at, down = at;
      up[p] = std::min(1.0, at[p] + difference / 2);
      down[p] = std::max(0.0, at[p] - difference / 2);
      result.col(p) = (residuals(up) - residuals(down)) / (up[p] - down[p]);
    }
    return result;
  }

  int evaluations = 0;
  std::vector<double> last;

 private:
  const NoisyModel& model_;
  const std::vector<WindowedParameter>& parameters_;
  std::span<const Estimate> wanted_;
};

struct State {
  VectorXd at;
  VectorXd residuals;
  std::vector<double> model;
};

// One damped step; false when none leads down.
bool improve(Search& search, const MatrixXd& full, State& state, double& damping) {
  MatrixXd jacobian = full;
  const VectorXd slope = full.transpose() * state.residuals;
  for (Eigen::Index p = 0; p < state.at.size(); ++p)  // what would leave its window stays and spoils no other step
    if ((state.at[p] >= 1 && slope[p] < 0) || (state.at[p] <= 0 && slope[p] > 0)) jacobian.col(p).setZero();
  const MatrixXd normal = jacobian.transpose() * jacobian;
  const double scale = std::max(normal.diagonal().maxCoeff(), 1e-300);
  for (int attempt = 0; attempt < 6; ++attempt, damping *= 6) {
    MatrixXd damped = normal;
    damped.diagonal() += damping * normal.diagonal() + VectorXd::Constant(normal.rows(), 1e-4 * damping * scale);
    const VectorXd step = -damped.ldlt().solve(jacobian.transpose() * state.residuals);
    const VectorXd next = (state.at + step).cwiseMax(0.0).cwiseMin(1.0);
    const VectorXd trial = search.residuals(next);
    if (trial.squaredNorm() >= state.residuals.squaredNorm()) continue;
    state = {next, trial, search.last};
    damping = std::max(1e-4, damping / 4);
    return true;
  }
  return false;
}

}  // namespace

NoisyFit fit_noisy_model(const NoisyModel& model, const std::vector<WindowedParameter>& parameters,
                         std::span<const Estimate> wanted, const NoisyFitOptions& options) {
  VectorXd start(static_cast<Eigen::Index>(parameters.size()));
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    const WindowedParameter& own = parameters[p];
    EXPECTS(own.low < own.high);
    start[static_cast<Eigen::Index>(p)] = std::clamp((own.start - own.low) / (own.high - own.low), 0.0, 1.0);
  }
  for (const Estimate& value : wanted) EXPECTS(value.error > 0);
  Search search(model, parameters, wanted);
  State state{start, search.residuals(start), search.last};
  double damping = 0.1;
  MatrixXd jacobian = search.jacobian(state.at, options.difference);
  for (int step = 0; step < options.steps; ++step) {
    const double before = state.residuals.squaredNorm();
    const bool moved = improve(search, jacobian, state, damping);
    if (moved) jacobian = search.jacobian(state.at, options.difference);
    if (!moved || before - state.residuals.squaredNorm() < options.gain * std::max(1.0, before)) break;
  }
  NoisyFit result;
  const MatrixXd prior = 12 * MatrixXd::Identity(start.size(), start.size());
  const MatrixXd covariance = (jacobian.transpose() * jacobian + prior).inverse();
  const std::vector<double> values = search.values(state.at);
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    const auto index = static_cast<Eigen::Index>(p);
    const double share = std::sqrt(covariance(index, index));
    result.parameters.push_back({values[p], share * (parameters[p].high - parameters[p].low)});
    result.open.push_back(share * std::sqrt(12.0));
    if (state.at[index] <= 0 || state.at[index] >= 1) result.at_bound.push_back(parameters[p].name);
  }
  result.model = state.model;
  result.chi_square = state.residuals.squaredNorm();
  result.evaluations = search.evaluations;
  return result;
}

}  // namespace cardhouse
