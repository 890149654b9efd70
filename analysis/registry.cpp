#include "analysis/registry.hpp"

#include <optional>

#include "analysis/reflections.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

const char* const octants = "error: jackknife over octants of the cell";
const char* const exact = "exact count, no error";

Descriptor in(const std::string& unit, const std::string& name, Estimate internal, const std::string& remark) {
  return {name, {in_unit(internal.value, unit), in_unit(internal.error, unit)}, unit, remark};
}

// Densities and volumes per mass of the reports are per dalton.
Estimate scaled(Estimate estimate, double factor) {
  return {estimate.value * factor, estimate.error * factor};
}

std::vector<Descriptor> composition(const CarbonStructure& structure, const DescriptorOptions&) {
  const auto carbon = static_cast<double>(count(structure.atoms, Element::C));
  std::vector<Descriptor> result;
  const auto add = [&](const std::string& name, Element element) {
    const auto n = static_cast<double>(count(structure.atoms, element));
    result.push_back({name, {carbon > 0 ? n / carbon : 0, 0}, "1", carbon > 0 ? exact : "no carbon"});
  };
  add("hydrogen_per_carbon", Element::H);
  add("nitrogen_per_carbon", Element::N);
  add("oxygen_per_carbon", Element::O);
  add("sodium_per_carbon", Element::Na);
  const double density = mass_density(structure.atoms) * constants::dalton;
  result.push_back(in("g/cm3", "geometric_density", {density, 0}, exact));
  return result;
}

std::vector<Descriptor> network(const CarbonStructure& structure, const DescriptorOptions& options) {
  const OrderReport report = analyse_order(structure, options.order);
  std::vector<Descriptor> result{
      {"sp_fraction", report.sp, "1", octants},           {"sp2_fraction", report.sp2, "1", octants},
      {"sp3_fraction", report.sp3, "1", octants},         {"non_hexagonal_rings", report.non_hexagonal, "1", octants},
      in("1/nm", "curvature", report.curvature, octants), {"unpaired_sides", report.unpaired_sides, "1", octants},
  };
  for (int size = smallest_ring; size <= largest_ring; ++size) {
    const std::string name = "rings_of_" + std::to_string(size) + "_per_carbon";
    result.push_back({name, report.rings[static_cast<std::size_t>(size - smallest_ring)], "1", octants});
  }
  if (report.layer_spacing.value > 0) {
    result.push_back(in("nm", "layer_spacing", report.layer_spacing, octants));
  } else {
    result[5].remark += "; no ring faces another, layer_spacing left out";
  }
  return result;
}

std::vector<Descriptor> pores(const CarbonStructure& structure, const DescriptorOptions& options) {
  return describe_pores(analyse_pores(structure.atoms, options.pores), structure.atoms.cell.volume());
}

void add_reflection(const ScatteringCurve& curve, const ReflectionSearch& search, const std::string& index,
                    std::vector<Descriptor>& result) {
  const std::optional<Reflection> reflection = find_reflection(curve, search);
  if (!reflection) {
    result.push_back({"height_" + index, {0, 0}, "1/nm", "no maximum in range, spacing and size left out"});
    return;
  }
  result.push_back(in("1/nm", "height_" + index, reflection->height, octants));
  const bool layers = index == "002";
  if (layers) result.push_back(in("nm", "d002", reflection->spacing, octants));
  result.push_back(
      in("nm", layers ? "Lc" : "La", reflection->size,
         reflection->size_is_lower_bound ? "lower bound: the peak is as narrow as the resolution" : octants));
}

std::vector<Descriptor> diffraction(const CarbonStructure& structure, const DescriptorOptions& options) {
  const PairHistogram histogram = PairHistogram::periodic(structure.atoms, options.scattering_range);
  const ScatteringCurve curve = scattering(histogram, q_grid());
  std::vector<Descriptor> result;
  add_reflection(curve, search_002, "002", result);
  add_reflection(curve, search_10, "10", result);
  return result;
}

constexpr RegistryEntry<DescriptorFunction> table[] = {
    {"composition", "atoms per carbon atom and geometric density", "counting", composition},
    {"diffraction", "d002, Lc and La from Debye scattering and Scherrer widths",
     "Debye 1915, doi:10.1002/andp.19153510606; Warren 1941, doi:10.1103/PhysRev.59.693", diffraction},
    {"network", "coordination, rings, curvature and real-space layer spacing",
     "Franzblau 1991, doi:10.1103/PhysRevB.44.4925", network},
    {"pores", "helium density; open, semi-closed and closed pore volume",
     "Gelb & Gubbins 1999, doi:10.1021/la9808418; Ongari et al. 2017, doi:10.1021/acs.langmuir.7b01682", pores},
};

}  // namespace

std::span<const RegistryEntry<DescriptorFunction>> descriptors() {
  return table;
}

std::vector<Descriptor> describe_pores(const PoreReport& report, double cell_volume) {
  const char* const grid = "error: spread over shifted grids";
  const auto volume = [&](const char* name, Estimate estimate) {
    return in("cm3/g", name, scaled(estimate, 1 / constants::dalton), grid);
  };
  return {in("g/cm3", "helium_density", scaled(report.helium_density, constants::dalton), grid),
          volume("open_pore_volume", report.open_volume),
          volume("semi_closed_pore_volume", report.semi_closed_volume),
          volume("closed_pore_volume", report.closed_volume),
          volume("pycnometric_closed_volume", report.pycnometric_closed_volume),
          in("nm", "closed_pore_radius", report.closed_radius, grid),
          in("nm", "largest_sphere_radius", report.largest_radius, grid),
          in("1/nm3", "pore_number_density", {static_cast<double>(report.pores.size()) / cell_volume, 0},
             "exact count on the first grid, no error")};
}

}  // namespace cardhouse
