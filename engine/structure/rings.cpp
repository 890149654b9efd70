#include "engine/structure/rings.hpp"

#include <algorithm>
#include <limits>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr std::uint8_t far = std::numeric_limits<std::uint8_t>::max();

// Distances in bonds from one atom, valid within a horizon; cleared by undoing only what was set.
class BondDistances {
 public:
  explicit BondDistances(const BondGraph& bonds) : bonds_(bonds), distance_(bonds.size(), far) {}

  void grow_from(std::uint32_t source, int horizon) {
    for (const std::uint32_t atom : seen_) distance_[atom] = far;
    seen_.assign(1, source);
    distance_[source] = 0;
    for (std::size_t next = 0; next < seen_.size(); ++next) {
      const std::uint32_t atom = seen_[next];
      if (distance_[atom] >= horizon) break;
      for (const std::uint32_t other : bonds_.of(atom)) {
        if (distance_[other] != far) continue;
        distance_[other] = static_cast<std::uint8_t>(distance_[atom] + 1);
        seen_.push_back(other);
      }
    }
  }
  std::uint8_t to(std::uint32_t atom) const { return distance_[atom]; }
  const std::vector<std::uint32_t>& seen() const { return seen_; }

 private:
  const BondGraph& bonds_;
  std::vector<std::uint8_t> distance_;
  std::vector<std::uint32_t> seen_;
};

// Rings in which every pair of atoms is as far apart along the ring as in the whole graph. They are found from their
// smallest atom as two shortest paths that meet: at one atom (even size) or at a bond (odd size).
class RingSearch {
 public:
  RingSearch(const BondGraph& bonds, int max_size)
      : bonds_(bonds), max_size_(max_size), from_root_(bonds), from_other_(bonds) {}

  std::vector<Ring> run() {
    for (std::uint32_t root = 0; root < bonds_.size(); ++root) search_from(root);
    std::sort(rings_.begin(), rings_.end(),
              [](const Ring& a, const Ring& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
    rings_.erase(std::unique(rings_.begin(), rings_.end()), rings_.end());
    return std::move(rings_);
  }

 private:
  void search_from(std::uint32_t root) {
    root_ = root;
    from_root_.grow_from(root, max_size_ / 2);
    for (const std::uint32_t atom : from_root_.seen()) {
      const int depth = from_root_.to(atom);
      if (atom < root || depth == 0) continue;
      if (2 * depth <= max_size_ && depth >= 2) close_even(atom);
      if (2 * depth + 1 > max_size_) continue;
      for (const std::uint32_t other : bonds_.of(atom))
        if (other > atom && from_root_.to(other) == depth) join(paths_to(atom), paths_to(other));
    }
  }

  void close_even(std::uint32_t top) {
    const std::vector<Ring> paths = paths_to(top);
    for (std::size_t first = 0; first < paths.size(); ++first)
      join({paths[first]}, {paths.begin() + static_cast<std::ptrdiff_t>(first) + 1, paths.end()});
  }

  // All shortest paths from the root to `atom` through atoms larger than the root, both ends included.
  std::vector<Ring> paths_to(std::uint32_t atom) const {
    std::vector<Ring> paths;
    Ring path(1, atom);
    extend_down(path, paths);
    return paths;
  }

  void extend_down(Ring& path, std::vector<Ring>& paths) const {
    const int depth = from_root_.to(path.back());
    if (depth == 0) {
      paths.emplace_back(path.rbegin(), path.rend());
      return;
    }
    for (const std::uint32_t other : bonds_.of(path.back())) {
      if (from_root_.to(other) != depth - 1 || (other < root_)) continue;
      path.push_back(other);
      extend_down(path, paths);
      path.pop_back();
    }
  }

  void join(const std::vector<Ring>& left, const std::vector<Ring>& right) {
    for (const Ring& a : left)
      for (const Ring& b : right) {
        const bool even = a.back() == b.back();
        if (shares_inner_atom(a, b, even)) continue;
        Ring ring = a;
        for (std::size_t i = b.size() - (even ? 1 : 0); i-- > 1;) ring.push_back(b[i]);
        if (has_no_shortcut(ring)) rings_.push_back(canonical(std::move(ring)));
      }
  }

  static bool shares_inner_atom(const Ring& a, const Ring& b, bool even) {
    const std::size_t end = a.size() - (even ? 1 : 0);
    for (std::size_t i = 1; i < end; ++i)
      if (std::find(b.begin() + 1, b.end() - (even ? 1 : 0), a[i]) != b.end() - (even ? 1 : 0)) return true;
    return false;
  }

  bool has_no_shortcut(const Ring& ring) {
    const auto size = static_cast<int>(ring.size());
    for (int i = 1; i + 1 < size; ++i) {  // the root's own distances hold by construction
      from_other_.grow_from(ring[static_cast<std::size_t>(i)], size / 2);
      for (int j = i + 1; j < size; ++j) {
        const int apart = std::min(j - i, size - (j - i));
        if (from_other_.to(ring[static_cast<std::size_t>(j)]) != apart) return false;
      }
    }
    return true;
  }

  static Ring canonical(Ring ring) {
    std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end()), ring.end());
    if (ring.back() < ring[1]) std::reverse(ring.begin() + 1, ring.end());
    return ring;
  }

  const BondGraph& bonds_;
  int max_size_;
  BondDistances from_root_;
  BondDistances from_other_;
  std::uint32_t root_ = 0;
  std::vector<Ring> rings_;
};

}  // namespace

std::vector<Ring> find_rings(const BondGraph& bonds, int max_size) {
  EXPECTS(max_size >= 3 && max_size <= 24);
  return RingSearch(bonds, max_size).run();
}

RingShares ring_shares(std::span<const Ring> rings) {
  RingShares shares;
  for (const Ring& ring : rings)
    shares.of_size[std::min<std::size_t>(ring.size(), 9)] += 1.0 / static_cast<double>(rings.size());
  return shares;
}

RingPlane ring_plane(const Ring& ring, const Atoms& atoms) {
  EXPECTS(ring.size() >= 3);
  std::vector<Vector3> corners(1);
  for (std::size_t i = 1; i < ring.size(); ++i)
    corners.push_back(corners.back() +
                      atoms.cell.minimum_image(atoms.positions[ring[i]] - atoms.positions[ring[i - 1]]));
  Vector3 centre;
  for (const Vector3& corner : corners) centre += corner / static_cast<double>(ring.size());
  Vector3 area;
  for (std::size_t i = 0; i < corners.size(); ++i)
    area += cross(corners[i] - centre, corners[(i + 1) % corners.size()] - centre);
  return {atoms.cell.wrap(atoms.positions[ring[0]] + centre), normalized(area)};
}

}  // namespace cardhouse
