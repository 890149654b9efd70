#include "engine/app/models_command.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iostream>

#include "engine/app/carbon_of_run.hpp"
#include "engine/app/data_folder.hpp"
#include "engine/carbonize/registry.hpp"
#include "engine/io/text_file.hpp"
#include "engine/sodium/find_sites.hpp"

namespace cardhouse {
namespace {

std::vector<StorageModel> read_models(const std::vector<std::string>& names) {
  const std::string folder = data_folder() + "/models";
  const std::vector<std::string> known = library_names(folder);
  std::vector<StorageModel> models;
  for (const std::string& name : names.empty() ? known : names) {
    const bool own = name.ends_with(".toml");
    if (!own && std::ranges::find(known, name) == known.end())
      throw InputError("unknown model '" + name + "'", suggest_name(name, known));
    models.push_back(read_storage_model(own ? name : folder + "/" + name + ".toml"));
  }
  return models;
}

const Prediction* prediction_of(const StorageModel& model, const std::string& observable) {
  const auto found = std::ranges::find(model.predictions, observable, &Prediction::observable);
  return found == model.predictions.end() ? nullptr : &*found;
}

std::string predicted(const StorageModel& model, const std::string& observable) {
  const Prediction* prediction = prediction_of(model, observable);
  std::string text;
  if (prediction)
    for (const std::string& answer : prediction->allows) text += (text.empty() ? "" : " or ") + answer;
  return text;
}

}  // namespace

ModelResult run_model(const StorageModel& model, const SiteNetwork& network, const SodiumParameters& parameters,
                      const SweepOptions& options, const Communicator& ranks) {
  return {model, storage_observables(sweep(network_of(model, network), parameters_of(model, parameters),
                                           options_of(model, options), ranks))};
}

std::string verdict(const StorageModel& model, const StorageObservable& observable) {
  const Prediction* prediction = prediction_of(model, observable.name);
  if (!prediction || observable.answer.empty()) return "";
  return std::ranges::find(prediction->allows, observable.answer) != prediction->allows.end() ? "agrees" : "disagrees";
}

std::string format_models(const std::vector<ModelResult>& results) {
  std::string text;
  for (const ModelResult& result : results) {
    text += result.model.name + "\n  " + result.model.statement + "\n";
    int agree = 0;
    int asked = 0;
    for (const StorageObservable& observable : result.observables) {
      const std::string word = verdict(result.model, observable);
      asked += word.empty() ? 0 : 1;
      agree += word == "agrees" ? 1 : 0;
      text += fmt::format("  {:<18} {:>9.3f} +- {:<7.3f} {:<9} {:<6} {:<15} {}\n", observable.name,
                          observable.value.value, observable.value.error, observable.unit, observable.answer,
                          predicted(result.model, observable.name), word);
    }
    text += fmt::format("  {} of {} agree\n\n", agree, asked);
  }
  return text;
}

std::string models_csv(const std::vector<ModelResult>& results) {
  std::string text = "model,observable,value,error,unit,obtained,predicted,verdict\n";
  for (const ModelResult& result : results)
    for (const StorageObservable& observable : result.observables)
      text += fmt::format("{},{},{},{},{},{},{},{}\n", result.model.name, observable.name, observable.value.value,
                          observable.value.error, observable.unit, observable.answer,
                          predicted(result.model, observable.name), verdict(result.model, observable));
  return text;
}

void models_command(const ModelsRequest& request, const Communicator& ranks) {
  const std::vector<StorageModel> models = read_models(request.names);
  RunFile file = RunFile::open(request.run, FileMode::Read, ranks);
  const SodiumParameters parameters = read_sodium_parameters(data_folder() + "/sodium/hamiltonian.toml");
  const SiteNetwork network =
      find_sites(carbon_of_run(file, ranks), load_site_parameters(data_folder() + "/sodium/site_parameters.toml"));
  SweepOptions options;
  options.voltages = storage_voltages();
  options.equilibration_sweeps = request.sweeps / 2;
  options.production_sweeps = request.sweeps;
  options.seed = request.seed;
  std::vector<ModelResult> results;
  for (const StorageModel& model : models) {
    results.push_back(run_model(model, network, parameters, options, ranks));
    if (ranks.is_root()) std::cout << format_models({results.back()}) << std::flush;
  }
  if (ranks.is_root()) replace_text_file(request.csv, models_csv(results));
}

}  // namespace cardhouse
