#include "potentials/image_sites.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t least_for_threads = 2000;  // below this, starting threads costs more than it saves

template <class T>
void permute(std::vector<T>& values, const std::vector<std::uint32_t>& order) {
  std::vector<T> sorted(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) sorted[i] = values[order[i]];
  values.swap(sorted);
}

}  // namespace

void ImageSites::rebuild(const Atoms& atoms, double reach) {
  EXPECTS(reach > 0);
  choose_bins(atoms.cell, reach, atoms.size());
  std::vector<Vector3> wrapped(atoms.size());
  wraps_.resize(atoms.size());
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    wrapped[i] = atoms.cell.to_fractional(atoms.positions[i]);
    for (int axis = 0; axis < 3; ++axis) {
      const double cells = std::floor(wrapped[i][axis]);
      wraps_[i][axis] = static_cast<std::int32_t>(cells);
      wrapped[i][axis] -= cells;
    }
  }
  collect(wrapped);
  sort_by_bin();
  refresh(atoms);
}

void ImageSites::choose_bins(const Cell& cell, double reach, std::size_t n_atoms) {
  double total = 1;
  for (int axis = 0; axis < 3; ++axis) {
    reach_[axis] = reach / cell.widths()[axis];
    bins_[axis] = std::max(1, static_cast<int>(2 * (1 + 2 * reach_[axis]) / reach_[axis]));  // half a reach wide
    total *= bins_[axis];
  }
  const double most = 64 + 8.0 * static_cast<double>(n_atoms);  // of no use to have many more bins than atoms
  if (total <= most) return;
  const double shrink = std::cbrt(most / total);
  for (int& bins : bins_) bins = std::max(1, static_cast<int>(bins * shrink));
}

void ImageSites::collect(std::span<const Vector3> wrapped) {
  owners_.clear(), shifts_.clear(), fractional_.clear();
  for (std::uint32_t atom = 0; atom < wrapped.size(); ++atom) {
    std::array<int, 3> low;
    std::array<int, 3> high;
    for (int axis = 0; axis < 3; ++axis) {
      low[axis] = static_cast<int>(std::ceil(-reach_[axis] - wrapped[atom][axis]));
      high[axis] = static_cast<int>(std::floor(1 + reach_[axis] - wrapped[atom][axis]));
    }
    for (int x = low[0]; x <= high[0]; ++x) {
      for (int y = low[1]; y <= high[1]; ++y) {
        for (int z = low[2]; z <= high[2]; ++z) {
          owners_.push_back(atom);
          shifts_.push_back({static_cast<std::int8_t>(x), static_cast<std::int8_t>(y), static_cast<std::int8_t>(z)});
          fractional_.push_back(wrapped[atom] + Vector3{1.0 * x, 1.0 * y, 1.0 * z});
        }
      }
    }
  }
}

void ImageSites::sort_by_bin() {
  const std::size_t n_bins = static_cast<std::size_t>(bins_[0]) * bins_[1] * bins_[2];
  std::vector<std::size_t> bin(size());
  bin_starts_.assign(n_bins + 1, 0);
  for (std::size_t site = 0; site < size(); ++site) {
    const auto at = bin_of(fractional_[site], 0);
    bin[site] = (static_cast<std::size_t>(at[0]) * bins_[1] + at[1]) * bins_[2] + at[2];
    ++bin_starts_[bin[site] + 1];
  }
  std::partial_sum(bin_starts_.begin(), bin_starts_.end(), bin_starts_.begin());
  std::vector<std::uint32_t> order(size());
  std::vector<std::uint32_t> next(bin_starts_.begin(), bin_starts_.end() - 1);
  for (std::uint32_t site = 0; site < size(); ++site) order[next[bin[site]]++] = site;
  permute(owners_, order);
  permute(shifts_, order);
  permute(fractional_, order);
  homes_.clear();
  for (std::uint32_t site = 0; site < size(); ++site) {
    if (shifts_[site] == ImageShift{0, 0, 0}) homes_.push_back(site);
  }
}

void ImageSites::refresh(const Atoms& atoms) {
  positions_.resize(size());
  const auto& [a, b, c] = atoms.cell.vectors();
#pragma omp parallel for schedule(static) if (owners_.size() > least_for_threads)
  for (std::size_t site = 0; site < owners_.size(); ++site) {
    const auto& wrap = wraps_[owners_[site]];
    const ImageShift& shift = shifts_[site];
    positions_[site] =
        atoms.positions[owners_[site]] + (shift[0] - wrap[0]) * a + (shift[1] - wrap[1]) * b + (shift[2] - wrap[2]) * c;
  }
}

std::array<int, 3> ImageSites::bin_of(const Vector3& fractional, int side) const {
  std::array<int, 3> bin;
  for (int axis = 0; axis < 3; ++axis) {
    const double along = (fractional[axis] + (1 + side) * reach_[axis]) / (1 + 2 * reach_[axis]);
    bin[axis] = std::clamp(static_cast<int>(std::floor(along * bins_[axis])), 0, bins_[axis] - 1);
  }
  return bin;
}

}  // namespace cardhouse
