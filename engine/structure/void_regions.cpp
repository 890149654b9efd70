#include "engine/structure/void_regions.hpp"

#include <algorithm>
#include <numeric>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

using Image = std::array<std::int16_t, 3>;  // whole cells between a point and its representative

Image operator+(Image a, const Image& b) {
  for (int axis = 0; axis < 3; ++axis) a[axis] = static_cast<std::int16_t>(a[axis] + b[axis]);
  return a;
}
Image operator-(Image a, const Image& b) {
  for (int axis = 0; axis < 3; ++axis) a[axis] = static_cast<std::int16_t>(a[axis] - b[axis]);
  return a;
}

// A grid point next to another one, and the number of cells crossed on the way.
struct Step {
  std::size_t index;
  Image crossed;
};

Step step_from(const VoidMap& map, const std::array<int, 3>& point, const std::array<int, 3>& step) {
  std::array<int, 3> next;
  Image crossed{};
  for (int axis = 0; axis < 3; ++axis) {
    const int n = map.shape()[axis];
    next[axis] = point[axis] + step[axis];
    crossed[axis] = next[axis] < 0 ? -1 : next[axis] >= n ? 1 : 0;
    next[axis] -= crossed[axis] * n;
  }
  return {map.index(next), crossed};
}

constexpr std::array<std::array<int, 3>, 6> faces{
    {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}}};
// One of each pair of opposite diagonals: six across edges, four across corners.
constexpr std::array<std::array<int, 3>, 10> diagonals{{{1, 1, 0},
                                                        {1, -1, 0},
                                                        {1, 0, 1},
                                                        {1, 0, -1},
                                                        {0, 1, 1},
                                                        {0, 1, -1},
                                                        {1, 1, 1},
                                                        {1, 1, -1},
                                                        {1, -1, 1},
                                                        {-1, 1, 1}}};

// Connected pieces with the image of every point relative to the first point of its piece.
class FloodFill {
 public:
  FloodFill(const VoidMap& map, double probe_radius)
      : map_(map), probe_radius_(probe_radius), labels_(map.size(), VoidRegions::solid), images_(map.size()) {
    for (std::size_t p = 0; p < map.size(); ++p) {
      if (accessible(p) && labels_[p] == VoidRegions::solid) fill_from(p);
    }
    parents_.resize(percolates_.size());
    std::iota(parents_.begin(), parents_.end(), 0);
    shifts_.resize(percolates_.size());
    for (std::size_t p = 0; p < map.size(); ++p) {
      if (labels_[p] != VoidRegions::solid) join_diagonals(p);
    }
    for (std::size_t p = 0; p < map.size(); ++p) {
      if (labels_[p] == VoidRegions::solid) continue;
      images_[p] = image_of(p);
      labels_[p] = root(labels_[p]);
    }
  }

  bool accessible(std::size_t p) const { return map_.clearances()[p] > probe_radius_; }
  std::vector<std::int32_t>& labels() { return labels_; }
  const Image& image(std::size_t p) const { return images_[p]; }
  bool percolates(std::int32_t label) const { return percolates_[label] != 0; }
  std::size_t count() const { return percolates_.size(); }

 private:
  void fill_from(std::size_t seed) {
    const auto label = static_cast<std::int32_t>(percolates_.size());
    percolates_.push_back(0);
    labels_[seed] = label;
    images_[seed] = {};
    stack_.assign(1, seed);
    while (!stack_.empty()) {
      const std::size_t p = stack_.back();
      stack_.pop_back();
      const std::array<int, 3> point = map_.grid_point(p);
      for (const auto& face : faces) {
        const Step next = step_from(map_, point, face);
        if (!accessible(next.index)) continue;
        const Image image = images_[p] + next.crossed;
        if (labels_[next.index] == VoidRegions::solid) {
          labels_[next.index] = label;
          images_[next.index] = image;
          stack_.push_back(next.index);
        } else if (images_[next.index] != image) {
          percolates_[label] = 1;
        }
      }
    }
  }

  void join_diagonals(std::size_t p) {
    const std::array<int, 3> point = map_.grid_point(p);
    for (const auto& diagonal : diagonals) {
      const Step next = step_from(map_, point, diagonal);
      if (labels_[next.index] == VoidRegions::solid) continue;
      const std::int32_t a = root(labels_[p]), b = root(labels_[next.index]);
      const Image offset = image_of(p) + next.crossed - image_of(next.index);
      if (a == b && (percolates_[a] || offset == Image{})) continue;
      if (!passes(p, point, next.index, diagonal)) continue;
      if (a == b) {
        percolates_[a] = 1;
      } else {
        parents_[b] = a;
        shifts_[b] = offset;
        percolates_[a] = percolates_[a] || percolates_[b];
      }
    }
  }

  // The clearance is 1-Lipschitz, so half-way it is at least the mean of the ends less half their distance.
  bool passes(std::size_t p, const std::array<int, 3>& point, std::size_t q, const std::array<int, 3>& step) const {
    const Vector3 way = step[0] * map_.steps()[0] + step[1] * map_.steps()[1] + step[2] * map_.steps()[2];
    if (0.5 * (map_.clearances()[p] + map_.clearances()[q] - norm(way)) > probe_radius_) return true;
    return map_.clearance_at(map_.position(point) + 0.5 * way) > probe_radius_;
  }

