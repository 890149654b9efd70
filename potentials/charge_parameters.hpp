#pragma once

#include <string>
#include <vector>

#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// How an element takes up charge: E = chi q + eta q^2/2 alone, and a Gaussian charge of this width for others.
struct ChargeElement {
  Element element;
  double electronegativity;  ///< chi [eV/e]
  double hardness;           ///< eta [eV/e^2]
  double width;              ///< sigma: charge density e^(-r^2/(2 sigma^2)) [angstrom]
};

/// Reads inputs/potentials/CHONa_charge_equilibration_1991.toml or a file like it. Throws InputError; also for a width
/// so small that the repulsion of the Gaussian with itself, K/(sqrt(pi) sigma), reaches the hardness: then two atoms
/// that come close would charge each other without limit.
std::vector<ChargeElement> load_charge_parameters(const std::string& path);

}  // namespace cardhouse
