#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/statistics.hpp"

namespace cardhouse {

/// A parameter with the window of values that are allowed.
struct WindowedParameter {
  std::string name;
  double start;
  double low;
  double high;
};

/// Values of a simulated model at given parameters, and what they should be.
using NoisyModel = std::function<std::vector<double>(std::span<const double>)>;

struct NoisyFitOptions {
  int steps = 15;           ///< at most
  double difference = 0.2;  ///< over which derivatives are taken, as a share of the window
  double gain = 0.02;       ///< of chi-square, relative or absolute, below which the search ends
};

struct NoisyFit {
  /// Errors from (J^T J + P)^-1; P holds 12/width^2, the information in a uniform window, so that a parameter which the
  /// data leave open has the standard deviation of its window and no more.
  std::vector<Estimate> parameters;
  std::vector<std::string> at_bound;  ///< names of the parameters that ended at an end of their window
  std::vector<double> open;           ///< error over that of the window alone: 1 means the data say nothing
  std::vector<double> model;          ///< at the optimum
  double chi_square = 0;
  int evaluations = 0;
};

/// Least squares within windows for a model with some noise (Levenberg-Marquardt, Marquardt 1963, doi:10.1137/0111030).
/// Derivatives are taken over a share of the window, which has to be wide against the noise; a model that draws the
/// same random numbers at all parameters (common random numbers) has less of it. There may be as many parameters as
/// values or more: steps are damped, so that what the data leave open stays near its start. Throws InputError when the
/// model gives something that is no number. EXPECTS low < high and positive errors.
NoisyFit fit_noisy_model(const NoisyModel& model, const std::vector<WindowedParameter>& parameters,
                         std::span<const Estimate> wanted, const NoisyFitOptions& options = {});

}  // namespace cardhouse
