#include "analysis/cavities.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "engine/base/contracts.hpp"
#include "engine/structure/periodic_index.hpp"

namespace cardhouse {
namespace {

using Image = std::array<int, 3>;
constexpr std::int32_t unvisited = VoidRegions::solid;

struct GridNeighbour {
  std::size_t index;
  Image image;  // cells crossed on the way
};

std::array<GridNeighbour, 26> neighbours_of(const VoidMap& map, std::size_t point) {
  const std::array<int, 3> here = map.grid_point(point);
  std::array<GridNeighbour, 26> result;
  std::size_t filled = 0;
  for (int n = 0; n < 27; ++n) {
    if (n == 13) continue;
    std::array<int, 3> there{here[0] + n / 9 - 1, here[1] + n / 3 % 3 - 1, here[2] + n % 3 - 1};
    Image image;
    for (int axis = 0; axis < 3; ++axis) {
      image[axis] = floor_divide(there[axis], map.shape()[axis]);
      there[axis] = fold_index(there[axis], map.shape()[axis]);
    }
    result[filled++] = {map.index(there), image};
  }
  return result;
}

// Grows basins from the maxima of the clearance downwards and joins those whose meeting point is no neck.
class Watershed {
 public:
  Watershed(const VoidMap& map, const VoidRegions& regions, double neck_ratio)
      : map_(map), regions_(regions), neck_ratio_(neck_ratio), basins_(map.size(), unvisited) {
    for (const std::uint32_t point : from_wide_to_narrow()) visit(point);
    for (std::int32_t& basin : basins_)
      if (basin != unvisited) basin = root(basin);
  }

  /// Basin of every grid point; only roots occur.
  std::vector<std::int32_t>& basins() { return basins_; }
  std::size_t count() const { return parents_.size(); }

 private:
  std::vector<std::uint32_t> from_wide_to_narrow() const {
    std::vector<std::uint32_t> points;
    for (std::size_t p = 0; p < map_.size(); ++p)
      if (regions_.labels[p] != VoidRegions::solid) points.push_back(static_cast<std::uint32_t>(p));
    std::sort(points.begin(), points.end(), [&](std::uint32_t a, std::uint32_t b) {
      const float wide = map_.clearances()[a], narrow = map_.clearances()[b];
      return wide != narrow ? wide > narrow : a < b;
    });
    return points;
  }

  void visit(std::uint32_t point) {
    std::array<std::int32_t, 26> met;
    std::size_t n_met = 0;
    for (const GridNeighbour& neighbour : neighbours_of(map_, point)) {
      if (basins_[neighbour.index] == unvisited || regions_.labels[neighbour.index] != regions_.labels[point]) continue;
      const std::int32_t basin = root(basins_[neighbour.index]);
      if (std::find(met.begin(), met.begin() + n_met, basin) == met.begin() + n_met) met[n_met++] = basin;
    }
    if (n_met == 0) {
      met[n_met++] = static_cast<std::int32_t>(parents_.size());
      parents_.push_back(met[0]);
      peaks_.push_back(map_.clearances()[point]);
    }
    // The deepest basin takes the point, and joins what no neck divides from it.
    std::sort(met.begin(), met.begin() + n_met,
              [&](std::int32_t a, std::int32_t b) { return peaks_[a] != peaks_[b] ? peaks_[a] > peaks_[b] : a < b; });
    basins_[point] = met[0];
    for (std::size_t n = 1; n < n_met; ++n)
      if (map_.clearances()[point] >= neck_ratio_ * peaks_[met[n]]) parents_[met[n]] = met[0];
  }

  std::int32_t root(std::int32_t basin) {
    while (parents_[basin] != basin) basin = parents_[basin] = parents_[parents_[basin]];
    return basin;
  }

  const VoidMap& map_;
  const VoidRegions& regions_;
  double neck_ratio_;
  std::vector<std::int32_t> basins_;
  std::vector<std::int32_t> parents_;
  std::vector<float> peaks_;
};

// Renumbers the basins from large to small, equals by first point.
void number_by_size(std::vector<std::int32_t>& basins, std::size_t count, const VoidRegions& whole,
                    VoidRegions& result) {
  std::vector<std::size_t> voxels(count, 0);
  std::vector<std::int32_t> region(count, 0), order;
  for (std::size_t p = 0; p < basins.size(); ++p) {
    if (basins[p] == unvisited) continue;
    if (voxels[basins[p]]++ == 0) order.push_back(basins[p]);
    region[basins[p]] = whole.labels[p];
  }
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return voxels[a] > voxels[b]; });
  std::vector<std::int32_t> number(count, VoidRegions::solid);
  for (const std::int32_t basin : order) {
    number[basin] = static_cast<std::int32_t>(result.regions.size());
    VoidRegion pore;
    pore.voxels = voxels[basin];
    pore.percolates = whole.regions[region[basin]].percolates;
    result.regions.push_back(pore);
  }
  for (std::int32_t& basin : basins)
    if (basin != unvisited) basin = number[basin];
  result.labels = std::move(basins);
}

