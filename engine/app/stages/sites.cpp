#include <fmt/core.h>

#include "engine/app/data_folder.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_network.hpp"
#include "engine/app/stages/stored_structure.hpp"
#include "engine/app/summary.hpp"
#include "engine/sodium/find_sites.hpp"
#include "engine/sodium/site_report.hpp"

namespace cardhouse {
namespace {

SiteParameters read_settings(const DeckTable& deck) {
  return load_site_parameters(deck.text("parameters", data_folder() + "/sodium/site_parameters.toml"));
}

void check(const DeckTable& deck) {
  read_settings(deck);
  check_structure_key(deck);
}

std::vector<SummaryRow> summarise_sites(const SiteNetwork& network) {
  const SiteReport report = report_sites(network);
  std::string by_class;
  for (int kind = 0; kind < site_class_count; ++kind)
    by_class += fmt::format("{}{} {}", kind > 0 ? ", " : "", report.count[static_cast<std::size_t>(kind)],
                            name(static_cast<SiteClass>(kind)));
  const auto& through = report.percolates;
  return {{"sodium sites", {static_cast<double>(network.sites.size()), -1}, "1", by_class},
          {"largest connected part",
           {100 * report.largest_component, -1},
           "%",
           fmt::format("of the sites; percolates along {}{}{}", through[0] ? "x" : "-", through[1] ? "y" : "-",
                       through[2] ? "z" : "-")},
          {"reachable sites",
           {100 * report.reachable, -1},
           "%",
           report.outside > 0 ? fmt::format("from {} sites that the electrolyte touches", report.outside)
                              : std::string("by ways that lead through the whole bulk; the cell has no outside")}};
}

void run(StageContext& context) {
  const CarbonStructure carbon = current_structure(context);
  const SiteNetwork network = find_sites(carbon, read_settings(context.settings));
  if (network.sites.empty())
    throw InputError("no site for sodium was found in this carbon", "check its density and its interlayer spacing");
  write_network(context.file, "sites/network", network);
  if (context.settings.has("structure_file")) context.file.write_structure("sites/structure", carbon);
  write_summary(context.file, "sites", summarise_sites(network));
}

}  // namespace

StageActions stage_actions::sites() {
  return {needs_structure, check, run};
}

}  // namespace cardhouse
