#include "engine/carbonize/gel_percolation.hpp"

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

using Offset = std::array<long, 3>;

/// Sets of cells; each member knows where it stands relative to its root in the unwrapped lattice.
class WrappingSets {
 public:
  explicit WrappingSets(std::size_t cells) : parent_(cells), offset_(cells, Offset{}) {
    for (std::size_t i = 0; i < cells; ++i) parent_[i] = i;
  }

  /// Joins b, which lies at `step` from a; true when they were already joined by another way around.
  bool join(std::size_t a, std::size_t b, const Offset& step) {
    const auto [root_a, to_a] = root(a);
    const auto [root_b, to_b] = root(b);
    Offset between{};
    for (int k = 0; k < 3; ++k) between[k] = to_a[k] + step[k] - to_b[k];
    if (root_a == root_b) return between != Offset{};
    parent_[root_b] = root_a;
    offset_[root_b] = between;
    return false;
  }

 private:
  struct Place {
    std::size_t root;
    Offset offset;
  };

  Place root(std::size_t cell) {
    Offset sum{};
    std::size_t at = cell;
    while (parent_[at] != at) {
      for (int k = 0; k < 3; ++k) sum[k] += offset_[at][k];
      at = parent_[at];
    }
    parent_[cell] = at;  // shortens the way for the next search
    offset_[cell] = sum;
    return {at, sum};
  }

  std::vector<std::size_t> parent_;
  std::vector<Offset> offset_;
};

}  // namespace

bool percolates(const std::vector<bool>& occupied, std::array<std::size_t, 3> sides) {
  EXPECTS(sides[0] * sides[1] * sides[2] == occupied.size() && !occupied.empty());
  const std::array<std::size_t, 3> stride = {1, sides[0], sides[0] * sides[1]};
  WrappingSets sets(occupied.size());
  for (std::size_t cell = 0; cell < occupied.size(); ++cell) {
    if (!occupied[cell]) continue;
    for (std::size_t k = 0; k < 3; ++k) {
      const std::size_t at = cell / stride[k] % sides[k];
      const std::size_t next = at + 1 < sides[k] ? cell + stride[k] : cell - at * stride[k];
      Offset step{};
      step[k] = 1;
      if (occupied[next] && sets.join(cell, next, step)) return true;
    }
  }
  return false;
}

double bethe_threshold(double coordination) {
  EXPECTS(coordination > 2);
  return 1 / (coordination - 1);
}

}  // namespace cardhouse