  std::int32_t root(std::int32_t label) const {
    while (parents_[label] != label) label = parents_[label];
    return label;
  }
  Image image_of(std::size_t p) const {
    Image image = images_[p];
    for (std::int32_t label = labels_[p]; parents_[label] != label; label = parents_[label]) {
      image = image + shifts_[label];
    }
    return image;
  }

  const VoidMap& map_;
  double probe_radius_;
  std::vector<std::int32_t> labels_;
  std::vector<Image> images_;
  std::vector<char> percolates_;
  std::vector<std::int32_t> parents_;
  std::vector<Image> shifts_;
  std::vector<std::size_t> stack_;
};

// Renumbers the labels from large to small, equals by first point, and returns the voxel counts.
std::vector<std::size_t> order_by_size(std::vector<std::int32_t>& labels, std::size_t count,
                                       std::vector<std::int32_t>& old_labels) {
  std::vector<std::size_t> sizes(count, 0);
  for (std::int32_t label : labels) {
    if (label != VoidRegions::solid) ++sizes[label];
  }
  for (std::size_t label = 0; label < count; ++label) {
    if (sizes[label] > 0) old_labels.push_back(static_cast<std::int32_t>(label));
  }
  std::stable_sort(old_labels.begin(), old_labels.end(),
                   [&](std::int32_t a, std::int32_t b) { return sizes[a] > sizes[b]; });
  std::vector<std::int32_t> renumbered(count, VoidRegions::solid);
  std::vector<std::size_t> counts;
  for (std::int32_t label : old_labels) {
    renumbered[label] = static_cast<std::int32_t>(counts.size());
    counts.push_back(sizes[label]);
  }
  for (std::int32_t& label : labels) {
    if (label != VoidRegions::solid) label = renumbered[label];
  }
  return counts;
}

void locate(const VoidMap& map, const FloodFill& fill, VoidRegions& result) {
  std::vector<std::size_t> deepest(result.regions.size(), map.size());
  for (std::size_t p = 0; p < map.size(); ++p) {
    if (result.labels[p] == VoidRegions::solid) continue;
    const std::int32_t label = result.labels[p];
    VoidRegion& region = result.regions[label];
    std::array<int, 3> point = map.grid_point(p);
    for (int axis = 0; axis < 3; ++axis) point[axis] += fill.image(p)[axis] * map.shape()[axis];
    region.centroid += map.position(point);
    if (deepest[label] == map.size() || map.clearances()[p] > map.clearances()[deepest[label]]) deepest[label] = p;
  }
#pragma omp parallel for schedule(dynamic, 16)
  for (std::size_t r = 0; r < result.regions.size(); ++r) {
    VoidRegion& region = result.regions[r];
    const Vector3 centre = map.climb(map.position(map.grid_point(deepest[r])));
    region.sphere_radius = map.clearance_at(centre);
    region.sphere_centre = map.cell().wrap(centre);
    region.centroid = region.percolates ? region.sphere_centre
                                        : map.cell().wrap(region.centroid / static_cast<double>(region.voxels));
  }
}

// Moves the labels out of the fill, numbered from large to small.
VoidRegions numbered(const VoidMap& map, double probe_radius, FloodFill& fill) {
  VoidRegions result;
  result.probe_radius = probe_radius;
  result.labels = std::move(fill.labels());
  std::vector<std::int32_t> old_labels;
  const std::vector<std::size_t> counts = order_by_size(result.labels, fill.count(), old_labels);
  result.regions.resize(counts.size());
  for (std::size_t r = 0; r < counts.size(); ++r) {
    result.regions[r].voxels = counts[r];
    result.regions[r].volume = static_cast<double>(counts[r]) * map.voxel_volume();
    result.regions[r].percolates = fill.percolates(old_labels[r]);
  }
  return result;
}

}  // namespace

double VoidRegions::occupiable_volume(bool percolating) const {
  double volume = 0;
  for (const VoidRegion& region : regions) {
    if (region.percolates == percolating) volume += region.occupiable_volume;
  }
  return volume;
}

VoidRegions label_regions(const VoidMap& map, double probe_radius) {
  EXPECTS(probe_radius >= 0);
  FloodFill fill(map, probe_radius);
  return numbered(map, probe_radius, fill);
}

VoidRegions find_regions(const VoidMap& map, const InscribedSpheres& spheres, double probe_radius) {
  EXPECTS(probe_radius >= 0);
  FloodFill fill(map, probe_radius);
  VoidRegions result = numbered(map, probe_radius, fill);
  locate(map, fill, result);
  for (std::int32_t region : occupied_by(result, spheres)) {
    if (region != VoidRegions::solid) result.regions[region].occupiable_volume += map.voxel_volume();
  }
  return result;
}

VoidRegions find_regions(const VoidMap& map, double probe_radius) {
  return find_regions(map, inscribe_spheres(map), probe_radius);
}

std::vector<std::int32_t> occupied_by(const VoidRegions& regions, const InscribedSpheres& spheres) {
  std::vector<std::int32_t> result(spheres.centre.size(), VoidRegions::solid);
  for (std::size_t v = 0; v < result.size(); ++v) {
    if (spheres.radius[v] > regions.probe_radius) result[v] = regions.labels[spheres.centre[v]];
  }
  return result;
}

}  // namespace cardhouse
