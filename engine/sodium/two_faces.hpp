#pragma once

namespace cardhouse {

/// Energy of a lone sodium atom between two parallel faces of carbon against their distance, the host rigid and not
/// charged: the sum of what either face gives,
///
///   E(d) = E_atom + min [ 2 u(d/2), u(h) + u(d - h) ],   u(z) = -D (2 x - x^2),  x = exp(-(z - h)/l),  D = E_atom -
///   E_1
///
/// u is a Morse curve: E_1 at the height h over a single face, and at large d. Up to split() sodium stands midway,
/// beyond it at h over the nearer face; E is continuous there. Two faces of one shape describe first-principles
/// energies from 3.35 to 4.5 angstrom within 0.1 eV (inputs/potentials/Na_C_reference.toml). Farther out nothing is
/// known but the limit: an image charge would fall off more slowly than this exponential.
struct TwoFaces {
  double atom = 0;    ///< E_atom, free atom against bcc sodium [eV]
  double single = 0;  ///< E_1, over one face [eV]
  double height = 0;  ///< h [angstrom]
  double decay = 1;   ///< l [angstrom]

  /// u: what one face at distance `z` gives against the free atom [eV].
  double one_face(double z) const;
  /// E at the distance of the faces [eV].
  double operator()(double distance) const;
  /// Distance from which sodium stands over one face: 2 h + 2 l ln(1 + sqrt 2), where both terms of the minimum are
  /// equal [angstrom].
  double split() const;
};

}  // namespace cardhouse
