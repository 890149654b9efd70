#include "analysis/order_descriptors.hpp"

#include <fmt/core.h>

#include <cmath>
#include <numbers>

#include "analysis/conductivity.hpp"
#include "analysis/defects.hpp"
#include "analysis/raman.hpp"
#include "analysis/stacks.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

const char* const octants = "error by jackknife over octants";

Descriptor in_nm(const std::string& name, Estimate internal, const std::string& remark) {
  return {name, {in_unit(internal.value, "nm"), in_unit(internal.error, "nm")}, "nm", remark};
}

// The ratio follows from La; so does its error, by its slope.
Descriptor raman(const Estimate& La) {
  const double step = 1e-3 * La.value;
  const double slope = (raman_joined(La.value + step) - raman_joined(La.value - step)) / (2 * step);
  const std::string remark = fmt::format(
      "heights, 514.5 nm, Tuinstra-Koenig joined to Ferrari-Robertson (alone: {:.2f}, {:.2f}); areas by Cancado: "
      "{:.2f}",
      raman_tuinstra_koenig(La.value), raman_ferrari_robertson(La.value), raman_cancado(La.value, 5145));
  return {"raman_ID_IG", {raman_joined(La.value), std::abs(slope) * La.error}, "1", remark};
}

void add_twists(const StackReport& report, std::vector<Descriptor>& values) {
  const std::string remark =
      fmt::format("in radian ({:.1f} degrees; 15 when turbostratic, 0 for graphite), {} pairs of patches",
                  report.mean_twist, report.twists.size());
  values.push_back({"mean_twist", {report.mean_twist * std::numbers::pi / 180, 0}, "1", remark});
  values.push_back({"twist_distance",
                    {report.twist_distance, 0},
                    "1",
                    fmt::format("Kolmogorov-Smirnov, from uniform 0-30 degrees; p = {:.2g}", report.twist_p_value)});
}

}  // namespace

Description describe_conductivity(const CarbonStructure& structure, const DescriptorOptions&) {
  const NetworkConductivity result = network_conductivity(structure);
  return {{{"network_conductivity", mean_of(result.along), "1",
            "bonded network in units of graphite along its layers, no hops between layers; error from the directions"}},
          {}};
}

Description describe_defects(const CarbonStructure& structure, const DescriptorOptions&) {
  const DefectReport report = analyse_defects(structure);
  Description result{{{"vacancies", report.vacancy_density, "1", "holes in sheets per carbon atom"},
                      {"vacancy_atoms", report.missing_atoms, "1", "atoms missing in them per carbon atom"},
                      {"zigzag_edge", report.zigzag, "1", "atoms per carbon atom"},
                      {"armchair_edge", report.armchair, "1", "atoms per carbon atom"},
                      {"corner_edge", report.corner, "1", "edge atoms between two others, per carbon atom"}},
                     {}};
  for (const SiteCount& site : report.sites)
    result.values.push_back({site.name, site.per_carbon, "1", "per carbon atom; " + site.meaning});
  return result;
}

Description describe_stacks(const CarbonStructure& structure, const DescriptorOptions&) {
  const StackReport report = analyse_stacks(structure);
  Description result{{{"endless_patches", report.endless_patches, "1", "share of the area in flat patches without end"},
                      {"endless_stacks", report.endless_columns, "1", "share of the area in stacks without end"},
                      {"single_layers", report.single_layers, "1", "share of the area that faces no layer"}},
                     {{"stack_layers", layer_table(report)},
                      {"stack_spacings", spacing_table(report)},
                      {"twists", twist_table(report)}}};
  std::vector<Descriptor>& values = result.values;
  // Where most of the area has no end in the cell, what ends is debris between and not typical.
  if (report.La.value > 0 && report.endless_patches.value <= 0.5) {
    values.push_back(in_nm("patch_La", report.La, "sqrt(4 A/pi) of flat patches that end, weighted by area"));
    values.push_back(raman(report.La));
  } else {
    values[0].remark += "; too few end, patch_La and raman_ID_IG left out";
  }
  if (report.layers.value > 0 && report.endless_columns.value <= 0.5) {
    values.push_back({"layers_per_stack", report.layers, "1", octants});
  } else {
    values[1].remark += "; too few end, layers_per_stack left out";
  }
  if (report.spacing.value > 0) {
    values.push_back(in_nm("stack_spacing", report.spacing, "of facing rings 0.30-0.42 nm apart"));
    values.push_back(in_nm("stack_spacing_deviation", {report.spacing_deviation, 0}, "standard deviation over rings"));
  } else {
    values[2].remark += "; no ring faces another, stack_spacing left out";
  }
  if (!report.twists.empty()) add_twists(report, values);
  return result;
}

}  // namespace cardhouse
