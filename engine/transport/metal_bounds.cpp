#include "engine/transport/metal_bounds.hpp"

#include <algorithm>
#include <cmath>

namespace cardhouse {

namespace {

double root_of(double coordination, double inverse_full) {
  return std::sqrt(std::clamp(coordination * inverse_full, 0.0, 1.0));
}

}  // namespace

// Depth and full coordination of a site are told by its energy at two coordinations: E(0) = D, E(1) = D (1 -
// z0^(-1/2)).
MetalBounds::MetalBounds(const HopLattice& lattice, const Hamiltonian& hamiltonian, bool exact) : exact_(exact) {
  atom_of_.assign(lattice.size(), none);
  for (std::uint32_t site = 0; site < lattice.size(); ++site) {
    const std::uint32_t index = lattice.original(site);
    if (!hamiltonian.is_metallic(index) || hamiltonian.metal_energy(index, 0) == 0) continue;
    atom_of_[site] = static_cast<std::uint32_t>(atoms_.size());
    Atom atom;
    atom.site = site;
    atom.depth = hamiltonian.metal_energy(index, 0);
    const double root = 1 - hamiltonian.metal_energy(index, 1) / atom.depth;
    atom.inverse_full = root * root;
    atom.coordination = hamiltonian.self_coordination(index);
    atom.root = root_of(atom.coordination, atom.inverse_full);
    forget(atom);
    atoms_.push_back(atom);
  }
  for (std::uint32_t site = 0; site < lattice.size() && !atoms_.empty(); ++site) {
    const std::uint32_t metal = atom_of_[site];
    if (metal != none) bonded_sites_.push(site);
    for (const PairTable::Entry& bond : hamiltonian.bonds().of(lattice.original(site))) {
      const std::uint32_t other = lattice.place(bond.site);
      if (metal != none) bonded_sites_.push(other);
      if (atom_of_[other] != none) bonds_.push({atom_of_[other], std::llround(bond.value / weight_unit)});
    }
    bonds_.close_row();
    if (metal != none) bonded_sites_.close_row();
  }
  bonds_.shrink();
  bonded_sites_.shrink();
  lost_.assign(atoms_.size(), 0.0);
  if (atoms_.empty()) atom_of_ = {};
}

void MetalBounds::touch(std::uint32_t metal) {
  if (atoms_[metal].touched) return;
  atoms_[metal].touched = true;
  touched_.push_back(metal);
}

void MetalBounds::fill(std::size_t site, bool occupied) {
  if (atoms_.empty()) return;
  const double sign = occupied ? weight_unit : -weight_unit;
  for (const PackedPair& bond : bonds_.of(site)) {
    Atom& atom = atoms_[bond.index()];
    atom.coordination += sign * static_cast<double>(bond.value());
    touch(bond.index());
  }
  if (atom_of_[site] == none) return;
  atoms_[atom_of_[site]].occupied = occupied;
  touch(atom_of_[site]);
}

void MetalBounds::remember(Atom& atom, double lowest, double highest) {
  atom.lowest = lowest;
  atom.highest = highest;
  atom.lowest_root = root_of(lowest, atom.inverse_full);
  atom.highest_root = root_of(highest, atom.inverse_full);
}

void MetalBounds::forget(Atom& atom) {
  remember(atom, atom.coordination, atom.coordination);
  atom.was_occupied = atom.occupied;
  atom.was_vacant = !atom.occupied;
}

bool MetalBounds::overtaken(Atom& atom) const {
  atom.root = root_of(atom.coordination, atom.inverse_full);
  const double z = atom.coordination;
  const bool inside = z >= atom.lowest && z <= atom.highest;
  if (exact_) {
    const bool same =
        inside && atom.lowest == atom.highest && atom.was_occupied == atom.occupied && atom.was_vacant != atom.occupied;
    forget(atom);
    return !same;
  }
  if (inside && (atom.occupied ? atom.was_occupied : atom.was_vacant)) return false;
  (atom.occupied ? atom.was_occupied : atom.was_vacant) = true;
  remember(atom, std::min(atom.lowest, z), std::max(atom.highest, z));
  return true;
}

/// What an atom gains or loses when its coordination changes by `step`.
template <bool Least>
double MetalBounds::term(const Atom& atom, double step) const {
  if (!Least) {
    if (!atom.occupied) return 0;
    return atom.depth * (atom.root - root_of(atom.coordination + step, atom.inverse_full));
  }
  if (!atom.was_occupied || step == 0 || (step < 0 && atom.was_vacant)) return 0;
  const double from = step > 0 ? atom.lowest : atom.highest;
  const double root = step > 0 ? atom.lowest_root : atom.highest_root;
  return atom.depth * (root - root_of(from + step, atom.inverse_full));
}

template <bool Least>
void MetalBounds::prepare(std::size_t from) {
  leaving_ = from;
  removal_ = 0;
  if (atoms_.empty()) return;
  for (const PackedPair& bond : bonds_.of(from)) {
    const double weight = static_cast<double>(bond.value()) * weight_unit;
    lost_[bond.index()] = weight;
    removal_ += term<Least>(atoms_[bond.index()], -weight);
  }
  if (atom_of_[from] == none) return;
  const Atom& own = atoms_[atom_of_[from]];
  removal_ -= own.depth * (1 - (Least ? own.lowest_root : own.root));
}

template <bool Least>
double MetalBounds::change(std::size_t to) const {
  if (atoms_.empty()) return 0;
  double change = removal_;
  const std::uint32_t leaving = atom_of_[leaving_];
  for (const PackedPair& bond : bonds_.of(to)) {
    if (bond.index() == leaving) continue;
    const Atom& atom = atoms_[bond.index()];
    if (!(Least ? atom.was_occupied : atom.occupied)) continue;
    const double lost = lost_[bond.index()];
    change += term<Least>(atom, static_cast<double>(bond.value()) * weight_unit - lost);
    if (lost != 0) change -= term<Least>(atom, -lost);
  }
  if (atom_of_[to] == none) return change;
  const Atom& own = atoms_[atom_of_[to]];
  const double z = (Least ? own.highest : own.coordination) - lost_[atom_of_[to]];
  return change + own.depth * (1 - root_of(z, own.inverse_full));
}

void MetalBounds::done() {
  if (atoms_.empty()) return;
  for (const PackedPair& bond : bonds_.of(leaving_)) lost_[bond.index()] = 0;
}

void MetalBounds::forget(std::size_t site) {
  if (atoms_.empty()) return;
  for (const PackedPair& bond : bonds_.of(site)) forget(atoms_[bond.index()]);
  if (atom_of_[site] != none) forget(atoms_[atom_of_[site]]);
}

std::size_t MetalBounds::bytes() const {
  return atoms_.size() * (sizeof(Atom) + sizeof(double)) + atom_of_.size() * sizeof(std::uint32_t) + bonds_.bytes() +
         bonded_sites_.bytes();
}

template void MetalBounds::prepare<false>(std::size_t);
template void MetalBounds::prepare<true>(std::size_t);
template double MetalBounds::change<false>(std::size_t) const;
template double MetalBounds::change<true>(std::size_t) const;

}  // namespace cardhouse
