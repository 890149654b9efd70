#pragma once

#include "engine/kinetics/temperature_programme.hpp"

namespace cardhouse {

/// How far ordering has come, as one number that merges temperature, dwell and flash heating.
struct OrderingClock {
  double barrier = 0;                 ///< E*, the highest barrier crossed so far [eV]
  double equivalent_temperature = 0;  ///< the hold of two hours that gives the same E* [K]
};

/// Prefactor of carbon annealing and of hydrogen loss in char: 3e11 1/s (CRECK; Debiagi 2021,
/// doi:10.1016/j.fuel.2020.119682). A factor of ten moves the equivalent of a flash of seconds by about 25 K.
inline constexpr double ordering_prefactor = 3e11;

/// Solves integral of A exp(-E*/kT) dt = 1 over the programme from the time `from` [s] on, that is E* = kT ln(A t) for
/// a hold (distributed activation energies, Vand 1943, Proc. Phys. Soc. 55, 222), and T_eq = E* / (k ln(A 2 h)). Zero
/// where nothing is left of the programme.
OrderingClock ordering_clock(const TemperatureProgramme& programme, double from = 0);

}  // namespace cardhouse
