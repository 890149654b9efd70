#include "potentials/directed_pairs.hpp"

#include <algorithm>
#include <numeric>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t block_size = 256;  // rows

}  // namespace

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
  const std::size_t n_blocks = (rows() + block_size - 1) / block_size;
  std::vector<std::vector<std::uint32_t>> found(n_blocks);
  starts_.assign(rows() + 1, 0);
#pragma omp parallel for schedule(dynamic) if (n_blocks > 1)
  for (std::size_t block = 0; block < n_blocks; ++block) {
    for (std::size_t row = block * block_size; row < std::min(rows(), (block + 1) * block_size); ++row) {
      const std::uint32_t home = homes_[row];
      const Vector3 centre = positions[home];
      const std::size_t before = found[block].size();
      sites_.visit_near(home, [&](std::uint32_t first, std::uint32_t last) {
        for (std::uint32_t site = first; site < last; ++site) {
          if (site != home && squared_norm(positions[site] - centre) <= range * range) found[block].push_back(site);
        }
      });
      starts_[row + 1] = static_cast<std::uint32_t>(found[block].size() - before);
    }
  }
  longest_row_ = rows() == 0 ? 0 : *std::max_element(starts_.begin(), starts_.end());
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
  sites_of_.clear();
  for (const auto& sites : found) sites_of_.insert(sites_of_.end(), sites.begin(), sites.end());
}

void DirectedPairs::find_reverses() {
  reverse_.resize(size());
#pragma omp parallel for schedule(static) if (rows() > block_size)
  for (std::size_t row = 0; row < rows(); ++row) {
    for (std::uint32_t pair = starts_[row]; pair < starts_[row + 1]; ++pair) reverse_[pair] = reverse_of(row, pair);
  }
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
