#include "engine/app/listing.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "analysis/registry.hpp"
#include "engine/app/data_folder.hpp"
#include "engine/app/stage.hpp"
#include "engine/base/deck.hpp"
#include "engine/carbonize/registry.hpp"
#include "engine/sodium/registry.hpp"
#include "engine/sodium/storage_model.hpp"
#include "potentials/element_kinds.hpp"
#include "potentials/registry.hpp"

namespace cardhouse {
namespace {

struct Line {
  std::string name;
  std::string summary;
  std::string reference;
  std::string facts = {};
};

template <class Entry>
std::vector<Line> lines_of(std::span<const Entry> table) {
  std::vector<Line> lines;
  for (const auto& entry : table)
    lines.push_back({std::string(entry.name), std::string(entry.summary), std::string(entry.reference)});
  return lines;
}

/// As in "C, H; bonds form and break; other parameters may be named".
std::string facts_of(const PotentialEntry& potential) {
  std::string facts = potential.elements.empty() ? "elements of the file" : list_of(potential.elements);
  if (potential.reads_bonds()) facts += "; needs the bonds";
  if (potential.forms_bonds()) facts += "; bonds form and break";
  if (potential.file == ParameterFile::Shipped) facts += "; other parameters may be named";
  if (potential.file == ParameterFile::Named) facts += "; a parameter file must be named";
  return facts;
}

std::vector<Line> potential_lines() {
  std::vector<Line> lines = lines_of(potentials());
  for (std::size_t k = 0; k < lines.size(); ++k) lines[k].facts = facts_of(potentials()[k]);
  return lines;
}

/// What a folder of the shipped data holds.
std::vector<Line> library(const std::string& folder) {
  std::vector<Line> lines;
  for (const LibraryEntry& entry : list_library(data_folder() + "/" + folder))
    lines.push_back({entry.name, entry.summary, ""});
  return lines;
}

std::vector<Line> cases() {
  std::vector<Line> lines;
  const std::string folder = data_folder() + "/cases/";
  for (const std::string& name : library_names(folder)) {
    const Deck deck = Deck::from_file(folder + name + ".toml");
    const DeckTable info = deck.root().table("case");
    lines.push_back({name, info.text("system") + ": " + info.text("lever"), info.text("source")});
  }
  return lines;
}

std::vector<Line> models() {
  std::vector<Line> lines;
  const std::string folder = data_folder() + "/models/";
  for (const std::string& name : library_names(folder)) {
    const StorageModel model = read_storage_model(folder + name + ".toml");
    lines.push_back({name, model.statement, model.sources.front()});
  }
  return lines;
}

struct Seam {
  std::string name;
  std::function<std::vector<Line>()> lines;
};

const std::vector<Seam>& seams() {
  static const std::vector<Seam> table{
      {"cases", cases},
      {"descriptors", [] { return lines_of(descriptors()); }},
      {"models", models},
      {"potentials", potential_lines},
      {"precursors", [] { return library("precursors"); }},
      {"reactions", [] { return lines_of(reaction_kinds()); }},
      {"rules", [] { return library("rules"); }},
      {"sites", [] { return lines_of(site_classes()); }},
      {"stages", [] { return lines_of(stages()); }},
      {"treatments", [] { return library("treatments"); }},
  };
  return table;
}

std::string format_seam(const Seam& seam) {
  const std::vector<Line> lines = seam.lines();
  std::size_t width = 0;
  for (const Line& line : lines) width = std::max(width, line.name.size());
  std::string text = seam.name + "\n";
  for (const Line& line : lines) {
    text += fmt::format("  {:<{}}  {}\n", line.name, width, line.summary);
    if (!line.facts.empty()) text += fmt::format("  {:<{}}  {}\n", "", width, line.facts);
    if (!line.reference.empty()) text += fmt::format("  {:<{}}  [{}]\n", "", width, line.reference);
  }
  return text;
}

}  // namespace

std::string seam_names() {
  std::string text;
  for (const Seam& seam : seams()) text += (text.empty() ? "" : ", ") + seam.name;
  return text;
}

std::string list_seam(const std::string& name) {
  std::string text;
  std::vector<std::string> known;
  for (const Seam& seam : seams()) {
    known.push_back(seam.name);
    if (name.empty() || seam.name == name) text += (text.empty() ? "" : "\n") + format_seam(seam);
  }
  if (text.empty()) throw InputError("nothing is called '" + name + "' here", suggest_name(name, known));
  return text;
}

}  // namespace cardhouse
