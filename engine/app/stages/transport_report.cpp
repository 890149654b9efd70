#include "engine/app/stages/transport_report.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cardhouse {
namespace {

// Without a diffusive regime there is no diffusivity, only a bound: what the displacements allow at most.
Estimate upper_bound(const Estimate& diffusivity) {
  return {std::max(0.0, diffusivity.value) + 2 * diffusivity.error, -1};
}

std::string describe_check(const AccelerationReport& report) {
  const std::string remark = fmt::format("of D* with twice the cap; of D_J {:.0f} +- {:.0f} %",
                                         100 * report.jump_change.value, 100 * report.jump_change.error);
  switch (report.verdict()) {
    case AccelerationReport::Verdict::Converged:
      return remark + ": converged (5 %)";
    case AccelerationReport::Verdict::Open:
      return remark + ": no change beyond the error, 5 % cannot be told; take more hops";
    default:
      return remark + ": not converged, D is too low; force a higher `cap`";
  }
}

std::string describe_bottleneck(const FlowCap& cap) {
  if (cap.bottleneck == 0) return "no way leads through the cell";
  return fmt::format("the weakest link on the way through passes {:.1e} 1/s", cap.bottleneck);
}

}  // namespace

Table displacement_table(const TransportResult& result) {
  return {{{"time", "s", "lag", result.lags},
           {"tracer", "angstrom2", "mean squared displacement of single sodium, replica 0", result.tracer_squared},
           {"jump", "angstrom2", "of all sodium together over their number, replica 0", result.jump_squared}}};
}

Table hop_table(const TransportResult& result, double sodium_seconds) {
  Table table{{{"from", "1", "site class", {}},
               {"to", "1", "site class", {}},
               {"hops", "1", "all replicas; slowed links count what they still do", {}},
               {"rate", "1/s", "hops a sodium and second", {}},
               {"through_mouths", "1", "sodium that came into a mouth from class `from` and left it to class `to`", {}},
               {"mouth_flux", "1/s", "the same, a sodium and second", {}},
               {"through_necks", "1", "hops over barriers of 0.4 eV or more, no mouth at either end", {}},
               {"neck_flux", "1/s", "the same, a sodium and second", {}}}};
  const double per = sodium_seconds > 0 ? 1 / sodium_seconds : 0;
  for (std::size_t from = 0; from < site_class_count; ++from)
    for (std::size_t to = 0; to < site_class_count; ++to) {
      const auto hops = static_cast<double>(result.hops_by_class[from][to]);
      const auto mouths = static_cast<double>(result.through_mouths[from][to]);
      const auto necks = static_cast<double>(result.through_necks[from][to]);
      if (hops + mouths == 0) continue;
      const double row[] = {static_cast<double>(from),
                            static_cast<double>(to),
                            hops,
                            per * hops,
                            mouths,
                            per * mouths,
                            necks,
                            per * necks};
      for (std::size_t k = 0; k < table.columns.size(); ++k) table.columns[k].values.push_back(row[k]);
    }
  return table;
}

std::vector<SummaryRow> summarise_hops(const TransportResult& result, double sodium_seconds) {
  const std::uint64_t through = total_across(result.through_mouths);
  const std::uint64_t back = total(result.through_mouths) - through;
  const double per = sodium_seconds > 0 ? 1 / sodium_seconds : 0;
  const std::uint64_t necks = total(result.through_necks);
  return {
      {"flux through mouths",
       {per * static_cast<double>(through), -1},
       "1/s",
       fmt::format("a sodium, into another class; {} passages, {} that went back or on to the like", through, back)},
      {"flux through necks",
       {per * static_cast<double>(necks), -1},
       "1/s",
       fmt::format("a sodium; {} hops over 0.4 eV or more", necks)}};
}

Table way_table(const EasiestWay& way, const SiteNetwork& network) {
  Table table{{{"from", "1", "site", {}},
               {"to", "1", "site", {}},
               {"from_class", "1", "site class", {}},
               {"to_class", "1", "site class", {}},
               {"energy", "eV", "of single sodium at `from`, against sodium metal", {}},
               {"barrier", "eV", "kinetically resolved", {}},
               {"saddle", "eV", "against sodium metal", {}},
               {"spacing", "angstrom", "of the narrower gallery of both ends; 0 outside galleries", {}}}};
  for (const WayHop& hop : way.hops) {
    const Site& from = network.sites[hop.from];
    const Site& to = network.sites[hop.to];
    const double both = std::min(from.spacing, to.spacing);
    const double row[] = {static_cast<double>(hop.from),
                          static_cast<double>(hop.to),
                          static_cast<double>(from.kind),
                          static_cast<double>(to.kind),
                          hop.energy,
                          hop.barrier,
                          hop.saddle,
                          both > 0 ? both : std::max(from.spacing, to.spacing)};
    for (std::size_t k = 0; k < table.columns.size(); ++k) table.columns[k].values.push_back(row[k]);
  }
  return table;
}

