#include "analysis/pores.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "analysis/surface_area.hpp"
#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"
#include "engine/structure/void_regions.hpp"

namespace cardhouse {
namespace {

// The points of the four grids together form a face-centred lattice of half the step.
constexpr std::array<Vector3, 4> grid_shifts{Vector3{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}};

void check(const PoreOptions& options) {
  if (options.grids < 1 || options.grids > 4) throw InputError("the number of pore grids must be 1 to 4");
  if (!(options.spacing > 0 && options.bin_width > 0 && options.largest_diameter > 0)) {
    throw InputError("grid spacing and pore size bins must be positive");
  }
  if (!(options.helium_diameter > 0 && options.helium_diameter <= options.carbon_dioxide_diameter &&
        options.carbon_dioxide_diameter <= options.nitrogen_diameter)) {
    throw InputError("probe diameters must ascend from helium over carbon dioxide to nitrogen");
  }
  if (options.surface_points < 10) throw InputError("surface areas need at least 10 points on every atom");
  if (!(options.least_throat_radius > 0)) throw InputError("the least radius of a throat must be positive");
}

// Everything one grid tells; volumes in angstrom^3.
struct GridResult {
  double open = 0, semi_closed = 0, closed = 0;
  double closed_radius = 0, largest_radius = 0;
  std::vector<double> total_sizes, open_sizes, closed_sizes;
};

struct Probes {
  VoidRegions helium, carbon_dioxide, nitrogen;
};

struct Surfaces {
  SurfaceArea helium, carbon_dioxide, nitrogen;
};

Surfaces measure_surfaces(const Atoms& atoms, const VoidMap& map, const Probes& probes, int points) {
  return {surface_area(atoms, map, probes.helium, points), surface_area(atoms, map, probes.carbon_dioxide, points),
          surface_area(atoms, map, probes.nitrogen, points)};
}

MeasuredPore pore_from(const VoidRegion& region, PoreClass pore_class, double area) {
  MeasuredPore pore;
  pore.pore_class = pore_class;
  pore.volume = region.occupiable_volume;
  pore.sphere_radius = region.sphere_radius;
  pore.centre = region.sphere_centre;
  pore.centroid = region.centroid;
  pore.area = area;
  return pore;
}

std::vector<MeasuredPore> list_pores(const Probes& probes, const Surfaces& surfaces) {
  std::vector<MeasuredPore> pores;
  for (std::size_t r = 0; r < probes.helium.regions.size(); ++r) {
    const VoidRegion& region = probes.helium.regions[r];
    if (!region.percolates) pores.push_back(pore_from(region, PoreClass::Closed, surfaces.helium.of_regions[r]));
  }
  // A grid point of every nitrogen region: the smaller probes fit there too.
  std::vector<std::size_t> point(probes.nitrogen.regions.size(), 0);
  for (std::size_t p = probes.nitrogen.labels.size(); p-- > 0;) {
    if (probes.nitrogen.labels[p] != VoidRegions::solid) point[probes.nitrogen.labels[p]] = p;
  }
  for (std::size_t r = 0; r < point.size(); ++r) {
    const VoidRegion& region = probes.nitrogen.regions[r];
    if (!probes.helium.regions[probes.helium.labels[point[r]]].percolates) continue;
    const PoreClass pore_class = region.percolates ? PoreClass::Open : PoreClass::SemiClosed;
    pores.push_back(pore_from(region, pore_class, surfaces.nitrogen.of_regions[r]));
    pores.back().reached_by_carbon_dioxide =
        probes.carbon_dioxide.regions[probes.carbon_dioxide.labels[point[r]]].percolates;
  }
  std::stable_sort(pores.begin(), pores.end(), [](const MeasuredPore& a, const MeasuredPore& b) {
    return a.pore_class != b.pore_class ? a.pore_class < b.pore_class : a.volume > b.volume;
  });
  return pores;
}

void add_size(std::vector<double>& bins, double diameter, double bin_width, double volume) {
  const auto bin = static_cast<std::size_t>(diameter / bin_width);
  if (bin >= bins.size()) bins.resize(bin + 1, 0.0);
  bins[bin] += volume;
}

void connect(std::vector<MeasuredPore>& pores, const VoidGraph& graph, const PoreOptions& options) {
  std::vector<std::uint32_t> nodes;
  for (const MeasuredPore& pore : pores) nodes.push_back(graph.node_near(pore.centre, options.spacing));
  const std::vector<PoreConnection> connections = connect_pores(graph, nodes, options.least_throat_radius);
  for (std::size_t p = 0; p < pores.size(); ++p) pores[p].connection = connections[p];
}

ProbeArea per_mass(const SurfaceArea& area, double mass) {
  return {{area.total.value / mass, area.total.error / mass}, {area.open.value / mass, area.open.error / mass}};
}

// What needs one grid only.
void measure_pores(const Atoms& atoms, const VoidMap& map, const Probes& probes, const PoreOptions& options,
                   PoreReport& report) {
  const Surfaces surfaces = measure_surfaces(atoms, map, probes, options.surface_points);
  const VoidGraph graph(atoms);
  const double mass = total_mass(atoms);
  report.nitrogen_area = per_mass(surfaces.nitrogen, mass);
  report.carbon_dioxide_area = per_mass(surfaces.carbon_dioxide, mass);
  report.spheres = sphere_diameters(graph);
  report.pores = list_pores(probes, surfaces);
  connect(report.pores, graph, options);
}

GridResult analyse_grid(const Atoms& atoms, const PoreOptions& options, int g, PoreReport& report) {
  const VoidMap map(atoms, {options.spacing, grid_shifts[static_cast<std::size_t>(g)]});
  const InscribedSpheres spheres = inscribe_spheres(map);
  const Probes probes{find_regions(map, spheres, 0.5 * options.helium_diameter),
                      find_regions(map, spheres, 0.5 * options.carbon_dioxide_diameter),
                      find_regions(map, spheres, 0.5 * options.nitrogen_diameter)};
  GridResult result;
  result.open = probes.nitrogen.occupiable_volume(true);
  result.semi_closed = probes.helium.occupiable_volume(true) - result.open;
  result.closed = probes.helium.occupiable_volume(false);
  for (const VoidRegion& region : probes.helium.regions) {
    if (!region.percolates) result.closed_radius += region.sphere_radius * region.occupiable_volume;
  }
  if (result.closed > 0) result.closed_radius /= result.closed;
  const auto deepest = std::max_element(map.clearances().begin(), map.clearances().end()) - map.clearances().begin();
  result.largest_radius = std::max(0.0, map.clearance_at(map.climb(map.position(map.grid_point(deepest)))));
  if (g == 0) measure_pores(atoms, map, probes, options, report);
  const std::vector<std::int32_t> occupied = occupied_by(probes.helium, spheres);
  for (std::size_t v = 0; v < map.size(); ++v) {
    if (spheres.centre[v] == InscribedSpheres::none) continue;
    const double diameter = 2 * spheres.radius[v];
    add_size(result.total_sizes, diameter, options.bin_width, map.voxel_volume());
    if (occupied[v] == VoidRegions::solid) continue;
    const bool open = probes.helium.regions[occupied[v]].percolates;
    add_size(open ? result.open_sizes : result.closed_sizes, diameter, options.bin_width, map.voxel_volume());
  }
  return result;
}

Estimate over_grids(const std::vector<GridResult>& grids, const std::function<double(const GridResult&)>& quantity) {
  std::vector<double> values;
  for (const GridResult& grid : grids) values.push_back(quantity(grid));
  return mean_of(values);
}

PoreSizeDistribution size_distribution(const std::vector<GridResult>& grids, const PoreOptions& options, double mass) {
  auto n_bins = static_cast<std::size_t>(std::ceil(options.largest_diameter / options.bin_width - 1e-9));
  for (const GridResult& grid : grids) n_bins = std::max(n_bins, grid.total_sizes.size());
  PoreSizeDistribution sizes;
  for (std::size_t b = 0; b <= n_bins; ++b) sizes.diameters.push_back(static_cast<double>(b) * options.bin_width);
  const auto bin = [&](std::vector<double> GridResult::*bins, std::size_t b) {
    return over_grids(grids, [&](const GridResult& g) { return b < (g.*bins).size() ? (g.*bins)[b] / mass : 0.0; });
  };
  for (std::size_t b = 0; b < n_bins; ++b) {
    sizes.total.push_back(bin(&GridResult::total_sizes, b));
    sizes.open.push_back(bin(&GridResult::open_sizes, b));
    sizes.closed.push_back(bin(&GridResult::closed_sizes, b));
  }
  return sizes;
}

double in_cm3_per_g(double volume_per_dalton) {
  return in_unit(volume_per_dalton / constants::dalton, "cm3/g");
}

}  // namespace

const char* name_of(PoreClass pore_class) {
  switch (pore_class) {
    case PoreClass::Closed:
      return "closed";
    case PoreClass::SemiClosed:
      return "semi-closed";
    case PoreClass::Open:
      return "open";
  }
  return "";
}

PoreReport analyse_pores(const Atoms& atoms, const PoreOptions& options) {
  check(options);
  PoreReport report;
  std::vector<GridResult> grids;
  for (int g = 0; g < options.grids; ++g) grids.push_back(analyse_grid(atoms, options, g, report));
  const double mass = total_mass(atoms);
  const double volume = atoms.cell.volume();
  const auto solid = [&](const GridResult& g) { return volume - g.open - g.semi_closed; };

  report.geometric_density = mass / volume;
  report.helium_density = over_grids(grids, [&](const auto& g) { return mass / solid(g); });
  report.open_volume = over_grids(grids, [&](const auto& g) { return g.open / mass; });
  report.semi_closed_volume = over_grids(grids, [&](const auto& g) { return g.semi_closed / mass; });
  report.closed_volume = over_grids(grids, [&](const auto& g) { return g.closed / mass; });
  report.pycnometric_closed_volume =
      over_grids(grids, [&](const auto& g) { return solid(g) / mass - 1 / options.graphite_density; });
  report.closed_radius = over_grids(grids, [](const auto& g) { return g.closed_radius; });
  report.largest_radius = over_grids(grids, [](const auto& g) { return g.largest_radius; });
  report.sizes = size_distribution(grids, options, mass);
  return report;
}

Table pore_table(const PoreReport& report) {
  Table table{{{"class", "1", "0 closed, 1 semi-closed, 2 open", {}},
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
    const double row[] = {static_cast<double>(pore.pore_class),
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
    for (std::size_t c = 0; c < table.columns.size(); ++c) table.columns[c].values.push_back(row[c]);
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
    for (std::size_t c = 0; c < table.columns.size(); ++c) table.columns[c].values.push_back(row[c]);
  }
  return table;
}

}  // namespace cardhouse
