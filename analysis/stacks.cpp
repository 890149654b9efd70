#include "analysis/stacks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

#include "analysis/spatial_blocks.hpp"
#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

constexpr double degree = std::numbers::pi / 180;

struct Facing {
  std::int64_t ring = -1;  // none
  double distance = 0;
};
using FacingSides = std::array<Facing, 2>;  // against and along the normal

void check(const CarbonStructure& structure, const StackOptions& options) {
  if (structure.atoms.size() == 0) throw InputError("a structure without atoms has no layers to measure");
  if (!(options.nearest_layer > 0 && options.farthest_layer > options.nearest_layer && options.bin_width > 0 &&
        options.largest_tilt > 0 && options.largest_tilt < 90)) {
    throw InputError("the limits of facing layers must ascend from a positive value, the tilt lie below 90 degrees");
  }
}

Facing nearest_facing(const Sheets& sheets, std::size_t r, double side, std::span<const Neighbour> neighbours,
                      const StackOptions& options) {
  // Ring centres of a hexagonal sheet are 2.46 angstrom apart, so that one lies within 1.42 of any axis through it.
  constexpr double largest_offset = 1.6;
  const Vector3 normal = side * sheets.rings[r].plane.normal;
  Facing nearest;
  for (const Neighbour& neighbour : neighbours) {
    const Vector3& other = sheets.rings[neighbour.index].plane.normal;
    const double cosine = dot(normal, other);
    if (std::abs(cosine) < std::cos(options.largest_tilt * degree)) continue;
    const double distance = dot(neighbour.displacement, other) / cosine;
    if (distance < options.nearest_layer || distance > options.farthest_layer) continue;
    if (norm(neighbour.displacement - dot(neighbour.displacement, normal) * normal) > largest_offset) continue;
    // Of rings equally far the lower index, unless it is farther by more than the arithmetic.
    if (nearest.ring < 0 || distance < nearest.distance - 1e-9) nearest = {neighbour.index, distance};
  }
  return nearest;
}

std::vector<FacingSides> find_facing(const Cell& cell, const Sheets& sheets, const StackOptions& options) {
  std::vector<FacingSides> facing(sheets.rings.size());
  if (facing.empty()) return facing;
  std::vector<Vector3> centres;
  for (const SheetRing& ring : sheets.rings) centres.push_back(ring.plane.centre);
  const double height = options.farthest_layer / std::cos(options.largest_tilt * degree);
  const NeighbourList neighbours(cell, centres, std::hypot(height, 1.6) + 0.6);
  for (std::size_t r = 0; r < facing.size(); ++r) {
    for (std::size_t side : {0, 1})
      facing[r][side] = nearest_facing(sheets, r, side == 0 ? -1 : 1, neighbours.of(r), options);
  }
  return facing;
}

struct Column {
  std::size_t layers = 1;
  bool endless = false;
};

Column column_through(const Sheets& sheets, const std::vector<FacingSides>& facing, std::size_t start) {
  std::vector<std::uint32_t> met{sheets.rings[start].patch};
  for (std::size_t direction : {0, 1}) {
    std::size_t ring = start, side = direction;
    while (facing[ring][side].ring >= 0) {
      const auto next = static_cast<std::size_t>(facing[ring][side].ring);
      const std::uint32_t patch = sheets.rings[next].patch;
      if (std::find(met.begin(), met.end(), patch) != met.end()) return {met.size(), true};
      met.push_back(patch);
      if (dot(sheets.rings[ring].plane.normal, sheets.rings[next].plane.normal) < 0) side = 1 - side;
      ring = next;
    }
  }
  return {met.size(), false};
}

void measure_patches(const Cell& cell, const Sheets& sheets, StackReport& report) {
  OctantRatio size, endless;
  for (const SheetRing& ring : sheets.rings) {
    const FlatPatch& patch = sheets.patches[ring.patch];
    const std::uint8_t where = octant(cell, ring.plane.centre);
    endless.add(where, patch.endless ? ring.area : 0, ring.area);
    if (!patch.endless) size.add(where, ring.area * std::sqrt(4 * patch.area / std::numbers::pi), ring.area);
  }
  report.La = size.estimate();
  report.endless_patches = endless.estimate();
}

void measure_columns(const Cell& cell, const Sheets& sheets, const std::vector<FacingSides>& facing,
                     StackReport& report) {
  OctantRatio layers, single, endless;
  double area = 0;
  for (std::size_t r = 0; r < sheets.rings.size(); ++r) {
    const SheetRing& ring = sheets.rings[r];
    const Column column = column_through(sheets, facing, r);
    const std::uint8_t where = octant(cell, ring.plane.centre);
    area += ring.area;
    endless.add(where, column.endless ? ring.area : 0, ring.area);
    single.add(where, column.layers == 1 && !column.endless ? ring.area : 0, ring.area);
    if (column.endless) continue;
    layers.add(where, ring.area * static_cast<double>(column.layers), ring.area);
    if (report.layer_shares.size() < column.layers) report.layer_shares.resize(column.layers, 0);
    report.layer_shares[column.layers - 1] += ring.area;
  }
  for (double& share : report.layer_shares) share /= area;
  report.layers = layers.estimate();
  report.single_layers = single.estimate();
  report.endless_columns = endless.estimate();
}

