#pragma once
// CODATA 2018 (Tiesinga et al., Rev. Mod. Phys. 93, 025010, 2021, doi:10.1103/RevModPhys.93.025010) in internal units:
// angstrom, second, electron-volt, elementary charge, kelvin, all equal to one.

namespace cardhouse::constants {

inline constexpr double boltzmann = 8.617333262e-5;                ///< [eV/K], exact by definition to the digits given
inline constexpr double elementary_charge = 1.602176634e-19;       ///< [C], exact
inline constexpr double avogadro = 6.02214076e23;                  ///< [1/mol], exact
inline constexpr double planck = 4.135667696e-15;                  ///< [eV s], exact to the digits given
inline constexpr double atomic_mass_kilogram = 1.66053906660e-27;  ///< [kg]
inline constexpr double vacuum_permittivity = 5.526349358e-3;      ///< [e^2/(eV angstrom)]

/// e^2/(4 pi eps0) [eV angstrom].
inline constexpr double coulomb = 14.39964548;
/// One dalton in internal units of mass [eV s^2/angstrom^2].
inline constexpr double dalton = atomic_mass_kilogram / elementary_charge * 1e-20;
/// R = N_A k [J/(mol K)] and F = N_A e [C/mol].
inline constexpr double gas_constant = 8.314462618;
inline constexpr double faraday = 96485.33212;
/// Absolute temperature of 0 degC [K].
inline constexpr double ice_point = 273.15;

}  // namespace cardhouse::constants
