#include "analysis/pores.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>

#include "analysis/cavities.hpp"
#include "analysis/surface_area.hpp"
#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"
#include "engine/structure/void_regions.hpp"

namespace cardhouse {
namespace {

// The points of the four grids together form a face-centred lattice of half the step.
constexpr std::array<Vector3, 4> grid_shifts{Vector3{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}};

constexpr double largest_shared = 2e7;  // grid points: 0.5 GB a grid

void check(const Atoms& atoms, const PoreOptions& options) {
  if (atoms.size() == 0) throw InputError("a structure without atoms has no pores to measure");
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
  if (!(options.sodium_diameter > 0 && options.sodium_diameter <= options.solvated_sodium_diameter)) {
    throw InputError("a sodium ion must have a positive diameter, no larger than with its shell");
  }
  if (!(options.neck_ratio >= 0 && options.neck_ratio <= 1)) throw InputError("the ratio of a neck must be 0 to 1");
  if (options.vacuum_axis < -1 || options.vacuum_axis > 2)
    throw InputError("the vacuum lies along cell vector 0, 1 or 2");
}

struct Probe {
  const char* name;
  double diameter;
};

constexpr std::size_t n_probes = 5;
enum ProbeIndex : std::size_t { sodium, helium, carbon_dioxide, nitrogen, solvated_sodium };

std::array<Probe, n_probes> probes_of(const PoreOptions& options) {
  return {{{"sodium_ion", options.sodium_diameter},
           {"helium", options.helium_diameter},
           {"carbon_dioxide", options.carbon_dioxide_diameter},
           {"nitrogen", options.nitrogen_diameter},
           {"solvated_sodium", options.solvated_sodium_diameter}}};
}

// What a probe occupies inside the slab [angstrom^3].
struct Occupied {
  double open = 0, closed = 0;
};

// Everything one grid tells; volumes in angstrom^3.
struct GridResult {
  std::array<Occupied, n_probes> occupied;
  double closed_radius = 0, largest_radius = 0, pores = 0;
  std::vector<double> total_sizes, open_sizes, closed_sizes;
};

// The empty space of one grid, cut to the slab.
struct Space {
  Space(const Atoms& atoms, const VoidMapOptions& options, const Slab& within)
      : map(atoms, options), spheres(inscribe_spheres(map)), slab(within), cut(within.volume() < map.cell().volume()) {}
  bool holds(std::size_t point) const { return slab.holds(map.position(map.grid_point(point))); }
  // Dents that a sphere of the vacuum outside reaches are no pores.
  bool is_pore(std::size_t point) const {
    const std::uint32_t centre = spheres.centre[point];
    return centre != InscribedSpheres::none && (!cut || (holds(point) && holds(centre)));
  }