void measure_spacing(const Cell& cell, const Sheets& sheets, const std::vector<FacingSides>& facing,
                     const StackOptions& options, StackReport& report) {
  const double range = options.farthest_layer - options.nearest_layer;
  const auto n_bins = static_cast<std::size_t>(std::ceil(range / options.bin_width - 1e-9));
  for (std::size_t b = 0; b <= n_bins; ++b)
    report.spacing_edges.push_back(options.nearest_layer + static_cast<double>(b) * options.bin_width);
  report.spacing_shares.assign(n_bins, 0);
  OctantRatio spacing;
  RunningMoments moments;
  for (std::size_t r = 0; r < facing.size(); ++r) {
    for (const Facing& side : facing[r]) {
      if (side.ring < 0) continue;
      spacing.add(octant(cell, sheets.rings[r].plane.centre), side.distance);
      moments.add(side.distance);
      const auto bin = static_cast<std::size_t>((side.distance - options.nearest_layer) / options.bin_width);
      report.spacing_shares[std::min(bin, n_bins - 1)] += 1;
    }
  }
  if (moments.count() == 0) return;
  for (double& share : report.spacing_shares) share /= static_cast<double>(moments.count());
  report.spacing = spacing.estimate();
  const auto n = static_cast<double>(moments.count());
  report.spacing_deviation = std::sqrt(moments.variance() * (n - 1) / n);
}

// Angle between two honeycomb lattices in 0..30 degrees, the second tilted the shortest way onto the first.
double twist_between(const FlatPatch& first, const FlatPatch& second) {
  const Vector3 normal = dot(first.normal, second.normal) < 0 ? -second.normal : second.normal;
  const Vector3& d = second.lattice_direction;
  const Vector3 laid = d - dot(d, first.normal) / (1 + dot(first.normal, normal)) * (first.normal + normal);
  const Vector3& u = first.lattice_direction;
  const double angle = std::atan2(dot(laid, cross(first.normal, u)), dot(laid, u)) / degree;
  return std::abs(angle - 60 * std::round(angle / 60));
}

void measure_twists(const Sheets& sheets, const std::vector<FacingSides>& facing, const StackOptions& options,
                    StackReport& report) {
  constexpr double least_order = 0.5;  // below, a patch has no single lattice (estimate)
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> overlaps;
  for (std::size_t r = 0; r < facing.size(); ++r) {
    for (const Facing& side : facing[r]) {
      if (side.ring < 0) continue;
      const std::uint32_t a = sheets.rings[r].patch, b = sheets.rings[static_cast<std::size_t>(side.ring)].patch;
      if (a != b) ++overlaps[std::minmax(a, b)];
    }
  }
  for (const auto& [pair, sides] : overlaps) {
    const FlatPatch& first = sheets.patches[pair.first];
    const FlatPatch& second = sheets.patches[pair.second];
    if (sides < 2 * options.smallest_overlap || std::min(first.lattice_order, second.lattice_order) < least_order)
      continue;
    report.twists.push_back(twist_between(first, second));
  }
  if (report.twists.empty()) return;
  std::sort(report.twists.begin(), report.twists.end());
  const auto n = static_cast<double>(report.twists.size());
  std::vector<double> uniforms;
  for (std::size_t i = 0; i < report.twists.size(); ++i) {
    const double u = std::min(report.twists[i] / 30, 1.0);
    uniforms.push_back(u);
    report.mean_twist += report.twists[i] / n;
    const auto below = static_cast<double>(i);
    report.twist_distance = std::max({report.twist_distance, u - below / n, (below + 1) / n - u});
  }
  report.twist_p_value = kolmogorov_p_value(std::move(uniforms));
}

}  // namespace

StackReport analyse_stacks(const CarbonStructure& structure, const StackOptions& options) {
  check(structure, options);
  const Sheets sheets = find_sheets(structure, options.sheets);
  const Cell& cell = structure.atoms.cell;
  const std::vector<FacingSides> facing = find_facing(cell, sheets, options);
  StackReport report;
  report.sheets = sheets.n_sheets;
  report.patches = sheets.patches.size();
  measure_patches(cell, sheets, report);
  measure_columns(cell, sheets, facing, report);
  measure_spacing(cell, sheets, facing, options, report);
  measure_twists(sheets, facing, options, report);
  return report;
}

Table layer_table(const StackReport& report) {
  Table table{{{"layers", "1", "layers of the stack", {}}, {"share", "1", "of the area of all sheets", {}}}};
  for (std::size_t n = 0; n < report.layer_shares.size(); ++n) {
    table.columns[0].values.push_back(static_cast<double>(n + 1));
    table.columns[1].values.push_back(report.layer_shares[n]);
  }
  return table;
}

Table spacing_table(const StackReport& report) {
  Table table{{{"spacing_low", "nm", "lower edge of the bin", {}},
               {"spacing_high", "nm", "upper edge of the bin", {}},
               {"share", "1", "of the sides of rings that face a layer", {}}}};
  for (std::size_t b = 0; b < report.spacing_shares.size(); ++b) {
    table.columns[0].values.push_back(in_unit(report.spacing_edges[b], "nm"));
    table.columns[1].values.push_back(in_unit(report.spacing_edges[b + 1], "nm"));
    table.columns[2].values.push_back(report.spacing_shares[b]);
  }
  return table;
}

Table twist_table(const StackReport& report) {
  return {{{"twist", "degree", "between facing patches, modulo their symmetry", report.twists}}};
}

}  // namespace cardhouse