SummaryRow summarise_way(const std::optional<EasiestWay>& way, const SiteNetwork& network) {
  if (!way) return {"easiest way through", {0, -1}, "eV", "none: no way leads through the cell"};
  const WayHop& worst = way->hops.front();
  const auto kind = [&](std::uint32_t site) { return std::string(name(network.sites[site].kind)); };
  return {
      "easiest way through",
      {way->highest() - way->lowest(), -1},
      "eV",
      fmt::format("highest saddle over the deepest site of the way, {:.2f} over the deepest of all; a hop from {} to "
                  "{}, barrier {:.2f} eV; {} hops",
                  way->highest() - way->deepest, kind(worst.from), kind(worst.to), worst.barrier, way->hops.size())};
}

Table residence_table(const std::array<ResidenceRow, site_class_count>& rows) {
  Table table{
      {{"class",
        "1",
        "site class: 0 gallery, 1 terrace, 2 defect, 3 edge, 4 pore wall, 5 pore core, 6 mouth, 7 slit",
        {}},
       {"sites", "1", "their number", {}},
       {"median", "s", "mean time before single sodium leaves the superbasin of its site, median over sites", {}},
       {"nine_tenths", "s", "nine tenths of the sites are left faster", {}},
       {"lost", "1", "share of sites not left within ten hours", {}}}};
  for (const ResidenceRow& row : rows) {
    const double values[] = {static_cast<double>(row.kind), static_cast<double>(row.sites), row.median, row.nine_tenths,
                             row.lost};
    for (std::size_t k = 0; k < table.columns.size(); ++k) table.columns[k].values.push_back(values[k]);
  }
  return table;
}

SummaryRow summarise_residence(const Residence& residence) {
  const auto lost = std::count_if(residence.escape_times.begin(), residence.escape_times.end(),
                                  [](double time) { return time > lost_after; });
  const double share = static_cast<double>(lost) / static_cast<double>(residence.escape_times.size());
  const std::uint32_t largest = *std::max_element(residence.sizes.begin(), residence.sizes.end());
  return {"sites that trap sodium",
          {100 * share, -1},
          "%",
          fmt::format("single sodium stays ten hours; {} superbasins, the largest of {} sites", residence.sizes.size(),
                      largest)};
}

SummaryRow summarise_sectors(const SectorReport& report) {
  const SectorBias& bias = report.bias;
  return {"error of D by sectors, at most",
          {100 * bias.diffusivity, -1},
          "%",
          fmt::format("{} domains of {} sectors, cycles of {:.1e} s; collective terms lag by {:.3f} kT", report.domains,
                      report.sectors, report.cycle_time, bias.group_error)};
}

std::vector<SummaryRow> summarise_transport(const TemperaturePoint& point) {
  const TransportResult& result = point.run.result;
  const Estimate tracer = square_metres(result.tracer);
  const Estimate jump = square_metres(result.jump);
  const std::string where = fmt::format("at {:.0f} mAh/g", result.capacity);
  const std::string bound = fmt::format("at most (95 %): rattling, displacement grows as t^({:.2f} +- {:.2f})",
                                        result.exponent.value, result.exponent.error);
  std::vector<SummaryRow> rows{
      {"tracer diffusivity", result.diffusive ? tracer : upper_bound(tracer), "m2/s",
       where + (result.diffusive ? "" : ", " + bound)},
      {"jump diffusivity", result.diffusive ? jump : upper_bound(jump), "m2/s",
       result.diffusive ? "of all sodium together" : "of all sodium together, at most (95 %)"},
      {"simulated time", {result.simulated_time, -1}, "s", fmt::format("{} hops", result.hops)}};
  if (result.sectors.domains > 0) rows.push_back(summarise_sectors(result.sectors));
  if (!point.factor) {
    rows.push_back({"thermodynamic factor", {0, -1}, "1", "not known: the number of sodium does not fluctuate enough"});
    return rows;
  }
  const Estimate chemical = square_metres(*point.chemical());
  rows.push_back({"thermodynamic factor", *point.factor, "1", "d(mu/kT)/d(ln N)"});
  rows.push_back({"chemical diffusivity", result.diffusive ? chemical : upper_bound(chemical), "m2/s",
                  result.diffusive ? "jump diffusivity times thermodynamic factor" : "at most (95 %)"});
  return rows;
}

std::vector<SummaryRow> summarise_acceleration(const AccelerationReport& report) {
  const std::string bottleneck = describe_bottleneck(report.cap);
  if (!report.is_accelerated()) return {{"cap of flows", {0, -1}, "1/s", "none, nothing to gain: " + bottleneck}};
  std::vector<SummaryRow> rows{
      {"cap of flows",
       {report.cap.flow, -1},
       "1/s",
       fmt::format("hops along a link, up to {:.1e} 1/s without; {}", report.cap.largest, bottleneck)},
      {"speed-up by the cap",
       {report.speed_up, -1},
       "1",
       fmt::format("simulated time an event, against {:.1e} s in all without cap", report.plain_time)}};
  if (report.verdict() == AccelerationReport::Verdict::NoDiffusion)
    rows.front().remark += "; not checked: no diffusion, with the cap or twice it";
  else
    rows.push_back(
        {"change of diffusivity", {100 * report.change.value, 100 * report.change.error}, "%", describe_check(report)});
  return rows;
}

}  // namespace cardhouse