  VoidMap map;
  InscribedSpheres spheres;
  const Slab& slab;
  bool cut;
};

Occupied measure_volumes(const Space& space, const VoidRegions& regions) {
  std::size_t open = 0, closed = 0;
  for (std::size_t v = 0; v < space.map.size(); ++v) {
    const std::int32_t region = covering_region(regions, space.spheres, v);
    if (region == VoidRegions::solid || !space.is_pore(v)) continue;
    ++(regions.regions[region].percolates ? open : closed);
  }
  return {static_cast<double>(open) * space.map.voxel_volume(), static_cast<double>(closed) * space.map.voxel_volume()};
}

struct PoreSpaces {
  VoidRegions helium, nitrogen;  // cut at necks
};

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

// A grid point of every region.
std::vector<std::size_t> points_of(const VoidRegions& regions) {
  std::vector<std::size_t> points(regions.regions.size(), 0);
  for (std::size_t p = regions.labels.size(); p-- > 0;)
    if (regions.labels[p] != VoidRegions::solid) points[regions.labels[p]] = p;
  return points;
}

struct PoreArea {
  std::span<const double> helium, nitrogen;  // by region; empty: not measured
};

std::vector<MeasuredPore> list_pores(const Space& space, const PoreSpaces& pore_spaces, const VoidRegions& dioxide,
                                     const PoreArea& areas) {
  std::vector<MeasuredPore> pores;
  const auto area_of = [](std::span<const double> measured, std::size_t r) {
    return measured.empty() ? 0 : measured[r];
  };
  for (std::size_t r = 0; r < pore_spaces.helium.regions.size(); ++r) {
    const VoidRegion& region = pore_spaces.helium.regions[r];
    if (!region.percolates) pores.push_back(pore_from(region, PoreClass::Closed, area_of(areas.helium, r)));
  }
  const std::vector<std::size_t> points = points_of(pore_spaces.nitrogen);
  for (std::size_t r = 0; r < points.size(); ++r) {
    const VoidRegion& region = pore_spaces.nitrogen.regions[r];
    // The smaller probes fit there too.
    if (!pore_spaces.helium.regions[pore_spaces.helium.labels[points[r]]].percolates) continue;
    const PoreClass pore_class = region.percolates ? PoreClass::Open : PoreClass::SemiClosed;
    pores.push_back(pore_from(region, pore_class, area_of(areas.nitrogen, r)));
    pores.back().reached_by_carbon_dioxide = dioxide.regions[dioxide.labels[points[r]]].percolates;
  }
  std::erase_if(pores, [&](const MeasuredPore& pore) { return !space.slab.holds(pore.centre); });
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

ProbeArea per_mass(const SurfaceArea& area, double mass) {
  return {{area.total.value / mass, area.total.error / mass}, {area.open.value / mass, area.open.error / mass}};
}

void measure_graph(const VoidGraph& graph, const Slab& slab, const PoreOptions& options, PoreReport& report) {
  report.spheres = options.vacuum_axis < 0
                       ? sphere_diameters(graph)
                       : sphere_diameters(graph.part([&](const Vector3& position) { return slab.holds(position); }));
  std::vector<std::uint32_t> nodes;
  for (const MeasuredPore& pore : report.pores) nodes.push_back(graph.node_near(pore.centre, options.spacing));
  const std::vector<PoreConnection> connections = connect_pores(graph, nodes, options.least_throat_radius);
  for (std::size_t p = 0; p < nodes.size(); ++p) report.pores[p].connection = connections[p];
  report.throats = find_throats(graph, nodes, options.least_throat_radius);
}

void measure_sizes(const Space& space, const VoidRegions& regions, const PoreOptions& options, GridResult& result) {
  for (std::size_t v = 0; v < space.map.size(); ++v) {
    if (!space.is_pore(v)) continue;
    const double diameter = 2 * space.spheres.radius[v], volume = space.map.voxel_volume();
    add_size(result.total_sizes, diameter, options.bin_width, volume);
    const std::int32_t region = covering_region(regions, space.spheres, v);
    if (region == VoidRegions::solid) continue;
    const bool open = regions.regions[region].percolates;
    add_size(open ? result.open_sizes : result.closed_sizes, diameter, options.bin_width, volume);
  }
}

double largest_sphere(const Space& space) {
  std::size_t deepest = space.map.size();
  for (std::size_t v = 0; v < space.map.size(); ++v) {
    if (deepest < space.map.size() && space.map.clearances()[v] <= space.map.clearances()[deepest]) continue;
    if (space.holds(v)) deepest = v;
  }
  if (deepest == space.map.size()) return 0;
  const Vector3 top = space.map.climb(space.map.position(space.map.grid_point(deepest)));
  return std::max(
      0.0, space.map.clearance_at(space.slab.holds(top) ? top : space.map.position(space.map.grid_point(deepest))));
}

// Radius of the spheres of closed pores, weighted by volume.
double closed_radius(const std::vector<MeasuredPore>& pores) {
  double volume = 0, sum = 0;
  for (const MeasuredPore& pore : pores) {
    if (pore.pore_class != PoreClass::Closed) continue;
    volume += pore.volume;
    sum += pore.volume * pore.sphere_radius;
  }
  return volume > 0 ? sum / volume : 0;
}

GridResult analyse_grid(const Atoms& atoms, const PoreOptions& options, const Slab& slab, PoreReport* report,
                        const Vector3& shift) {
  const Space space(atoms, {options.spacing, shift}, slab);
  GridResult result;
  result.largest_radius = largest_sphere(space);
  PoreSpaces pore_spaces;
  PoreArea areas;
  std::array<SurfaceArea, n_probes> surfaces;
  const auto probes = probes_of(options);
  for (const ProbeIndex p : {sodium, solvated_sodium, helium, nitrogen, carbon_dioxide}) {
    VoidRegions regions = find_regions(space.map, space.spheres, 0.5 * probes[p].diameter);
    if (p == helium || p == nitrogen) regions = split_at_necks(space.map, space.spheres, regions, options.neck_ratio);
    result.occupied[p] = measure_volumes(space, regions);
    if (report != nullptr) surfaces[p] = surface_area(atoms, space.map, regions, options.surface_points);
    if (p == helium) {
      measure_sizes(space, regions, options, result);
      pore_spaces.helium = std::move(regions);
    } else if (p == nitrogen) {
      pore_spaces.nitrogen = std::move(regions);
    } else if (p == carbon_dioxide) {
      areas = {surfaces[helium].of_regions, surfaces[nitrogen].of_regions};
      const std::vector<MeasuredPore> pores = list_pores(space, pore_spaces, regions, areas);
      result.pores = static_cast<double>(pores.size());
      result.closed_radius = closed_radius(pores);
      if (report != nullptr) report->pores = pores;
    }
  }
  if (report == nullptr) return result;
  for (std::size_t p = 0; p < n_probes; ++p)
    report->probes.push_back({probes[p].name, probes[p].diameter, {}, {}, per_mass(surfaces[p], total_mass(atoms))});
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

Slab slab_of(const Atoms& atoms, const PoreOptions& options) {
  if (options.vacuum_axis < 0) return Slab(atoms.cell);
  return Slab(atoms, options.vacuum_axis, std::max(options.nitrogen_diameter, options.solvated_sodium_diameter));
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
  check(atoms, options);
  const Slab slab = slab_of(atoms, options);
  PoreReport report;
  std::vector<GridResult> grids(static_cast<std::size_t>(options.grids));
  std::optional<VoidGraph> graph;
  // Small cells: one thread a grid. Large ones: all threads on one grid after another, to spare memory.
#pragma omp parallel for schedule(dynamic, 1) if (atoms.cell.volume() < largest_shared * std::pow(options.spacing, 3))
  for (int task = 0; task <= options.grids; ++task) {
    if (task == options.grids) {
      graph.emplace(atoms);
    } else {
      const auto g = static_cast<std::size_t>(task);
      grids[g] = analyse_grid(atoms, options, slab, g == 0 ? &report : nullptr, grid_shifts[g]);
    }
  }
  measure_graph(*graph, slab, options, report);
  const double mass = total_mass(atoms), volume = slab.volume();
  const auto solid = [&](const GridResult& g) { return volume - g.occupied[helium].open; };

  report.geometric_density = mass / volume;
  report.helium_density = over_grids(grids, [&](const auto& g) { return mass / solid(g); });
  report.open_volume = over_grids(grids, [&](const auto& g) { return g.occupied[nitrogen].open / mass; });
  report.semi_closed_volume =
      over_grids(grids, [&](const auto& g) { return (g.occupied[helium].open - g.occupied[nitrogen].open) / mass; });
  report.closed_volume = over_grids(grids, [&](const auto& g) { return g.occupied[helium].closed / mass; });
  report.pycnometric_closed_volume =
      over_grids(grids, [&](const auto& g) { return solid(g) / mass - 1 / options.graphite_density; });
  report.closed_radius = over_grids(grids, [](const auto& g) { return g.closed_radius; });
  report.largest_radius = over_grids(grids, [](const auto& g) { return g.largest_radius; });
  report.number_density = over_grids(grids, [&](const auto& g) { return g.pores / volume; });
  for (std::size_t p = 0; p < n_probes; ++p) {
    report.probes[p].open_volume = over_grids(grids, [&](const auto& g) { return g.occupied[p].open / mass; });
    report.probes[p].closed_volume = over_grids(grids, [&](const auto& g) { return g.occupied[p].closed / mass; });
  }
  report.nitrogen_area = report.probes[nitrogen].area;
  report.carbon_dioxide_area = report.probes[carbon_dioxide].area;
  report.sizes = size_distribution(grids, options, mass);
  return report;
}

}  // namespace cardhouse
