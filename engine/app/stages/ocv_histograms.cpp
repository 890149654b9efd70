#include "engine/app/stages/ocv_histograms.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr double pore_radius_step = 1;  // of the bins of pore_filling [angstrom]

// A histogram of the reports: edges of its bins, then quantities.
struct Histogram {
  std::string name, quantity, unit, meaning;
  EqualBins bins;
  std::string bin_unit;
  std::vector<double> OccupationReport::*values;
  double factor;
};

std::vector<Histogram> histograms(const HostMeasure& host) {
  return {{"gallery_spacings", "area_share", "1", "of the galleries", spacing_bins, "angstrom",
           &OccupationReport::spacing_areas, 1 / host.gallery_area},
          {"electrons", "electrons_per_c6", "1", "given to the carbon by sodium this far from it", wall_distance_bins,
           "angstrom", &OccupationReport::electrons_by_distance, 6 / host.carbon},
          {"nmr", "sodium", "mAh/g", "with this proxy of the 23Na shift; the first bin has all outside pores",
           shift_bins, "ppm", &OccupationReport::sodium_by_shift, host.unit}};
}

Estimate over_replicas(const std::vector<OccupationReport>& reports,
                       const std::function<double(const OccupationReport&)>& value) {
  std::vector<double> values;
  for (const OccupationReport& report : reports) values.push_back(value(report));
  return mean_of(values);
}

Table histogram_table(const SweepResult& result, const Histogram& histogram) {
  Table table{place_columns()};
  table.columns.push_back({"from", histogram.bin_unit, "lower end; the first bin holds what lies below", {}});
  table.columns.push_back({"to", histogram.bin_unit, "upper end; the last bin holds what lies above", {}});
  table.columns.push_back({histogram.quantity, histogram.unit, histogram.meaning, {}});
  table.columns.push_back({histogram.quantity + "_error", histogram.unit, "standard error", {}});
  for (const auto& [point, way] : rows_of(result))
    for (std::size_t bin = 0; bin < histogram.bins.count; ++bin) {
      const Estimate value = over_replicas(point->reports, [&](const OccupationReport& report) {
        return histogram.factor * (report.*histogram.values)[bin];
      });
      append_row(table, std::vector{way, point->voltage, histogram.bins.from(bin), histogram.bins.from(bin + 1),
                                    value.value, value.error});
    }
  return table;
}

// Pores by radius: bin and the numbers of the pores in it.
std::vector<std::vector<std::size_t>> pores_by_radius(const std::vector<MetalPore>& pores) {
  std::vector<std::vector<std::size_t>> bins;
  for (std::size_t i = 0; i < pores.size(); ++i) {
    const auto bin = static_cast<std::size_t>(pores[i].radius / pore_radius_step);
    bins.resize(std::max(bins.size(), bin + 1));
    bins[bin].push_back(i);
  }
  return bins;
}

// Where the filling of a pore in one replica first passes one half along the points: straight between two of them.
struct Passage {
  double voltage = 0;
  double step = 0;  // between the two
};
std::optional<Passage> passage(std::span<const SweepPoint* const> points, std::size_t pore, std::size_t replica) {
  const auto filling = [&](const SweepPoint* point) { return point->reports[replica].pore_filling[pore]; };
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double before = filling(points[i - 1]) - 0.5;
    const double after = filling(points[i]) - 0.5;
    if ((before > 0) == (after > 0)) continue;
    const double step = points[i]->voltage - points[i - 1]->voltage;
    return Passage{points[i - 1]->voltage + step * before / (before - after), std::abs(step)};
  }
  return std::nullopt;
}

// In which share of the replicas a pore passes one half, and where on average. The error has the spread of the replicas
// and that of an even chance within a step.
struct MeanPassage {
  double share = 0;
  Estimate voltage;
};
MeanPassage mean_passage(std::span<const SweepPoint* const> points, std::size_t pore) {
  std::vector<double> voltages;
  double step = 0;
  const std::size_t replicas = points.front()->reports.size();
  for (std::size_t replica = 0; replica < replicas; ++replica)
    if (const std::optional<Passage> found = passage(points, pore, replica)) {
      voltages.push_back(found->voltage);
      step = std::max(step, found->step);
    }
  if (voltages.empty()) return {};
  const Estimate mean = mean_of(voltages);
  return {static_cast<double>(voltages.size()) / static_cast<double>(replicas),
          {mean.value, std::hypot(mean.error, step / std::sqrt(12.0))}};
}

}  // namespace

std::vector<SweepRow> rows_of(const SweepResult& result) {
  std::vector<SweepRow> rows;
  for (const bool sodiation : {true, false})
    for (const SweepPoint& point : result.points)
      if (point.sodiation == sodiation) rows.push_back({&point, sodiation ? 0.0 : 1.0});
  for (const SweepPoint& point : result.beyond) rows.push_back({&point, 2.0});
  return rows;
}

const SweepPoint& end_of_sodiation(const SweepResult& result) {
  const auto last =
      std::find_if(result.points.rbegin(), result.points.rend(), [](const auto& p) { return p.sodiation; });
  EXPECTS(last != result.points.rend());
  return *last;
}

std::vector<Column> place_columns() {
  return {{"way", "1", "0: sodiation, 1: desodiation, 2: sodiation below the last voltage", {}},
          {"voltage", "V", "against sodium metal", {}}};
}

