#include <iostream>
#include <optional>
#include <utility>

#include "engine/app/plots.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/stages/carbonize_exports.hpp"
#include "engine/app/summary.hpp"
#include "engine/io/csv.hpp"
#include "engine/io/structure_files.hpp"
#include "engine/io/text_file.hpp"

namespace cardhouse {
namespace {

std::string balance_csv(const Table& table) {
  return csv_text(balance_table(table));
}
std::string gas_csv(const Table& table) {
  return csv_text(gas_log(table));
}

struct ExportedTable {
  const char* name;
  const char* file;
  std::string (*text)(const Table& stored);
};

constexpr ExportedTable exported_tables[] = {
    {"carbonize/composition", "composition.csv", composition_csv},
    {"carbonize/thermogravimetry", "gas_log.csv", gas_csv},
    {"carbonize/thermogravimetry", "thermogravimetry.csv", balance_csv},
    {"cycle/pulses", "pulses.csv", csv_text},
    {"cycle/pulses_uncoupled", "pulses_uncoupled.csv", csv_text},
    {"cycle/records", "cycle.csv", csv_text},
    {"cycle/records_uncoupled", "cycle_uncoupled.csv", csv_text},
    {"ocv/clusters", "sodium_clusters.csv", csv_text},
    {"ocv/diagnostics", "sodium_diagnostics.csv", csv_text},
    {"ocv/discharge", "discharge.csv", csv_text},
    {"ocv/electrons", "host_electrons.csv", csv_text},
    {"ocv/gallery_spacings", "gallery_spacings.csv", csv_text},
    {"ocv/nmr", "sodium_nmr.csv", csv_text},
    {"ocv/operando", "operando.csv", csv_text},
    {"ocv/pore_filling", "pore_filling.csv", csv_text},
    {"ocv/pores", "sodium_pores.csv", csv_text},
    {"potential_route/charge", "potential_charge.csv", csv_text},
    {"potential_route/classes", "potential_classes.csv", csv_text},
    {"potential_route/discharge", "potential_discharge.csv", csv_text},
    {"potential_route/sites", "potential_sites.csv", csv_text},
    {"relax/dynamics", "dynamics.csv", csv_text},
    {"ocv/charge", "charge.csv", csv_text},
    {"transport/activation", "activation.csv", csv_text},
    {"transport/arrhenius", "arrhenius.csv", csv_text},
    {"transport/displacement", "displacement.csv", csv_text},
    {"transport/easiest_way", "easiest_way.csv", csv_text},
    {"transport/hops", "hops.csv", csv_text},
    {"transport/residence", "residence.csv", csv_text},
};

// Everything for people, read by all ranks together and written by the root alone.
struct Report {
  std::vector<std::pair<std::string, std::string>> tables;  // file and text
  std::optional<CarbonStructure> carbon;
  std::string summary;
};

// What the descriptors left, whichever there are.
std::vector<std::string> described_tables(const RunFile& file) {
  std::vector<std::string> names;
  if (!file.stage_complete("describe")) return names;
  for (const std::string& name : file.list("describe"))
    if (name != "summary" && name != "deck") names.push_back(name);
  return names;
}

Report read_report(const RunFile& file) {
  Report report;
  for (const std::string& name : described_tables(file))
    report.tables.emplace_back(name + ".csv", csv_text(file.read_table("describe/" + name)));
  for (const ExportedTable& table : exported_tables)
    if (file.has(table.name)) report.tables.emplace_back(table.file, table.text(file.read_table(table.name)));
  for (const char* stage : {"build", "anneal", "relax"})
    if (file.stage_complete(stage)) report.carbon = file.read_structure(std::string(stage) + "/structure");
  report.summary = format_summary(collect_summary(file));
  return report;
}

void write_report(const Report& report, const std::string& folder) {
  for (const auto& [name, text] : report.tables) replace_text_file(folder + "/" + name, text);
  replace_text_file(folder + "/summary.txt", report.summary);
  if (!report.carbon) return;
  write_extended_xyz(folder + "/carbon.xyz", {as_frame(report.carbon->atoms)});
  write_lammps_data(folder + "/carbon.data", report.carbon->atoms);
}

std::vector<std::string> needs(const DeckTable&) {
  return {};
}

void check(const DeckTable& deck) {
  deck.flag("plots", true);
}

void run(StageContext& context) {
  context.file.flush();
  const Report report = read_report(context.file);
  if (!context.ranks.is_root()) return;
  write_report(report, context.folder);
  if (!context.settings.flag("plots", true)) return;
  const std::string problem = draw_plots(context.file.path(), context.folder);
  if (!problem.empty()) std::cout << "no plots: " << problem << "\n";
}

}  // namespace

StageActions stage_actions::report() {
  return {needs, check, run};
}

}  // namespace cardhouse
