#pragma once

#include <string>

#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// Parameters of the second-moment form for one metal. Symbols as in second_moment.hpp.
struct SecondMomentParameters {
  Element element;
  double A;   ///< [eV]
  double xi;  ///< [eV]
  double p;
  double q;
  double r0;           ///< [angstrom]
  double taper_start;  ///< [angstrom]
  double cutoff;       ///< [angstrom]
};

/// Reads inputs/potentials/Na_second_moment_1998.toml or a file like it. Throws InputError.
SecondMomentParameters load_second_moment_parameters(const std::string& path);

}  // namespace cardhouse
