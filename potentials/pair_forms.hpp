#pragma once
// Energies of two atoms at distance r [angstrom], as bare functions: V [eV] and dV/dr [eV/angstrom].

#include <variant>
#include <vector>

#include "potentials/value_and_slope.hpp"

namespace cardhouse {

/// Morse (doi:10.1103/PhysRev.34.57) with dispersion damped as by Tang and Toennies (doi:10.1063/1.447150, eq. 3):
/// V = D (e^(-2 a (r - r0)) - 2 e^(-a (r - r0))) - C6 f(b r)/r^6, f(x) = 1 - e^-x sum_{k=0..6} x^k/k!. Finite at
/// contact.
struct MorseDispersion {
  double depth;      ///< D [eV]
  double steepness;  ///< a [1/angstrom]
  double distance;   ///< r0 [angstrom]
  double six;        ///< C6 [eV angstrom^6]
  double damping;    ///< b [1/angstrom]
};

/// V = 4 e ((s/r)^12 - (s/r)^6).
struct LennardJonesForm {
  double depth;     ///< e [eV]
  double diameter;  ///< s [angstrom]
};

/// V = A e^(-r/rho) - C/r^6 (Buckingham, doi:10.1098/rspa.1938.0173). Falls to minus infinity at contact.
struct Buckingham {
  double amplitude;  ///< A [eV]
  double range;      ///< rho [angstrom]
  double six;        ///< C [eV angstrom^6]
};

/// V = q_i q_j e^(-r/lambda)/(4 pi eps0 r).
struct ScreenedCoulomb {
  double charge_product;    ///< q_i q_j [e^2]
  double screening_length;  ///< lambda [angstrom]
};

/// V = A e^(-b r) - C6 f(b r)/r^6 (Tang and Toennies, doi:10.1063/1.447150, eqs. 1 and 3, first dispersion term).
/// Finite at contact.
struct TangToennies {
  double amplitude;  ///< A [eV]
  double decay;      ///< b [1/angstrom]
  double six;        ///< C6 [eV angstrom^6]
};

using PairForm = std::variant<MorseDispersion, LennardJonesForm, Buckingham, ScreenedCoulomb, TangToennies>;

/// f(x) of Tang and Toennies over x^6, with its slope; exact to rounding down to x = 0, where it is x/5040.
ValueAndSlope damped_inverse_sixth(double x);

/// V and dV/dr. EXPECTS r > 0.
ValueAndSlope evaluate(const PairForm& form, double r);

/// Where a pair term ends, at long and at short distance.
struct PairRange {
  double cutoff;       ///< c [angstrom]
  double taper_start;  ///< a [angstrom]
  double force_cap;    ///< [eV/angstrom]
};

/// The sum V of several forms for one pair of elements, made fit for simulation:
/// E(r) = (V(r) - V(c)) S(t), S = 1 - t^3 (10 - 15 t + 6 t^2), t = (r - a)/(c - a) between 0 and 1: shifted to zero at
/// the cut-off c and with two continuous derivatives there and at the taper start a. Below the core distance the energy
/// goes on linearly in r^2, E and dE/dr continuous. The core is where, coming from the taper start, the slope first
/// exceeds the force cap, or where repulsion is strongest (so that a Buckingham term cannot collapse), or a tenth of an
/// angstrom.
class PairTerm {
 public:
  /// EXPECTS 0.1 < taper_start < cutoff and force_cap > 0.
  PairTerm(std::vector<PairForm> forms, PairRange range);

  double core() const { return core_; }  ///< [angstrom]
  /// Whether two atoms repel at the core; when they do not, only the parabola keeps them from falling together.
  bool repels_at_core() const { return at_core_.slope < 0; }
  /// E and dE/d(r^2) at the squared distance r2; zero from the cut-off on.
  ValueAndSlope in_square(double r2) const;

 private:
  ValueAndSlope bare(double r) const;
  ValueAndSlope tapered(double r) const;
  double find_core(double force_cap) const;
  double capped_distance(double low, double high, double force_cap) const;

  std::vector<PairForm> forms_;
  double cutoff_;
  double taper_start_;
  double shift_ = 0;       ///< V(c)
  double core_ = 0;        ///< [angstrom]
  ValueAndSlope at_core_;  ///< in r
};

}  // namespace cardhouse
