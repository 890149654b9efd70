#include "engine/app/calibrate_command.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <numbers>

#include "engine/app/calibration.hpp"
#include "engine/app/carbon_of_run.hpp"
#include "engine/app/data_folder.hpp"
#include "engine/app/parameter_text.hpp"
#include "engine/io/text_file.hpp"
#include "engine/sodium/find_sites.hpp"

namespace cardhouse {
namespace {

constexpr const char* site_file = "site_parameters.toml";
constexpr const char* sodium_file = "hamiltonian.toml";
constexpr const char* transfer_file = "charge_transfer.toml";

std::string shipped(const std::string& file) {
  return data_folder() + "/sodium/" + file;
}

std::string command_of(const CalibrateRequest& request) {
  return "calibrated by `cardhouse calibrate " + std::filesystem::path(request.data).filename().string() + "` on ";
}

std::string slope_source(const std::string& command, const Calibration& result, const SlopeData& data,
                         std::size_t which) {
  const NoisyFit& slope = result.slope;
  std::string text = command + data.source;
  text += fmt::format("; +- {:.2g}", slope.parameters[which].error);
  constexpr const char* names[] = {"gallery_shift", "offset_density", "charge"};
  if (std::ranges::find(slope.at_bound, names[which]) != slope.at_bound.end())
    text += "; the optimum lies at the end of the window";
  if (slope.open[which] > 0.7) text += "; the data hardly tell it";
  if (slope.chi_square > 2.0 * static_cast<double>(data.voltages.size()))
    text += fmt::format("; the fit is poor, chi-square {:.0f} for {} points", slope.chi_square, data.voltages.size());
  return text;
}

std::string with_sites(const std::string& command, const Calibration& result, const CalibrationData& data) {
  const std::vector<Estimate>& fitted = result.slope.parameters;
  const std::string text = with_entry(read_text_file(shipped(site_file)),
                                      {"energies", "gallery_shift", fmt::format("\"{:.3f} eV\"", fitted[0].value),
                                       slope_source(command, result, data.slope, 0)});
  return with_entry(text, {"energies", "charge", fmt::format("\"{:.3f} e\"", fitted[2].value),
                           slope_source(command, result, data.slope, 2)});
}

// Of the host when sodium in C32 has given its charge to the layers, with the calibrated numbers.
double reference_level(const SodiumInputs& inputs) {
  const double electrons = inputs.sites.energies.charge / (32 * inputs.sites.geometry.atom_area);
  const HostElectronParameters& host = inputs.sodium.host_electrons;
  return host.velocity * std::sqrt(std::numbers::pi * (electrons + host.offset_density));
}

std::string with_sodium(const std::string& command, const Calibration& result, const CalibrationData& data) {
  const std::string text = with_entry(
      read_text_file(shipped(sodium_file)),
      {"host_electrons", "offset_density", fmt::format("\"{:.3g} 1/angstrom2\"", result.slope.parameters[1].value),
       slope_source(command, result, data.slope, 1)});
  const std::string source =
      fmt::format("{}{}, in a spherical pore of {:.1f} nm; +- {:.2f}", command, data.plateau.peak.source,
                  data.plateau.pore_diameter.estimate.value / 10, 100 * result.wetting.error);
  const std::string wetted =
      with_entry(text, {"wetting", "energy", fmt::format("\"{:.3f} eV/nm2\"", 100 * result.wetting.value), source});
  return with_entry(
      wetted, {"shared_reservoir", "reference_level", fmt::format("\"{:.2f} eV\"", reference_level(result.inputs)),
               "estimate: level that the galleries of this model have reached where pores fill: hv sqrt(pi (n + N0)) "
               "with the calibrated charge and N0 at 70 mAh/g (Na in C32), where the measured plateau begins; NaC24 of "
               "0.8 e each has 1.3 eV"});
}

std::string with_transfer(const std::string& command, const Calibration& result, const CalibrationData& data) {
  const std::string source = fmt::format(
      "{}{}; an estimate: {:.1f} entrances a nm2 of a cut through the carbon, on a surface {:g} times the geometric "
      "one, "
      "each exchanging at {:.2f} k0; +- {:.2g}",
      command, data.exchange.current_density.source, 100 * result.entrances, data.exchange.roughness.estimate.value,
      result.exchange_factor.value, result.rate.error);
  return with_entry(read_text_file(shipped(transfer_file)),
                    {"", "rate", fmt::format("\"{:.2g} 1/s\"", result.rate.value), source});
}

}  // namespace

void calibrate_command(const CalibrateRequest& request, const Communicator& ranks) {
  CalibrationData data = read_calibration_data(request.data);
  if (request.seed) data.seed = *request.seed;
  RunFile file = RunFile::open(request.run, FileMode::Read, ranks);
  const SodiumInputs start{load_site_parameters(shipped(site_file)), read_sodium_parameters(shipped(sodium_file)),
                           read_charge_transfer(shipped(transfer_file))};
  const SiteNetwork network = find_sites(carbon_of_run(file, ranks), start.sites);
  const Calibration result = calibrate(network, start, data);
  if (!ranks.is_root()) return;
  std::filesystem::create_directories(request.folder);
  const std::string command = command_of(request);
  const std::string report = format_calibration(result, data);
  replace_text_file(request.folder + "/" + site_file, with_sites(command, result, data));
  replace_text_file(request.folder + "/" + sodium_file, with_sodium(command, result, data));
  replace_text_file(request.folder + "/" + transfer_file, with_transfer(command, result, data));
  replace_text_file(request.folder + "/calibration.txt", report);
  std::cout << report << "\nresults: " << request.folder << "\n";
}

}  // namespace cardhouse
