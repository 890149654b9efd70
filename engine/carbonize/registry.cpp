#include "engine/carbonize/registry.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "engine/base/deck.hpp"

namespace cardhouse {

std::span<const RegistryEntry<ReactionKind>> reaction_kinds() {
  static constexpr std::array<RegistryEntry<ReactionKind>, 5> table = {{
      {"escape", "a free molecule leaves the material from an open cell", "estimate", ReactionKind::Escape},
      {"hop", "a free molecule moves to a neighbouring cell", "estimate", ReactionKind::Hop},
      {"inflate", "a free molecule joins the pore of a gelled cell without exit", "estimate", ReactionKind::Inflate},
      {"leak", "a molecule in a pore finds its way out through the char", "estimate", ReactionKind::Leak},
      {"reaction", "molecules react by an element-balanced rule", "doi:10.1021/acssuschemeng.6b03096",
       ReactionKind::Reaction},
  }};
  return table;
}

std::vector<std::string> library_names(const std::string& folder) {
  std::vector<std::string> names;
  if (!std::filesystem::is_directory(folder)) return names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<LibraryEntry> list_library(const std::string& folder) {
  std::vector<LibraryEntry> entries;
  for (const auto& name : library_names(folder)) {
    const Deck deck = Deck::from_file(folder + "/" + name + ".toml");
    entries.push_back({name, deck.root().text("summary")});
  }
  return entries;
}

}  // namespace cardhouse
