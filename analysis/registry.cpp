#include "analysis/registry.hpp"

#include <fmt/core.h>

#include <optional>

#include "analysis/order_descriptors.hpp"
#include "analysis/reflections.hpp"
#include "analysis/scattering_descriptors.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

const char* const octants = "error by jackknife over octants";
const char* const exact = "exact";
const char* const grid = "error from shifted grids";

Descriptor in(const std::string& unit, const std::string& name, Estimate internal, const std::string& remark) {
  return {name, {in_unit(internal.value, unit), in_unit(internal.error, unit)}, unit, remark};
}

// Densities and volumes per mass of the reports are per dalton.
Estimate scaled(Estimate estimate, double factor) {
  return {estimate.value * factor, estimate.error * factor};
}

// Of the slab alone where there is vacuum.
Descriptor geometric_density(const Atoms& atoms, const PoreOptions& options) {
  const double density = total_mass(atoms) / slab_of(atoms, options).volume() * constants::dalton;
  return in("g/cm3", "geometric_density", {density, 0},
            options.vacuum_axis < 0 ? "mass over volume of the cell, exact" : "mass over volume of the slab, exact");
}

Description composition(const CarbonStructure& structure, const DescriptorOptions& options) {
  const auto carbon = static_cast<double>(count(structure.atoms, Element::C));
  Description result;
  const auto add = [&](const std::string& name, Element element) {
    const auto n = static_cast<double>(count(structure.atoms, element));
    result.values.push_back({name, {carbon > 0 ? n / carbon : 0, 0}, "1", carbon > 0 ? exact : "no carbon"});
  };
  add("hydrogen_per_carbon", Element::H);
  add("nitrogen_per_carbon", Element::N);
  add("oxygen_per_carbon", Element::O);
  add("sodium_per_carbon", Element::Na);
  if (count(structure.atoms, Element::B) > 0) add("boron_per_carbon", Element::B);
  if (count(structure.atoms, Element::P) > 0) add("phosphorus_per_carbon", Element::P);
  if (count(structure.atoms, Element::S) > 0) add("sulfur_per_carbon", Element::S);
  result.values.push_back(geometric_density(structure.atoms, options.pores));
  return result;
}

Table ring_table(const OrderReport& report) {
  Table table{{{"size", "1", "atoms of the ring", {}},
               {"per_carbon", "1", "rings per carbon atom", {}},
               {"error", "1", octants, {}}}};
  for (int size = smallest_ring; size <= largest_ring; ++size) {
    const Estimate& rings = report.rings[static_cast<std::size_t>(size - smallest_ring)];
    table.columns[0].values.push_back(size);
    table.columns[1].values.push_back(rings.value);
    table.columns[2].values.push_back(rings.error);
  }
  return table;
}

Table ring_atom_table(const OrderReport& report) {
  Table table{{{"ring", "1", "number of the ring", {}}, {"atom", "1", "its atoms in order round it", {}}}};
  for (std::size_t r = 0; r < report.ring_list.size(); ++r) {
    for (const std::uint32_t atom : report.ring_list[r]) {
      table.columns[0].values.push_back(static_cast<double>(r));
      table.columns[1].values.push_back(atom);
    }
  }
  return table;
}

// Shares of pentagons, hexagons and heptagons among the rings of 3 to 9, for the remark.
std::string ring_shares(const OrderReport& report) {
  double all = 0;
  for (int size = smallest_ring; size <= largest_sheet_ring; ++size)
    all += report.rings[static_cast<std::size_t>(size - smallest_ring)].value;
  const auto percent = [&](int size) {
    return all > 0 ? 100 * report.rings[static_cast<std::size_t>(size - smallest_ring)].value / all : 0.0;
  };
  return fmt::format("{:.1f} % pentagons, {:.1f} % hexagons, {:.1f} % heptagons", percent(5), percent(6), percent(7));
}

