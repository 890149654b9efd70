#pragma once
// Heat and pressure baths: what one time step of coupling does, drawn from a stream.

#include "engine/base/stream.hpp"
#include "engine/relax/minimise.hpp"

namespace cardhouse {

/// Sum of the squares of `n` normal deviates: a chi-square deviate, twice a gamma deviate of shape n/2 (Marsaglia &
/// Tsang 2000, doi:10.1145/358407.358414). EXPECTS n >= 0; n need not be an integer.
double sum_of_squares(double n, Stream& stream);

/// A heat bath that touches the kinetic energy K alone, by one factor for all velocities (stochastic velocity
/// rescaling, Bussi, Donadio & Parrinello 2007, doi:10.1063/1.2408420, eq. A7). Its stationary distribution is the
/// canonical one of K with `degrees` degrees of freedom, for any `relaxation_time`.
struct HeatBath {
  double temperature;      ///< [K]
  double relaxation_time;  ///< tau [s]
  double degrees;          ///< of freedom

  /// The factor for velocities over `time` [s] at kinetic energy `kinetic` [eV]:
  ///
  ///     a = c + (1 - c)(R1^2 + S) Km/(f K) + 2 R1 sqrt(c (1 - c) Km/(f K)),   factor = +- sqrt(a)
  ///
  /// c = exp(-time/tau), Km = f kT/2, R1 normal, S the sum of f - 1 squares; negative when
  /// R1 + sqrt(c f K/((1 - c) Km)) is. EXPECTS kinetic > 0 and degrees >= 1.
  double velocity_factor(double kinetic, double time, Stream& stream) const;
};

/// A pressure bath for the lengths of the cell (stochastic cell rescaling, Bernetti & Bussi 2020,
/// doi:10.1063/5.0020514): with the volume V and e = ln V, for which the term kT/V of its equation for V cancels,
///
///     de = (b/tau)(P - P0) dt + sqrt(2 kT b/(V tau)) dW.
///
/// Lengths that change alone do so each by a third of this, with the pressure along their axis and a noise of their
/// own: d ln L_a = (b/(3 tau))(P_aa - P0) dt + sqrt(2 kT b/(3 V tau)) dW_a. The sum is the equation above; the
/// stationary weight of a cell is exp(-P0 V/kT) Z(L_x, L_y, L_z) dL_x dL_y dL_z.
struct PressureBath {
  double pressure;         ///< P0 [eV/angstrom^3]
  double temperature;      ///< [K]
  double compressibility;  ///< b [angstrom^3/eV]; it only sets the pace, together with tau
  double relaxation_time;  ///< tau [s]
  CellRelaxation cell;

  /// Logarithmic strains of x, y and z over `time` [s]. `pressures` are P_xx, P_yy, P_zz [eV/angstrom^3]. Draws one
  /// normal deviate or three. EXPECTS cell != None.
  Vector3 strain(const Vector3& pressures, double volume, double time, Stream& stream) const;
};

}  // namespace cardhouse
