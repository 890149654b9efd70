#pragma once
// What a laboratory would expect of the carbon that a char becomes, with errors.

#include "engine/base/statistics.hpp"
#include "engine/carbonize/carbonize.hpp"

namespace cardhouse {

/// Structure after the whole process. Errors are those of the material's reference and of the within-series slopes, not
/// of the responses, most of which are estimates.
struct ExpectedCarbon {
  Estimate interlayer_spacing;  ///< d002 [angstrom]
  Estimate layer_extent;        ///< La [angstrom]
  Estimate stack_height;        ///< Lc [angstrom]
  Estimate raman_ratio;         ///< ID/IG of heights at 514 nm
  Estimate surface_area;        ///< N2-BET [angstrom^2/dalton]
  Estimate closed_pore_volume;  ///< [angstrom^3/dalton]
  Estimate open_pore_volume;    ///< [angstrom^3/dalton]
  Estimate pore_radius;         ///< of closed pores [angstrom]
  double mobility = 1;          ///< of the layers while they order, over that of the reference
};

/// With x = (T_eq - 1300 degC) / 1000 K, T_eq the two-hour equivalent of the ordering clock:
///   d002 = d1300 - 0.314(32) angstrom x, La = La1300 exp(0.545(53) x), Lc = Lc1300 exp(0.434(86) x),
///   ID/IG = R1300 exp(-0.480(50) x), area = A1300 exp(-2.97(36) x),
/// fits within series of one paper each over 35, 22, 22, 35 and 87 literature series, 700-1700 degC (estimate: compiled
/// from published tables of hard carbons, not from one paper);
///   closed pores 1/rho_He(T_eq) - 1/rho_layers(d002) (Stevens & Dahn 2001, J. Electrochem. Soc. 148, A803) with the
/// material's helium density and the d002 before responses; closed pore radius 3.5 + 2.5 (T_eq - 800 degC)/500 K
/// angstrom between 3.5 and 11 (estimate: 4.5 at 1000 and 7.5 at 1600 degC, as scattering finds in carbons of sugar and
/// resin);
///   open pores: area times 4 angstrom, half the width of the slits that nitrogen sees (estimate), and the volume of
/// the carbon that gases and reagents took; of that opened volume the share 0.6, with responses 0.95 at most, closes
/// when what follows crosses 430 kJ/mol (estimate, after CO2 etching at 800 degC and closing at 1300 degC).
/// All responses of the process then shift or scale these; see StructureResponse.
ExpectedCarbon expected_carbon(const CarbonizeResult& result, const Process& process);

/// The number that a response's cause has in this result.
double cause_of(const StructureResponse& response, const CarbonizeResult& result, const Process& process);

}  // namespace cardhouse
