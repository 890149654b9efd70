#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/communicator.hpp"
#include "engine/sodium/storage_model.hpp"
#include "engine/sodium/storage_observables.hpp"

namespace cardhouse {

struct ModelsRequest {
  std::string run;                 ///< run.h5 with the carbon
  std::vector<std::string> names;  ///< of inputs/models, or files; all when empty
  std::string csv = "models.csv";
  int sweeps = 60;  ///< at each voltage
  std::uint64_t seed = 1;
};

/// What one model gave.
struct ModelResult {
  StorageModel model;
  std::vector<StorageObservable> observables;
};

/// Short sweeps of the carbon under one model, both ways.
ModelResult run_model(const StorageModel& model, const SiteNetwork& network, const SodiumParameters& parameters,
                      const SweepOptions& options, const Communicator& ranks);

/// "agrees", "disagrees", or nothing when the model does not say.
std::string verdict(const StorageModel& model, const StorageObservable& observable);

/// One line an observable and model, as a table for people and as CSV.
std::string format_models(const std::vector<ModelResult>& results);
std::string models_csv(const std::vector<ModelResult>& results);

/// Runs the models on one carbon with the shipped parameters, prints the table and writes the CSV. Throws InputError.
void models_command(const ModelsRequest& request, const Communicator& ranks);

}  // namespace cardhouse
