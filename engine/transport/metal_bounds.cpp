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
    atom.wide = make_range(atom, std::max(0.0, atom.coordination - wide_reach), atom.coordination + wide_reach);
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

MetalBounds::Range MetalBounds::make_range(const Atom& atom, double lowest, double highest) {
  return {lowest, highest, root_of(lowest, atom.inverse_full), root_of(highest, atom.inverse_full)};
}

// What is covered may always shrink, never grow.
void MetalBounds::forget(Atom& atom) {
  const double z = atom.coordination;
  atom.remembered = make_range(atom, z, z);
  atom.wide = make_range(atom, std::max(atom.wide.lowest, z - wide_reach), std::min(atom.wide.highest, z + wide_reach));
  atom.was_occupied = atom.occupied;
  atom.was_vacant = !atom.occupied;
}

Overtaken MetalBounds::overtaken(Atom& atom) const {
  atom.root = root_of(atom.coordination, atom.inverse_full);
  const double z = atom.coordination;
  const Range& known = atom.remembered;
  const bool inside = z >= known.lowest && z <= known.highest;
  if (exact_) {
    const bool same = inside && known.lowest == known.highest && atom.was_occupied == atom.occupied &&
                      atom.was_vacant != atom.occupied;
    forget(atom);
    return same ? Overtaken::None : Overtaken::All;
  }
  const bool known_so = atom.occupied ? atom.was_occupied : atom.was_vacant;
  if (inside && known_so) return Overtaken::None;
  (atom.occupied ? atom.was_occupied : atom.was_vacant) = true;
  atom.remembered = make_range(atom, std::min(known.lowest, z), std::max(known.highest, z));
  if (z >= atom.wide.lowest && z <= atom.wide.highest) return known_so ? Overtaken::Remembered : Overtaken::All;
  atom.wide = make_range(atom, std::max(0.0, std::min(atom.remembered.lowest, z - wide_reach)),
                         std::max(atom.remembered.highest, z + wide_reach));
  return Overtaken::All;
}

/// What an atom gains or loses when its coordination changes by `step`.
template <Cover C>
double MetalBounds::term(const Atom& atom, double step) const {
  if (C == Cover::Present) {
    if (!atom.occupied) return 0;
    return atom.depth * (atom.root - root_of(atom.coordination + step, atom.inverse_full));
  }
  if (!atom.was_occupied || step == 0 || (step < 0 && atom.was_vacant)) return 0;
  const Range& range = C == Cover::Wide ? atom.wide : atom.remembered;
  const double from = step > 0 ? range.lowest : range.highest;
  const double root = step > 0 ? range.lowest_root : range.highest_root;
  return atom.depth * (root - root_of(from + step, atom.inverse_full));
}

void MetalBounds::prepare(std::size_t from) {
  leaving_ = from;
  removal_known_ = {};
  if (atoms_.empty()) return;
  for (const PackedPair& bond : bonds_.of(from)) lost_[bond.index()] = static_cast<double>(bond.value()) * weight_unit;
}

template <Cover C>
double MetalBounds::removal() const {
  double sum = 0;
  for (const PackedPair& bond : bonds_.of(leaving_)) sum += term<C>(atoms_[bond.index()], -lost_[bond.index()]);
  if (atom_of_[leaving_] == none) return sum;
  const Atom& own = atoms_[atom_of_[leaving_]];
  const double root = C == Cover::Present ? own.root : (C == Cover::Wide ? own.wide : own.remembered).lowest_root;
  return sum - own.depth * (1 - root);
}

template <Cover C>
double MetalBounds::change(std::size_t to) {
  if (atoms_.empty()) return 0;
  constexpr auto cover = static_cast<std::size_t>(C);
  if (!removal_known_[cover]) removals_[cover] = removal<C>();
  removal_known_[cover] = true;
  double change = removals_[cover];
  const std::uint32_t leaving = atom_of_[leaving_];
  for (const PackedPair& bond : bonds_.of(to)) {
    if (bond.index() == leaving) continue;
    const Atom& atom = atoms_[bond.index()];
    if (!(C == Cover::Present ? atom.occupied : atom.was_occupied)) continue;
    const double lost = lost_[bond.index()];
    change += term<C>(atom, static_cast<double>(bond.value()) * weight_unit - lost);
    if (lost != 0) change -= term<C>(atom, -lost);
  }
  if (atom_of_[to] == none) return change;
  const Atom& own = atoms_[atom_of_[to]];
  const double most = C == Cover::Present ? own.coordination : (C == Cover::Wide ? own.wide : own.remembered).highest;
  return change + own.depth * (1 - root_of(most - lost_[atom_of_[to]], own.inverse_full));
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

template double MetalBounds::change<Cover::Present>(std::size_t);
template double MetalBounds::change<Cover::Remembered>(std::size_t);
template double MetalBounds::change<Cover::Wide>(std::size_t);

}  // namespace cardhouse
