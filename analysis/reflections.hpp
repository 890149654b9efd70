#pragma once

#include <optional>
#include <span>

#include "analysis/scattering.hpp"
#include "engine/base/statistics.hpp"

namespace cardhouse {

/// Where a reflection is looked for [1/angstrom], and the constant of its Scherrer equation.
struct ReflectionSearch {
  double low, high;                        ///< the maximum lies between these
  double background_low, background_high;  ///< the background touches the minima on either side, within these
  double scherrer_constant;                ///< L = K lambda/(beta cos theta) = 2 pi K / (width in q)
};
/// (002), spacings of 2.9-4.4 angstrom, L = Lc, K = 0.89; and the two-dimensional (10) and (11) bands, L = La, K = 1.84
/// (Warren 1941, doi:10.1103/PhysRev.59.693). The position of a band is not 2 pi/d: see Warren.
inline constexpr ReflectionSearch search_002{1.43, 2.15, 0.8, 2.7, 0.89};
inline constexpr ReflectionSearch search_10{2.65, 3.35, 2.2, 3.9, 1.84};
inline constexpr ReflectionSearch search_11{4.75, 5.5, 4.2, 5.7, 1.84};

/// A maximum over a straight local background.
struct Peak {
  double position = 0;  ///< [1/angstrom]
  double height = 0;    ///< over the background
  double width = 0;     ///< full, at half height [1/angstrom]
};
/// None when the largest value lies at a border of the search or does not rise over its background.
std::optional<Peak> find_peak(std::span<const double> q, std::span<const double> values,
                              const ReflectionSearch& search);

struct Reflection {
  Estimate position;  ///< [1/angstrom]
  Estimate spacing;   ///< 2 pi/position [angstrom]
  Estimate height;    ///< in q (S - 1) [1/angstrom]
  Estimate width;     ///< corrected for the resolution, in quadrature [1/angstrom]
  Estimate size;      ///< Scherrer [angstrom]
  /// The peak is hardly wider (below 1.5 times) than the resolution: `size` is what a peak of 1.5 times the resolution
  /// would give, the crystallites are at least so large, and no error is stated.
  bool size_is_lower_bound = false;
};

/// Finds the reflection in q (S(q) - 1), where the window of distances broadens peaks symmetrically (in S itself it
/// also shifts them down). Errors by jackknife over octants.
std::optional<Reflection> find_reflection(const ScatteringCurve& curve, const ReflectionSearch& search);

}  // namespace cardhouse
