#pragma once
// Runs decks: stage after stage into one file, taken up again where a run stopped.

#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/communicator.hpp"

namespace cardhouse {

struct WorkflowOptions {
  std::optional<std::string> folder;  ///< instead of the deck's
  std::optional<std::uint64_t> seed;  ///< instead of the deck's
  std::optional<std::string> deck;    ///< of run_stage: settings instead of those in the stored deck
  bool quiet = false;                 ///< no progress
};

// All throw InputError for wrong input. A stage that fails leaves a file whose `complete` is 0, for the stage and for
// the run; the stages before it stay.

/// Runs the deck into "<folder>/run.h5". An earlier output folder is renamed to "<folder>.previous", in place of an
/// older one of that name.
void run_deck(const std::string& deck_path, const WorkflowOptions& options, const Communicator& ranks);

/// The stages carbonize and report of a deck that need not have a [run] table; its output folder is then named after
/// the deck. Other tables of the deck are not read.
void carbonize_deck(const std::string& deck_path, const WorkflowOptions& options, const Communicator& ranks);

/// Continues a run file at its first incomplete stage, with the deck and the seed stored in it. The result is the one
/// that the uninterrupted run would have given.
void resume_run(const std::string& file_path, const WorkflowOptions& options, const Communicator& ranks);

/// Runs one stage again on what the run file holds. Settings of another deck are stored with the stage. Results of
/// later stages are discarded, since they no longer belong to what the file holds; a mistake in the settings is found
/// before.
void run_stage(const std::string& stage, const std::string& file_path, const WorkflowOptions& options,
               const Communicator& ranks);

/// Validates a deck and prints what it would do and need; runs nothing, writes nothing.
void check_deck(const std::string& deck_path);

}  // namespace cardhouse
