#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/deck.hpp"
#include "engine/sodium/site_network.hpp"
#include "engine/sodium/site_parameters.hpp"
#include "engine/sodium/sodium_parameters.hpp"
#include "engine/sodium/voltage_sweep.hpp"

namespace cardhouse {

/// What a model of storage says of one observable: every answer it allows, and the words of the paper.
struct Prediction {
  std::string observable;           ///< see storage_observables.hpp
  std::vector<std::string> allows;  ///< of "rises", "falls", "flat"
};

/// A storage mechanism of the literature as a set of switches on sites and Hamiltonian (inputs/models).
struct StorageModel {
  std::string name;
  std::string statement;
  std::vector<std::string> sources;
  std::vector<SiteClass> without;                   ///< classes of sites that it does not know
  double gallery_energy_change = 0;                 ///< of sites between layers, in slits by their share of it [eV]
  double closed_below = 0;                          ///< spacing below which it has no site between layers [angstrom]
  std::vector<std::pair<std::string, bool>> terms;  ///< of the Hamiltonian, set on or off
  std::optional<double> wetting_energy;             ///< instead of the calibrated one [eV/angstrom^2]
  bool pore_inversion = true;                       ///< false: pores fill one sodium at a time, as late as nuclei form
  std::vector<Prediction> predictions;
};

/// Reads a file of inputs/models (format: inputs/FORMAT.md). Throws InputError for unknown keys, classes, terms,
/// observables and answers, and without statement or source.
StorageModel read_storage_model(const std::string& path);
StorageModel read_storage_model(const Deck& deck, const std::string& name);

/// The network as the model has it: sites that it does not know are taken away, links renumbered, energies changed.
/// Domains, patches and mass are those of the whole. Throws InputError when no site is left.
SiteNetwork network_of(const StorageModel& model, const SiteNetwork& whole);
SodiumParameters parameters_of(const StorageModel& model, SodiumParameters parameters);
SweepOptions options_of(const StorageModel& model, SweepOptions options);

/// One of the terms by its name in inputs/sodium/hamiltonian.toml; null when there is none.
bool* find_term(HamiltonianTerms& terms, const std::string& name);
std::vector<std::string> term_names();

}  // namespace cardhouse
