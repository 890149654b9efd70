#pragma once

#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// X-ray form factor of the free neutral atom [electrons] at q = 4 pi sin(theta)/lambda [1/angstrom]:
/// f(q) = sum_i a_i exp(-b_i (q/4 pi)^2) + c, International Tables for Crystallography C (2006), table 6.1.1.4 (Cromer
/// & Mann 1968, doi:10.1107/S0567739468000550); valid to q = 25 1/angstrom. Dispersion corrections are left out: 0.3 %
/// of f(0) for carbon and Cu K alpha.
double form_factor(Element element, double q);

}  // namespace cardhouse
