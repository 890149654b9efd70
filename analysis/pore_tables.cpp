#include "analysis/pores.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

double in_cm3_per_g(double volume_per_dalton) {
  return in_unit(volume_per_dalton / constants::dalton, "cm3/g");
}

void add_row(Table& table, std::span<const double> row) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) table.columns[c].values.push_back(row[c]);
}

}  // namespace

Table pore_table(const PoreReport& report) {
  Table table{{{"pore", "1", "its number", {}},
               {"class", "1", "0 closed, 1 semi-closed, 2 open", {}},
               {"reached_by_carbon_dioxide", "1", "1 when carbon dioxide reaches it", {}},
               {"volume", "nm3", "occupiable by its probe", {}},
               {"sphere_radius", "nm", "largest inscribed sphere", {}},
               {"x", "nm", "centroid", {}},
               {"y", "nm", "centroid", {}},
               {"z", "nm", "centroid", {}},
               {"area", "nm2", "that the centre of its probe touches", {}},
               {"mouth_radius", "nm", "largest probe that finds a way through the carbon", {}},
               {"throat_radius", "nm", "widest neck to another pore", {}},
               {"neighbours", "1", "pores across necks wide enough for sodium ions", {}},
               {"openness", "1", "mouth over sphere radius", {}}}};
  for (const MeasuredPore& pore : report.pores) {
    const double row[] = {static_cast<double>(table.rows()),
                          static_cast<double>(pore.pore_class),
                          pore.reached_by_carbon_dioxide ? 1.0 : 0.0,
                          in_unit(pore.volume, "nm3"),
                          in_unit(pore.sphere_radius, "nm"),
                          in_unit(pore.centroid.x, "nm"),
                          in_unit(pore.centroid.y, "nm"),
                          in_unit(pore.centroid.z, "nm"),
                          in_unit(pore.area, "nm2"),
                          in_unit(pore.connection.mouth_radius, "nm"),
                          in_unit(pore.connection.throat_radius, "nm"),
                          static_cast<double>(pore.connection.neighbours),
                          pore.openness()};
    add_row(table, row);
  }
  return table;
}

Table throat_table(const PoreReport& report) {
  Table table{{{"first", "1", "number of a pore", {}},
               {"second", "1", "number of the other", {}},
               {"image_a", "1", "cell of the other, along the first cell vector", {}},
               {"image_b", "1", "along the second", {}},
               {"image_c", "1", "along the third", {}},
               {"radius", "nm", "of the largest sphere that passes", {}}}};
  for (const PoreThroat& throat : report.throats) {
    const double row[] = {static_cast<double>(throat.first),    static_cast<double>(throat.second),
                          static_cast<double>(throat.image[0]), static_cast<double>(throat.image[1]),
                          static_cast<double>(throat.image[2]), in_unit(throat.radius, "nm")};
    add_row(table, row);
  }
  return table;
}

Table probe_table(const PoreReport& report) {
  Table table{{{"diameter", "nm", "of sodium ion, helium, carbon dioxide, nitrogen, solvated sodium", {}},
               {"open_volume", "cm3/g", "occupiable from outside", {}},
               {"open_volume_error", "cm3/g", "one sigma, of the grid", {}},
               {"closed_volume", "cm3/g", "occupiable, but not from outside", {}},
               {"closed_volume_error", "cm3/g", "one sigma, of the grid", {}},
               {"open_area", "m2/g", "touched from outside", {}},
               {"total_area", "m2/g", "touched, closed pores included", {}},
               {"total_area_error", "m2/g", "one sigma, of counting points", {}}}};
  const auto in_m2_per_g = [](double area) { return in_unit(area / constants::dalton, "m2/g"); };
  for (const ProbeReport& probe : report.probes) {
    const double row[] = {in_unit(probe.diameter, "nm"),           in_cm3_per_g(probe.open_volume.value),
                          in_cm3_per_g(probe.open_volume.error),   in_cm3_per_g(probe.closed_volume.value),
                          in_cm3_per_g(probe.closed_volume.error), in_m2_per_g(probe.area.open.value),
                          in_m2_per_g(probe.area.total.value),     in_m2_per_g(probe.area.total.error)};
    add_row(table, row);
  }
  return table;
}

Table size_distribution_table(const PoreReport& report) {
  Table table{{{"diameter_low", "nm", "lower edge of the bin", {}},
               {"diameter_high", "nm", "upper edge of the bin", {}},
               {"total", "cm3/g", "all space outside the atoms", {}},
               {"total_error", "cm3/g", "one sigma, of the grid", {}},
               {"open", "cm3/g", "reached by helium", {}},
               {"open_error", "cm3/g", "one sigma, of the grid", {}},
               {"closed", "cm3/g", "large enough for helium, not reached", {}},
               {"closed_error", "cm3/g", "one sigma, of the grid", {}}}};
  const PoreSizeDistribution& sizes = report.sizes;
  for (std::size_t b = 0; b < sizes.total.size(); ++b) {
    const double row[] = {in_unit(sizes.diameters[b], "nm"),   in_unit(sizes.diameters[b + 1], "nm"),
                          in_cm3_per_g(sizes.total[b].value),  in_cm3_per_g(sizes.total[b].error),
                          in_cm3_per_g(sizes.open[b].value),   in_cm3_per_g(sizes.open[b].error),
                          in_cm3_per_g(sizes.closed[b].value), in_cm3_per_g(sizes.closed[b].error)};
    add_row(table, row);
  }
  return table;
}

}  // namespace cardhouse
