#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/statistics.hpp"

namespace cardhouse {

/// Intensity at small angles, in any one unit. `error` may be empty: all points then have the
/// same relative weight and the errors of a fit follow from the scatter about the model.
struct SmallAngleCurve {
  std::vector<double> q;  ///< [1/angstrom], ascending
  std::vector<double> intensity;
  std::vector<double> error;
};

/// The points with low <= q <= high.
SmallAngleCurve within(const SmallAngleCurve& curve, double low, double high);

struct SmallAngleFit {
  struct Value {
    std::string name;
    Estimate estimate;
    std::string unit;  ///< "I" is the unit of the intensity
  };
  std::vector<Value> values;
  double reduced_chi_square = 0;
  std::vector<double> model;  ///< at the points of the curve

  /// EXPECTS that the fit has such a value.
  Estimate operator[](std::string_view name) const;
};

// Fits of six models to the given points. All throw InputError when the points are too few, not positive, or do not
// reach the q that the model is about; the message says which q would be needed.

/// I = K q^-4 + B: smooth interfaces (Porod 1951, doi:10.1007/BF01512792), K = 2 pi drho^2 S/V. Values: constant,
/// background, exponent (of a free power law over the same background, to compare with 4). Refuses when that exponent
/// differs from 4 by more than 0.3 and three of its errors: the range is no Porod range.
SmallAngleFit fit_porod(const SmallAngleCurve& curve);

/// I = I0/(1 + xi^2 q^2)^2 + B: two phases at random (Debye, Anderson & Brumberger 1957, doi:10.1063/1.1722830).
/// Values: forward_intensity, length = xi, background. Refuses when 1/xi lies outside the range.
SmallAngleFit fit_debye_anderson_brumberger(const SmallAngleCurve& curve);

/// I = 1/(a2 + c1 q^2 + c2 q^4) + B: two phases with a distance (Teubner & Strey 1987, doi:10.1063/1.453006). Values:
/// spacing = 2 pi [sqrt(a2/c2)/2 - c1/(4 c2)]^-1/2, length = [sqrt(a2/c2)/2 + c1/(4 c2)]^-1/2,
/// amphiphilicity = c1/sqrt(4 a2 c2) (below 0: a maximum; 1: no order left), background. Refuses when 1/length or
/// 2 pi/spacing lie outside the range.
SmallAngleFit fit_teubner_strey(const SmallAngleCurve& curve);

/// ln I = ln I0 - Rg^2 q^2/3 for q Rg < 1.3 (Guinier 1939, doi:10.1051/anphys/193911120161). Points are taken from the
/// smallest q on until the limit. Values: forward_intensity, radius_of_gyration, sphere_radius = sqrt(5/3) Rg. Refuses
/// with fewer than five points below the limit.
SmallAngleFit fit_guinier(const SmallAngleCurve& curve);

/// I = A/q^a + B a1^4/(1 + a1^2 q^2)^2 + D: macropores, micropores of correlation length a1, background (Stevens & Dahn
/// 2000, doi:10.1149/1.1394081). Values: macropore_amplitude, macropore_exponent (1 to 5), micropore_amplitude, length,
/// sphere_radius = sqrt(10) a1 (same curvature at q = 0), background. Refuses when 1/a1 lies outside the range or the
/// micropores contribute less than three of their errors. `macropores` = false leaves the first term out, as for cells
/// too small to have them.
SmallAngleFit fit_stevens_dahn(const SmallAngleCurve& curve, bool macropores = true);

/// I = I0 <V^2 P(qR)>/<V^2> S_PY(q; R, eta) + B: closed pores of nearly one size that keep out of each other's way. P
/// is the form factor of a sphere, the radii scatter by a Gaussian of relative width w (cut at three of them), S_PY is
/// the structure factor of hard spheres of the mean radius by Percus and Yevick (Ashcroft & Lekner 1966,
/// doi:10.1103/PhysRev.145.83). Where pores are so, the random interfaces of the other models miss the radius by tens
/// of per cent. Values: forward_intensity, radius, width, packing = eta (pores, not walls, keep this much to
/// themselves), background. Refuses when pi/radius lies outside the range or the pores contribute less than three of
/// their errors.
SmallAngleFit fit_hard_spheres(const SmallAngleCurve& curve);

/// Integral of q^2 I over the range of the curve [I/angstrom^3], trapezoids; 2 pi^2 drho^2 phi (1 - phi) per volume
/// when the range holds all of it.
Estimate invariant(const SmallAngleCurve& curve);

}  // namespace cardhouse
