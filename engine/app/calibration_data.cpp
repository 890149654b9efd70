#include "engine/app/calibration_data.hpp"

#include <algorithm>
#include <functional>

namespace cardhouse {
namespace {

constexpr Dimension current_density = dimension::charge / (dimension::time * dimension::area);

std::string source_of(const DeckTable& entry) {
  std::string source = entry.text("source");
  if (source.empty()) entry.fail("source", "empty source", "say where it was measured, or \"estimate\"");
  return source;
}

double positive(const DeckTable& table, std::string_view key, Dimension dimension) {
  const double value = table.quantity(key, dimension);
  if (!(value > 0)) table.fail(key, "must be positive");
  return value;
}

SourcedEstimate positive_estimate(const DeckTable& table, std::string_view key, Dimension dimension) {
  const DeckTable entry = table.table(key);
  const Estimate estimate{positive(entry, "value", dimension), positive(entry, "error", dimension)};
  return {estimate, source_of(entry)};
}

ParameterWindow window(const DeckTable& table, std::string_view key, Dimension dimension) {
  const DeckTable entry = table.table(key);
  source_of(entry);
  const ParameterWindow result{entry.quantity("low", dimension), entry.quantity("high", dimension)};
  if (!(result.low < result.high)) entry.fail("high", "must exceed low");
  return result;
}

SlopeData read_slope(const DeckTable& table) {
  SlopeData slope;
  slope.source = source_of(table);
  slope.temperature = positive(table, "temperature", dimension::temperature);
  slope.voltages = table.quantities("voltages", dimension::voltage);
  if (slope.voltages.empty()) table.fail("voltages", "names no voltage");
  if (std::ranges::adjacent_find(slope.voltages, std::less_equal<>()) != slope.voltages.end())
    table.fail("voltages", "must fall from one to the next");
  if (!(slope.voltages.back() > 0)) table.fail("voltages", "must be positive");
  const std::vector<double> capacities = table.quantities("capacities", dimension::specific_capacity);
  if (capacities.size() != slope.voltages.size()) table.fail("capacities", "needs one for each voltage");
  if (std::ranges::adjacent_find(capacities, std::greater_equal<>()) != capacities.end() || !(capacities.front() > 0))
    table.fail("capacities", "must be positive and rise as the voltage falls");
  const DeckTable entry = table.table("error");
  source_of(entry);
  const double error = in_unit(positive(entry, "value", dimension::specific_capacity), "mAh/g");
  for (const double capacity : capacities) slope.capacities.push_back({in_unit(capacity, "mAh/g"), error});
  slope.gallery_shift = window(table, "gallery_shift", dimension::energy);
  slope.offset_density = window(table, "offset_density", dimension::none / dimension::area);
  if (slope.offset_density.low < 0) table.fail("offset_density", "must not be negative");
  slope.charge = window(table, "charge", dimension::charge);
  if (slope.charge.low <= 0 || slope.charge.high > 1) table.fail("charge", "lies between 0 and 1 e");
  return slope;
}

PlateauData read_plateau(const DeckTable& table) {
  return {positive_estimate(table, "peak", dimension::voltage),
          positive_estimate(table, "pore_diameter", dimension::length),
          positive(table, "temperature", dimension::temperature)};
}

ExchangeData read_exchange(const DeckTable& table) {
  ExchangeData data{positive_estimate(table, "current_density", current_density), table.number("composition"),
                    positive(table, "temperature", dimension::temperature),
                    positive_estimate(table, "roughness", dimension::none)};
  if (!(data.composition > 0 && data.composition < 1)) table.fail("composition", "lies between 0 and 1");
  return data;
}

}  // namespace

CalibrationData read_calibration_data(const Deck& deck) {
  const DeckTable root = deck.root();
  const long seed = root.integer("seed", 1);
  if (seed < 0) root.fail("seed", "is negative");
  CalibrationData data{static_cast<std::uint64_t>(seed), read_slope(root.table("slope")),
                       read_plateau(root.table("plateau")), read_exchange(root.table("exchange"))};
  deck.reject_unknown_keys();
  return data;
}

CalibrationData read_calibration_data(const std::string& path) {
  return read_calibration_data(Deck::from_file(path));
}

}  // namespace cardhouse
