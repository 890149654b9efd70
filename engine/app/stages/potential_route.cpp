#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_network.hpp"
#include "engine/app/stages/stored_structure.hpp"
#include "engine/app/summary.hpp"
#include "engine/offlattice/catalogue_check.hpp"
#include "engine/offlattice/off_lattice_isotherm.hpp"

namespace cardhouse {
namespace {

struct PotentialRouteSettings {
  SodiumInteractionFiles files;
  double grid_step = 0;  ///< [angstrom]
  BasinOptions basins;
  CatalogueTolerance tolerance;
  IsothermOptions isotherm;
};

void read_files(const DeckTable& deck, SodiumInteractionFiles& files) {
  files.pairs = deck.text("pairs", "");
  files.metal = deck.has("metal") ? deck.choice("metal", {"embedded-atom", "second-moment"}) : "second-moment";
  files.metal_parameters = deck.text("metal_parameters", "");
  if (files.metal == "embedded-atom" && files.metal_parameters.empty())
    deck.fail("metal_parameters", "is missing (embedded atoms come from a file)", "name a setfl file with sodium");
  std::error_code impossible;  // a name may be too long to be one
  for (const auto& [key, path] :
       {std::pair("pairs", files.pairs), std::pair("metal_parameters", files.metal_parameters)})
    if (!path.empty() && !std::filesystem::is_regular_file(path, impossible))
      deck.fail(key, "there is no file '" + path + "'", "give a path as seen from where the program starts");
}

double length_between(const DeckTable& deck, std::string_view key, std::string_view fallback, double most) {
  const double value = deck.quantity(key, dimension::length, fallback);
  if (value < 0.1 || value > most) deck.fail(key, fmt::format("outside 0.1 to {} angstrom", most));
  return value;
}

void read_isotherm(const DeckTable& deck, IsothermOptions& isotherm) {
  isotherm.temperature = deck.quantity("temperature", dimension::temperature, "298.15 K");
  if (isotherm.temperature <= 0 || isotherm.temperature > 360)
    deck.fail("temperature", "outside 0 to 360 K", "voltages count from solid sodium, which melts at 371 K");
  isotherm.voltages = {0.5, 0.2, 0.1, 0.05, 0.0};
  if (deck.has("voltages")) isotherm.voltages = deck.quantities("voltages", dimension::voltage);
  const auto rising = std::adjacent_find(isotherm.voltages.begin(), isotherm.voltages.end(), std::less_equal());
  if (rising != isotherm.voltages.end()) deck.fail("voltages", "do not fall from one to the next", "order them so");
  const long moves = deck.integer("moves", static_cast<long>(isotherm.moves));
  if (moves != 0 && (moves < 1000 || moves > 1000000000)) {
    deck.fail("moves", fmt::format("{} moves", moves), "use 1000 to 1000000000, or 0 for no isotherm");
  }
  isotherm.moves = static_cast<std::uint64_t>(moves);
  const long replicas = deck.integer("replicas", isotherm.replicas);
  if (replicas < 2 || replicas > 1024)
    deck.fail("replicas", fmt::format("{} replicas", replicas), "use at least two: they give the error bars");
  isotherm.replicas = static_cast<int>(replicas);
  isotherm.reverse = deck.flag("charge", true);
}

PotentialRouteSettings read_settings(const DeckTable& deck) {
  PotentialRouteSettings settings;
  read_files(deck, settings.files);
  settings.grid_step = length_between(deck, "grid_step", "0.25 angstrom", 0.6);
  settings.tolerance.distance = length_between(deck, "tolerance", "1.2 angstrom", 3);
  settings.basins.ceiling = deck.quantity("ceiling", dimension::energy, "3 eV");
  settings.tolerance.energy = deck.quantity("highest_basin", dimension::energy, "1 eV");
  if (settings.tolerance.energy > settings.basins.ceiling)
    deck.fail("highest_basin", "lies above 'ceiling'", "no basins are known there");
  read_isotherm(deck, settings.isotherm);
  return settings;
}

std::string class_name(std::size_t kind) {
  std::string text(name(static_cast<SiteClass>(kind)));
  std::replace(text.begin(), text.end(), ' ', '_');
  return text;
}

/// A row is a list of numbers, a column a name, a unit and a meaning.
void add_row(Table& table, const std::vector<double>& row) {
  for (std::size_t k = 0; k < row.size(); ++k) table.columns[k].values.push_back(row[k]);
}

Table class_table(const CatalogueComparison& comparison) {
  Table table{{{"site_class", "1", site_class_meaning(), {}},
               {"sites", "1", "of the catalogue", {}},
               {"matched", "1", "with a minimum of the potential within the tolerance", {}},
               {"distance", "angstrom", "mean, of the matched, to that minimum", {}},
               {"catalogue_energy", "eV", "mean, against the metal", {}},
               {"potential_energy", "eV", "mean at the minima, against the metal at rest", {}},
               {"deviation", "eV", "standard deviation of potential less catalogue", {}},
               {"rank_correlation", "1", "of both energies, Spearman; 0 where one does not vary", {}}}};
  for (std::size_t kind = 0; kind < site_class_count; ++kind) {
    const ClassComparison& c = comparison.by_class[kind];
    add_row(table, {static_cast<double>(kind), static_cast<double>(c.sites), static_cast<double>(c.matched), c.distance,
                    c.catalogue_energy, c.potential_energy, c.deviation, c.rank_correlation});
  }
  return table;
}

Table site_table(const SiteNetwork& network, const CatalogueComparison& comparison) {
  Table table{{{"site_class", "1", site_class_meaning(), {}},
               {"spacing", "angstrom", "of the two layers of a gallery, 0 elsewhere", {}},
               {"catalogue_energy", "eV", "against the metal; 0 in pores", {}},
               {"potential_energy", "eV", "at the minimum, without one at the site, against the metal at rest", {}},
               {"site_energy", "eV", "of the potential at the site itself, against the metal at rest", {}},
               {"distance", "angstrom", "to the nearest minimum", {}},
               {"basin", "1", "index of that minimum, -1 beyond the tolerance", {}}}};
  for (std::size_t k = 0; k < network.sites.size(); ++k) {
    const Site& site = network.sites[k];
    const SiteMatch& match = comparison.sites[k];
    add_row(table, {static_cast<double>(site.kind), site.spacing, site.energy, match.basin_energy, match.site_energy,
                    match.distance, static_cast<double>(match.basin)});
  }
  return table;
}

Table link_table(const CatalogueComparison& comparison) {
  Table table{{{"link", "1", "index of the hop in the network", {}},
               {"direct", "1", "1: the two minima have a saddle of their own", {}},
               {"catalogue_barrier", "eV", "kinetically resolved", {}},
               {"potential_barrier", "eV", "saddle less the mean of both minima; over others where not direct", {}}}};
  for (const LinkMatch& link : comparison.links) {
    if (!std::isfinite(link.potential)) continue;  // no way below the ceiling
    add_row(table, {static_cast<double>(link.link), link.direct ? 1.0 : 0.0, link.barrier, link.potential});
  }
  return table;
}

Table basin_table(const BasinMap& map) {
  Table table{{{"x", "angstrom", "position", {}},
               {"y", "angstrom", "position", {}},
               {"z", "angstrom", "position", {}},
               {"energy", "eV", "of one sodium against the metal at rest", {}},
               {"refined", "1", "1: where the gradient vanishes; 0: at a point of the grid", {}}}};
  for (const Basin& basin : map.basins)
    add_row(table, {basin.position.x, basin.position.y, basin.position.z, basin.energy, basin.refined ? 1.0 : 0.0});
  return table;
}

Table isotherm_table(const std::vector<IsothermPoint>& points, bool sodiation) {
  Table table{{{"voltage", "V", "against the metal of the same potential", {}},
               {"capacity", "mAh/g", "sodium in the carbon, per mass of host", {}},
               {"capacity_error", "mAh/g", "standard error", {}},
               {"energy", "eV", "of one sodium against the metal at rest", {}},
               {"energy_error", "eV", "standard error", {}},
               {"insertion", "1", "share of insertions accepted", {}},
               {"displacement", "1", "share of displacements accepted", {}},
               {"effective_samples", "1", "independent samples of the number of sodium", {}},
               {"converged", "1", "1: equilibrated, replicas agree, more than 30 independent samples", {}}}};
  for (std::size_t kind = 0; kind < site_class_count; ++kind)
    table.columns.push_back({class_name(kind), "mAh/g", "sodium nearest to sites of this class", {}});
  for (std::size_t kind = 0; kind < site_class_count; ++kind)
    table.columns.push_back({class_name(kind) + "_energy", "eV", "of one of these, half of its pairs; 0: none", {}});
  for (const IsothermPoint& point : points) {
    if (point.sodiation != sodiation) continue;
    std::vector<double> row{point.voltage,       point.capacity.value,    point.capacity.error,
                            point.energy.value,  point.energy.error,      point.acceptance[0],
                            point.acceptance[2], point.effective_samples, point.converged() ? 1.0 : 0.0};
    row.insert(row.end(), point.by_class.begin(), point.by_class.end());
    row.insert(row.end(), point.class_energy.begin(), point.class_energy.end());
    add_row(table, row);
  }
  return table;
}

double percent(std::size_t part, std::size_t whole) {
  return whole > 0 ? 100 * static_cast<double>(part) / static_cast<double>(whole) : 0;
}

std::vector<SummaryRow> summarise_comparison(const CatalogueComparison& comparison) {
  const auto direct = static_cast<std::size_t>(std::count_if(comparison.links.begin(), comparison.links.end(),
                                                             [](const LinkMatch& link) { return link.direct; }));
  std::size_t sites = 0, matched = 0;
  std::string gaps;
  for (std::size_t kind = 0; kind < site_class_count; ++kind) {
    const ClassComparison& c = comparison.by_class[kind];
    sites += c.sites, matched += c.matched;
    if (c.sites == 0 || in_pore(static_cast<SiteClass>(kind))) continue;
    gaps += fmt::format("{}{} {:+.2f}", gaps.empty() ? "" : ", ", name(static_cast<SiteClass>(kind)),
                        c.potential_energy - c.catalogue_energy);
  }
  const ClassComparison& all = comparison.outside_pores;
  return {{"sites with a minimum of the potential", {percent(matched, sites), -1}, "%", fmt::format("of {}", sites)},
          {"minima without a site",
           {percent(comparison.basins_without_site, comparison.basins), -1},
           "%",
           fmt::format("of {} below the highest asked for", comparison.basins)},
          {"hops with a saddle of their own",
           {percent(direct, comparison.links.size()), -1},
           "%",
           fmt::format("of {} between different minima", comparison.links.size())},
          {"ways that are no hop",
           {percent(comparison.ways_without_link, comparison.ways), -1},
           "%",
           fmt::format("of {} saddles between sites", comparison.ways)},
          {"order of site energies", {all.rank_correlation, -1}, "1", "rank correlation with the potential, no pores"},
          {"order of barriers", {comparison.barrier_rank, -1}, "1", "rank correlation with the potential"},
          {"potential less catalogue", {all.potential_energy - all.catalogue_energy, -1}, "eV", gaps}};
}

std::vector<std::string> needs(const DeckTable&) {
  return {"sites"};
}

void check(const DeckTable& deck) {
  read_settings(deck);
}

/// Basins and saddles of one sodium, energies against the metal at rest, beside the catalogue.
std::vector<SummaryRow> compare(StageContext& context, const SodiumPotential& potential, const SiteNetwork& network,
                                const PotentialRouteSettings& settings, double metal) {
  const SodiumPotential anywhere(potential.host(), potential.interactions());  // finite inside atoms too
  const EnergyFunction energy = [&](const Vector3& r) { return anywhere.host_energy(r) - metal; };
  const EnergyFunction outside = [&](const Vector3& r) { return potential.host_energy(r) - metal; };
  BasinMap map = find_basins(scan_energy(potential.cell(), settings.grid_step, outside), settings.basins);
  refine_basins(map, energy, 2 * settings.grid_step);
  const CatalogueComparison comparison = compare_catalogue(network, map, energy, settings.tolerance);
  context.file.write_table("potential_route/classes", class_table(comparison));
  context.file.write_table("potential_route/sites", site_table(network, comparison));
  context.file.write_table("potential_route/links", link_table(comparison));
  context.file.write_table("potential_route/basins", basin_table(map));
  return summarise_comparison(comparison);
}

void run(StageContext& context) {
  PotentialRouteSettings settings = read_settings(context.settings);
  settings.isotherm.seed = context.seed;
  const SiteNetwork network = read_network(context.file, "sites/network");
  const SodiumInteractions interactions(settings.files);
  const MetalReference metal = metal_reference(interactions, settings.isotherm.temperature);
  const OverlapFloor floor = overlap_floor(interactions, settings.isotherm.temperature);
  const SodiumPotential potential(host_of_sites(context).atoms, interactions, floor);
  std::vector<SummaryRow> rows = compare(context, potential, network, settings, metal.energy);
  rows.push_back({"metal of the potential",
                  {metal.chemical_potential, -1},
                  "eV",
                  fmt::format("mu of {} at {:.3f} angstrom, {:.3f} eV at rest; no sodium nearer than {:.2f} angstrom",
                              name(metal.crystal), metal.lattice_constant, metal.energy, floor.sodium)});
  if (settings.isotherm.moves > 0) {
    const auto points =
        off_lattice_isotherm(potential, network, metal, settings.isotherm, context.ranks, context.progress);
    context.file.write_table("potential_route/discharge", isotherm_table(points, true));
    if (settings.isotherm.reverse) context.file.write_table("potential_route/charge", isotherm_table(points, false));
    const auto converged = std::count_if(points.begin(), points.end(), [](const auto& p) { return p.converged(); });
    const IsothermPoint& last = points[settings.isotherm.voltages.size() - 1];
    rows.push_back(
        {"capacity off the lattice", last.capacity, "mAh/g",
         fmt::format("at {:.2f} V, rigid host; {} of {} voltages converged", last.voltage, converged, points.size())});
  }
  write_summary(context.file, "potential_route", rows);
}

}  // namespace

StageActions stage_actions::potential_route() {
  return {needs, check, run};
}

}  // namespace cardhouse
