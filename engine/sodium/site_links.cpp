#include "engine/sodium/site_links.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/contracts.hpp"
#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {
namespace {

constexpr double sphere_shrinkage = 0.98;  // of the sphere over a pair, so that points on it do not count

bool is_ordered(const Site& site) {
  return site.kind == SiteClass::Terrace || site.kind == SiteClass::Slit || site.kind == SiteClass::PoreWall;
}

double squared_distance_to_segment(const Vector3& point, const Vector3& end) {
  const double along = std::clamp(dot(point, end) / squared_norm(end), 0.0, 1.0);
  return squared_norm(point - end * along);
}

// Whether all atoms keep `clearance` from the straight path.
bool is_clear(const AtomLocator& atoms, const Vector3& start, const Vector3& path, double clearance) {
  std::vector<AtomLocator::Image> images;
  atoms.gather(start + path * 0.5, norm(path) / 2 + clearance, images);
  return std::none_of(images.begin(), images.end(), [&](const AtomLocator::Image& image) {
    return squared_distance_to_segment(image.displacement + path * 0.5, path) < clearance * clearance;
  });
}

class LinkFinder {
 public:
  LinkFinder(const LinkSearch& search, const SiteParameters& parameters) : search_(search), parameters_(parameters) {}

  std::vector<SiteLink> run() {
    collect_open_pairs();
    std::vector<SiteLink> links;
    for (std::uint32_t first = 0; first < open_.size(); ++first)
      for (const Neighbour& second : open_[first]) {
        if (second.index <= first || is_shadowed(first, second)) continue;
        links.push_back({first, second.index, second.displacement,
                         hop_barrier(search_.sites[first], search_.sites[second.index], parameters_.barriers)});
      }
    return links;
  }

 private:
  // Every site's open neighbours by its own look at them; what A finds open to B, B finds open to A.
  void collect_open_pairs() {
    std::vector<Vector3> positions;
    for (const Site& site : search_.sites) positions.push_back(site.position);
    const NeighbourList near(search_.atoms.cell(), positions, parameters_.geometry.link_reach);
    open_.assign(positions.size(), {});
#pragma omp parallel for schedule(dynamic, 64)
    for (std::size_t i = 0; i < positions.size(); ++i) {
      auto previous = std::numeric_limits<std::uint32_t>::max();
      for (const Neighbour& other : near.of(i)) {  // sorted by index, then by distance: the first image is the shortest
        if (other.index != previous && other.index > i && is_open(i, other)) open_[i].push_back(other);
        previous = other.index;
      }
    }
    for (std::uint32_t i = 0; i < open_.size(); ++i)
      for (const Neighbour& other : std::vector<Neighbour>(open_[i]))
        if (other.index > i) open_[other.index].push_back({i, -other.displacement});
  }

  bool is_open(std::size_t first, const Neighbour& second) const {
    const Site& a = search_.sites[first];
    const Site& b = search_.sites[second.index];
    if (!std::isfinite(hop_barrier(a, b, parameters_.barriers))) return false;
    if (in_gallery(a) && !runs_along(second.displacement, search_.normals[first])) return false;
    if (in_gallery(b) && !runs_along(second.displacement, search_.normals[second.index])) return false;
    const SiteGeometry& geometry = parameters_.geometry;
    const double clearance = in_gallery(a) || in_gallery(b) ? geometry.gallery_clearance : geometry.link_clearance;
    return is_clear(search_.atoms, a.position, second.displacement, clearance);
  }

  // Whether the way passes near a site in between.
  bool is_shadowed(std::uint32_t first, const Neighbour& second) const {
    const Vector3 middle = second.displacement * 0.5;
    const double limit = sphere_shrinkage * sphere_shrinkage * squared_norm(middle);
    return std::any_of(open_[first].begin(), open_[first].end(), [&](const Neighbour& between) {
      return between.index != second.index && squared_norm(between.displacement - middle) < limit &&
             is_open_pair(between.index, second.index);
    });
  }

  bool is_open_pair(std::uint32_t a, std::uint32_t b) const {
    return std::any_of(open_[a].begin(), open_[a].end(), [b](const Neighbour& other) { return other.index == b; });
  }

  const LinkSearch& search_;
  const SiteParameters& parameters_;
  std::vector<std::vector<Neighbour>> open_;
};

}  // namespace

bool runs_along(const Vector3& path, const Vector3& normal) {
  return std::abs(dot(path, normal)) <= 0.6 * norm(path);
}

double hop_barrier(const Site& a, const Site& b, const HopBarriers& barriers) {
  for (const Site* site : {&a, &b})
    if (in_gallery(*site) && site->spacing < barriers.narrowest) return std::numeric_limits<double>::infinity();
  if (in_gallery(a) && in_gallery(b)) return barriers.gallery((a.spacing + b.spacing) / 2);
  if (in_gallery(a) || in_gallery(b)) return barriers.mouth(in_gallery(a) ? a.spacing : b.spacing);
  if (a.kind == SiteClass::PoreCore || b.kind == SiteClass::PoreCore) return barriers.pore;
  return is_ordered(a) && is_ordered(b) ? barriers.terrace_ordered : barriers.terrace_disordered;
}

std::vector<SiteLink> find_links(const LinkSearch& search, const SiteParameters& parameters) {
  EXPECTS(search.sites.size() == search.normals.size());
  return LinkFinder(search, parameters).run();
}

}  // namespace cardhouse
