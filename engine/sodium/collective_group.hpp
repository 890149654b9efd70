#pragma once

#include <algorithm>
#include <cmath>

#include "engine/sodium/site_network.hpp"
#include "engine/sodium/sodium_parameters.hpp"

namespace cardhouse {

/// Energy of a group of sites that depends on one linear sum over its occupied sites, E = F(L), L = sum_i w_i c_i.
///
/// - Host electrons of a carbon domain of area A: L is the number of electrons given, and
///   F = (2/3) hv sqrt(pi/A) [(L + N0)^1.5 - N0^1.5], the filling of graphene's linear bands (Castro Neto 2009,
///   doi:10.1103/RevModPhys.81.109). It rises faster than linearly: the slope of the voltage curve.
/// - Opening of a gallery patch of rest spacing d0: L is the number of sodium, and F(L) = G(L) - L g with
///   G = min over 0 <= x <= x_max of K x^2 - L s x, K = A c33/(2 d0), so that x = min(L s/(2 K), x_max).
///   g is G(1) at one reference spacing for all carbons: the level of the galleries is measured on a hard carbon of
///   about that spacing, so the opening around a lone sodium is in it already. What remains is how much more a narrow
///   gallery gains by opening than a wide one, and the cooperative part: every further sodium finds the gallery open. A
///   is the area of the patch, but never less than 8 sqrt(D d0/c33) (40 angstrom^2 at 3.8 angstrom), the footprint of
///   one sodium: the load over the deflection of a plate of bending stiffness D on a foundation of modulus c33/d0
///   (Timoshenko & Woinowsky-Krieger, Theory of Plates and Shells, section 57, gives P/(8 sqrt(k D)) under the load).
///
/// In both F' is monotonic in L, and the more slowly the larger L, which is what safe_drift relies on.
class CollectiveGroup {
 public:
  /// EXPECTS domain.area > 0.
  static CollectiveGroup host_electrons(const CarbonDomain& domain, const HostElectronParameters& parameters);
  /// `reference` is g [eV]. EXPECTS patch.area > 0 and patch.spacing > 0.
  static CollectiveGroup gallery_opening(const GalleryPatch& patch, const OpeningParameters& parameters,
                                         double reference = 0);
  /// A group without energy (a term that is switched off): the sum is still kept.
  static CollectiveGroup silent();

  double energy(double sum) const {  ///< F [eV]
    if (kind_ == Kind::HostElectrons) return factor_ * ((sum + offset_) * std::sqrt(sum + offset_) - base_);
    if (kind_ == Kind::Silent) return 0;
    const double x = opening(sum);
    return (factor_ * x - sum * pull_) * x - sum * reference_;
  }
  double slope(double sum) const;  ///< F' [eV]
  double change(double sum, double step) const { return energy(sum + step) - energy(sum); }
  double opening(double sum) const {  ///< x [angstrom]; zero for host electrons
    return kind_ == Kind::GalleryOpening ? std::min(sum * pull_ / (2 * factor_), largest_) : 0;
  }

  /// A distance h such that change(L', step) differs from change(L'', step) by at most `margin` for every
  /// |step| <= heaviest and every L', L'' within h/2 of `sum`. Zero when none larger than 1e-6 will do.
  double safe_drift(double sum, double heaviest, double margin) const;

 private:
  enum class Kind { Silent, HostElectrons, GalleryOpening };
  CollectiveGroup() = default;

  Kind kind_ = Kind::Silent;
  double factor_ = 0;     ///< (2/3) hv sqrt(pi/A), or K
  double offset_ = 0;     ///< N0
  double base_ = 0;       ///< N0^1.5
  double pull_ = 0;       ///< s
  double reference_ = 0;  ///< g
  double largest_ = 0;    ///< x_max
};

}  // namespace cardhouse
