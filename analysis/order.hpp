#pragma once

#include <array>
#include <vector>

#include "engine/base/statistics.hpp"
#include "engine/structure/bond_graph.hpp"
#include "engine/structure/rings.hpp"

namespace cardhouse {

inline constexpr int smallest_ring = 3;
inline constexpr int largest_ring = 12;       ///< that is counted
inline constexpr int largest_sheet_ring = 9;  ///< that belongs to a sheet; larger ones are the rims of holes

/// Limits of the search for the sheet that faces a ring.
struct OrderOptions {
  double nearest_layer = 2.5;   ///< closer rings belong to the same defect [angstrom]
  double farthest_layer = 5.0;  ///< wider gaps are slit pores, not layers [angstrom]
  double largest_tilt = 30;     ///< between the normals of facing rings [degree]
  double bin_width = 0.05;      ///< of the histogram of spacings [angstrom]
};

/// Order of the carbon network. Errors are jackknife errors over octants; counts of the whole structure are exact and
/// have none.
struct OrderReport {
  /// Share of the carbon atoms with two, three and four bonded neighbours of any element (an edge atom C-H is sp2).
  Estimate sp, sp2, sp3;
  /// Shortest-path rings (Franzblau 1991) of 3..12 atoms per carbon atom; perfect graphite has 0.5 of size 6.
  std::array<Estimate, largest_ring - smallest_ring + 1> rings;
  std::vector<Ring> ring_list;  ///< their atoms, by size
  Estimate non_hexagonal;       ///< share of the rings of 3..9 atoms that are not hexagons
  /// Mean angle between the normals of two rings that share a bond over the distance of their centres [1/angstrom]:
  /// 0 for flat sheets, 1/R along the bent direction of a cylinder, averaged over the three directions of a hexagon.
  Estimate curvature;
  /// Spacing of neighbouring layers in real space: along the normal of each ring, on both sides, to the plane of the
  /// nearest facing ring [angstrom]. 0 when no ring faces another.
  Estimate layer_spacing;
  Estimate
      unpaired_sides;  ///< share of the ring sides that face no layer: 1 for single layers, 0 in a graphite crystal
  std::vector<double> spacing_edges;   ///< of the histogram [angstrom]
  std::vector<double> spacing_shares;  ///< share of the facing ring sides in each bin
  std::size_t fragments = 0;           ///< connected pieces of the bond graph
  double largest_fragment = 0;         ///< share of all atoms in the largest
  double hydrogen_per_carbon = 0;      ///< 0 without carbon
  double oxygen_per_carbon = 0;
};

/// Throws InputError for a structure without atoms or with contradictory limits.
OrderReport analyse_order(const CarbonStructure& structure, const OrderOptions& options = {});

}  // namespace cardhouse
