#include "analysis/sheets.hpp"

#include <algorithm>
#include <complex>
#include <limits>
#include <numbers>
#include <numeric>

#include "analysis/order.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr std::uint32_t unassigned = std::numeric_limits<std::uint32_t>::max();

double ring_area(const Ring& ring, const Atoms& atoms) {
  Vector3 corner, area;
  for (std::size_t n = 0; n + 1 < ring.size(); ++n) {
    const Vector3 next = corner + atoms.cell.minimum_image(atoms.positions[ring[n + 1]] - atoms.positions[ring[n]]);
    area += 0.5 * cross(corner, next);
    corner = next;
  }
  return norm(area);
}

std::vector<SheetRing> flat_rings(const CarbonStructure& structure) {
  std::vector<SheetRing> rings;
  for (const Ring& ring : find_rings(structure.bonds, largest_sheet_ring)) {
    const auto is_sp3 = [&](std::uint32_t atom) { return structure.bonds.degree(atom) > 3; };
    if (std::any_of(ring.begin(), ring.end(), is_sp3)) continue;
    rings.push_back({ring, ring_plane(ring, structure.atoms), ring_area(ring, structure.atoms)});
  }
  return rings;
}

void join_rings(const Cell& cell, Sheets& sheets) {
  std::vector<std::pair<Bond, std::uint32_t>> sides;
  for (std::uint32_t r = 0; r < sheets.rings.size(); ++r) {
    const Ring& ring = sheets.rings[r].atoms;
    for (std::size_t n = 0; n < ring.size(); ++n) {
      const std::uint32_t a = ring[n], b = ring[(n + 1) % ring.size()];
      sides.push_back({{std::min(a, b), std::max(a, b)}, r});
    }
  }
  std::sort(sides.begin(), sides.end());
  sheets.joined.resize(sheets.rings.size());
  for (std::size_t i = 0, end = 0; i < sides.size(); i = end) {
    while (end < sides.size() && sides[end].first == sides[i].first) ++end;
    if (end - i != 2) continue;
    const std::uint32_t a = sides[i].second, b = sides[i + 1].second;
    const Vector3 way = cell.minimum_image(sheets.rings[b].plane.centre - sheets.rings[a].plane.centre);
    sheets.joined[a].push_back({b, way});
    sheets.joined[b].push_back({a, -way});
  }
}

void number_sheets(Sheets& sheets) {
  for (SheetRing& ring : sheets.rings) ring.sheet = unassigned;
  std::vector<std::uint32_t> queue;
  for (std::uint32_t start = 0; start < sheets.rings.size(); ++start) {
    if (sheets.rings[start].sheet != unassigned) continue;
    sheets.rings[start].sheet = sheets.n_sheets;
    queue.assign(1, start);
    while (!queue.empty()) {
      const std::uint32_t ring = queue.back();
      queue.pop_back();
      for (const Neighbour& next : sheets.joined[ring]) {
        if (sheets.rings[next.index].sheet != unassigned) continue;
        sheets.rings[next.index].sheet = sheets.n_sheets;
        queue.push_back(next.index);
      }
    }
    ++sheets.n_sheets;
  }
}

class PatchGrowth {
 public:
  PatchGrowth(Sheets& sheets, double largest_deviation)
      : sheets_(sheets),
        smallest_cosine_(std::cos(largest_deviation * std::numbers::pi / 180)),
        place_(sheets.rings.size()),
        reached_(sheets.rings.size(), unassigned) {
    for (SheetRing& ring : sheets_.rings) ring.patch = unassigned;
  }

  void run() {
    for (const std::uint32_t seed : seeds())
      if (sheets_.rings[seed].patch == unassigned) grow(seed);
  }

