#pragma once
// The measurements that parameters of sodium are calibrated on, as a file of inputs/calibration gives them.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/deck.hpp"
#include "engine/base/statistics.hpp"

namespace cardhouse {

/// A measured number with its error and where both come from.
struct SourcedEstimate {
  Estimate estimate;
  std::string source;
};

struct ParameterWindow {
  double low = 0;
  double high = 0;
};

/// Points of one open-circuit curve above its plateau.
struct SlopeData {
  std::string source;
  double temperature = 0;            ///< [K]
  std::vector<double> voltages;      ///< falling [V]
  std::vector<Estimate> capacities;  ///< [mAh/g]
  ParameterWindow gallery_shift;     ///< [eV]
  ParameterWindow offset_density;    ///< [1/angstrom^2]
  ParameterWindow charge;            ///< [e]
};

struct PlateauData {
  SourcedEstimate peak;           ///< of dQ/dV [V]
  SourcedEstimate pore_diameter;  ///< [angstrom]
  double temperature = 0;         ///< [K]
};

struct ExchangeData {
  SourcedEstimate current_density;  ///< [e/(s angstrom^2)]
  double composition = 0;           ///< share of the capacity at 0 V
  double temperature = 0;           ///< [K]
  SourcedEstimate roughness;        ///< true surface over the one that the current is given for
};

struct CalibrationData {
  std::uint64_t seed = 1;
  SlopeData slope;
  PlateauData plateau;
  ExchangeData exchange;
};

/// Reads such a file (format: inputs/FORMAT.md). Throws InputError when something is missing, without a source, out of
/// order or beyond what it can be.
CalibrationData read_calibration_data(const std::string& path);
CalibrationData read_calibration_data(const Deck& deck);

}  // namespace cardhouse
