#include "engine/sodium/pair_table.hpp"

#include <algorithm>
#include <cmath>

namespace cardhouse {

double rounded_for_exact_sums(double value) {
  constexpr double scale = 68719476736.0;  // 2^36
  return std::round(value * scale) / scale;
}

PairTable::PairTable(const NeighbourList& neighbours, const Strength& strength) : self_(neighbours.size(), 0.0) {
  offsets_.reserve(neighbours.size() + 1);
  offsets_.push_back(0);
  for (std::size_t i = 0; i < neighbours.size(); ++i) {
    const std::size_t begin = entries_.size();
    for (const Neighbour& neighbour : neighbours.of(i)) {  // sorted by index: images of one site follow each other
      const double value = rounded_for_exact_sums(strength(i, neighbour.index, norm(neighbour.displacement)));
      if (value == 0) continue;
      if (neighbour.index == i)
        self_[i] += value / 2;
      else if (entries_.size() > begin && entries_.back().site == neighbour.index)
        entries_.back().value += value;
      else
        entries_.push_back({neighbour.index, value});
    }
    offsets_.push_back(entries_.size());
  }
}

double PairTable::value(std::size_t first, std::size_t second) const {
  const auto row = of(first);
  const auto found =
      std::ranges::lower_bound(row, second, {}, [](const Entry& e) { return static_cast<std::size_t>(e.site); });
  return found != row.end() && found->site == second ? found->value : 0;
}

}  // namespace cardhouse