void append_row(Table& table, std::span<const double> row) {
  EXPECTS(row.size() == table.columns.size());
  for (std::size_t i = 0; i < row.size(); ++i) table.columns[i].values.push_back(row[i]);
}

std::vector<NamedTable> histogram_tables(const SweepResult& result, const HostMeasure& host) {
  std::vector<NamedTable> tables;
  for (const Histogram& histogram : histograms(host))
    tables.push_back({histogram.name, histogram_table(result, histogram)});
  return tables;
}

Table cluster_table(const SweepResult& result, const HostMeasure& host) {
  Table table{place_columns()};
  for (const Column& column : std::vector<Column>{{"from", "1", "sodium in a cluster, at least", {}},
                                                  {"to", "1", "and at most", {}},
                                                  {"clusters", "1/nm3", "of this size, per volume of the cell", {}},
                                                  {"sodium", "mAh/g", "in clusters of this size", {}},
                                                  {"sodium_error", "mAh/g", "standard error", {}}})
    table.columns.push_back(column);
  constexpr double per_nm3 = 1000;
  for (const auto& [point, way] : rows_of(result))
    for (std::size_t bin = 0; bin < cluster_bin_count; ++bin) {
      const Estimate clusters =
          over_replicas(point->reports, [&](const OccupationReport& report) { return report.clusters_by_size[bin]; });
      if (clusters.value == 0) continue;
      const Estimate sodium =
          over_replicas(point->reports, [&](const OccupationReport& report) { return report.sodium_by_cluster[bin]; });
      const double smallest = std::exp2(static_cast<double>(bin));
      append_row(table,
                 std::vector{way, point->voltage, smallest, 2 * smallest - 1, per_nm3 * clusters.value / host.volume,
                             host.unit * sodium.value, host.unit * sodium.error});
    }
  return table;
}

Table pore_filling_table(const SweepResult& result) {
  Table table{place_columns()};
  for (const Column& column :
       std::vector<Column>{{"radius_from", "angstrom", "of a sphere of the sodium that fits", {}},
                           {"radius_to", "angstrom", "the same, upper end", {}},
                           {"pores", "1", "of these radii", {}},
                           {"filling", "1", "share of what fits into them", {}},
                           {"filling_error", "1", "standard error", {}},
                           {"filled", "1", "share of them that is more than half full", {}}})
    table.columns.push_back(column);
  const std::vector<std::vector<std::size_t>> bins = pores_by_radius(result.pores);
  for (const auto& [point, way] : rows_of(result))
    for (std::size_t bin = 0; bin < bins.size(); ++bin) {
      if (bins[bin].empty()) continue;
      const auto count = static_cast<double>(bins[bin].size());
      double fits = 0, filled = 0;
      for (const std::size_t pore : bins[bin]) {
        fits += result.pores[pore].capacity;
        filled += over_replicas(point->reports, [&](const OccupationReport& r) {
                    return r.pore_filling[pore] > 0.5 ? 1.0 : 0.0;
                  }).value;
      }
      const Estimate filling = over_replicas(point->reports, [&](const OccupationReport& report) {
        double sodium = 0;
        for (const std::size_t pore : bins[bin]) sodium += report.pore_filling[pore] * result.pores[pore].capacity;
        return sodium / fits;
      });
      const double from = pore_radius_step * static_cast<double>(bin);
      append_row(table, std::vector{way, point->voltage, from, from + pore_radius_step, count, filling.value,
                                    filling.error, filled / count});
    }
  return table;
}

Table pore_table(const SweepResult& result, const HostMeasure& host) {
  Table table{{{"site", "1", "index of one of its sites in the network", {}},
               {"sites", "1", "of the pore", {}},
               {"sodium", "1", "that fits", {}},
               {"radius", "angstrom", "of a sphere of as much bcc sodium", {}},
               {"reachable", "1", "1 where sodium comes within 10 h", {}},
               {"fills", "1", "share of the replicas in which it gets more than half full on the way down", {}},
               {"fill_voltage", "V", "mean where; 0 where fills is 0", {}},
               {"fill_error", "V", "standard error, that of the step between voltages included", {}},
               {"empties", "1", "share of the replicas in which it gets less than half full on the way up", {}},
               {"empty_voltage", "V", "mean where; 0 where empties is 0", {}},
               {"empty_error", "V", "standard error, that of the step between voltages included", {}}}};
  std::vector<const SweepPoint*> down, up{&end_of_sodiation(result)};
  for (const auto& [point, way] : rows_of(result)) (way == 1 ? up : down).push_back(point);
  for (std::size_t i = 0; i < result.pores.size(); ++i) {
    const MetalPore& pore = result.pores[i];
    const MeanPassage fills = mean_passage(down, i);
    const MeanPassage empties = mean_passage(up, i);
    append_row(table, std::vector{static_cast<double>(pore.sites.front()), static_cast<double>(pore.sites.size()),
                                  pore.capacity, pore.radius, pore.access <= host.passable ? 1.0 : 0.0, fills.share,
                                  fills.voltage.value, fills.voltage.error, empties.share, empties.voltage.value,
                                  empties.voltage.error});
  }
  return table;
}

}  // namespace cardhouse
