#include "potentials/verlet_list.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t block_size = 256;  // homes

}  // namespace

VerletList::VerletList(const BondGraph& bonds, std::vector<std::uint8_t> kinds, std::size_t n_kinds, Options options)
    : bonds_(bonds), kinds_(std::move(kinds)), n_kinds_(n_kinds), options_(options) {
  EXPECTS(options_.cutoff > 0 && options_.skin > 0);
  EXPECTS(bonds_.size() == kinds_.size());
}

void VerletList::update(const Atoms& atoms) {
  EXPECTS(atoms.size() == kinds_.size());
  if (reference_.keeps_apart(atoms, options_.cutoff + options_.skin, options_.cutoff)) {
    sites_.refresh(atoms);
  } else {
    rebuild(atoms);
  }
}

void VerletList::rebuild(const Atoms& atoms) {
  ++rebuilds_;
  reference_.record(atoms);
  sites_.rebuild(atoms, options_.cutoff + options_.skin);
  excluded_.rebuild(atoms, bonds_, sites_);
  site_kinds_.resize(sites_.size());
  for (std::uint32_t site = 0; site < site_kinds_.size(); ++site) site_kinds_[site] = kinds_[sites_.owner(site)];
  homes_.clear();
  for (const std::uint32_t home : sites_.homes()) {
    if (sites_.owner(home) < centres_) homes_.push_back(home);
  }
  blocks_.clear();  // the new ones take their room
  fringe_blocks_.clear();
  blocks_ = make_blocks(homes_);
  if (options_.fringe) find_fringe();
}

void VerletList::find_fringe() {
  std::vector<std::uint8_t> near(kinds_.size());
  for (const Block& block : blocks_) {
    for (const std::uint32_t site : block.neighbours) near[sites_.owner(site)] = 1;
  }
  fringe_homes_.clear();
  for (const std::uint32_t home : sites_.homes()) {
    const std::uint32_t atom = sites_.owner(home);
    if (atom >= centres_ && near[atom]) fringe_homes_.push_back(home);
  }
  fringe_blocks_ = make_blocks(fringe_homes_);
}

std::vector<VerletList::Block> VerletList::make_blocks(std::span<const std::uint32_t> homes) const {
  std::vector<Block> blocks((homes.size() + block_size - 1) / block_size);
#pragma omp parallel if (blocks.size() > 1)
  {
    Scratch scratch;
    scratch.by_kind.resize(n_kinds_);
#pragma omp for schedule(dynamic)
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      blocks[b].homes = homes.subspan(b * block_size, std::min(block_size, homes.size() - b * block_size));
      fill(blocks[b], scratch);
    }
  }
  return blocks;
}

void VerletList::clear_ghosts(std::span<Vector3> forces) const {
  std::fill(forces.begin() + static_cast<std::ptrdiff_t>(std::min(centres_, forces.size())), forces.end(), Vector3{});
}

void VerletList::fill(Block& block, Scratch& scratch) const {
  block.starts.assign(1, 0);
  scratch.of_block.clear();
  for (const std::uint32_t home : block.homes) {
    gather(home, scratch);
    for (const auto& sites : scratch.by_kind) {
      scratch.of_block.insert(scratch.of_block.end(), sites.begin(), sites.end());
      block.starts.push_back(scratch.of_block.size());
    }
  }
  block.neighbours.assign(scratch.of_block.begin(), scratch.of_block.end());
}

// Writes every site and keeps those within range, as there is no telling which they are.
void VerletList::find_near(std::uint32_t home, Scratch& scratch) const {
  const double range = options_.cutoff + options_.skin;
  const std::span positions = sites_.positions();
  const Vector3 centre = positions[home];
  std::vector<std::uint32_t>& near = scratch.near;
  std::size_t n = 0;
  sites_.visit_near(home, [&](std::uint32_t first, std::uint32_t last) {
    if (near.size() < n + (last - first)) near.resize(2 * (n + (last - first)));
    std::uint32_t* const kept = near.data();
    for (std::uint32_t site = first; site < last; ++site) {
      kept[n] = site;
      n += squared_norm(positions[site] - centre) <= range * range;
    }
  });
  near.resize(n);
}

void VerletList::gather(std::uint32_t home, Scratch& scratch) const {
  excluded_.collect(sites_.owner(home), scratch.excluded);
  for (auto& sites : scratch.by_kind) sites.clear();
  find_near(home, scratch);
  const Vector3* const positions = sites_.positions().data();
  const Vector3 centre = positions[home];
  const double bonded = excluded_.reach() * excluded_.reach();
  const auto is_excluded = [&](std::uint32_t site) {
    const std::uint64_t key = ExcludedPairs::key(sites_.owner(site), sites_.shift(site));
    return std::binary_search(scratch.excluded.begin(), scratch.excluded.end(), key);
  };
  for (const std::uint32_t site : scratch.near)
    if (squared_norm(positions[site] - centre) > bonded || !is_excluded(site))
      scratch.by_kind[site_kinds_[site]].push_back(site);
}

}  // namespace cardhouse
