#include "engine/app/stages/acceptance.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "analysis/pores.hpp"
#include "analysis/reflections.hpp"
#include "engine/base/constants.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

constexpr double stack_height_tolerance = 1.5;  // [angstrom]
constexpr double hydrogen_tolerance = 0.01;     // H/C

double per_carbon(const BuildReport& report) {
  return static_cast<double>(report.hydrogen.reached) / static_cast<double>(report.carbons);
}

// People read nanometres and grams.
struct Reading {
  const char* quantity;
  const char* unit;
  double factor;
};

Reading reading_of(const Acceptance& judged) {
  if (judged.name == "interlayer_spacing") return {"d002 of the builder", "nm", 0.1};
  if (judged.name == "stack_height") return {"Lc of the builder", "nm", 0.1};
  if (judged.name == "closed_pore_volume")
    return {"closed pores of the builder", "cm3/g", in_unit(1 / constants::dalton, "cm3/g")};
  return {"H/C of the builder", "1", 1};
}

}  // namespace

bool Acceptance::met() const {
  return std::abs(obtained.value - target) <= tolerance;
}

std::vector<Acceptance> judge(const CarbonTargets& targets, const FedBackCarbon& result) {
  std::vector<Acceptance> judged;
  if (result.relaxed) {
    const Atoms& atoms = result.relaxed->atoms;
    if (const auto found = find_reflection(scattering(PairHistogram::periodic(atoms), q_grid()), search_002)) {
      judged.push_back({"interlayer_spacing", "angstrom", targets.interlayer_spacing, found->spacing,
                        SpacingFeedbackOptions{}.tolerance});
      judged.push_back({"stack_height", "angstrom", targets.stack_height, found->size, stack_height_tolerance});
    }
    judged.push_back({"closed_pore_volume", "angstrom3/u", targets.closed_pore_volume,
                      analyse_pores(atoms, {.grids = 1}).closed_volume, pore_volume_tolerance(targets)});
  }
  judged.push_back({"hydrogen_per_carbon",
                    "1",
                    targets.hydrogen_per_carbon,
                    {per_carbon(result.carbon.report), -1},
                    hydrogen_tolerance});
  return judged;
}

std::vector<SummaryRow> acceptance_rows(const std::vector<Acceptance>& judged) {
  std::vector<SummaryRow> rows;
  for (const Acceptance& one : judged) {
    const auto [quantity, unit, factor] = reading_of(one);
    Estimate obtained{one.obtained.value * factor, one.obtained.error > 0 ? one.obtained.error * factor : -1};
    rows.push_back({quantity, obtained, unit,
                    fmt::format("{:.3f} wanted, {} within {:.3f}", one.target * factor, one.met() ? "met" : "not met",
                                one.tolerance * factor)});
  }
  return rows;
}

void write_acceptance(RunFile& file, const std::string& name, const std::vector<Acceptance>& judged) {
  for (const Acceptance& one : judged)
    file.write_table(name + "/" + one.name,
                     Table{{{"target", one.unit, "as asked for", {one.target}},
                            {"obtained", one.unit, "relaxed in the builder", {one.obtained.value}},
                            {"error", one.unit, "of it, negative without one", {one.obtained.error}},
                            {"tolerance", one.unit, "of the difference", {one.tolerance}},
                            {"met", "1", "1 when within", {one.met() ? 1.0 : 0.0}}}});
}

}  // namespace cardhouse
