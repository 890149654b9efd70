#include "engine/transport/release.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t bins = 20;

using Binned = std::array<RunningMoments, bins>;  // of the sodium on the classes, by charge

struct ChargeRange {
  double least = std::numeric_limits<double>::infinity();
  double most = 0;

  double width() const { return (most - least) / bins; }
  std::size_t bin_of(double sodium) const {
    return std::min(bins - 1, static_cast<std::size_t>((sodium - least) / width()));
  }
};

ChargeRange range_of(std::span<const ProtocolResult> runs) {
  ChargeRange range;
  for (const ProtocolResult& run : runs)
    for (const ProtocolRecord& record : run.records) {
      range.least = std::min(range.least, static_cast<double>(record.sodium));
      range.most = std::max(range.most, static_cast<double>(record.sodium));
    }
  return range;
}

Binned binned(const ProtocolResult& run, std::span<const SiteClass> classes, const ChargeRange& range) {
  Binned result;
  for (std::size_t i = 1; i < run.records.size(); ++i) {
    const ProtocolRecord& record = run.records[i];
    const ProtocolRecord& before = run.records[i - 1];
    if (record.step != before.step || record.sodium <= before.sodium) continue;
    double on_classes = 0;
    for (const SiteClass kind : classes)
      on_classes += static_cast<double>(record.by_class[static_cast<std::size_t>(kind)]);
    result[range.bin_of(static_cast<double>(record.sodium))].add(on_classes);
  }
  return result;
}

// Of the runs that came by both charges.
Estimate fall_between(const std::vector<Binned>& runs, std::size_t before, std::size_t after) {
  std::vector<double> falls;
  for (const Binned& run : runs)
    if (run[before].count() > 0 && run[after].count() > 0) falls.push_back(run[before].mean() - run[after].mean());
  return falls.size() < 2 ? Estimate{} : mean_of(falls);
}

}  // namespace

Release largest_release(std::span<const ProtocolResult> runs, std::span<const SiteClass> classes) {
  EXPECTS(runs.size() >= 2);
  const ChargeRange range = range_of(runs);
  if (!(range.most > range.least)) return {};
  std::vector<Binned> all;
  for (const ProtocolResult& run : runs) all.push_back(binned(run, classes, range));
  Release largest;
  for (std::size_t before = 0; before < bins; ++before)
    for (std::size_t after = before + 1; after < bins; ++after) {
      const Estimate fall = fall_between(all, before, after);
      if (fall.value <= largest.fall.value) continue;
      const auto middle = [&](std::size_t bin) {
        return range.least + (static_cast<double>(bin) + 0.5) * range.width();
      };
      largest = {fall, middle(before), middle(after)};
    }
  return largest;
}

}  // namespace cardhouse
