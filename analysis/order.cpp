#include "analysis/order.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

#include "analysis/spatial_blocks.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {
namespace {

struct PlacedRing {
  RingPlane plane;
  std::uint8_t octant;
};

void measure_coordination(const CarbonStructure& structure, OrderReport& report) {
  std::array<OctantRatio, 3> shares;
  for (std::size_t i = 0; i < structure.atoms.size(); ++i) {
    if (structure.atoms.elements[i] != Element::C) continue;
    const std::uint8_t where = octant(structure.atoms.cell, structure.atoms.positions[i]);
    for (std::size_t s = 0; s < shares.size(); ++s) shares[s].add(where, structure.bonds.degree(i) == s + 2 ? 1 : 0);
  }
  report.sp = shares[0].estimate();
  report.sp2 = shares[1].estimate();
  report.sp3 = shares[2].estimate();
}

void measure_rings(const CarbonStructure& structure, const std::vector<Ring>& rings,
                   const std::vector<PlacedRing>& placed, OrderReport& report) {
  std::array<OctantRatio, largest_ring - smallest_ring + 1> per_carbon;
  OctantRatio non_hexagonal;
  for (std::size_t i = 0; i < structure.atoms.size(); ++i) {
    if (structure.atoms.elements[i] != Element::C) continue;
    const std::uint8_t where = octant(structure.atoms.cell, structure.atoms.positions[i]);
    for (auto& ratio : per_carbon) ratio.add(where, 0, 1);
  }
  for (std::size_t r = 0; r < rings.size(); ++r) {
    per_carbon[rings[r].size() - smallest_ring].add(placed[r].octant, 1, 0);
    if (rings[r].size() <= largest_sheet_ring) non_hexagonal.add(placed[r].octant, rings[r].size() == 6 ? 0 : 1);
  }
  for (std::size_t s = 0; s < per_carbon.size(); ++s) report.rings[s] = per_carbon[s].estimate();
  report.non_hexagonal = non_hexagonal.estimate();
}

void measure_curvature(const CarbonStructure& structure, std::span<const Ring> rings,
                       const std::vector<PlacedRing>& placed, OrderReport& report) {
  std::map<Bond, std::vector<std::size_t>> rings_of_bond;
  for (std::size_t r = 0; r < rings.size(); ++r) {
    for (std::size_t n = 0; n < rings[r].size(); ++n) {
      const std::uint32_t a = rings[r][n], b = rings[r][(n + 1) % rings[r].size()];
      rings_of_bond[{std::min(a, b), std::max(a, b)}].push_back(r);
    }
  }
  OctantRatio curvature;
  for (const auto& [bond, sharing] : rings_of_bond) {
    if (sharing.size() != 2) continue;  // an edge, or no surface at all
    const RingPlane& first = placed[sharing[0]].plane;
    const RingPlane& second = placed[sharing[1]].plane;
    const double distance = norm(structure.atoms.cell.minimum_image(second.centre - first.centre));
    if (distance < 0.1) continue;  // two rings round the same atoms
    const double sine = norm(cross(first.normal, second.normal));
    const double cosine = std::abs(dot(first.normal, second.normal));
    curvature.add(placed[sharing[0]].octant, std::atan2(sine, cosine) / distance);
  }
  report.curvature = curvature.estimate();
}

// Distance along the normal of `ring` to the nearest facing ring on the given side, or infinity.
double facing_distance(const PlacedRing& ring, std::span<const Neighbour> neighbours,
                       const std::vector<PlacedRing>& placed, double side, const OrderOptions& options) {
  // Ring centres of a hexagonal sheet are 2.46 angstrom apart, so that one lies within 1.42 of any axis through it.
  constexpr double largest_offset = 1.6;
  const double smallest_cosine = std::cos(options.largest_tilt * std::numbers::pi / 180);
  double nearest = std::numeric_limits<double>::infinity();
  for (const Neighbour& neighbour : neighbours) {
    const Vector3 normal = side * ring.plane.normal;
    const Vector3& other = placed[neighbour.index].plane.normal;
    const double cosine = dot(normal, other);
    if (std::abs(cosine) < smallest_cosine) continue;
    const double distance = dot(neighbour.displacement, other) / cosine;
    const double height = dot(neighbour.displacement, normal);
    if (norm(neighbour.displacement - height * normal) > largest_offset) continue;
    if (distance >= options.nearest_layer && distance <= options.farthest_layer) nearest = std::min(nearest, distance);
  }
  return nearest;
}

void measure_layers(const Cell& cell, const std::vector<PlacedRing>& placed, const OrderOptions& options,
                    OrderReport& report) {
  const auto n_bins =
      static_cast<std::size_t>(std::ceil((options.farthest_layer - options.nearest_layer) / options.bin_width - 1e-9));
  for (std::size_t b = 0; b <= n_bins; ++b) {
    report.spacing_edges.push_back(options.nearest_layer + static_cast<double>(b) * options.bin_width);
  }
  report.spacing_shares.assign(n_bins, 0);
  if (placed.empty()) return;
  std::vector<Vector3> centres;
  for (const PlacedRing& ring : placed) centres.push_back(ring.plane.centre);
  const NeighbourList neighbours(cell, centres, std::hypot(options.farthest_layer, 1.6) + 1.0);
  OctantRatio spacing, unpaired;
  double facing = 0;
  for (std::size_t r = 0; r < placed.size(); ++r) {
    for (double side : {-1.0, 1.0}) {
      const double distance = facing_distance(placed[r], neighbours.of(r), placed, side, options);
      unpaired.add(placed[r].octant, std::isinf(distance) ? 1 : 0);
      if (std::isinf(distance)) continue;
      spacing.add(placed[r].octant, distance);
      const auto bin = static_cast<std::size_t>((distance - options.nearest_layer) / options.bin_width);
      report.spacing_shares[std::min(bin, n_bins - 1)] += 1;
      facing += 1;
    }
  }
  for (double& share : report.spacing_shares) share /= std::max(facing, 1.0);
  report.layer_spacing = spacing.estimate();
  report.unpaired_sides = unpaired.estimate();
}

void measure_composition(const CarbonStructure& structure, OrderReport& report) {
  const std::vector<std::uint32_t> fragment = structure.bonds.fragments();
  std::vector<std::size_t> sizes(*std::max_element(fragment.begin(), fragment.end()) + 1, 0);
  for (std::uint32_t f : fragment) ++sizes[f];
  report.fragments = sizes.size();
  report.largest_fragment =
      static_cast<double>(*std::max_element(sizes.begin(), sizes.end())) / static_cast<double>(fragment.size());
  const auto carbon = static_cast<double>(count(structure.atoms, Element::C));
  if (carbon == 0) return;
  report.hydrogen_per_carbon = static_cast<double>(count(structure.atoms, Element::H)) / carbon;
  report.oxygen_per_carbon = static_cast<double>(count(structure.atoms, Element::O)) / carbon;
}

}  // namespace

