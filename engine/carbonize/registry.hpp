#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/registry.hpp"

namespace cardhouse {

/// What can happen on the reaction lattice; a closed set.
enum class ReactionKind { Escape, Hop, Inflate, Leak, Reaction };

std::span<const RegistryEntry<ReactionKind>> reaction_kinds();

/// Names of the TOML files in a folder, without ".toml", in alphabetical order; empty when there is no such folder.
std::vector<std::string> library_names(const std::string& folder);

struct LibraryEntry {
  std::string name;
  std::string summary;
};

/// Name and `summary` of every TOML file in a folder (precursors and treatments are data only). Throws InputError when
/// a file is not TOML or has no summary.
std::vector<LibraryEntry> list_library(const std::string& folder);

}  // namespace cardhouse
