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

// What is kept of the regions of one probe; their labels, as large as the grid, are not.
struct ProbeFindings {
  std::vector<VoidRegion> regions;
  std::vector<std::size_t> points;  // a grid point of every region
  std::vector<bool> percolating;    // grid points
  Occupied occupied;
  SurfaceArea surface;
  double area_of(std::size_t region) const { return surface.of_regions.empty() ? 0 : surface.of_regions[region]; }
};
using Findings = std::array<ProbeFindings, n_probes>;

void keep_places(const VoidRegions& regions, ProbeFindings& findings) {
  findings.points.assign(regions.regions.size(), 0);
  findings.percolating.assign(regions.labels.size(), false);
  for (std::size_t p = regions.labels.size(); p-- > 0;) {
    const std::int32_t label = regions.labels[p];
    if (label == VoidRegions::solid) continue;
    findings.points[label] = p;
    findings.percolating[p] = regions.regions[label].percolates;
  }
}

std::vector<MeasuredPore> list_pores(const Slab& slab, const Findings& findings) {
  std::vector<MeasuredPore> pores;
  const ProbeFindings &of_helium = findings[helium], &of_nitrogen = findings[nitrogen];
  for (std::size_t r = 0; r < of_helium.regions.size(); ++r) {
    const VoidRegion& region = of_helium.regions[r];
    if (!region.percolates) pores.push_back(pore_from(region, PoreClass::Closed, of_helium.area_of(r)));
  }
  for (std::size_t r = 0; r < of_nitrogen.regions.size(); ++r) {
    const VoidRegion& region = of_nitrogen.regions[r];
    const std::size_t point = of_nitrogen.points[r];  // the smaller probes fit there too
    if (!of_helium.percolating[point]) continue;
    const PoreClass pore_class = region.percolates ? PoreClass::Open : PoreClass::SemiClosed;
    pores.push_back(pore_from(region, pore_class, of_nitrogen.area_of(r)));
    pores.back().reached_by_carbon_dioxide = findings[carbon_dioxide].percolating[point];
  }
  std::erase_if(pores, [&](const MeasuredPore& pore) { return !slab.holds(pore.centre); });
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
  std::vector<Vector3> centres;
  for (const MeasuredPore& pore : report.pores) centres.push_back(pore.centre);
  const std::vector<std::uint32_t> nodes =
      centres.empty() ? std::vector<std::uint32_t>{} : graph.nodes_near(centres, options.spacing);
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

// What the first grid is asked for beside volumes.
struct Details {
  PoreReport* report = nullptr;
  std::optional<VoidGraph>* graph = nullptr;  // to be made
};

GridResult analyse_grid(const Atoms& atoms, const PoreOptions& options, const Slab& slab, const Vector3& shift,
                        const Details& wanted = {}) {
  const Space space(atoms, {options.spacing, shift}, slab);
  GridResult result;
  result.largest_radius = largest_sphere(space);
  Findings findings;
  const auto probes = probes_of(options);
  const auto find = [&](std::size_t p) {
    VoidRegions regions = label_regions(space.map, 0.5 * probes[p].diameter);
    if (p == helium || p == nitrogen) regions = split_at_necks(space.map, space.spheres, regions, options.neck_ratio);
    keep_places(regions, findings[p]);
    findings[p].occupied = measure_volumes(space, regions);
    if (wanted.report) findings[p].surface = surface_area(atoms, space.map, regions, options.surface_points);
    if (p == helium) measure_sizes(space, regions, options, result);
    findings[p].regions = std::move(regions.regions);
  };
  // Cutting at necks takes the most memory: one task does both, so that there is one at a time.
  const std::vector<std::vector<ProbeIndex>> tasks{{helium, nitrogen}, {sodium}, {carbon_dioxide}, {solvated_sodium}};
#pragma omp parallel for schedule(dynamic, 1)
  for (int task = -1; task < static_cast<int>(tasks.size()); ++task) {
    if (task >= 0) {
      for (const ProbeIndex p : tasks[static_cast<std::size_t>(task)]) find(p);
    } else if (wanted.graph) {
      wanted.graph->emplace(atoms);
    }
  }
  const std::vector<MeasuredPore> pores = list_pores(slab, findings);
  result.pores = static_cast<double>(pores.size());
  result.closed_radius = closed_radius(pores);
  for (std::size_t p = 0; p < n_probes; ++p) result.occupied[p] = findings[p].occupied;
  if (!wanted.report) return result;
  wanted.report->pores = pores;
  for (std::size_t p = 0; p < n_probes; ++p)
    wanted.report->probes.push_back(
        {probes[p].name, probes[p].diameter, {}, {}, per_mass(findings[p].surface, total_mass(atoms))});
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

Slab slab_of(const Atoms& atoms, const PoreOptions& options) {
  if (options.vacuum_axis < 0) return Slab(atoms.cell);
  return Slab(atoms, options.vacuum_axis, std::max(options.nitrogen_diameter, options.solvated_sodium_diameter));
}

void check_pore_options(const PoreOptions& options) {
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

PoreReport analyse_pores(const Atoms& atoms, const PoreOptions& options) {
  if (atoms.size() == 0) throw InputError("a structure without atoms has no pores to measure");
  check_pore_options(options);
  const Slab slab = slab_of(atoms, options);
  PoreReport report;
  std::vector<GridResult> grids(static_cast<std::size_t>(options.grids));
  std::optional<VoidGraph> graph;
  // Small cells: one thread a grid. Large ones: all threads on the probes of one grid after another, to spare memory.
  const bool together = atoms.cell.volume() < largest_shared * std::pow(options.spacing, 3);
#pragma omp parallel for schedule(dynamic, 1) if (together)
  for (int task = 0; task <= options.grids; ++task) {
    if (task < options.grids) {
      const auto g = static_cast<std::size_t>(task);
      Details wanted;
      if (g == 0) wanted = {&report, together ? nullptr : &graph};
      grids[g] = analyse_grid(atoms, options, slab, grid_shifts[g], wanted);
    } else if (together) {
      graph.emplace(atoms);
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
