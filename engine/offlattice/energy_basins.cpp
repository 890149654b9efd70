#include "engine/offlattice/energy_basins.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

using Image = std::array<int, 3>;
constexpr std::int32_t unlabelled = -1;

Image operator+(const Image& a, const Image& b) {
  return {a[0] + b[0], a[1] + b[1], a[2] + b[2]};
}
Image operator-(const Image& a, const Image& b) {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}
Image operator-(const Image& a) {
  return Image{} - a;
}

/// Which minimum a point drains into: basin, and the cell of its image seen from the point in the home cell.
struct Label {
  std::int32_t basin = unlabelled;
  Image image{};
};

/// Another basin as seen from one.
using Far = std::pair<std::uint32_t, Image>;
struct Way {
  std::size_t point;
  Image shift;  ///< of the point, seen from the basin in its home cell
  double energy;
};

/// Floods a grid from below. Ways are kept from both of their ends.
class Flood {
 public:
  Flood(const EnergyGrid& grid, double ceiling) : grid_(grid), labels_(grid.values.size()) {
    std::vector<std::size_t> order(grid.values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t p) { return !(grid.values[p] < ceiling); });
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(grid.values[a], a) < std::pair(grid.values[b], b);
    });
    for (const std::size_t point : order) settle(point);
  }

  void merge_shallow(double depth) {
    for (bool changed = true; changed;) {
      changed = false;
      for (std::uint32_t basin = 0; basin < minima_.size(); ++basin) changed |= merge_if_shallow(basin, depth);
    }
  }

  BasinMap result() const {
    BasinMap map{grid_.cell, {}, {}};
    std::vector<std::uint32_t> names(minima_.size());
    for (std::uint32_t basin = 0; basin < minima_.size(); ++basin) {
      if (!alive_[basin]) continue;
      names[basin] = static_cast<std::uint32_t>(map.basins.size());
      map.basins.push_back({grid_.position(grid_.point(minima_[basin])), grid_.values[minima_[basin]], false});
    }
    for (std::uint32_t basin = 0; basin < minima_.size(); ++basin) {
      for (const auto& [far, way] : ways_[basin]) {
        const auto& [other, image] = far;
        if (other < basin || (other == basin && image < Image{})) continue;  // the other end has it
        const Vector3 shift{1.0 * way.shift[0], 1.0 * way.shift[1], 1.0 * way.shift[2]};
        const Vector3 position = grid_.position(grid_.point(way.point)) + grid_.cell.to_cartesian(shift);
        map.saddles.push_back({names[basin], names[other], image, position, way.energy, false});
      }
    }
    return map;
  }

 private:
  /// The point that lies `step` away, folded into the cell, and the cell it lay in.
  std::pair<std::size_t, Image> beside(const Image& point, const Image& step) const {
    Image home = point + step, cell{};
    for (int axis = 0; axis < 3; ++axis) {
      const int n = grid_.shape[axis];
      if (home[axis] < 0) home[axis] += n, cell[axis] = -1;
      if (home[axis] >= n) home[axis] -= n, cell[axis] = 1;
    }
    return {grid_.index(home), cell};
  }

  void settle(std::size_t p) {
    std::array<Label, 26> near;
    std::size_t found = 0, lowest = 0;
    double least = std::numeric_limits<double>::infinity();
    const Image here = grid_.point(p);
    for (int step = 0; step < 27; ++step) {
      if (step == 13) continue;
      const auto [q, cell] = beside(here, {step / 9 - 1, step / 3 % 3 - 1, step % 3 - 1});
      if (labels_[q].basin == unlabelled) continue;
      if (grid_.values[q] < least) least = grid_.values[q], lowest = found;
      near[found++] = {labels_[q].basin, labels_[q].image + cell};
    }
    if (found == 0) return begin_basin(p);
    labels_[p] = near[lowest];
    for (std::size_t k = 0; k < found; ++k) meet(p, near[k]);
  }

  void begin_basin(std::size_t p) {
    labels_[p] = {static_cast<std::int32_t>(minima_.size()), {}};
    minima_.push_back(p);
    alive_.push_back(true);
    ways_.emplace_back();
  }

  void meet(std::size_t p, const Label& other) {
    const Label& own = labels_[p];
    if (other.basin == own.basin && other.image == own.image) return;
    const auto a = static_cast<std::uint32_t>(own.basin), b = static_cast<std::uint32_t>(other.basin);
    const Image apart = other.image - own.image;
    ways_[a].try_emplace(Far{b, apart}, Way{p, -own.image, grid_.values[p]});
    ways_[b].try_emplace(Far{a, -apart}, Way{p, -other.image, grid_.values[p]});
  }

  void offer(std::uint32_t from, const Far& to, const Way& way) {
    if (to == Far{from, Image{}}) return;
    const auto [place, is_new] = ways_[from].try_emplace(to, way);
    if (!is_new && way.energy < place->second.energy) place->second = way;
  }

  bool merge_if_shallow(std::uint32_t basin, double depth) {
    if (!alive_[basin]) return false;
    const double bottom = grid_.values[minima_[basin]];
    const std::pair<const Far, Way>* best = nullptr;
    for (const auto& entry : ways_[basin]) {
      if (entry.first.first == basin || !(entry.second.energy < bottom + depth)) continue;
      if (best == nullptr || entry.second.energy < best->second.energy) best = &entry;
    }
    if (best == nullptr) return false;
    const auto [into, image] = best->first;
    if (std::pair(grid_.values[minima_[into]], into) > std::pair(bottom, basin)) return false;  // it will come here
    const auto ways = std::move(ways_[basin]);
    ways_[basin].clear();
    alive_[basin] = false;
    for (const auto& [far, way] : ways) {
      const auto [other, there] = far;
      const Way shifted{way.point, way.shift - image, way.energy};
      if (other == basin) {
        offer(into, {into, there}, shifted);
        continue;
      }
      const Way back = ways_[other].extract(Far{basin, -there}).mapped();
      offer(into, {other, there - image}, shifted);
      offer(other, {into, image - there}, back);
    }
    return true;
  }

  const EnergyGrid& grid_;
  std::vector<Label> labels_;
  std::vector<std::size_t> minima_;
  std::vector<bool> alive_;
  std::vector<std::map<Far, Way>> ways_;
};

}  // namespace

