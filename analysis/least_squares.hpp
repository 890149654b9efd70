#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/statistics.hpp"

namespace cardhouse {

/// A parameter to be fitted: where the search starts and between which values it stays.
struct FitParameter {
  std::string name;
  double start;
  double low;
  double high;
};

/// Values of a model at all points for given parameters.
using CurveModel = std::function<std::vector<double>(std::span<const double>)>;

/// Measured values with their errors (one sigma, positive). Without known errors give the same relative weight
/// everywhere: the errors of the parameters then follow from the scatter about the model.
struct Measured {
  std::vector<double> values;
  std::vector<double> errors;
};

struct FitResult {
  /// Errors: square roots of the diagonal of (J^T J)^-1, times sqrt(reduced chi-square) when that exceeds one. A
  /// parameter that ended at its bound has the error it would have if it were free.
  std::vector<Estimate> parameters;
  double reduced_chi_square = 0;
  std::vector<double> model;  ///< at the optimum
};

/// Weighted least squares by Levenberg-Marquardt (Marquardt 1963, doi:10.1137/0111030; steps scaled by the diagonal of
/// J^T J, derivatives by differences, bounds by clamping). Throws InputError when there are not more points than
/// parameters, when the data do not determine a parameter (it is named), or when 200 steps do not converge.
FitResult fit_least_squares(const CurveModel& model, const std::vector<FitParameter>& parameters,
                            const Measured& measured);

}  // namespace cardhouse
