#include "engine/sodium/storage_model.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "engine/base/errors.hpp"
#include "engine/sodium/site_links.hpp"
#include "engine/sodium/sourced_entry.hpp"
#include "engine/sodium/storage_observables.hpp"

namespace cardhouse {
namespace {

struct Term {
  const char* name;
  bool HamiltonianTerms::*flag;
};

constexpr std::array<Term, 8> all_terms{{{"host_electrons", &HamiltonianTerms::host_electrons},
                                         {"repulsion", &HamiltonianTerms::repulsion},
                                         {"exclusion", &HamiltonianTerms::exclusion},
                                         {"metal", &HamiltonianTerms::metal},
                                         {"wetting", &HamiltonianTerms::wetting},
                                         {"opening", &HamiltonianTerms::opening},
                                         {"curvature", &HamiltonianTerms::curvature},
                                         {"shared_reservoir", &HamiltonianTerms::shared_reservoir}}};

SiteClass site_class(const DeckTable& table, std::string_view key, const std::string& wanted) {
  std::vector<std::string> names;
  for (int kind = 0; kind < site_class_count; ++kind) {
    names.emplace_back(name(static_cast<SiteClass>(kind)));
    if (names.back() == wanted) return static_cast<SiteClass>(kind);
  }
  table.fail(key, "unknown class of sites '" + wanted + "'", suggest_name(wanted, names));
}

void read_switches(const DeckTable& table, StorageModel& model) {
  if (table.has("without"))
    for (const std::string& wanted : table.texts("without"))
      model.without.push_back(site_class(table, "without", wanted));
  if (table.has("gallery_energy_change"))
    model.gallery_energy_change = sourced_entry(table, "gallery_energy_change").quantity("value", dimension::energy);
  if (table.has("closed_below"))
    model.closed_below = sourced_entry(table, "closed_below").quantity("value", dimension::length);
  if (table.has("wetting_energy"))
    model.wetting_energy = sourced_entry(table, "wetting_energy").quantity("value", dimension::surface_energy);
  model.pore_inversion = table.flag("pore_inversion", true);
  const auto terms = table.optional_table("terms");
  if (!terms) return;
  HamiltonianTerms known;
  for (const std::string& key : terms->keys()) {
    if (!find_term(known, key)) terms->fail(key, "unknown term '" + key + "'", suggest_name(key, term_names()));
    model.terms.emplace_back(key, terms->flag(key, true));
  }
}

void read_predictions(const DeckTable& table, StorageModel& model) {
  const std::vector<std::string> known = observable_names();
  for (const std::string& key : table.keys()) {
    if (std::find(known.begin(), known.end(), key) == known.end())
      table.fail(key, "unknown observable '" + key + "'", suggest_name(key, known));
    Prediction prediction{key, table.texts(key)};
    if (prediction.allows.empty()) table.fail(key, "predicts nothing", "leave it out");
    for (const std::string& answer : prediction.allows)
      if (answer != "rises" && answer != "falls" && answer != "flat")
        table.fail(key, "'" + answer + "' is no answer", "use \"rises\", \"falls\" or \"flat\"");
    model.predictions.push_back(std::move(prediction));
  }
}

bool knows(const StorageModel& model, const Site& site) {
  if (std::ranges::find(model.without, site.kind) != model.without.end()) return false;
  return !(in_gallery(site) && site.spacing < model.closed_below);
}

}  // namespace

bool* find_term(HamiltonianTerms& terms, const std::string& name) {
  for (const Term& term : all_terms)
    if (name == term.name) return &(terms.*term.flag);
  return nullptr;
}

std::vector<std::string> term_names() {
  std::vector<std::string> names;
  for (const Term& term : all_terms) names.emplace_back(term.name);
  return names;
}

StorageModel read_storage_model(const Deck& deck, const std::string& name) {
  const DeckTable root = deck.root();
  StorageModel model;
  model.name = name;
  model.statement = root.text("statement");
  model.sources = root.texts("sources");
  if (model.statement.empty()) root.fail("statement", "is empty");
  if (model.sources.empty()) root.fail("sources", "is empty", "give the DOI of the paper that proposed it");
  if (const auto switches = root.optional_table("switches")) read_switches(*switches, model);
  if (const auto predicts = root.optional_table("predicts")) read_predictions(*predicts, model);
  deck.reject_unknown_keys();
  return model;
}

StorageModel read_storage_model(const std::string& path) {
  return read_storage_model(Deck::from_file(path), std::filesystem::path(path).stem().string());
}

SiteNetwork network_of(const StorageModel& model, const SiteNetwork& whole) {
  SiteNetwork network{whole.cell, {}, {}, whole.domains, whole.patches, whole.host_mass};
  std::vector<std::int64_t> number(whole.sites.size(), -1);
  for (std::size_t i = 0; i < whole.sites.size(); ++i) {
    Site site = whole.sites[i];
    if (!knows(model, site)) continue;
    number[i] = static_cast<std::int64_t>(network.sites.size());
    site.energy += (in_gallery(site) ? 1 : site.gallery_share) * model.gallery_energy_change;
    network.sites.push_back(site);
  }
  if (network.sites.empty()) throw InputError("this carbon has no site that the model '" + model.name + "' knows");
  for (SiteLink link : whole.links) {
    if (number[link.first] < 0 || number[link.second] < 0) continue;
    link.first = static_cast<std::uint32_t>(number[link.first]);
    link.second = static_cast<std::uint32_t>(number[link.second]);
    network.links.push_back(link);
  }
  return network;
}

SodiumParameters parameters_of(const StorageModel& model, SodiumParameters parameters) {
  for (const auto& [term, on] : model.terms) *find_term(parameters.terms, term) = on;
  if (model.wetting_energy) parameters.wetting_energy = *model.wetting_energy;
  return parameters;
}

SweepOptions options_of(const StorageModel& model, SweepOptions options) {
  options.invert_pores = model.pore_inversion;
  return options;
}

}  // namespace cardhouse