OrderReport analyse_order(const CarbonStructure& structure, const OrderOptions& options) {
  EXPECTS(structure.bonds.size() == structure.atoms.size());
  if (structure.atoms.size() == 0) throw InputError("a structure without atoms has no order to measure");
  if (!(options.nearest_layer > 0 && options.farthest_layer > options.nearest_layer && options.bin_width > 0)) {
    throw InputError("the limits of the layer spacing must ascend from a positive value");
  }
  OrderReport report;
  report.ring_list = find_rings(structure.bonds, largest_ring);
  std::vector<PlacedRing> placed;
  std::size_t in_sheets = 0;
  for (const Ring& ring : report.ring_list) {
    const RingPlane plane = ring_plane(ring, structure.atoms);
    placed.push_back({plane, octant(structure.atoms.cell, plane.centre)});
    if (ring.size() <= largest_sheet_ring) ++in_sheets;
  }
  measure_coordination(structure, report);
  measure_rings(structure, report.ring_list, placed, report);
  const std::span<const Ring> rings(report.ring_list.data(), in_sheets);  // sorted by size
  placed.resize(in_sheets);
  measure_curvature(structure, rings, placed, report);
  measure_layers(structure.atoms.cell, placed, options, report);
  measure_composition(structure, report);
  return report;
}

}  // namespace cardhouse