Vector3 BasinMap::displacement(const Saddle& saddle) const {
  const Vector3 image{1.0 * saddle.image[0], 1.0 * saddle.image[1], 1.0 * saddle.image[2]};
  return basins[saddle.second].position + cell.to_cartesian(image) - basins[saddle.first].position;
}

BasinMap find_basins(const EnergyGrid& grid, const BasinOptions& options) {
  Flood flood(grid, options.ceiling);
  flood.merge_shallow(options.merge_depth);
  return flood.result();
}

PassTree::PassTree(const BasinMap& map)
    : parents_(map.basins.size()), energies_(map.basins.size(), std::numeric_limits<double>::infinity()) {
  std::iota(parents_.begin(), parents_.end(), 0U);
  std::vector<std::size_t> sizes(map.basins.size(), 1);
  const auto root = [&](std::uint32_t basin) {
    while (parents_[basin] != basin) basin = parents_[basin];
    return basin;
  };
  std::vector<const Saddle*> order;
  for (const Saddle& saddle : map.saddles) order.push_back(&saddle);
  std::stable_sort(order.begin(), order.end(), [](const Saddle* a, const Saddle* b) { return a->energy < b->energy; });
  for (const Saddle* saddle : order) {
    std::uint32_t small = root(saddle->first), large = root(saddle->second);
    if (small == large) continue;
    if (sizes[small] > sizes[large]) std::swap(small, large);
    parents_[small] = large;
    energies_[small] = saddle->energy;
    sizes[large] += sizes[small];
  }
}

double PassTree::highest(std::uint32_t from, std::uint32_t to) const {
  EXPECTS(from < parents_.size() && to < parents_.size());
  double highest = -std::numeric_limits<double>::infinity();
  while (from != to) {  // energies rise towards the root
    std::uint32_t& lower = energies_[from] <= energies_[to] ? from : to;
    if (parents_[lower] == lower) return std::numeric_limits<double>::infinity();
    highest = std::max(highest, energies_[lower]);
    lower = parents_[lower];
  }
  return highest;
}

}  // namespace cardhouse
