#pragma once

namespace cardhouse {

/// Modified Arrhenius law k(T) = A T^n exp(-E / kT) with T in kelvin.
struct RateLaw {
  double prefactor = 0;          ///< A [1/s at n = 0]
  double temperature_power = 0;  ///< n
  double barrier = 0;            ///< E [eV]

  /// The rate constant [1/s]. EXPECTS temperature > 0.
  double at(double temperature) const;
};

}  // namespace cardhouse
