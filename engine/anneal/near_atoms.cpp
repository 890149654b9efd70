#include "engine/anneal/near_atoms.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"
#include "engine/structure/cell_bins.hpp"

namespace cardhouse {
namespace {

void erase_value(std::vector<std::uint32_t>& values, std::uint32_t value) {
  const auto found = std::find(values.begin(), values.end(), value);
  EXPECTS(found != values.end());
  values.erase(found);
}

// The bins along one axis that touch bin `home` and its neighbours, each once.
int first_bin(int home, int count) {
  return count < 3 ? 0 : home - 1;
}
int last_bin(int home, int count) {
  return count < 3 ? count - 1 : home + 1;
}

}  // namespace

NearAtoms::NearAtoms(const CarbonNetwork& network, double reach, double slack)
    : radius_(reach + slack),
      slack_(slack),
      bin_counts_(bin_counts(network.cell(), reach + slack, network.size())),
      home_(network.size()),
      references_(network.positions()),
      lists_(network.size()) {
  EXPECTS(reach > 0 && slack > 0);
  bins_.resize(static_cast<std::size_t>(bin_counts_[0]) * static_cast<std::size_t>(bin_counts_[1]) *
               static_cast<std::size_t>(bin_counts_[2]));
  for (std::uint32_t atom = 0; atom < network.size(); ++atom)
    if (network.present(atom)) enlist(network, atom);
}

std::size_t NearAtoms::bin_of(const Cell& cell, const Vector3& position) const {
  const Vector3 fractional = cell.to_fractional(cell.wrap(position));
  std::size_t bin = 0;
  for (int axis = 0; axis < 3; ++axis) {
    const int along = std::clamp(static_cast<int>(fractional[axis] * bin_counts_[axis]), 0, bin_counts_[axis] - 1);
    bin = bin * static_cast<std::size_t>(bin_counts_[axis]) + static_cast<std::size_t>(along);
  }
  return bin;
}

void NearAtoms::enlist(const CarbonNetwork& network, std::uint32_t atom) {
  references_[atom] = network.position(atom);
  const std::size_t home = home_[atom] = bin_of(network.cell(), references_[atom]);
  const auto [nx, ny, nz] = bin_counts_;
  const int z = static_cast<int>(home) % nz, y = static_cast<int>(home) / nz % ny, x = static_cast<int>(home) / nz / ny;
  for (int i = first_bin(x, nx); i <= last_bin(x, nx); ++i)
    for (int j = first_bin(y, ny); j <= last_bin(y, ny); ++j)
      for (int k = first_bin(z, nz); k <= last_bin(z, nz); ++k) {
        const int bin = ((i + nx) % nx * ny + (j + ny) % ny) * nz + (k + nz) % nz;
        for (const std::uint32_t other : bins_[static_cast<std::size_t>(bin)]) {
          const Vector3 apart = network.cell().minimum_image(references_[other] - references_[atom]);
          if (squared_norm(apart) >= radius_ * radius_) continue;
          lists_[atom].push_back(other);
          lists_[other].push_back(atom);
        }
      }
  bins_[home].push_back(atom);
}

void NearAtoms::strike(std::uint32_t atom) {
  for (const std::uint32_t other : lists_[atom]) erase_value(lists_[other], atom);
  lists_[atom].clear();
  erase_value(bins_[home_[atom]], atom);
}

void NearAtoms::follow(const CarbonNetwork& network, std::uint32_t atom) {
  const Vector3 moved = network.cell().minimum_image(network.position(atom) - references_[atom]);
  if (squared_norm(moved) <= 0.25 * slack_ * slack_) return;
  strike(atom);
  enlist(network, atom);
}

void NearAtoms::remove(std::uint32_t atom) {
  strike(atom);
}

}  // namespace cardhouse
