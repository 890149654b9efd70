#include "engine/kinetics/rate_law.hpp"

#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {

double RateLaw::at(double temperature) const {
  EXPECTS(temperature > 0);
  const double power = temperature_power == 0 ? 1 : std::pow(temperature, temperature_power);
  return prefactor * power * std::exp(-barrier / (constants::boltzmann * temperature));
}

}  // namespace cardhouse