Description network(const CarbonStructure& structure, const DescriptorOptions& options) {
  const OrderReport report = analyse_order(structure, options.order);
  Description result{{
                         {"sp_fraction", report.sp, "1", octants},
                         {"sp2_fraction", report.sp2, "1", octants},
                         {"sp3_fraction", report.sp3, "1", octants},
                         {"non_hexagonal_rings", report.non_hexagonal, "1", ring_shares(report)},
                         in("1/nm", "curvature", report.curvature, octants),
                         {"unpaired_sides", report.unpaired_sides, "1", "sides of rings that face no layer"},
                     },
                     {{"ring_atoms", ring_atom_table(report)}, {"rings", ring_table(report)}}};
  if (report.layer_spacing.value > 0) {
    result.values.push_back(in("nm", "layer_spacing", report.layer_spacing, "of facing rings, in real space"));
  } else {
    result.values.back().remark += "; no ring faces another, layer_spacing left out";
  }
  return result;
}

Description pores(const CarbonStructure& structure, const DescriptorOptions& options) {
  const PoreReport report = analyse_pores(structure.atoms, options.pores);
  const auto volume = [&](const char* name, Estimate estimate, const std::string& meaning) {
    return in("cm3/g", name, scaled(estimate, 1 / constants::dalton), meaning);
  };
  const auto area = [&](const char* name, Estimate estimate, const std::string& meaning) {
    return in("m2/g", name, scaled(estimate, 1 / constants::dalton), meaning);
  };
  const ProbeReport& sodium = report.probes.front();
  const ProbeReport& solvated = report.probes.back();
  return {{in("g/cm3", "helium_density", scaled(report.helium_density, constants::dalton),
              "without the pores that helium reaches"),
           volume("open_pore_volume", report.open_volume, "reached by nitrogen"),
           volume("semi_closed_pore_volume", report.semi_closed_volume, "reached by helium, not by nitrogen"),
           volume("closed_pore_volume", report.closed_volume, "holds helium, not reached"),
           volume("pycnometric_closed_volume", report.pycnometric_closed_volume, "1/helium density - 1/2.26"),
           in("nm", "closed_pore_radius", report.closed_radius, "largest sphere, weighted by volume"),
           in("nm", "largest_sphere_radius", report.largest_radius, grid),
           in("1/nm3", "pore_number_density", report.number_density, "cut at necks below 0.7 of the smaller cavity"),
           area("nitrogen_area", report.nitrogen_area.total, "touched by nitrogen, closed pores included"),
           area("nitrogen_open_area", report.nitrogen_area.open, "touched by nitrogen from outside"),
           area("carbon_dioxide_area", report.carbon_dioxide_area.total, "touched by CO2, closed pores included"),
           area("carbon_dioxide_open_area", report.carbon_dioxide_area.open, "touched by CO2 from outside"),
           volume("sodium_open_volume", sodium.open_volume, "reached by bare sodium ions, pores and galleries"),
           volume("sodium_closed_volume", sodium.closed_volume, "holds bare sodium ions, no way to it through space"),
           area("sodium_open_area", sodium.area.open, "touched by bare sodium ions from outside"),
           volume("solvated_sodium_volume", solvated.open_volume, "reached by sodium in a shell of 0.8 nm"),
           area("solvated_sodium_area", solvated.area.open, "touched by sodium in a shell of 0.8 nm"),
           in("nm", "largest_cavity_diameter", {report.spheres.largest, 0}, "Voronoi graph, no grid"),
           in("nm", "pore_limiting_diameter", {report.spheres.limiting, 0}, "Voronoi graph; 0: nothing passes")},
          {{"pores", pore_table(report)},
           {"pore_probes", probe_table(report)},
           {"pore_sizes", size_distribution_table(report)},
           {"pore_throats", throat_table(report)}}};
}

void add_reflection(const ScatteringCurve& curve, const ReflectionSearch& search, const std::string& index,
                    std::vector<Descriptor>& result) {
  const std::optional<Reflection> reflection = find_reflection(curve, search);
  if (!reflection) {
    result.push_back({"height_" + index, {0, 0}, "1/nm", "no maximum in range, spacing and size left out"});
    return;
  }
  result.push_back(in("1/nm", "height_" + index, reflection->height, "of the reflection in q (S - 1)"));
  result.push_back(
      in("1/nm", "position_" + index, reflection->position, "of the maximum in q, " + std::string(octants)));
  const std::string bound = reflection->size_is_lower_bound ? "at most: as narrow as the box resolves" : "";
  result.push_back(in("1/nm", "fwhm_" + index, reflection->width,
                      bound.empty() ? "in q, the window of distances taken off in quadrature" : bound));
  const bool layers = index == "002";
  if (layers) result.push_back(in("nm", "d002", reflection->spacing, "XRD (002), " + std::string(octants)));
  const std::string scherrer = layers ? "Scherrer, K = 0.89" : "Warren, K = 1.84";
  result.push_back(
      in("nm",
         layers          ? "Lc"
         : index == "10" ? "La"
                         : "La_" + index,
         reflection->size,
         reflection->size_is_lower_bound ? "at least: the peak is as narrow as the box resolves" : scherrer));
}

