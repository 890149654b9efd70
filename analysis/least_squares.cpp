#include "analysis/least_squares.hpp"

#include <fmt/core.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_steps = 200;
constexpr double difference = 1e-6;  // of the parameter, or of its range when it is zero
constexpr double precision = 1e-8;   // relative gain at which the search ends

class Problem {
 public:
  Problem(const CurveModel& model, const std::vector<FitParameter>& parameters, const Measured& measured)
      : model_(model), parameters_(parameters), measured_(measured) {}

  VectorXd residuals(const std::vector<double>& at) const {
    const std::vector<double> values = model_(at);
    ENSURES(values.size() == measured_.values.size());
    VectorXd result(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      result[static_cast<Eigen::Index>(i)] = (values[i] - measured_.values[i]) / measured_.errors[i];
    }
    return result;
  }

  MatrixXd jacobian(const std::vector<double>& at) const {
    MatrixXd result(measured_.values.size(), at.size());
    for (std::size_t p = 0; p < at.size(); ++p) {
      const double step = difference * std::max(std::abs(at[p]), 1e-3 * (parameters_[p].high - parameters_[p].low));
      std::vector<double> up = at, down = at;
      up[p] = std::min(at[p] + step, parameters_[p].high);
      down[p] = std::max(at[p] - step, parameters_[p].low);
      result.col(static_cast<Eigen::Index>(p)) = (residuals(up) - residuals(down)) / (up[p] - down[p]);
    }
    return result;
  }

  std::vector<double> moved(const std::vector<double>& from, const VectorXd& by) const {
    std::vector<double> result = from;
    for (std::size_t p = 0; p < from.size(); ++p) {
      result[p] = std::clamp(from[p] + by[static_cast<Eigen::Index>(p)], parameters_[p].low, parameters_[p].high);
    }
    return result;
  }

  /// Whether a parameter stands at a bound and downhill lies beyond it.
  bool held(std::size_t p, double value, double slope) const {
    return (value >= parameters_[p].high && slope < 0) || (value <= parameters_[p].low && slope > 0);
  }

 private:
  const CurveModel& model_;
  const std::vector<FitParameter>& parameters_;
  const Measured& measured_;
};

// Inverse of J^T J, its rows and columns scaled to a unit diagonal first.
MatrixXd covariance(const MatrixXd& jacobian, const std::vector<FitParameter>& parameters) {
  VectorXd scale = jacobian.colwise().norm();
  for (Eigen::Index p = 0; p < scale.size(); ++p) {
    if (!(scale[p] > 0) || !std::isfinite(scale[p])) {
      throw InputError(fmt::format("the data do not depend on the fitted {}", parameters[p].name));
    }
  }
  const MatrixXd scaled = jacobian * scale.cwiseInverse().asDiagonal();
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(scaled.transpose() * scaled);
  if (solver.eigenvalues()[0] < 1e-11) {
    Eigen::Index worst = 0;
    solver.eigenvectors().col(0).cwiseAbs().maxCoeff(&worst);
    throw InputError(fmt::format("the data do not determine the fitted {}", parameters[worst].name),
                     "widen the range of q or fix parameters");
  }
  const MatrixXd inverse =
      solver.eigenvectors() * solver.eigenvalues().cwiseInverse().asDiagonal() * solver.eigenvectors().transpose();
  return scale.cwiseInverse().asDiagonal() * inverse * scale.cwiseInverse().asDiagonal();
}

// One damped step; false when no damping leads downhill any more.
bool improve(const Problem& problem, std::vector<double>& at, VectorXd& residuals, double& damping) {
  MatrixXd jacobian = problem.jacobian(at);
  // What stands at a bound and would pass it stays there, and does not spoil the steps of the others.
  for (std::size_t p = 0; p < at.size(); ++p)
    if (problem.held(p, at[p], jacobian.col(static_cast<Eigen::Index>(p)).dot(residuals)))
      jacobian.col(static_cast<Eigen::Index>(p)).setZero();
  const MatrixXd normal = jacobian.transpose() * jacobian;
  const VectorXd gradient = jacobian.transpose() * residuals;
  for (int attempt = 0; attempt < 40; ++attempt) {
    MatrixXd damped = normal;
    damped.diagonal() += damping * normal.diagonal() + VectorXd::Constant(normal.rows(), 1e-300);
    const std::vector<double> next = problem.moved(at, -damped.ldlt().solve(gradient));
    const VectorXd trial = problem.residuals(next);
    const double old = residuals.squaredNorm(), now = trial.squaredNorm();
    if (std::isfinite(now) && now <= old) {
      damping = std::max(1e-12, damping * 0.2);
      at = next;
      residuals = trial;
      return old - now > precision * old;
    }
    damping *= 4;
  }
  return false;
}

}  // namespace

FitResult fit_least_squares(const CurveModel& model, const std::vector<FitParameter>& parameters,
                            const Measured& measured) {
  EXPECTS(measured.values.size() == measured.errors.size());
  EXPECTS(*std::min_element(measured.errors.begin(), measured.errors.end()) > 0);
  const std::size_t n_points = measured.values.size();
  if (n_points <= parameters.size()) {
    throw InputError(fmt::format("{} points cannot determine {} parameters", n_points, parameters.size()));
  }
  std::vector<double> at;
  for (const FitParameter& parameter : parameters) {
    EXPECTS(parameter.low < parameter.high);
    at.push_back(std::clamp(parameter.start, parameter.low, parameter.high));
  }
  const Problem problem(model, parameters, measured);
  VectorXd residuals = problem.residuals(at);
  double damping = 1e-3;
  int steps = 0;
  while (improve(problem, at, residuals, damping)) {
    if (++steps == most_steps) throw InputError("the fit does not converge", "start nearer or fit fewer parameters");
  }
  FitResult result;
  result.reduced_chi_square = residuals.squaredNorm() / static_cast<double>(n_points - parameters.size());
  const MatrixXd errors = covariance(problem.jacobian(at), parameters) * std::max(1.0, result.reduced_chi_square);
  for (std::size_t p = 0; p < at.size(); ++p) {
    result.parameters.push_back({at[p], std::sqrt(errors(static_cast<Eigen::Index>(p), static_cast<Eigen::Index>(p)))});
  }
  result.model = model(at);
  return result;
}

}  // namespace cardhouse
