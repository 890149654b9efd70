#pragma once

#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// Bound coherent scattering length for neutrons, natural isotopes, real part [angstrom] (Sears 1992,
/// doi:10.1080/10448639208218770). It does not depend on q; the argument gives it the shape of form_factor().
double neutron_length(Element element, double q = 0);

}  // namespace cardhouse