// Mean of the points of a pore, walked through from its deepest point; none when the walk meets its own image.
class PoreWalk {
 public:
  explicit PoreWalk(const VoidMap& map) : map_(map), images_(map.size(), not_met) {}

  void measure(const std::vector<std::int32_t>& labels, std::uint32_t start, VoidRegion& pore) {
    queue_.assign(1, start);
    images_[start] = 0;
    Vector3 sum;
    double points = 0;
    bool endless = false;
    for (std::size_t q = 0; q < queue_.size(); ++q) {
      const std::uint32_t point = queue_[q];
      const Image here = unpacked(images_[point]);
      std::array<int, 3> place = map_.grid_point(point);
      for (int axis = 0; axis < 3; ++axis) place[axis] += here[axis] * map_.shape()[axis];
      sum += map_.position(place);
      points += 1;
      for (const GridNeighbour& next : neighbours_of(map_, point)) {
        if (labels[next.index] != labels[point]) continue;
        const std::int32_t image = packed(here, next.image);
        if (images_[next.index] == not_met) {
          images_[next.index] = image;
          queue_.push_back(static_cast<std::uint32_t>(next.index));
        } else {
          endless = endless || images_[next.index] != image;
        }
      }
    }
    pore.centroid = endless ? pore.sphere_centre : map_.cell().wrap(sum / points);
  }

 private:
  static constexpr std::int32_t not_met = -1 << 30;
  static constexpr int most = 512;  // cells that a pore winds through before it closes upon itself
  static std::int32_t packed(const Image& image, const Image& step) {
    std::int32_t result = 0;
    for (int axis = 0; axis < 3; ++axis) {
      const int n = image[axis] + step[axis];
      ENSURES(n > -most / 2 && n < most / 2);
      result = result * most + n;
    }
    return result;
  }
  static Image unpacked(std::int32_t packed_image) {
    Image image;
    for (int axis = 2; axis >= 0; --axis) {
      const int n = fold_index(packed_image + most / 2, most) - most / 2;
      image[axis] = n;
      packed_image = (packed_image - n) / most;
    }
    return image;
  }

  const VoidMap& map_;
  std::vector<std::int32_t> images_;
  std::vector<std::uint32_t> queue_;
};

void locate(const VoidMap& map, const InscribedSpheres& spheres, VoidRegions& pores) {
  std::vector<std::uint32_t> deepest(pores.regions.size(), InscribedSpheres::none);
  for (std::size_t p = 0; p < map.size(); ++p) {
    const std::int32_t covering = covering_region(pores, spheres, p);
    if (covering != VoidRegions::solid) pores.regions[covering].occupiable_volume += map.voxel_volume();
    if (pores.labels[p] == VoidRegions::solid) continue;
    std::uint32_t& best = deepest[pores.labels[p]];
    if (best == InscribedSpheres::none || map.clearances()[p] > map.clearances()[best])
      best = static_cast<std::uint32_t>(p);
  }
#pragma omp parallel for schedule(dynamic, 16)
  for (std::size_t r = 0; r < pores.regions.size(); ++r) {
    VoidRegion& pore = pores.regions[r];
    const Vector3 centre = map.climb(map.position(map.grid_point(deepest[r])));
    pore.volume = static_cast<double>(pore.voxels) * map.voxel_volume();
    pore.sphere_radius = map.clearance_at(centre);
    pore.sphere_centre = map.cell().wrap(centre);
  }
  PoreWalk walk(map);
  for (std::size_t r = 0; r < pores.regions.size(); ++r) walk.measure(pores.labels, deepest[r], pores.regions[r]);
}

}  // namespace

VoidRegions split_at_necks(const VoidMap& map, const InscribedSpheres& spheres, const VoidRegions& regions,
                           double neck_ratio) {
  EXPECTS(neck_ratio >= 0 && neck_ratio <= 1);
  EXPECTS(regions.labels.size() == map.size());
  Watershed watershed(map, regions, neck_ratio);
  VoidRegions pores;
  pores.probe_radius = regions.probe_radius;
  number_by_size(watershed.basins(), watershed.count(), regions, pores);
  locate(map, spheres, pores);
  return pores;
}

}  // namespace cardhouse
