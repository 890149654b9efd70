#pragma once
// What a stage of a run is. Stages are the only code that joins physics to files: each reads what earlier stages left
// in the run file, calls physics with values, and writes values.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/communicator.hpp"
#include "engine/base/deck.hpp"
#include "engine/base/observer.hpp"
#include "engine/base/registry.hpp"
#include "engine/io/run_file.hpp"

namespace cardhouse {

// What a deck means when it says nothing: read by the stage and by the estimate.
inline constexpr long default_atoms = 8000;
inline constexpr long default_relax_steps = 400;
inline constexpr double default_anneal_sweeps = 10;

/// Everything a stage may use.
struct StageContext {
  DeckTable settings;  ///< its table of the deck; empty when the deck has none
  RunFile& file;
  const Communicator& ranks;
  std::uint64_t seed;
  std::string folder;  ///< where files for people go
  ProgressObserver progress;
};

/// What a stage does.
struct StageActions {
  /// Stages whose results it reads with these settings; of a group "a|b" one is enough.
  std::vector<std::string> (*needs)(const DeckTable& settings);
  void (*check)(const DeckTable& settings);  ///< reads every key; throws InputError
  void (*run)(StageContext& context);
};

using StageEntry = RegistryEntry<StageActions>;

/// All stages, alphabetical.
std::span<const StageEntry> stages();
/// Their names in the order in which a run executes them.
const std::vector<std::string>& stage_order();

namespace stage_actions {
StageActions anneal();
StageActions build();
StageActions carbonize();
StageActions cycle();
StageActions describe();
StageActions ocv();
StageActions potential_route();
StageActions relax();
StageActions report();
StageActions sites();
StageActions transport();
}  // namespace stage_actions

}  // namespace cardhouse
