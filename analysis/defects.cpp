#include "analysis/defects.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

#include "analysis/bonding_sites.hpp"
#include "analysis/order.hpp"
#include "analysis/spatial_blocks.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

// Bonds of rings, and how the rim of the sheets runs.
struct RingBonds {
  std::map<Bond, std::vector<std::uint32_t>> rings;        // of every bond that is in one
  std::vector<std::vector<std::uint32_t>> neighbours;      // of every atom along such bonds
  std::vector<std::vector<std::uint32_t>> rim_neighbours;  // along bonds of a single ring
};

RingBonds bonds_of_rings(std::size_t n_atoms, const std::vector<Ring>& rings) {
  RingBonds result{
      {}, std::vector<std::vector<std::uint32_t>>(n_atoms), std::vector<std::vector<std::uint32_t>>(n_atoms)};
  for (std::uint32_t r = 0; r < rings.size(); ++r) {
    for (std::size_t n = 0; n < rings[r].size(); ++n) {
      const auto [a, b] = std::minmax(rings[r][n], rings[r][(n + 1) % rings[r].size()]);
      result.rings[{a, b}].push_back(r);
    }
  }
  for (const auto& [bond, sharing] : result.rings) {
    for (std::size_t end : {0, 1}) {
      result.neighbours[bond[end]].push_back(bond[1 - end]);
      if (sharing.size() == 1) result.rim_neighbours[bond[end]].push_back(bond[1 - end]);
    }
  }
  return result;
}

// Closed loops of the rim on which every atom has two rim neighbours. Where rims touch there is no unique loop.
std::vector<std::vector<std::uint32_t>> rim_loops(const RingBonds& bonds) {
  std::vector<std::vector<std::uint32_t>> loops;
  std::vector<bool> seen(bonds.rim_neighbours.size(), false);
  for (std::uint32_t start = 0; start < seen.size(); ++start) {
    if (seen[start] || bonds.rim_neighbours[start].size() != 2) continue;
    std::vector<std::uint32_t> loop;
    std::uint32_t atom = start, previous = bonds.rim_neighbours[start][1];
    do {
      seen[atom] = true;
      loop.push_back(atom);
      const auto& beside = bonds.rim_neighbours[atom];
      const std::uint32_t next = beside[0] == previous ? beside[1] : beside[0];
      previous = atom;
      atom = next;
    } while (atom != start && bonds.rim_neighbours[atom].size() == 2);
    if (atom == start) loops.push_back(loop);
  }
  return loops;
}

struct LoopShape {
  Vector3 area;
  double mean_square_bond = 0;
  bool closed = false;  // no periodic image between its ends
  std::vector<Vector3> corners;
};

LoopShape shape_of(const Atoms& atoms, const std::vector<std::uint32_t>& loop) {
  LoopShape shape;
  Vector3 corner;
  for (std::size_t n = 0; n < loop.size(); ++n) {
    shape.corners.push_back(corner);
    const Vector3 side =
        atoms.cell.minimum_image(atoms.positions[loop[(n + 1) % loop.size()]] - atoms.positions[loop[n]]);
    shape.area += 0.5 * cross(corner, corner + side);
    shape.mean_square_bond += squared_norm(side) / static_cast<double>(loop.size());
    corner += side;
  }
  shape.closed = norm(corner) < 0.1;
  return shape;
}

// The rings along the rim of a hole lie outside its loop, those along the outer rim of a flake inside.
bool is_hole(const Atoms& atoms, const std::vector<std::uint32_t>& loop, const LoopShape& shape, const RingBonds& bonds,
             const std::vector<Ring>& rings) {
  double inside = 0;
  for (std::size_t n = 0; n < loop.size(); ++n) {
    const std::uint32_t a = loop[n], b = loop[(n + 1) % loop.size()];
    const Ring& ring = rings[bonds.rings.at({std::min(a, b), std::max(a, b)}).front()];
    const Vector3 side = atoms.cell.minimum_image(atoms.positions[b] - atoms.positions[a]);
    const Vector3 centre = ring_plane(ring, atoms).centre;
    inside += dot(cross(side, atoms.cell.minimum_image(centre - atoms.positions[a])), shape.area);
  }
  return inside < 0;
}

int missing_in(const LoopShape& shape, std::size_t length) {
  const double hexagon = 1.5 * std::numbers::sqrt3 * shape.mean_square_bond;
  return static_cast<int>(std::lround(2 * norm(shape.area) / hexagon + 1 - 0.5 * static_cast<double>(length)));
}

