#pragma once
// Activation energies from a quantity measured at several temperatures.

#include <optional>
#include <span>

#include "engine/base/statistics.hpp"

namespace cardhouse {

/// A rate or diffusivity at one temperature.
struct RateAtTemperature {
  double temperature = 0;  ///< [K]
  Estimate value;          ///< positive; error zero: not known
};

/// ln(value) = log_prefactor - energy/(kT).
struct ArrheniusFit {
  Estimate energy;         ///< [eV]
  Estimate log_prefactor;  ///< of the value in its unit
  double misfit = 0;       ///< chi^2 a degree of freedom; 0 for two temperatures or unknown errors
};

/// Least squares of ln(value) on 1/(kT), weighted by (value/error)^2 (Press et al., Numerical Recipes, 3rd ed., 15.2).
/// Where points scatter more than their errors allow (misfit > 1), the errors of the fit grow with sqrt(misfit). Where
/// an error is unknown all points weigh alike and the scatter alone gives the errors, none (zero) for two temperatures.
/// Nothing for fewer than two temperatures. EXPECTS positive values and temperatures: what is only a bound is no point.
std::optional<ArrheniusFit> fit_arrhenius(std::span<const RateAtTemperature> points);

}  // namespace cardhouse
