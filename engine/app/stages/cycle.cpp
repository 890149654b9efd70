#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "engine/app/stage.hpp"
#include "engine/app/stages/cycle_settings.hpp"
#include "engine/app/stages/stored_network.hpp"
#include "engine/app/summary.hpp"
#include "engine/base/constants.hpp"
#include "engine/base/units.hpp"
#include "engine/sodium/replicas.hpp"
#include "engine/transport/release.hpp"
#include "engine/transport/transport.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t plain_columns = 5;  // of a flattened record, before the site classes
constexpr std::size_t record_columns = plain_columns + site_class_count;

TransferPlaces places_of(const std::string& choice, const SiteNetwork& network) {
  if (choice == "mouths") return TransferPlaces::Mouths;
  const bool has_outside =
      std::any_of(network.sites.begin(), network.sites.end(), [](const Site& site) { return site.outside; });
  return choice == "outside" || has_outside ? TransferPlaces::Outside : TransferPlaces::Mouths;
}

std::vector<double> flattened(const ProtocolResult& result) {
  std::vector<double> flat{static_cast<double>(result.slow_events), static_cast<double>(result.exchange_sites)};
  for (const ProtocolRecord& record : result.records) {
    flat.insert(flat.end(), {record.time, record.potential, record.current, static_cast<double>(record.sodium),
                             static_cast<double>(record.step)});
    for (const std::size_t count : record.by_class) flat.push_back(static_cast<double>(count));
  }
  return flat;
}

ProtocolResult unflattened(const std::vector<double>& flat) {
  ProtocolResult result;
  result.slow_events = static_cast<std::uint64_t>(flat[0]);
  result.exchange_sites = static_cast<std::size_t>(flat[1]);
  for (std::size_t at = 2; at < flat.size(); at += record_columns) {
    ProtocolRecord record{flat[at],     flat[at + 1],
                          flat[at + 2], static_cast<std::size_t>(flat[at + 3]),
                          {},           static_cast<std::size_t>(flat[at + 4])};
    for (std::size_t kind = 0; kind < site_class_count; ++kind)
      record.by_class[kind] = static_cast<std::size_t>(flat[at + plain_columns + kind]);
    result.records.push_back(record);
  }
  return result;
}

Table record_table(const std::vector<ProtocolResult>& runs, const SiteNetwork& network) {
  Table table{{{"replica", "1", "independent run", {}},
               {"step", "1", "of the protocol, pulses and rests counted each", {}},
               {"time", "s", "since the beginning", {}},
               {"potential", "V", "against sodium metal, mean since the last record", {}},
               {"current", "mA/g", "net, into the carbon, since the last record", {}},
               {"capacity", "mAh/g", "sodium in the carbon", {}}}};
  const std::size_t classes = table.columns.size();
  for (int kind = 0; kind < site_class_count; ++kind)
    table.columns.push_back(
        {site_class_column(static_cast<SiteClass>(kind)), "mAh/g", "sodium on this site class", {}});
  const double one = capacity(network, 1);
  for (std::size_t replica = 0; replica < runs.size(); ++replica)
    for (const ProtocolRecord& record : runs[replica].records) {
      const std::array<double, 6> row{
          static_cast<double>(replica),  static_cast<double>(record.step),        record.time, record.potential,
          record.current * one * 3600.0, static_cast<double>(record.sodium) * one};
      for (std::size_t i = 0; i < row.size(); ++i) table.columns[i].values.push_back(row[i]);
      for (std::size_t kind = 0; kind < site_class_count; ++kind)
        table.columns[classes + kind].values.push_back(static_cast<double>(record.by_class[kind]) * one);
    }
  return table;
}

// Last record of a step.
std::optional<ProtocolRecord> end_of(const ProtocolResult& run, std::size_t step) {
  std::optional<ProtocolRecord> last;
  for (const ProtocolRecord& record : run.records)
    if (record.step == step) last = record;
  return last;
}

Table pulse_table(const std::vector<ProtocolResult>& runs, const std::vector<Pulse>& pulses,
                  const SiteNetwork& network) {
  Table table{{{"replica", "1", "independent run", {}},
               {"capacity", "mAh/g", "after the pulse", {}},
               {"under_current", "V", "at the end of the pulse", {}},
               {"at_rest", "V", "at the end of the rest", {}},
               {"transient", "V", "under current less what was at rest before: iR and polarisation", {}},
               {"steady",
                "V",
                "at rest less what was at rest before; (steady/transient)^2 scales the apparent "
                "diffusivity (Weppner & Huggins 1977, doi:10.1149/1.2133112)",
                {}}}};
  for (std::size_t replica = 0; replica < runs.size(); ++replica)
    for (std::size_t i = 1; i < pulses.size(); ++i) {
      const auto before = end_of(runs[replica], pulses[i - 1].rest);
      const auto pulse = end_of(runs[replica], pulses[i].pulse);
      const auto rest = end_of(runs[replica], pulses[i].rest);
      if (!before || !pulse || !rest) continue;
      const std::array<double, 6> row{static_cast<double>(replica),
                                      capacity(network, static_cast<double>(pulse->sodium)),
                                      pulse->potential,
                                      rest->potential,
                                      pulse->potential - before->potential,
                                      rest->potential - before->potential};
      for (std::size_t column = 0; column < row.size(); ++column) table.columns[column].values.push_back(row[column]);
    }
  return table;
}

