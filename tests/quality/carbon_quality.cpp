#include "tests/quality/carbon_quality.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/order.hpp"
#include "analysis/reflections.hpp"
#include "analysis/void_graph.hpp"
#include "analysis/void_paths.hpp"
#include "engine/app/stages/stored_targets.hpp"
#include "engine/base/constants.hpp"
#include "engine/base/units.hpp"
#include "engine/io/run_file.hpp"
#include "engine/relax/closest_pair.hpp"
#include "engine/relax/relax_structure.hpp"

namespace cardhouse {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

constexpr Bounds at_least(double low) {
  return {low, endless};
}

constexpr Bounds at_most(double high) {
  return {-endless, high};
}

constexpr Bounds near(double target, double tolerance) {
  return {target - tolerance, target + tolerance};
}

// A generated carbon of 1300 degC has next to no sp3 and is annealed enough for four rings in five to be hexagons.
constexpr Bounds three_coordinated = at_least(95);  // %
constexpr Bounds four_coordinated = at_most(1);     // %
constexpr Bounds hexagons = at_least(80);           // %
constexpr Bounds energy_above_graphene = at_most(0.35);
constexpr Bounds separation = at_least(1.1);
constexpr double density_tolerance = 0.05;  // relative
constexpr double spacing_tolerance = 0.03;  // as the builder's [angstrom]
constexpr double stack_tolerance = 1.5;     // as the builder's [angstrom]
constexpr double extent_tolerance = 8;      // scatter of the law behind the target [angstrom]

double hexagon_share(const OrderReport& order) {
  return order.rings[6 - smallest_ring].value > 0 ? 1 - order.non_hexagonal.value : 0;
}

template <class Keep>
CarbonStructure selection(const CarbonStructure& carbon, Keep&& keep) {
  Atoms atoms{carbon.atoms.cell, {}, {}};
  for (std::uint32_t atom = 0; atom < carbon.atoms.size(); ++atom)
    if (keep(atom)) atoms.add(carbon.atoms.elements[atom], carbon.atoms.positions[atom]);
  BondGraph bonds = BondGraph::from_distances(atoms);
  return {std::move(atoms), std::move(bonds)};
}

double smallest_separation(const CarbonStructure& carbon) {
  const CarbonStructure heavy =
      selection(carbon, [&](std::uint32_t atom) { return carbon.atoms.elements[atom] != Element::H; });
  constexpr double within = 2.0;
  const auto pair = closest_pair(heavy.atoms, within);
  return pair ? pair->distance : within;
}

CarbonStructure carbon_and_its_hydrogen(const CarbonStructure& carbon) {
  return selection(carbon, [&](std::uint32_t atom) {
    const auto is_carbon = [&](std::uint32_t other) { return carbon.atoms.elements[other] == Element::C; };
    const auto around = carbon.bonds.of(atom);
    return is_carbon(atom) || (carbon.atoms.elements[atom] == Element::H && std::ranges::any_of(around, is_carbon));
  });
}

RelaxReport relax_by_bond_order(CarbonStructure& structure, int steps, CellRelaxation cell) {
  RelaxOptions options{.potential = "rebo"};
  options.minimiser = {.max_steps = steps, .cell = cell, .kind = MinimiserKind::Lbfgs};
  return relax_structure(structure, options);
}

// Of graphene at rest, per atom.
double graphene_energy() {
  constexpr double bond = 1.42;
  constexpr int nx = 6, ny = 4;
  const double a = std::sqrt(3.0) * bond;
  Atoms atoms{Cell::orthorhombic(nx * a, 3 * bond * ny, 15), {}, {}};
  const Vector3 basis[4] = {{0, 0, 0}, {a / 2, bond / 2, 0}, {a / 2, 1.5 * bond, 0}, {0, 2 * bond, 0}};
  for (int x = 0; x < nx; ++x)
    for (int y = 0; y < ny; ++y)
      for (const Vector3& site : basis) atoms.add(Element::C, site + Vector3{x * a, 3 * bond * y, 0});
  CarbonStructure sheet{atoms, BondGraph::from_distances(atoms)};
  return relax_by_bond_order(sheet, 200, CellRelaxation::Isotropic).energy_final / static_cast<double>(atoms.size());
}

// Of half a hydrogen molecule at rest.
double hydrogen_energy() {
  Atoms atoms{Cell::cubic(15), {}, {}};
  atoms.add(Element::H, {5, 5, 5});
  atoms.add(Element::H, {5.75, 5, 5});
  CarbonStructure molecule{atoms, BondGraph(2, {{0, 1}})};
  return 0.5 * relax_by_bond_order(molecule, 200, CellRelaxation::None).energy_final;
}

double count_of(const Atoms& atoms, Element element) {
  return static_cast<double>(count(atoms, element));
}

struct Probe {
  const char* name;
  double radius;  // [angstrom]
};
constexpr Probe probes[] = {{"helium", 1.3}, {"nitrogen", 1.82}, {"the sodium ion", 1.02}};

Judgement judge_probe(const Probe& probe, const std::vector<double>& room, const std::vector<PoreConnection>& ways) {
  double closed = 0, shrunk = 0, widest = 0;
  for (std::size_t pore = 0; pore < ways.size(); ++pore) {
    const bool fits = room[pore] >= probe.radius;
    shrunk += !fits;
    closed += fits && ways[pore].mouth_radius < probe.radius;
    widest = std::max(widest, ways[pore].mouth_radius);
  }
  const auto all = static_cast<double>(ways.size());
  return {fmt::format("pores closed to {}", probe.name), ways.empty() ? 0 : 100 * closed / all, "%", at_least(100),
          fmt::format("{} of {}, {} too small for it, widest mouth {:.3f} nm across", closed, all, shrunk,
                      in_unit(2 * widest, "nm"))};
}

}  // namespace

