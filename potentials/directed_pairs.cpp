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
  sort_rows();
  rows_.resize(homes_.size());
  for (std::uint32_t row = 0; row < homes_.size(); ++row) rows_[owner(row)] = row;
  longest_row_ = 0;
  for (std::size_t row = 0; row < rows(); ++row)
    longest_row_ = std::max<std::size_t>(longest_row_, starts_[row + 1] - starts_[row]);
  find_reverses();
}

/// Rows of the centres with their pairs, then those of each level of ghosts, then the rest, each in the order of sites.
void DirectedPairs::sort_rows() {
  const std::span all = sites_.homes();
  std::vector<std::uint8_t> wanted(all.size());
  std::vector<std::uint8_t> placed(all.size());
  for (std::size_t atom = 0; atom < all.size(); ++atom) wanted[atom] = atom < centres_;
  homes_.clear();
  sites_of_.clear();
  level_ends_.clear();
  starts_.assign(1, 0);
  for (std::size_t level = 0; level <= options_.levels; ++level) {
    const std::size_t first = homes_.size();
    for (const std::uint32_t home : all) {
      const std::uint32_t atom = sites_.owner(home);
      if (!wanted[atom] || placed[atom]) continue;
      homes_.push_back(home);
      placed[atom] = 1;
    }
    collect(first, homes_.size());
    level_ends_.push_back(homes_.size());
    if (homes_.size() == all.size()) continue;
    for (std::size_t pair = starts_[first]; pair < size(); ++pair) wanted[neighbour(pair)] = 1;
  }
  for (const std::uint32_t home : all) {
    if (!placed[sites_.owner(home)]) homes_.push_back(home);
  }
  starts_.resize(homes_.size() + 1, starts_.back());
}

/// Appends the pairs of these rows.
void DirectedPairs::collect(std::size_t first, std::size_t last) {
  const double range = options_.cutoff + options_.skin;
  const std::span positions = sites_.positions();
  std::vector<std::vector<std::uint32_t>> found(blocks_of(last - first));
  starts_.resize(last + 1);
  for_blocks(found.size(), [&](std::size_t block) {
    std::size_t row = first + block * block_size;
    for (const std::size_t end = std::min(last, row + block_size); row < end; ++row) {
      const std::uint32_t home = homes_[row];
      const Vector3 centre = positions[home];
      const std::size_t before = found[block].size();
      sites_.visit_near(home, [&](std::uint32_t begin, std::uint32_t finish) {
        for (std::uint32_t site = begin; site < finish; ++site) {
          if (site != home && squared_norm(positions[site] - centre) <= range * range) found[block].push_back(site);
        }
      });
      starts_[row + 1] = static_cast<std::uint32_t>(found[block].size() - before);
    }
  });
  std::partial_sum(starts_.begin() + static_cast<std::ptrdiff_t>(first), starts_.end(),
                   starts_.begin() + static_cast<std::ptrdiff_t>(first));
  for (const auto& sites : found) sites_of_.insert(sites_of_.end(), sites.begin(), sites.end());
}

void DirectedPairs::find_reverses() {
  reverse_.resize(size());
  for_rows(options_.levels, [&](std::size_t row) {
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
