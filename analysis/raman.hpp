#pragma once

namespace cardhouse {

/// What a Raman spectrum of a carbon with crystallites of diameter La [angstrom] would show for its D and G bands,
/// under the definitions in use. They differ in kind (heights or areas) and range; a number without its definition
/// means nothing. All EXPECT La > 0.

/// Heights at 514.5 nm: I_D/I_G = 44 angstrom/La (Tuinstra & Koenig 1970, doi:10.1063/1.1674108; constant of Knight &
/// White 1989, doi:10.1557/JMR.1989.0385). For La above 20 angstrom.
double raman_tuinstra_koenig(double La);

/// Heights at 514.5 nm: I_D/I_G = 0.0055 La^2 (Ferrari & Robertson 2000, doi:10.1103/PhysRevB.61.14095). For La below
/// 20 angstrom.
double raman_ferrari_robertson(double La);

/// Both in one curve: the inverse of the sum of their inverses (an estimate of this program; largest, 1.17, near 25
/// angstrom).
double raman_joined(double La);

/// Areas: A_D/A_G = 2.4e-10 wavelength^4/La, both in nm (Cancado et al. 2006, doi:10.1063/1.2196057).
/// [angstrom, angstrom] EXPECTS wavelength > 0.
double raman_cancado(double La, double wavelength);

}  // namespace cardhouse
