#pragma once

#include "analysis/scattering.hpp"

namespace cardhouse {

/// What a diffractometer adds to the scattering of a sample. By default an unpolarised source and nothing else.
struct Instrument {
  double wavelength = copper_k_alpha;  ///< [angstrom]
  bool polarised = false;              ///< data that are corrected for polarisation, or synchrotron: no factor
  /// Scattering angle of the monochromator's reflection [degree], such as 26.6 of graphite for Cu K alpha: polarisation
  /// (1 + cos^2 2 theta cos^2 2 theta_m)/(1 + cos^2 2 theta_m) (International Tables for Crystallography C, 2006,
  /// section 6.2). 0: none.
  double monochromator = 0;
  /// Absorption of a flat sample of thickness t in reflection, mu t: 1 - exp(-2 mu t/sin theta) (Klug & Alexander,
  /// X-ray Diffraction Procedures, 1974, section 5.3). 0: thick. Carbon has mu = 0.9 1/mm for Cu K alpha at 2.2 g/cm3.
  double optical_thickness = 0;
  /// Line width, FWHM^2 = u tan^2 theta + v tan theta + w (Caglioti, Paoletti & Ricci 1958,
  /// doi:10.1016/0369-643X(58)90029-X) [degree^2]. All 0: sharp.
  double caglioti_u = 0, caglioti_v = 0, caglioti_w = 0;
  /// Intensity of K alpha 2 over K alpha 1 (0.5 without monochromator), its wavelength being 1.0025 as long (Hoelzer et
  /// al. 1997, doi:10.1103/PhysRevA.56.4554).
  double second_line = 0;
};

/// Throws InputError for terms that make no sense: a wavelength that is not positive, negative absorption or second
/// line, an angle of the monochromator outside 0 to 180 degree.
void check_instrument(const Instrument& instrument);

/// Polarisation times absorption at q [1/angstrom]; 1 for an instrument that is `polarised`, thick and without
/// monochromator.
double instrument_factor(const Instrument& instrument, double q);

/// The pattern as the instrument records it: factors, second line, line width. Points beyond back-scattering are left
/// out. Throws InputError for a negative FWHM^2 and as check_instrument().
Diffractogram diffractogram(const ScatteringCurve& curve, const Instrument& instrument);

}  // namespace cardhouse
