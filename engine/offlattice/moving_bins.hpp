#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/structure/cell.hpp"
#include "engine/structure/periodic_index.hpp"

namespace cardhouse {

/// Points that come, go and move in a periodic cell, sorted into bins so that those near a place are found without
/// looking at the rest. Every image within reach is visited, in any cell and at any reach.
class MovingBins {
 public:
  struct Entry {
    Vector3 position;  ///< wrapped into the cell [angstrom]
    std::uint32_t index;
  };

  /// Bins at least `width` wide [angstrom], fewer when `expected` points would leave most of them empty.
  /// EXPECTS width > 0.
  MovingBins(const Cell& cell, double width, std::size_t expected);

  const Cell& cell() const { return cell_; }
  void add(std::uint32_t index, const Vector3& position);
  /// EXPECTS that `index` stands at `position`.
  void remove(std::uint32_t index, const Vector3& position);
  /// Gives the point called `from` at `position` the name `to`. EXPECTS that it stands there.
  void rename(std::uint32_t from, std::uint32_t to, const Vector3& position);

  /// Calls visit(index, squared distance) for every image closer than `reach` to `centre`, in a fixed order, until it
  /// returns false. Returns whether all were visited. `centre` may be any image.
  template <class Visit>
  bool visit_near(const Vector3& centre, double reach, Visit&& visit) const;

 private:
  std::size_t bin_of(const Vector3& position) const;
  Entry& find(std::uint32_t index, const Vector3& position);

  Cell cell_;
  std::array<int, 3> counts_{};
  std::array<Vector3, 3> steps_;  ///< edges of a bin
  double circumradius_ = 0;       ///< of a bin
  std::vector<std::vector<Entry>> bins_;
};

template <class Visit>
bool MovingBins::visit_near(const Vector3& centre, double reach, Visit&& visit) const {
  const Vector3 home = cell_.wrap(centre);
  const Vector3 f = cell_.to_fractional(home);
  std::array<int, 3> low{}, high{};
  for (int axis = 0; axis < 3; ++axis) {
    const double span = reach / cell_.widths()[axis];
    low[axis] = static_cast<int>(std::floor((f[axis] - span) * counts_[axis]));
    high[axis] = static_cast<int>(std::floor((f[axis] + span) * counts_[axis]));
  }
  const double limit = (reach + circumradius_) * (reach + circumradius_);
  const double range = reach * reach;
  const auto& [a, b, c] = cell_.vectors();
  for (int i = low[0]; i <= high[0]; ++i) {
    const int wrap_i = floor_divide(i, counts_[0]);
    for (int j = low[1]; j <= high[1]; ++j) {
      const int wrap_j = floor_divide(j, counts_[1]);
      const std::size_t row =
          (static_cast<std::size_t>(i - wrap_i * counts_[0]) * counts_[1] + (j - wrap_j * counts_[1]));
      const Vector3 row_centre = (i + 0.5) * steps_[0] + (j + 0.5) * steps_[1] - home;
      for (int k = low[2]; k <= high[2]; ++k) {
        if (squared_norm(row_centre + (k + 0.5) * steps_[2]) > limit) continue;
        const int wrap_k = floor_divide(k, counts_[2]);
        const auto& bin = bins_[row * counts_[2] + (k - wrap_k * counts_[2])];
        if (bin.empty()) continue;
        const Vector3 shift = wrap_i * a + wrap_j * b + wrap_k * c - home;
        for (const Entry& entry : bin) {
          const double r2 = squared_norm(entry.position + shift);
          if (r2 < range && !visit(entry.index, r2)) return false;
        }
      }
    }
  }
  return true;
}

}  // namespace cardhouse
