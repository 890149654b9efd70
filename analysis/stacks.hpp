#pragma once

#include <vector>

#include "analysis/sheets.hpp"
#include "engine/base/statistics.hpp"
#include "engine/io/table.hpp"

namespace cardhouse {

/// When two rings face each other: the second lies square above the first. The limits of the spacing keep buckled
/// bilayers and slit pores out (graphite 3.354, hard carbon 3.6-4.0 angstrom).
struct StackOptions {
  SheetOptions sheets = {};
  double nearest_layer = 3.0;   ///< [angstrom]
  double farthest_layer = 4.2;  ///< [angstrom]
  double largest_tilt = 20;     ///< between their normals [degree]
  double bin_width = 0.05;      ///< of the histogram of spacings [angstrom]
  /// Patches of which fewer rings face each other have no twist worth a number.
  int smallest_overlap = 4;
};

/// Flat patches and their stacking. A stack is read column-wise: from every ring upwards and downwards through facing
/// rings; a column that meets a patch twice has gone round the periodic cell and is endless. (Joining whole patches
/// instead would put the partly overlapping crystallites of a hard carbon into one stack.) Errors by jackknife over
/// octants. Weights are ring areas. All values are 0 where nothing was found; the shares say so.
struct StackReport {
  std::size_t sheets = 0, patches = 0;
  Estimate La;                       ///< sqrt(4 A/pi) of the patches that end [angstrom]
  Estimate endless_patches;          ///< share of the area in patches without end
  Estimate layers;                   ///< layers per stack, over columns that end
  Estimate single_layers;            ///< share of the area in columns of one layer
  Estimate endless_columns;          ///< share of the area in columns without end
  Estimate spacing;                  ///< of facing rings [angstrom]
  double spacing_deviation = 0;      ///< standard deviation of the spacing [angstrom]
  std::vector<double> layer_shares;  ///< share of the area in columns of 1, 2, ... layers; endless ones left out
  std::vector<double> spacing_edges, spacing_shares;  ///< histogram: edges [angstrom], share of the facing sides
  /// Twist of facing patches, modulo the symmetry of their lattices 0..30 degrees; ascending, one a pair [degree].
  std::vector<double> twists;
  double mean_twist = 0;  ///< [degree]; 15 for random layers, 0 for graphite
  /// Kolmogorov-Smirnov distance of the twists from the uniform distribution of turbostratic carbon, and how often
  /// chance alone exceeds it.
  double twist_distance = 0;
  double twist_p_value = 1;
};

/// Throws InputError for a structure without atoms or with contradictory limits.
StackReport analyse_stacks(const CarbonStructure& structure, const StackOptions& options = {});

/// Share of the sheet area by number of layers; histogram of spacings; list of twists.
Table layer_table(const StackReport& report);
Table spacing_table(const StackReport& report);
Table twist_table(const StackReport& report);

}  // namespace cardhouse