std::vector<Vacancy> find_vacancies(const CarbonStructure& structure, const std::vector<Ring>& rings,
                                    const RingBonds& bonds, const DefectOptions& options) {
  std::vector<Vacancy> vacancies;
  for (std::vector<std::uint32_t>& loop : rim_loops(bonds)) {
    const LoopShape shape = shape_of(structure.atoms, loop);
    if (!shape.closed || !is_hole(structure.atoms, loop, shape, bonds, rings)) continue;
    const int missing = missing_in(shape, loop.size());
    if (missing >= 1 && missing <= options.largest_vacancy) vacancies.push_back({std::move(loop), missing});
  }
  return vacancies;
}

// Counts per carbon, with errors.
class PerCarbon {
 public:
  explicit PerCarbon(const Atoms& atoms) : atoms_(atoms) {}
  void add(std::uint32_t atom, double amount) { counts_.add(octant(atoms_.cell, atoms_.positions[atom]), amount, 0); }
  Estimate estimate() {
    for (std::size_t i = 0; i < atoms_.size(); ++i)
      if (atoms_.elements[i] == Element::C) counts_.add(octant(atoms_.cell, atoms_.positions[i]), 0, 1);
    return counts_.estimate();
  }

 private:
  const Atoms& atoms_;
  OctantRatio counts_;
};

void measure_vacancies(const Atoms& atoms, DefectReport& report) {
  PerCarbon holes(atoms), missing(atoms);
  for (const Vacancy& vacancy : report.vacancies) {
    holes.add(vacancy.rim.front(), 1);
    missing.add(vacancy.rim.front(), vacancy.missing);
  }
  report.vacancy_density = holes.estimate();
  report.missing_atoms = missing.estimate();
}

void measure_edges(const Atoms& atoms, const RingBonds& bonds, DefectReport& report) {
  std::vector<bool> on_vacancy(atoms.size(), false);
  for (const Vacancy& vacancy : report.vacancies)
    for (const std::uint32_t atom : vacancy.rim) on_vacancy[atom] = true;
  std::array<PerCarbon, 3> edges{PerCarbon(atoms), PerCarbon(atoms), PerCarbon(atoms)};
  const auto is_free = [&](std::uint32_t atom) { return bonds.neighbours[atom].size() == 2; };
  for (std::uint32_t atom = 0; atom < atoms.size(); ++atom) {
    if (!is_free(atom) || on_vacancy[atom]) continue;
    const auto& beside = bonds.neighbours[atom];
    edges[static_cast<std::size_t>(std::count_if(beside.begin(), beside.end(), is_free))].add(atom, 1);
  }
  report.zigzag = edges[0].estimate();
  report.armchair = edges[1].estimate();
  report.corner = edges[2].estimate();
}

void measure_sites(const CarbonStructure& structure, const std::vector<Ring>& rings, DefectReport& report) {
  const std::vector<int> kind_of = classify_sites(structure, rings);
  const auto kinds = site_kinds();
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    if (count(structure.atoms, kinds[k].element) == 0) continue;
    PerCarbon sites(structure.atoms);
    for (std::uint32_t atom = 0; atom < kind_of.size(); ++atom)
      if (kind_of[atom] == static_cast<int>(k)) sites.add(atom, 1);
    report.sites.push_back({std::string(kinds[k].name), sites.estimate(), std::string(kinds[k].meaning)});
  }
}

}  // namespace

int count_missing(const CarbonStructure& structure, const std::vector<std::uint32_t>& rim) {
  EXPECTS(rim.size() > 2);
  return missing_in(shape_of(structure.atoms, rim), rim.size());
}

DefectReport analyse_defects(const CarbonStructure& structure, const DefectOptions& options) {
  EXPECTS(structure.bonds.size() == structure.atoms.size());
  if (structure.atoms.size() == 0) throw InputError("a structure without atoms has no defects to count");
  const std::vector<Ring> rings = find_rings(structure.bonds, largest_sheet_ring);
  const RingBonds bonds = bonds_of_rings(structure.atoms.size(), rings);
  DefectReport report;
  report.vacancies = find_vacancies(structure, rings, bonds, options);
  measure_vacancies(structure.atoms, report);
  measure_edges(structure.atoms, bonds, report);
  measure_sites(structure, rings, report);
  return report;
}

}  // namespace cardhouse