GeneratedCarbon read_generated_carbon(const std::string& run_file) {
  const RunFile file = RunFile::open(run_file, FileMode::Read);
  GeneratedCarbon carbon{read_targets(file, "build/targets"), file.read_structure("relax/structure")};
  const Cell built = file.read_structure("build/structure").atoms.cell;
  const Table pores = file.read_table("build/pores");
  for (std::size_t pore = 0; pore < pores.rows(); ++pore) {
    const auto value = [&](const char* column) { return pores.column(column).values[pore]; };
    if (value("open") == 0) carbon.closed_pores.push_back(built.to_fractional({value("x"), value("y"), value("z")}));
  }
  return carbon;
}

std::vector<Judgement> judge_network(const GeneratedCarbon& carbon) {
  const OrderReport order = analyse_order(carbon.structure);
  return {{"carbon with three neighbours", 100 * order.sp2.value, "%", three_coordinated, "bonds of the builder"},
          {"carbon with four neighbours", 100 * order.sp3.value, "%", four_coordinated, "bonds of the builder"},
          {"hexagons", 100 * hexagon_share(order), "%", hexagons, "of rings of three to nine atoms"},
          {"smallest distance", smallest_separation(carbon.structure), "angstrom", separation, "without hydrogen"}};
}

std::vector<Judgement> judge_by_bond_order(const GeneratedCarbon& carbon, int steps) {
  CarbonStructure free = carbon_and_its_hydrogen(carbon.structure);
  const std::size_t left_out = carbon.structure.atoms.size() - free.atoms.size();
  const RelaxReport report = relax_by_bond_order(free, steps, CellRelaxation::None);
  const double carbons = count_of(free.atoms, Element::C), hydrogens = count_of(free.atoms, Element::H);
  const double energy = (report.energy_final - hydrogens * hydrogen_energy()) / carbons - graphene_energy();
  const OrderReport order = analyse_order(free);
  const std::string remark = fmt::format("REBO, {} steps, largest force {:.2f} eV/angstrom, without {} heteroatoms",
                                         report.steps, report.max_force, left_out);
  return {{"energy above graphene", energy, "eV", energy_above_graphene, remark},
          {"three neighbours by REBO", 100 * order.sp2.value, "%", three_coordinated, "by distance"},
          {"four neighbours by REBO", 100 * order.sp3.value, "%", four_coordinated, "by distance"},
          {"smallest distance by REBO", smallest_separation(free), "angstrom", separation, "without hydrogen"}};
}

std::vector<Judgement> judge_pores(const GeneratedCarbon& carbon) {
  const Atoms& atoms = carbon.structure.atoms;
  const VoidGraph graph(atoms);
  std::vector<std::uint32_t> nodes;
  std::vector<double> room;
  for (const Vector3& pore : carbon.closed_pores) {
    nodes.push_back(graph.node_near(atoms.cell.to_cartesian(pore), 0.5 * carbon.targets.pore_radius));
    room.push_back(graph.nodes()[nodes.back()].clearance);
  }
  const std::vector<PoreConnection> ways = connect_pores(graph, nodes, probes[0].radius);
  std::vector<Judgement> judged;
  for (const Probe& probe : probes) judged.push_back(judge_probe(probe, room, ways));
  return judged;
}

std::vector<Judgement> judge_order(const GeneratedCarbon& carbon) {
  const CarbonTargets& targets = carbon.targets;
  const auto grams = [](double density) { return in_unit(density * constants::dalton, "g/cm3"); };
  const double wanted = grams(1 / (1 / layer_density(targets.interlayer_spacing) + targets.closed_pore_volume));
  const ScatteringCurve curve = scattering(PairHistogram::periodic(carbon.structure.atoms), q_grid());
  const auto layers = find_reflection(curve, search_002), band = find_reflection(curve, search_10);
  const auto asked = [](double target) { return fmt::format("{:.4g} asked for", target); };
  return {{"density", grams(mass_density(carbon.structure.atoms)), "g/cm3", near(wanted, density_tolerance * wanted),
           asked(wanted)},
          {"d002", layers ? layers->spacing.value : 0, "angstrom", near(targets.interlayer_spacing, spacing_tolerance),
           asked(targets.interlayer_spacing)},
          {"Lc", layers ? layers->size.value : 0, "angstrom", near(targets.stack_height, stack_tolerance),
           asked(targets.stack_height)},
          {"La", band ? band->size.value : 0, "angstrom", near(targets.layer_extent, extent_tolerance),
           asked(targets.layer_extent)}};
}

}  // namespace cardhouse
