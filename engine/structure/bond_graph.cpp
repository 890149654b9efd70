#include "engine/structure/bond_graph.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/contracts.hpp"
#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {
namespace {

// Covalent radii [angstrom], Cordero et al. 2008 (doi:10.1039/b801115j); carbon is the sp2 value.
double covalent_radius(Element element) {
  switch (element) {
    case Element::H:
      return 0.31;
    case Element::B:
      return 0.84;
    case Element::C:
      return 0.73;
    case Element::N:
      return 0.71;
    case Element::O:
      return 0.66;
    case Element::F:
      return 0.57;
    case Element::Na:
      return 1.66;
    case Element::Mg:
      return 1.41;
    case Element::Al:
      return 1.21;
    case Element::Si:
      return 1.11;
    case Element::P:
      return 1.07;
    case Element::S:
      return 1.05;
    case Element::Cl:
      return 1.02;
    case Element::K:
      return 2.03;
    case Element::Ca:
      return 1.76;
    case Element::Mn:
      return 1.39;
    case Element::Fe:
      return 1.32;
    case Element::Ni:
      return 1.24;
    case Element::Zn:
      return 1.22;
  }
  EXPECTS(false);
  return 0;
}

constexpr double bond_tolerance = 1.2;

}  // namespace

BondGraph::BondGraph(std::size_t n_atoms, std::vector<Bond> bonds) : bonds_(std::move(bonds)) {
  for (Bond& bond : bonds_) {
    EXPECTS(bond[0] < n_atoms && bond[1] < n_atoms && bond[0] != bond[1]);
    if (bond[0] > bond[1]) std::swap(bond[0], bond[1]);
  }
  std::sort(bonds_.begin(), bonds_.end());
  bonds_.erase(std::unique(bonds_.begin(), bonds_.end()), bonds_.end());
  offsets_.assign(n_atoms + 1, 0);
  for (const Bond& bond : bonds_) ++offsets_[bond[0] + 1], ++offsets_[bond[1] + 1];
  for (std::size_t atom = 0; atom < n_atoms; ++atom) offsets_[atom + 1] += offsets_[atom];
  neighbours_.resize(2 * bonds_.size());
  std::vector<std::uint32_t> next(offsets_.begin(), offsets_.end() - 1);
  for (const Bond& bond : bonds_) {
    neighbours_[next[bond[0]]++] = bond[1];
    neighbours_[next[bond[1]]++] = bond[0];
  }
  for (std::size_t atom = 0; atom < n_atoms; ++atom)
    std::sort(neighbours_.begin() + offsets_[atom], neighbours_.begin() + offsets_[atom + 1]);
}

BondGraph BondGraph::from_distances(const Atoms& atoms) {
  double largest = 0;
  for (const Element element : atoms.elements) largest = std::max(largest, covalent_radius(element));
  std::vector<Bond> bonds;
  if (atoms.size() == 0) return {};
  const NeighbourList near(atoms.cell, atoms.positions, 2 * bond_tolerance * largest);
  for (std::uint32_t i = 0; i < atoms.size(); ++i)
    for (const Neighbour& neighbour : near.of(i)) {
      if (neighbour.index <= i) continue;
      const double reach =
          bond_tolerance * (covalent_radius(atoms.elements[i]) + covalent_radius(atoms.elements[neighbour.index]));
      if (squared_norm(neighbour.displacement) < reach * reach) bonds.push_back({i, neighbour.index});
    }
  return {atoms.size(), std::move(bonds)};
}

bool BondGraph::bonded(std::uint32_t a, std::uint32_t b) const {
  const auto neighbours = of(a);
  return std::binary_search(neighbours.begin(), neighbours.end(), b);
}

std::vector<std::uint32_t> BondGraph::fragments() const {
  constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> fragment(size(), unseen);
  std::vector<std::uint32_t> front;
  std::uint32_t found = 0;
  for (std::uint32_t start = 0; start < size(); ++start) {
    if (fragment[start] != unseen) continue;
    fragment[start] = found;
    front.assign(1, start);
    while (!front.empty()) {
      const std::uint32_t atom = front.back();
      front.pop_back();
      for (const std::uint32_t other : of(atom))
        if (fragment[other] == unseen) fragment[other] = found, front.push_back(other);
    }
    ++found;
  }
  return fragment;
}

}  // namespace cardhouse