 private:
  // From flat surroundings to bent ones; angles rounded, so that noise of the arithmetic does not choose.
  std::vector<std::uint32_t> seeds() const {
    std::vector<double> bend(sheets_.rings.size(), 0);
    for (std::size_t r = 0; r < bend.size(); ++r) {
      for (const Neighbour& next : sheets_.joined[r]) {
        const double sine = norm(cross(sheets_.rings[r].plane.normal, sheets_.rings[next.index].plane.normal));
        bend[r] = std::max(bend[r], std::round(1e6 * sine));
      }
      if (sheets_.joined[r].size() < sheets_.rings[r].atoms.size()) bend[r] += 2e6;  // edges last
    }
    std::vector<std::uint32_t> order(bend.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return bend[a] < bend[b]; });
    return order;
  }

  // The rings joined to the seed, free, and within the limit of `normal`. Returns whether they meet their own image.
  bool collect(std::uint32_t seed, const Vector3& normal) {
    ++search_;
    members_.assign(1, seed);
    reached_[seed] = search_;
    place_[seed] = {};
    bool endless = false;
    for (std::size_t m = 0; m < members_.size(); ++m) {
      for (const Neighbour& next : sheets_.joined[members_[m]]) {
        const SheetRing& ring = sheets_.rings[next.index];
        if (ring.patch != unassigned || std::abs(dot(ring.plane.normal, normal)) < smallest_cosine_) continue;
        const Vector3 place = place_[members_[m]] + next.displacement;
        if (reached_[next.index] == search_) {
          endless = endless || norm(place - place_[next.index]) > 0.1;
          continue;
        }
        reached_[next.index] = search_;
        place_[next.index] = place;
        members_.push_back(next.index);
      }
    }
    return endless;
  }

  void grow(std::uint32_t seed) {
    constexpr int passes = 5;  // seed and mean normal agree after two or three
    FlatPatch patch;
    patch.normal = sheets_.rings[seed].plane.normal;
    for (int pass = 0; pass < passes; ++pass) {
      patch.endless = collect(seed, patch.normal);
      Vector3 mean;
      for (const std::uint32_t member : members_) {
        const SheetRing& ring = sheets_.rings[member];
        mean += std::copysign(ring.area, dot(ring.plane.normal, patch.normal)) * ring.plane.normal;
      }
      mean = normalized(mean);
      // A seed that lies at the rim of what it found keeps the normal that still holds it.
      if (std::abs(dot(mean, sheets_.rings[seed].plane.normal)) < smallest_cosine_) break;
      patch.normal = mean;
    }
    patch.endless = collect(seed, patch.normal);
    for (const std::uint32_t member : members_) {
      sheets_.rings[member].patch = static_cast<std::uint32_t>(sheets_.patches.size());
      patch.area += sheets_.rings[member].area;
      ++patch.rings;
    }
    sheets_.patches.push_back(patch);
  }

  Sheets& sheets_;
  double smallest_cosine_;
  std::vector<Vector3> place_;
  std::vector<std::uint32_t> reached_;
  std::vector<std::uint32_t> members_;
  std::uint32_t search_ = 0;
};

void orient_patches(const Atoms& atoms, Sheets& sheets) {
  std::vector<std::array<Vector3, 2>> axes;
  for (const FlatPatch& patch : sheets.patches) {
    const Vector3 n = patch.normal;
    const Vector3 off = std::abs(n.x) < 0.6 ? Vector3{1, 0, 0} : Vector3{0, 1, 0};
    const Vector3 first = normalized(cross(n, off));
    axes.push_back({first, cross(n, first)});
  }
  std::vector<std::complex<double>> sums(axes.size());
  std::vector<double> bonds(axes.size(), 0);
  for (const SheetRing& ring : sheets.rings) {
    for (std::size_t n = 0; n < ring.atoms.size(); ++n) {
      const std::uint32_t a = ring.atoms[n], b = ring.atoms[(n + 1) % ring.atoms.size()];
      const Vector3 bond = atoms.cell.minimum_image(atoms.positions[b] - atoms.positions[a]);
      const auto& [first, second] = axes[ring.patch];
      sums[ring.patch] += std::polar(1.0, 6 * std::atan2(dot(bond, second), dot(bond, first)));
      bonds[ring.patch] += 1;
    }
  }
  for (std::size_t p = 0; p < axes.size(); ++p) {
    const double angle = std::arg(sums[p]) / 6;
    sheets.patches[p].lattice_direction = std::cos(angle) * axes[p][0] + std::sin(angle) * axes[p][1];
    sheets.patches[p].lattice_order = std::abs(sums[p]) / bonds[p];
  }
}

}  // namespace

Sheets find_sheets(const CarbonStructure& structure, const SheetOptions& options) {
  EXPECTS(structure.bonds.size() == structure.atoms.size());
  EXPECTS(options.largest_deviation > 0 && options.largest_deviation < 90);
  Sheets sheets;
  sheets.rings = flat_rings(structure);
  join_rings(structure.atoms.cell, sheets);
  number_sheets(sheets);
  PatchGrowth(sheets, options.largest_deviation).run();
  orient_patches(structure.atoms, sheets);
  return sheets;
}

}  // namespace cardhouse
