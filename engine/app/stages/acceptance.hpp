#pragma once
// Whether a built carbon is what was asked for.

#include <string>
#include <vector>

#include "engine/app/stages/spacing_feedback.hpp"
#include "engine/app/summary.hpp"

namespace cardhouse {

/// One target against what was obtained.
struct Acceptance {
  std::string name;  ///< of the quantity, as in the run file
  std::string unit;
  double target;
  Estimate obtained;  ///< a negative error means that there is none
  double tolerance;   ///< of obtained against target

  bool met() const;
};

/// Spacing within 0.03 angstrom and stack height within 1.5 angstrom, off the (002) reflection of the relaxed carbon;
/// H/C within 0.01; closed pores within 15 %, or 0.005 cm3/g where that is more: what helium (2.6 angstrom, see
/// analysis/pores.hpp) could fill of the relaxed carbon but does not reach. Tolerances are estimates: the scatter
/// between laboratories and, for the pores, that of the void between layers. Without feedback nothing was relaxed:
/// composition alone. A reflection that is not there leaves spacing and height out.
std::vector<Acceptance> judge(const CarbonTargets& targets, const FedBackCarbon& result);

/// A row each: what was obtained, and whether that meets the target.
std::vector<SummaryRow> acceptance_rows(const std::vector<Acceptance>& judged);

/// One table a quantity under `name`: target, obtained, error, tolerance, met.
void write_acceptance(RunFile& file, const std::string& name, const std::vector<Acceptance>& judged);

}  // namespace cardhouse
