#pragma once
// Runs decks: stage after stage into one file, taken up again where a run stopped.

#include <optional>
#include <string>

#include "engine/base/communicator.hpp"

namespace cardhouse {

struct WorkflowOptions {
  std::optional<std::string> folder;  ///< instead of the deck's
  std::optional<std::uint64_t> seed;  ///< instead of the deck's
  bool quiet = false;                 ///< no progress
};

/// Runs the deck into "<folder>/run.h5". An earlier output folder is renamed to "<folder>.previous".
void run_deck(const std::string& deck_path, const WorkflowOptions& options, const Communicator& ranks);

/// Continues a run file at its first incomplete stage, with the deck and the seed stored in it. The result is the one
/// that the uninterrupted run would have given.
void resume_run(const std::string& file_path, const WorkflowOptions& options, const Communicator& ranks);

/// Runs one stage again on what the run file holds, with the settings of `deck_path` if given, else of the stored deck.
/// Results of later stages are discarded, since they no longer belong to what the file holds.
void run_stage(const std::string& stage, const std::string& file_path, const std::optional<std::string>& deck_path,
               const Communicator& ranks);

/// Validates a deck and prints what it would do and need; runs nothing, writes nothing.
void check_deck(const std::string& deck_path);

}  // namespace cardhouse
