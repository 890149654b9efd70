#pragma once

#include <optional>
#include <span>
#include <vector>

#include "analysis/grid_scattering.hpp"
#include "analysis/reflections.hpp"
#include "engine/io/table.hpp"

namespace cardhouse {

struct OperandoOptions {
  double pore_probe = 2.6;  ///< pores are what a sphere of this diameter covers: helium [angstrom]
  double spacing = 0.5;     ///< of the grid that finds them [angstrom]
  /// Small angles end here: the inverse of the smallest pores, below the rise towards (002) [1/angstrom].
  double largest_small_q = 0.6;
};

/// What X-rays see of a carbon at one state of charge.
struct OperandoPoint {
  double sodium_per_carbon = 0;
  double pore_share = 0;               ///< of the volume
  double sodium_in_pores = 0;          ///< share of the sodium that lies there; 0 without sodium
  double pore_density = 0;             ///< electrons in the pores, by volume [1/angstrom^3]
  double wall_density = 0;             ///< and in the rest
  double contrast = 0;                 ///< (wall_density - pore_density)^2 [1/angstrom^6]
  double invariant = 0;                ///< 2 pi^2 contrast phi (1 - phi) of two uniform phases [1/angstrom^6]
  double small_angle_intensity = 0;    ///< mean over the small angles, electrons^2 per volume [1/angstrom^3]
  std::optional<Reflection> stacking;  ///< (002); none where there is no maximum
  ShellCurve small_angles;
  ScatteringCurve diffraction;  ///< over (002), without errors: differences between states have those of one sample
};

/// Small-angle scattering and (002) of a carbon with sodium on `sites` [angstrom], each there with its probability
/// (averages over configurations; zeros and ones for one of them), as seen operando: Stevens & Dahn 2000
/// (doi:10.1149/1.1394081, SAXS of filling pores), 2001 (doi:10.1149/1.1379565, shift of (002)). Sodium among the atoms
/// of the carbon itself counts as well. The carbon stands as it is given: for the shift of (002) with composition give
/// its relaxed positions at every composition. Throws InputError for occupations that do not fit the sites and for a
/// carbon without carbon atoms.
OperandoPoint operando_point(const Atoms& carbon, std::span<const Vector3> sites, std::span<const double> occupations,
                             const OperandoOptions& options = {});

/// One row a state of charge. Where a state has no (002) maximum, the spacing stands as 0.
Table operando_table(std::span<const OperandoPoint> points);

}  // namespace cardhouse
