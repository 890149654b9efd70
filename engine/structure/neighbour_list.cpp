#include "engine/structure/neighbour_list.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/structure/cell_bins.hpp"
#include "engine/structure/periodic_index.hpp"

namespace cardhouse {
namespace {

// Points sorted into bins of a fractional grid, at least the cut-off wide where the cell allows it.
class Bins {
 public:
  Bins(const Cell& cell, std::span<const Vector3> points, double cutoff)
      : cell_(cell), count_(bin_counts(cell, cutoff, points.size())) {
    for (int axis = 0; axis < 3; ++axis)
      reach_[axis] = static_cast<int>(std::ceil(cutoff * count_[axis] / cell.widths()[axis]));
    fill(points);
  }

  // Calls visit(index, displacement) for every image of every point in the bins that the cut-off sphere can touch.
  template <class Visit>
  void around(const Vector3& centre, Visit&& visit) const {
    const Vector3 fractional = cell_.to_fractional(centre);
    const std::array<int, 3> home = raw_bin(fractional);
    for (int i = home[0] - reach_[0]; i <= home[0] + reach_[0]; ++i)
      for (int j = home[1] - reach_[1]; j <= home[1] + reach_[1]; ++j)
        for (int k = home[2] - reach_[2]; k <= home[2] + reach_[2]; ++k) visit_bin({i, j, k}, centre, visit);
  }

 private:
  std::array<int, 3> raw_bin(const Vector3& fractional) const {
    std::array<int, 3> bin;
    for (int axis = 0; axis < 3; ++axis) bin[axis] = static_cast<int>(std::floor(fractional[axis] * count_[axis]));
    return bin;
  }

  void fill(std::span<const Vector3> points) {
    const auto bins = static_cast<std::size_t>(count_[0]) * static_cast<std::size_t>(count_[1] * count_[2]);
    std::vector<std::size_t> bin_of(points.size());
    images_.resize(points.size());
    starts_.assign(bins + 1, 0);
    for (std::size_t p = 0; p < points.size(); ++p) {
      images_[p] = cell_.wrap(points[p]);
      const std::array<int, 3> bin = raw_bin(cell_.to_fractional(images_[p]));
      bin_of[p] = index(std::clamp(bin[0], 0, count_[0] - 1), std::clamp(bin[1], 0, count_[1] - 1),
                        std::clamp(bin[2], 0, count_[2] - 1));
      ++starts_[bin_of[p] + 1];
    }
    for (std::size_t b = 0; b < bins; ++b) starts_[b + 1] += starts_[b];
    members_.resize(points.size());
    std::vector<std::size_t> next(starts_.begin(), starts_.end() - 1);
    for (std::size_t p = 0; p < points.size(); ++p) members_[next[bin_of[p]]++] = static_cast<std::uint32_t>(p);
  }

  std::size_t index(int i, int j, int k) const {
    return (static_cast<std::size_t>(i) * static_cast<std::size_t>(count_[1]) + static_cast<std::size_t>(j)) *
               static_cast<std::size_t>(count_[2]) +
           static_cast<std::size_t>(k);
  }

  template <class Visit>
  void visit_bin(const std::array<int, 3>& bin, const Vector3& centre, Visit&& visit) const {
    std::array<int, 3> image, inside;
    for (int axis = 0; axis < 3; ++axis) {
      image[axis] = floor_divide(bin[axis], count_[axis]);
      inside[axis] = fold_index(bin[axis], count_[axis]);
    }
    const Vector3 shift = cell_.to_cartesian({double(image[0]), double(image[1]), double(image[2])}) - centre;
    const std::size_t b = index(inside[0], inside[1], inside[2]);
    for (std::size_t m = starts_[b]; m < starts_[b + 1]; ++m) visit(members_[m], images_[members_[m]] + shift);
  }

  const Cell& cell_;
  std::array<int, 3> count_;
  std::array<int, 3> reach_{};
  std::vector<Vector3> images_;
  std::vector<std::size_t> starts_;
  std::vector<std::uint32_t> members_;
};

}  // namespace

NeighbourList::NeighbourList(const Cell& cell, std::span<const Vector3> positions, double cutoff) : cutoff_(cutoff) {
  build(cell, positions, positions, true);
}

NeighbourList::NeighbourList(const Cell& cell, std::span<const Vector3> positions, std::span<const Vector3> others,
                             double cutoff)
    : cutoff_(cutoff) {
  build(cell, positions, others, false);
}

void NeighbourList::build(const Cell& cell, std::span<const Vector3> positions, std::span<const Vector3> others,
                          bool same) {
  EXPECTS(cutoff_ > 0);
  const Bins bins(cell, others, cutoff_);
  const double limit = cutoff_ * cutoff_;
  offsets_.reserve(positions.size() + 1);
  offsets_.push_back(0);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto self = static_cast<std::uint32_t>(i);
    const std::size_t first = neighbours_.size();
    bins.around(positions[i], [&](std::uint32_t j, const Vector3& displacement) {
      const double squared = squared_norm(displacement);
      if (squared >= limit || (same && j == self && squared < 1e-12)) return;
      neighbours_.push_back({j, displacement});
    });
    std::sort(neighbours_.begin() + static_cast<std::ptrdiff_t>(first), neighbours_.end(),
              [](const Neighbour& a, const Neighbour& b) {
                if (a.index != b.index) return a.index < b.index;
                return squared_norm(a.displacement) < squared_norm(b.displacement);
              });
    offsets_.push_back(neighbours_.size());
  }
}

}  // namespace cardhouse