Table diffraction_table(const ScatteringCurve& curve, const Instrument& instrument) {
  const Diffractogram laboratory = diffractogram(curve, instrument);
  const auto rows = static_cast<std::ptrdiff_t>(laboratory.two_theta.size());
  const auto first = [&](const std::vector<double>& values) {
    return std::vector<double>(values.begin(), values.begin() + rows);
  };
  return {{{"q", "1/angstrom", "4 pi sin(theta)/lambda", first(curve.q)},
           {"structure_factor", "1", "S(q)", first(curve.structure_factor)},
           {"structure_factor_error", "1", octants, first(curve.error)},
           {"two_theta", "degree", "scattering angle, Cu K alpha unless told", laboratory.two_theta},
           {"intensity", "electrons2", "per atom, with the factors of the instrument", laboratory.intensity}}};
}

Description diffraction(const CarbonStructure& structure, const DescriptorOptions& options) {
  const PairHistogram histogram = PairHistogram::periodic(structure.atoms, options.scattering_range);
  const ScatteringCurve curve = scattering(histogram, q_grid());
  Description result{{}, {{"diffraction", diffraction_table(curve, options.instrument)}}};
  add_reflection(curve, search_002, "002", result.values);
  add_reflection(curve, search_10, "10", result.values);
  add_reflection(curve, search_11, "11", result.values);
  for (const Descriptor& ratio : dahn_ratio_of(curve)) result.values.push_back(ratio);
  return result;
}

constexpr RegistryEntry<DescriptorFunction> table[] = {
    {"composition", "atoms per carbon atom and geometric density", "counting", composition},
    {"conductivity", "connectedness of the bonded network as a resistor network",
     "Kirkpatrick 1973, doi:10.1103/RevModPhys.45.574", describe_conductivity},
    {"defects", "vacancies, edges, configurations of heteroatoms, functional groups",
     "Banhart et al. 2011, doi:10.1021/nn102598m", describe_defects},
    {"diffraction", "d002, Lc and La from Debye scattering and Scherrer widths",
     "Debye 1915, doi:10.1002/andp.19153510606; Warren 1941, doi:10.1103/PhysRev.59.693", diffraction},
    {"network", "coordination, rings, curvature and real-space layer spacing",
     "Franzblau 1991, doi:10.1103/PhysRevB.44.4925", network},
    {"pair_distribution", "reduced and partial pair distributions, X-rays and neutrons",
     "Keen 2001, doi:10.1107/S0021889800019993; Sears 1992, doi:10.1080/10448639208218770", describe_pair_distribution},
    {"pores", "helium density; open, semi-closed and closed pore volume",
     "Gelb & Gubbins 1999, doi:10.1021/la9808418; Ongari et al. 2017, doi:10.1021/acs.langmuir.7b01682", pores},
    {"small_angles", "small-angle scattering and its pore length, electron density",
     "Stevens & Dahn 2000, doi:10.1149/1.1394081", describe_small_angles},
    {"stacks", "flat patches, layers per stack, spacings, twists, Raman ratio",
     "Franklin 1951, doi:10.1098/rspa.1951.0197; Ferrari & Robertson 2000, doi:10.1103/PhysRevB.61.14095",
     describe_stacks},
    {"turbostratic", "layers, spacing, strain and unorganised share from a fit of the whole profile",
     "Shi, Reimers & Dahn 1993, doi:10.1107/S0021889893003784", describe_turbostratic},
};

}  // namespace

std::span<const RegistryEntry<DescriptorFunction>> descriptors() {
  return table;
}

}  // namespace cardhouse
