#include "analysis/raman.hpp"

#include "engine/base/contracts.hpp"

namespace cardhouse {

double raman_tuinstra_koenig(double La) {
  EXPECTS(La > 0);
  return 44 / La;
}

double raman_ferrari_robertson(double La) {
  EXPECTS(La > 0);
  return 0.0055 * La * La;
}

double raman_joined(double La) {
  return 1 / (1 / raman_ferrari_robertson(La) + 1 / raman_tuinstra_koenig(La));
}

double raman_cancado(double La, double wavelength) {
  EXPECTS(La > 0 && wavelength > 0);
  const double nm = 10;
  const double squared = wavelength * wavelength / (nm * nm);
  return 2.4e-10 * squared * squared / (La / nm);
}

}  // namespace cardhouse
