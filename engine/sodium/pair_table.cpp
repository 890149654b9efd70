#include "engine/sodium/pair_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

float rounded_for_pairs(double value) {
  return static_cast<float>(rounded_for_exact_sums(value));
}

}  // namespace

double rounded_for_exact_sums(double value) {
  return std::round(value * 0x1p24) * 0x1p-24;
}

PairTable::PairTable(const NeighbourList& neighbours, const Strength& strength) {
  offsets_.reserve(neighbours.size() + 1);
  offsets_.push_back(0);
  for (std::size_t i = 0; i < neighbours.size(); ++i) add_row(i, neighbours.of(i), strength);
  entries_.shrink_to_fit();
}

// Neighbours are sorted by index: images of one site follow each other. What a row above has is taken from there, so
// that the table is symmetric to the last bit.
void PairTable::add_row(std::size_t site, std::span<const Neighbour> neighbours, const Strength& strength) {
  const std::size_t begin = entries_.size();
  const auto is_open = [&](std::uint32_t index) { return entries_.size() > begin && entries_.back().site == index; };
  for (const Neighbour& neighbour : neighbours) {
    const double distance = norm(neighbour.displacement);
    if (neighbour.index == site && distance < 1e-6) continue;
    if (neighbour.index < site) {
      if (is_open(neighbour.index)) continue;
      if (const double value = this->value(neighbour.index, site); value != 0)
        entries_.push_back({neighbour.index, static_cast<float>(value)});
      continue;
    }
    const float value = rounded_for_pairs(strength(site, neighbour.index, distance));
    if (value == 0) continue;
    if (neighbour.index == site) {
      self_.resize(std::max(self_.size(), site + 1), 0.0);
      self_[site] += static_cast<double>(value) / 2;
    } else if (is_open(neighbour.index))
      entries_.back().value = rounded_for_pairs(static_cast<double>(entries_.back().value) + value);
    else
      entries_.push_back({neighbour.index, value});
  }
  EXPECTS(entries_.size() < std::numeric_limits<std::uint32_t>::max());
  offsets_.push_back(static_cast<std::uint32_t>(entries_.size()));
}

double PairTable::largest_value() const {
  float largest = 0;
  for (const Entry& entry : entries_) largest = std::max(largest, entry.value);
  return largest;
}

double PairTable::value(std::size_t first, std::size_t second) const {
  const auto row = of(first);
  const auto found =
      std::ranges::lower_bound(row, second, {}, [](const Entry& e) { return static_cast<std::size_t>(e.site); });
  return found != row.end() && found->site == second ? found->value : 0;
}

}  // namespace cardhouse
