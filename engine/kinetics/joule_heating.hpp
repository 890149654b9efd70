#pragma once
// Heating by a current through the material itself.

#include <vector>

#include "engine/base/deck.hpp"
#include "engine/kinetics/temperature_programme.hpp"

namespace cardhouse {

/// A current pulse through a lump of carbon that loses heat by radiation and convection, and cools after it.
struct JoulePulse {
  double current = 0;       ///< [e/s]
  double resistance = 0;    ///< of the lump, constant [eV s/e^2]
  double mass = 0;          ///< [eV s^2/angstrom^2]
  double area = 0;          ///< that radiates [angstrom^2]
  double emissivity = 0;    ///< in (0, 1]
  double convection = 0;    ///< heat-transfer coefficient [eV/(s angstrom^2 K)]
  double surroundings = 0;  ///< [K]
  double duration = 0;      ///< of the pulse [s]
  double cool_to = 0;       ///< where the step ends, within 2 K [K], above the surroundings
};

/// Reads the table `joule`: `current`, `resistance`, `mass`, `area`, `duration`, and optionally `emissivity` (0.9),
/// `convection` ("0 W/m2/K"), `surroundings` ("25 degC") and `cool_to` ("100 degC"). Throws InputError at the key.
JoulePulse read_joule_pulse(const DeckTable& table);

/// Specific heat of graphite from 200 to 3900 K [eV/K per eV s^2/angstrom^2], below as at 200 K (Butland & Maddison
/// 1973, J. Nucl. Mater. 49, 45). Disordered carbons differ by less than a tenth (estimate).
double specific_heat(double temperature);

/// Solves m c_p(T) dT/dt = I^2 R - eps sigma A (T^4 - T0^4) - h A (T - T0) from the temperature `start` [K] by
/// Runge-Kutta steps of at most 2 K, and returns it as straight pieces of about 20 K in `atmosphere`. Throws
/// InputError at `atmosphere.place` when the lump would pass the sublimation point of graphite.
std::vector<TemperatureStep> joule_steps(const JoulePulse& pulse, double start, const Atmosphere& atmosphere);

}  // namespace cardhouse
