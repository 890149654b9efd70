#include "analysis/surface_area.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

// Evenly spread on the unit sphere (golden spiral; Gonzalez 2010, doi:10.1007/s11004-009-9257-x).
std::vector<Vector3> spiral(int points) {
  const double turn = std::numbers::pi * (3 - std::sqrt(5.0));
  std::vector<Vector3> result;
  for (int n = 0; n < points; ++n) {
    const double z = 1 - (2.0 * n + 1) / points, r = std::sqrt(1 - z * z);
    result.push_back({r * std::cos(turn * n), r * std::sin(turn * n), z});
  }
  return result;
}

class RegionFinder {
 public:
  RegionFinder(const VoidMap& map, const VoidRegions& regions) : map_(map), regions_(regions) {
    for (const Vector3& step : map.steps()) step_ = std::max(step_, norm(step));
  }

  // The region of the probe at a point of the surface: of the grid point next to it, or next to a point a little away
  // from the atom, where the space widens.
  std::int32_t at(const Vector3& point, const Vector3& outwards) const {
    for (int n = 0; n <= 4; ++n) {
      const std::int32_t label = next_to(point + (0.25 * n * step_) * outwards);
      if (label != VoidRegions::solid) return label;
    }
    return VoidRegions::solid;
  }

 private:
  std::int32_t next_to(const Vector3& point) const {
    const Vector3 f = map_.cell().to_fractional(point - map_.position({0, 0, 0}));
    std::array<int, 3> low;
    for (int axis = 0; axis < 3; ++axis)
      low[axis] = static_cast<int>(std::floor((f[axis] - std::floor(f[axis])) * map_.shape()[axis]));
    std::int32_t best = VoidRegions::solid;
    double least = 1e9;
    for (int corner = 0; corner < 8; ++corner) {
      std::array<int, 3> at = low;
      for (int axis = 0; axis < 3; ++axis) at[axis] = (low[axis] + (corner >> axis & 1)) % map_.shape()[axis];
      const std::int32_t label = regions_.labels[map_.index(at)];
      if (label == VoidRegions::solid) continue;
      const double distance = norm(map_.cell().minimum_image(map_.position(at) - point));
      if (distance < least) least = distance, best = label;
    }
    return best;
  }

  const VoidMap& map_;
  const VoidRegions& regions_;
  double step_ = 0;
};

struct AtomSurface {
  double each = 0;                   // area of one point
  std::vector<std::int32_t> labels;  // of the points that are surface
};

// Keeps the points that no sphere hides. The one that hid the last point is likely to hide the next.
class Hiding {
 public:
  Hiding(std::uint32_t atom, const AtomLocator& locator, double probe)
      : atom_(atom), locator_(locator), probe_(probe) {}

  void keep_exposed(const Vector3& centre, double reach, double radius, std::vector<Vector3>& directions) {
    locator_.gather(centre, reach, images_);
    std::size_t last = 0;
    std::erase_if(directions, [&](const Vector3& direction) {
      const Vector3 point = radius * direction;
      if (last < images_.size() && hides(images_[last], point)) return true;
      const auto hiding =
          std::find_if(images_.begin(), images_.end(), [&](const auto& image) { return hides(image, point); });
      if (hiding == images_.end()) return false;
      last = static_cast<std::size_t>(hiding - images_.begin());
      return true;
    });
  }

 private:
  bool hides(const AtomLocator::Image& image, const Vector3& point) const {
    if (image.atom == atom_ && squared_norm(image.displacement) < 1e-12) return false;
    const double other = locator_.radii()[image.radius_class] + probe_;
    return squared_norm(image.displacement - point) < other * other - 1e-9;
  }

  std::uint32_t atom_;
  const AtomLocator& locator_;
  double probe_;
  std::vector<AtomLocator::Image> images_;
};

AtomSurface exposed(std::uint32_t atom, const Atoms& atoms, const AtomLocator& locator, double probe,
                    std::vector<Vector3> directions, const RegionFinder& finder) {
  const Vector3 centre = atoms.positions[atom];
  const double radius = van_der_waals_radius(atoms.elements[atom]) + probe;
  AtomSurface result{4 * std::numbers::pi * radius * radius / static_cast<double>(directions.size()), {}};
  Hiding hiding(atom, locator, probe);
  hiding.keep_exposed(centre, 0.3 * radius, radius, directions);  // bonded atoms hide nearly everything
  if (!directions.empty()) hiding.keep_exposed(centre, radius + probe, radius, directions);
  for (const Vector3& direction : directions)
    result.labels.push_back(finder.at(centre + radius * direction, direction));
  return result;
}

// Between grid points the clearance grows by less than the distance to the nearest one.
bool fits_nowhere(const VoidMap& map, double probe) {
  const double widest = *std::max_element(map.clearances().begin(), map.clearances().end());
  const auto& [a, b, c] = map.steps();
  return widest + 0.5 * (norm(a) + norm(b) + norm(c)) < probe;
}

}  // namespace

SurfaceArea surface_area(const Atoms& atoms, const VoidMap& map, const VoidRegions& regions, int points) {
  EXPECTS(points >= 10);
  EXPECTS(regions.labels.size() == map.size());
  if (fits_nowhere(map, regions.probe_radius)) return {{}, {}, std::vector<double>(regions.regions.size(), 0)};
  const AtomLocator locator(atoms);
  const RegionFinder finder(map, regions);
  const std::vector<Vector3> directions = spiral(points);
  std::vector<AtomSurface> surfaces(atoms.size());
#pragma omp parallel for schedule(dynamic, 64)
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(atoms.size()); ++i)
    surfaces[i] = exposed(static_cast<std::uint32_t>(i), atoms, locator, regions.probe_radius, directions, finder);
  SurfaceArea area;
  area.of_regions.assign(regions.regions.size(), 0);
  double total_variance = 0, open_variance = 0;
  for (const AtomSurface& surface : surfaces) {
    double open = 0;
    for (const std::int32_t label : surface.labels) {
      if (label == VoidRegions::solid) continue;
      area.of_regions[label] += surface.each;
      if (regions.regions[label].percolates) open += 1;
    }
    const auto all = static_cast<double>(surface.labels.size());
    area.total.value += surface.each * all;
    area.open.value += surface.each * open;
    total_variance += surface.each * surface.each * all * (1 - all / points);
    open_variance += surface.each * surface.each * open * (1 - open / points);
  }
  area.total.error = std::sqrt(total_variance);
  area.open.error = std::sqrt(open_variance);
  return area;
}

}  // namespace cardhouse
