#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/communicator.hpp"

namespace cardhouse {

struct CalibrateRequest {
  std::string data;                   ///< file of measurements, see inputs/calibration
  std::string run;                    ///< run.h5 with the carbon to calibrate on
  std::string folder = "calibrated";  ///< where the parameter files go
  std::optional<std::uint64_t> seed;  ///< instead of that of the data
};

/// Finds the sites of the carbon with the shipped parameters, calibrates (calibration.hpp), prints what came out and
/// writes it as calibration.txt beside site_parameters.toml, hamiltonian.toml and charge_transfer.toml, the shipped
/// files with the calibrated values and where these come from in place. Throws InputError.
void calibrate_command(const CalibrateRequest& request, const Communicator& ranks);

}  // namespace cardhouse
