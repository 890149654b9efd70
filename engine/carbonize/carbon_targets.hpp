#pragma once
// From chemistry to what the builder is asked for.

#include "engine/carbonize/carbonize.hpp"
#include "engine/carbonize/precursor.hpp"
#include "engine/structure/carbon_targets.hpp"

namespace cardhouse {

/// Targets of the carbon that `result` becomes. With x = (T_eq - 1300 degC) / 1000 K, T_eq the two-hour equivalent:
///   d002 = d1300 - 0.314 angstrom x, La = La1300 exp(0.545 x), Lc = Lc1300 exp(0.434 x), which are fits within series
///   of one paper each over 35, 22 and 22 literature series, 700-1700 degC (slopes +- 0.032, 0.053, 0.086; estimate:
///   compiled from published tables of hard carbons, not from one paper);
///   closed pore volume 1/rho_He(T_eq) - 1/rho_graphite (Stevens & Dahn 2001, J. Electrochem. Soc. 148, A803), not
///   below zero, with rho_He the material's curve, constant beyond its ends; pore radius 3.5 + 2.5 (T_eq - 800
///   degC)/500 K angstrom between 3.5 and 11 (estimate, anchored on the 2.1 nm wide pores of phenolic-resin carbons at
///   1500 degC); anneal steps by anneal_steps(); composition, crosslinks and pore places as the chemistry left them.
CarbonTargets carbon_targets(const CarbonizeResult& result, const Precursor& precursor);

/// Steps of the lamellar field for an ordering barrier E* [eV]: 60 at 344 kJ/mol (900 degC for two hours), 400 at 462
/// (1300 degC) and 1500 at 550 (1600 degC), straight lines of ln(steps) between, constant outside (estimate: steps at
/// which the field's La and Lc grow in step with the series above).
double anneal_steps(double barrier);

}  // namespace cardhouse
