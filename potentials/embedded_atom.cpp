#include "potentials/embedded_atom.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "potentials/block_sums.hpp"
#include "potentials/element_kinds.hpp"
#include "potentials/embedded_atom_file.hpp"
#include "potentials/packed_neighbours.hpp"

namespace cardhouse {
namespace {

constexpr double least_distance = 0.05;  // [angstrom]

EmbeddedAtomTables read_tables(const std::string& path) {
  if (path.empty()) throw InputError("embedded-atom needs a parameter file", "name a setfl file (eam/alloy or eam/fs)");
  return read_setfl_file(path);
}

/// Where the elements of the structure stand in the tables.
std::vector<std::size_t> places(const Atoms& atoms, const EmbeddedAtomTables& tables, const std::string& path) {
  std::vector<std::size_t> result;
  for (const Element element : distinct_elements(atoms.elements)) {
    const auto found = std::find(tables.elements.begin(), tables.elements.end(), symbol(element));
    if (found == tables.elements.end()) {
      std::string known;
      for (const std::string& name : tables.elements) known += (known.empty() ? "known: " : ", ") + name;
      throw InputError({path, 4, {}}, "has no element " + std::string(symbol(element)), known);
    }
    result.push_back(static_cast<std::size_t>(found - tables.elements.begin()));
  }
  return result;
}

}  // namespace

EmbeddedAtom::Splines EmbeddedAtom::make_splines(const Atoms& atoms, const std::string& path) {
  const EmbeddedAtomTables tables = read_tables(path);
  const std::vector<std::size_t> kinds = places(atoms, tables, path);
  const std::size_t n = tables.elements.size();
  Splines splines{kinds.size(), tables.cutoff, {}, {}, {}};
  for (const std::size_t i : kinds) {
    splines.embedding.emplace_back(tables.embedding[i], tables.density_step);
    for (const std::size_t j : kinds) {
      splines.density.emplace_back(tables.density[i * n + j], tables.distance_step);
      splines.pair.emplace_back(tables.pair[i * n + j], tables.distance_step);
    }
  }
  return splines;
}

EmbeddedAtom::EmbeddedAtom(const CarbonStructure& structure, const EmbeddedAtomOptions& options)
    : kinds_(kind_of_each(structure.atoms, distinct_elements(structure.atoms.elements), "embedded-atom")),
      splines_(make_splines(structure.atoms, options.parameter_file)),
      list_(BondGraph(kinds_.size(), {}), kinds_, splines_.kinds, {splines_.cutoff, options.skin, true}) {}

Evaluation EmbeddedAtom::evaluate(const Atoms& atoms, std::span<Vector3> forces) {
  EXPECTS(atoms.size() == kinds_.size() && forces.size() == atoms.size());
  list_.update(atoms);
  list_.clear_ghosts(forces);
  const std::span blocks = list_.blocks();
  const std::span fringe = list_.fringe_blocks();
  pulls_.resize(atoms.size());
  for_blocks(fringe.size(), [&](std::size_t b) { embed(fringe[b]); });
  const double embedding = sum_blocks(blocks.size(), [&](std::size_t b) { return embed(blocks[b]); });
  Evaluation total = sum_blocks(blocks.size(), [&](std::size_t b) { return add_pairs(blocks[b], forces); });
  total.energy += embedding;
  return total;
}

double EmbeddedAtom::embed(const VerletList::Block& block) {
  PackedNeighbours near;
  double energy = 0;
  for (std::size_t h = 0; h < block.homes.size(); ++h) {
    const std::uint32_t atom = list_.owner(block.homes[h]);
    const std::size_t place = kinds_[atom];
    double density = 0;
    for_neighbour_groups(block, h, splines_.kinds, [&](std::size_t source, std::span<const std::uint32_t> sites) {
      const UniformSpline& spline = splines_.density[source * splines_.kinds + place];
      near.pack(list_, block.homes[h], sites, splines_.cutoff);
      for (std::size_t k = 0; k < near.size; ++k) density += spline.at(near.r[k]).value;
    });
    const UniformSpline& embedding = splines_.embedding[place];
    const auto [value, slope] = embedding.at(density);
    energy += value + slope * std::max(0.0, density - embedding.end());
    pulls_[atom] = slope;
  }
  return energy;
}

Evaluation EmbeddedAtom::add_pairs(const VerletList::Block& block, std::span<Vector3> forces) const {
  PackedNeighbours near;
  Evaluation sum;
  for (std::size_t h = 0; h < block.homes.size(); ++h) {
    const std::uint32_t atom = list_.owner(block.homes[h]);
    const std::size_t own = kinds_[atom];
    Vector3 force;
    for_neighbour_groups(block, h, splines_.kinds, [&](std::size_t other, std::span<const std::uint32_t> sites) {
      const UniformSpline& felt = splines_.density[other * splines_.kinds + own];
      const UniformSpline& given = splines_.density[own * splines_.kinds + other];
      const UniformSpline& pair = splines_.pair[own * splines_.kinds + other];
      near.pack(list_, block.homes[h], sites, splines_.cutoff);
      for (std::size_t k = 0; k < near.size; ++k) {
        const double r = std::max(near.r[k], least_distance);
        const auto [product, product_slope] = pair.at(r);
        const double phi = product / r;
        sum.energy += 0.5 * phi;
        near.slopes[k] = near.r[k] < least_distance ? 0 : (product_slope - phi) / r;
        const double felt_slope = felt.at(near.r[k]).slope;
        const double given_slope = &given == &felt ? felt_slope : given.at(near.r[k]).slope;
        near.slopes[k] += pulls_[atom] * felt_slope + pulls_[near.owners[k]] * given_slope;
      }
      near.add_forces(force, sum.virial);
    });
    forces[atom] = force;
  }
  return sum;
}

}  // namespace cardhouse
