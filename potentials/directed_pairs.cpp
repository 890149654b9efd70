#include "potentials/directed_pairs.hpp"

#include <algorithm>
#include <numeric>

#include "engine/base/contracts.hpp"

namespace cardhouse {

DirectedPairs::DirectedPairs(Options options) : options_(options) {
  EXPECTS(options_.cutoff > 0 && options_.skin > 0);
}

void DirectedPairs::update(const Atoms& atoms) {
  if (rows_.size() == atoms.size() && reference_.keeps_apart(atoms, options_.cutoff + options_.skin, options_.cutoff)) {
    sites_.refresh(atoms);
  } else {
    rebuild(atoms);
  }
}

void DirectedPairs::rebuild(const Atoms& atoms) {
  ++rebuilds_;
  reference_.record(atoms);
  sites_.rebuild(atoms, options_.cutoff + options_.skin);
  homes_.assign(sites_.homes().begin(), sites_.homes().end());
  rows_.resize(homes_.size());
  for (std::uint32_t row = 0; row < homes_.size(); ++row) rows_[owner(row)] = row;
  collect();
  find_reverses();
}

void DirectedPairs::collect() {
  const double range = options_.cutoff + options_.skin;
  const std::span positions = sites_.positions();
  std::vector<std::vector<std::uint32_t>> found(blocks());
  starts_.assign(rows() + 1, 0);
  for_row_blocks([&](std::size_t row, std::size_t last, std::size_t block) {
    for (; row < last; ++row) {
      const std::uint32_t home = homes_[row];
      const Vector3 centre = positions[home];
      const std::size_t before = found[block].size();
      sites_.visit_near(home, [&](std::uint32_t begin, std::uint32_t end) {
        for (std::uint32_t site = begin; site < end; ++site) {
          if (site != home && squared_norm(positions[site] - centre) <= range * range) found[block].push_back(site);
        }
      });
      starts_[row + 1] = static_cast<std::uint32_t>(found[block].size() - before);
    }
  });
  longest_row_ = rows() == 0 ? 0 : *std::max_element(starts_.begin(), starts_.end());
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
  sites_of_.clear();
  for (const auto& sites : found) sites_of_.insert(sites_of_.end(), sites.begin(), sites.end());
}

void DirectedPairs::find_reverses() {
  reverse_.resize(size());
  for_rows([&](std::size_t row) {
    for (std::uint32_t pair = starts_[row]; pair < starts_[row + 1]; ++pair) reverse_[pair] = reverse_of(row, pair);
  });
}

std::uint32_t DirectedPairs::reverse_of(std::size_t row, std::size_t pair) const {
  const ImageShift& shift = sites_.shift(sites_of_[pair]);
  const std::uint32_t other = rows_[neighbour(pair)];
  for (std::uint32_t candidate = starts_[other]; candidate < starts_[other + 1]; ++candidate) {
    if (neighbour(candidate) != owner(row)) continue;
    const ImageShift& back = sites_.shift(sites_of_[candidate]);
    if (back[0] == -shift[0] && back[1] == -shift[1] && back[2] == -shift[2]) return candidate;
  }
  return static_cast<std::uint32_t>(size());
}

}  // namespace cardhouse
