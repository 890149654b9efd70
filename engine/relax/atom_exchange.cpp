#include "engine/relax/atom_exchange.hpp"

#include <algorithm>
#include <numeric>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

std::vector<std::size_t> starts_of(std::span<const std::size_t> counts) {
  std::vector<std::size_t> starts(counts.size() + 1, 0);
  std::partial_sum(counts.begin(), counts.end(), starts.begin() + 1);
  return starts;
}

void put(const Vector3& v, std::vector<double>& values, std::size_t k) {
  values[3 * k] = v.x, values[3 * k + 1] = v.y, values[3 * k + 2] = v.z;
}

Vector3 taken(const std::vector<double>& values, std::size_t k) {
  return {values[3 * k], values[3 * k + 1], values[3 * k + 2]};
}

}  // namespace

AtomExchange::AtomExchange(const AtomDivision& division, std::span<const std::uint32_t> held) : division_(division) {
  std::vector<std::size_t> counts(static_cast<std::size_t>(division_.ranks().size()));
  for (const std::uint32_t atom : held) ++counts[static_cast<std::size_t>(division_.rank_of(atom))];
  held_starts_ = starts_of(counts);
  slot_starts_ = starts_of(division_.ranks().announce(counts));
  order_.resize(held.size());
  std::vector<std::size_t> next(held_starts_.begin(), held_starts_.end() - 1);
  for (std::uint32_t k = 0; k < held.size(); ++k)
    order_[next[static_cast<std::size_t>(division_.rank_of(held[k]))]++] = k;
  of_held_.assign(3 * held.size(), 0);
  of_own_.assign(3 * slot_starts_.back(), 0);
  for (std::size_t k = 0; k < held.size(); ++k) of_held_[3 * k] = division_.slot_of(held[order_[k]]);
  division_.ranks().exchange(parcels(of_held_, held_starts_), parcels(of_own_, slot_starts_));
  for (std::size_t k = 0; k < slot_starts_.back(); ++k) slots_.push_back(static_cast<std::uint32_t>(of_own_[3 * k]));
  for (std::size_t k = held_starts_[self()]; k < held_starts_[self() + 1]; ++k)
    slots_[slot_starts_[self()] + k - held_starts_[self()]] = division_.slot_of(held[order_[k]]);
}

std::vector<Parcel> AtomExchange::parcels(std::vector<double>& values, std::span<const std::size_t> starts) const {
  std::vector<Parcel> result;
  for (std::size_t rank = 0; rank + 1 < starts.size(); ++rank) {
    const std::size_t size = 3 * (starts[rank + 1] - starts[rank]);
    if (size > 0 && rank != self())
      result.push_back({static_cast<int>(rank), std::span(values).subspan(3 * starts[rank], size)});
  }
  return result;
}

void AtomExchange::fetch(std::span<const Vector3> own, std::span<Vector3> held) {
  EXPECTS(held.size() == order_.size());
  const auto each_other = [&](std::span<const std::size_t> starts, auto work) {
    for (std::size_t k = 0; k < starts[self()]; ++k) work(k);
    for (std::size_t k = starts[self() + 1]; k < starts.back(); ++k) work(k);
  };
  each_other(slot_starts_, [&](std::size_t k) { put(own[slots_[k]], of_own_, k); });
  division_.ranks().exchange(parcels(of_own_, slot_starts_), parcels(of_held_, held_starts_));
  each_other(held_starts_, [&](std::size_t k) { held[order_[k]] = taken(of_held_, k); });
  const std::size_t slot = slot_starts_[self()];
  for (std::size_t k = held_starts_[self()], n = 0; k < held_starts_[self() + 1]; ++k, ++n)
    held[order_[k]] = own[slots_[slot + n]];
}

void AtomExchange::add_up(std::span<const Vector3> held, std::span<Vector3> own) {
  EXPECTS(held.size() == order_.size());
  const std::size_t first = held_starts_[self()];
  const std::size_t last = held_starts_[self() + 1];
  for (std::size_t k = 0; k < first; ++k) put(held[order_[k]], of_held_, k);
  for (std::size_t k = last; k < order_.size(); ++k) put(held[order_[k]], of_held_, k);
  division_.ranks().exchange(parcels(of_held_, held_starts_), parcels(of_own_, slot_starts_));
  std::fill(own.begin(), own.end(), Vector3{});
  const std::size_t slot = slot_starts_[self()];
  for (std::size_t k = 0; k < slot; ++k) own[slots_[k]] += taken(of_own_, k);
  for (std::size_t k = first; k < last; ++k) own[slots_[slot + k - first]] += held[order_[k]];
  for (std::size_t k = slot_starts_[self() + 1]; k < slots_.size(); ++k) own[slots_[k]] += taken(of_own_, k);
}

}  // namespace cardhouse
