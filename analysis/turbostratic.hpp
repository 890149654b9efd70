#pragma once

#include <optional>
#include <span>
#include <vector>

#include "analysis/instrument.hpp"
#include "engine/base/statistics.hpp"
#include "engine/io/numbered_lines.hpp"

namespace cardhouse {

/// Stacks of parallel graphene layers without lateral registry, and carbon that belongs to none.
struct TurbostraticCarbon {
  double spacing = 3.6;  ///< d002 [angstrom]
  double size = 20;      ///< La, of the layers: in-plane line shape exp(-pi La^2 x^2), as Warren 1941 [angstrom]
  double layers = 3;     ///< M, mean number in a stack, not necessarily an integer; Lc = M d002
  double spacing_variance = 0.01;           ///< sigma^2 of a gap, adding up from gap to gap ("strain") [angstrom^2]
  double unorganised = 0.1;                 ///< share of the atoms that scatter independently
  double lattice = 2.46;                    ///< in-plane lattice constant [angstrom]
  double mean_square_displacement = 0.003;  ///< u^2 of an atom along any direction [angstrom^2]
  double in_plane_variance = 0;             ///< of the lattice constant from patch to patch, over its square
};

/// Structure factor of such a carbon (one-layer model of Shi, Reimers & Dahn 1993, doi:10.1107/S0021889893003784, with
/// random shifts everywhere), q = 2 pi s:
///   S = (1 - x) [D S_org + 1 - D] + x,   D = exp(-q^2 u^2),
///   S_org = sum_hk m |F|^2/(2 A) <shape(s_r - s_hk) G(s_z)>  over the sphere |s|; rods 00, 10, 11, 20, 21, 30, 22,
///   G_00 = Re[(1 + Q)/(1 - Q) + 2 Q (Q^M - 1)/(M (1 - Q)^2)],  Q = exp(2 pi i d s_z - 2 pi^2 sigma^2 s_z^2),  G_hk =
///   1,
/// A the area of the cell, |F|^2 = 4 cos^2(pi (h - k)/3), m the multiplicity. A lattice constant that varies
/// by the relative variance v (in-plane strain; Stokes & Wilson 1944, doi:10.1088/0959-5309/56/3/303) widens the rods
/// as 1/La'^2 = 1/La^2 + 2 pi v s_hk^2. Unlike CarbonXS it is on an absolute scale. Valid up to q = 8 1/angstrom; below
/// about 2/La it is the scattering of layers in empty space.
std::vector<double> turbostratic_structure_factor(const TurbostraticCarbon& carbon, std::span<const double> q);

/// A powder pattern to be fitted: own or measured. An empty `error` gives all points the same absolute weight.
struct PowderPattern {
  std::vector<double> q;  ///< [1/angstrom], ascending
  std::vector<double> intensity;
  std::vector<double> error;
};

/// Two columns, 2 theta [degree] and intensity, separated by blanks or a comma; lines that begin with '#' and empty
/// lines are skipped, further columns ignored. Counts get the error sqrt(counts) when `counting` is true. Throws
/// InputError at the line that is no such pair or does not ascend. NumberedLines::from_file opens a user's file.
PowderPattern read_pattern(NumberedLines lines, double wavelength = copper_k_alpha, bool counting = false);

struct TurbostraticFit {
  static constexpr double largest_size = 300, most_layers = 60;  ///< bounds: crystals without end stop here
  Estimate spacing, size, layers, spacing_variance, unorganised, lattice, mean_square_displacement;
  Estimate in_plane_variance;  ///< 0 without error where the points do not reach past (11), which tells it from La
  Estimate stack_height;       ///< M d002, errors of both taken as independent [angstrom]
  Estimate scale, background;  ///< 1 and 0 for a structure factor
  double reduced_chi_square = 0;
  std::vector<double> q;      ///< of the points that were fitted
  std::vector<double> model;  ///< at these
};

/// Between which q to fit [1/angstrom]: (002) to (11). Below, small-angle scattering of pores is not in the model.
struct TurbostraticRange {
  double low = 1.0;
  double high = 5.8;
  /// Largest distance that the curve was computed from through a window (`scattering`), see distance_window.hpp;
  /// 0 for measured patterns and clusters, which have none [angstrom].
  double distances = 0;
};

/// Fits a structure factor on its absolute scale: eight parameters. Points closer than pi/distances are not
/// independent; the errors allow for it. Throws InputError for a window below 10 angstrom, when the range holds too few
/// points or when the data do not determine a parameter, such as the variance of spacings in a carbon of single layers.
TurbostraticFit fit_structure_factor(const PowderPattern& pattern, const TurbostraticRange& range = {});

/// Fits an intensity in any unit: scale f(q)^2 S(q) P + background, ten parameters. P = (1 + cos^2 2 theta)/2 for an
/// unpolarised source of `wavelength` and 1 for wavelength 0 (corrected data). The second form takes polarisation and
/// absorption from the instrument; the width of its lines is left out: it adds to that of crystallites in quadrature,
/// 0.1 to 4 degrees. EXPECTS no window.
TurbostraticFit fit_intensity(const PowderPattern& pattern, double wavelength = copper_k_alpha,
                              const TurbostraticRange& range = {});
TurbostraticFit fit_intensity(const PowderPattern& pattern, const Instrument& instrument,
                              const TurbostraticRange& range = {});

/// R of Liu, Xue, Zheng & Dahn 1996 (Carbon 34, 193): intensity at the (002) maximum over that of the background
/// tangent there; 1 for single layers, larger the more layers are stacked. None without a maximum.
std::optional<double> dahn_ratio(std::span<const double> q, std::span<const double> intensity);

}  // namespace cardhouse