SummaryRow summarise_release(const std::string& from, const std::vector<ProtocolResult>& runs,
                             std::span<const SiteClass> classes, const SiteNetwork& network) {
  const std::string quantity = "released from " + from;
  if (runs.size() < 2) return {quantity, {0, -1}, "mAh/g", "not known: one replica has no error"};
  const Release release = largest_release(runs, classes);
  const double one = capacity(network, 1);
  const Estimate fall{one * release.fall.value, one * release.fall.error};
  if (!(fall.value > 0)) return {quantity, {0, -1}, "mAh/g", "never falls while the charge rises"};
  return {quantity, error_if_any(fall), "mAh/g",
          fmt::format("{}: largest fall while the charge rose, from {:.0f} to {:.0f} mAh/g",
                      release.is_certain() ? "certain" : "within the noise (three errors)", one * release.before,
                      one * release.after)};
}

std::vector<SummaryRow> summarise_releases(const std::vector<ProtocolResult>& runs, const SiteNetwork& network,
                                           const std::string& remark) {
  constexpr SiteClass interlayer[] = {SiteClass::Gallery, SiteClass::Mouth, SiteClass::Slit};
  constexpr SiteClass free_faces[] = {SiteClass::Defect, SiteClass::Edge, SiteClass::Terrace};
  return {summarise_release("interlayer sites" + remark, runs, interlayer, network),
          summarise_release("defects and edges" + remark, runs, free_faces, network)};
}

std::vector<SummaryRow> summarise_cycle(const std::vector<ProtocolResult>& runs, const SiteNetwork& network,
                                        TransferPlaces places) {
  const auto mean = [&](auto&& value) {
    std::vector<double> values;
    for (const ProtocolResult& run : runs) values.push_back(value(run));
    return error_if_any(mean_of(values));
  };
  const auto most = [&](const ProtocolResult& run) {
    std::size_t sodium = 0;
    for (const ProtocolRecord& record : run.records) sodium = std::max(sodium, record.sodium);
    return capacity(network, static_cast<double>(sodium));
  };
  return {{"largest charge", mean(most), "mAh/g", "in the cycle"},
          {"charge at the end", mean([&](const ProtocolResult& run) {
             return capacity(network, static_cast<double>(run.records.back().sodium));
           }),
           "mAh/g", "of the cycle"},
          {"slow events", mean([](const ProtocolResult& run) { return static_cast<double>(run.slow_events); }), "1",
           fmt::format("a run; {} exchange sites ({})", runs[0].exchange_sites,
                       places == TransferPlaces::Outside ? "outside" : "mouths of galleries")}};
}

std::vector<std::string> needs(const DeckTable&) {
  return {"sites"};
}

void check(const DeckTable& deck) {
  read_cycle_settings(deck);
}

ProtocolResult run_replica(const SiteNetwork& network, const Hamiltonian& hamiltonian, const CycleSettings& settings,
                           std::uint64_t replica) {
  ProtocolOptions options = settings.options;
  options.entity = replica;
  std::vector<ProtocolStep> steps = settings.steps;
  for (ProtocolStep& step : steps) step.current *= network.host_mass * constants::dalton;
  if (options.conditions.fast_rate == 0)
    options.conditions.fast_rate = rate_to_equilibrate(steps, network.sites.size());
  const std::size_t sodium = sodium_at(network, settings.capacity);
  Stream stream(options.seed, Purpose::Protocol, 1, replica);
  Occupation start = sodium == 0
                         ? Occupation(hamiltonian)
                         : canonical_start(hamiltonian, network,
                                           {.temperature = options.conditions.temperature, .sodium = sodium}, stream);
  return run_protocol(network, std::move(start), settings.transfer, steps, options);
}

std::vector<ProtocolResult> run_cycle(const SiteNetwork& network, const CycleSettings& settings,
                                      const Communicator& ranks, const ProgressObserver& progress) {
  const Hamiltonian hamiltonian(network, settings.sodium);
  double done = 0;
  const auto flats = run_replicas(
      settings.replicas,
      [&](int replica) {
        const auto flat = flattened(run_replica(network, hamiltonian, settings, static_cast<std::uint64_t>(replica)));
#pragma omp critical(cardhouse_cycle_progress)
        notify(progress, std::min(1.0, ++done * ranks.size() / settings.replicas));
        return flat;
      },
      ranks);
  std::vector<ProtocolResult> runs;
  for (const std::vector<double>& flat : flats) runs.push_back(unflattened(flat));
  return runs;
}

// The first coupling is the cycle; a second one stands beside it.
void run(StageContext& context) {
  CycleSettings settings = read_cycle_settings(context.settings);
  const SiteNetwork network = read_network(context.file, "sites/network");
  settings.options.seed = context.seed;
  settings.options.conditions.places = places_of(settings.places, network);
  const auto cycles = static_cast<double>(settings.couplings.size());
  std::vector<SummaryRow> rows;
  for (std::size_t cycle = 0; cycle < settings.couplings.size(); ++cycle) {
    settings.sodium.terms.shared_reservoir = settings.couplings[cycle];
    const std::vector<ProtocolResult> runs = run_cycle(network, settings, context.ranks, [&](double fraction) {
      notify(context.progress, (static_cast<double>(cycle) + fraction) / cycles);
    });
    const std::string suffix = cycle == 0 ? "" : "_uncoupled";
    context.file.write_table("cycle/records" + suffix, record_table(runs, network));
    if (settings.pulses.size() > 1)
      context.file.write_table("cycle/pulses" + suffix, pulse_table(runs, settings.pulses, network));
    if (cycle == 0) rows = summarise_cycle(runs, network, settings.options.conditions.places);
    for (SummaryRow& row : summarise_releases(runs, network, cycle == 0 ? "" : ", uncoupled"))
      rows.push_back(std::move(row));
  }
  write_summary(context.file, "cycle", rows);
}

}  // namespace

StageActions stage_actions::cycle() {
  return {needs, check, run};
}

}  // namespace cardhouse
