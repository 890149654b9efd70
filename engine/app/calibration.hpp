#pragma once

#include <string>
#include <vector>

#include "engine/app/calibration_data.hpp"
#include "engine/sodium/noisy_fit.hpp"
#include "engine/sodium/site_network.hpp"
#include "engine/sodium/site_parameters.hpp"
#include "engine/sodium/sodium_parameters.hpp"
#include "engine/transport/charge_transfer.hpp"

namespace cardhouse {

/// All parameters of sodium, as before or after a calibration.
struct SodiumInputs {
  SiteParameters sites;
  SodiumParameters sodium;
  ChargeTransferParameters transfer;
};

struct CalibrationEffort {
  int replicas = 2;  ///< of the slope
  int sweeps = 120;  ///< at each voltage; half as many before them
  int steps = 12;    ///< of the fit
  int pores = 8;     ///< places of the metal's lattice in the spherical pore
  int filling_sweeps = 60;
  int cuts = 4;  ///< along each face of the cell, for its entrances
};

/// What a calibration found.
struct Calibration {
  NoisyFit slope;               ///< gallery_shift [eV], offset_density [1/angstrom^2], charge [e]; model in mAh/g
  Estimate wetting;             ///< [eV/angstrom^2]
  Estimate rate;                ///< k0 [1/s]
  double entrances = 0;         ///< of one face of a cut [1/angstrom^2]
  double exchange_voltage = 0;  ///< at the composition of the exchange current [V]
  Estimate exchange_factor;     ///< see exchange_rate
  SodiumInputs inputs;          ///< with the calibrated values in place
};

/// Capacities of the carbon at the voltages [mAh/g], for a gallery shift, an offset density and a charge.
std::vector<double> slope_capacities(const SiteNetwork& network, const SodiumInputs& found_with,
                                     std::span<const double> parameters, const SlopeData& data,
                                     const CalibrationEffort& effort, std::uint64_t seed);

/// Fits five parameters on the data that are meant for each and on nothing else:
/// - wetting energy: a spherical pore of the given diameter fills at the peak of dQ/dV, mean over places of the lattice
/// - gallery shift, offset density, charge: capacities at the points of the slope, by grand-canonical Monte Carlo on
/// the
///   network with the same random numbers at all parameters (fit_noisy_model)
/// - rate k0 = j0/(e r n f): n entrances on a face of a cut, f of exchange_rate, r the roughness
/// `network` are the sites found with `start`. The same seed gives the same result. Throws InputError.
Calibration calibrate(const SiteNetwork& network, const SodiumInputs& start, const CalibrationData& data,
                      const CalibrationEffort& effort = {});

/// Lines for people: each parameter with its error, what it was fitted on, and whether it stopped at a bound.
std::string format_calibration(const Calibration& result, const CalibrationData& data);

}  // namespace cardhouse
