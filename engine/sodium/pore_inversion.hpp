#pragma once
// Filling and emptying pores at one stroke: the move that lets the grand canonical ensemble pass the barrier of
// nucleation.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/sodium/occupation.hpp"

namespace cardhouse {

/// Pore sites joined by metal bonds, one list a pore, each ascending.
std::vector<std::vector<std::uint32_t>> metal_pores(const Hamiltonian& hamiltonian);

struct InversionConditions {
  double chemical_potential = 0;  ///< relative to sodium metal [eV]
  double temperature = 0;         ///< [K]
};

/// Proposes the complement of what a pore holds: sodium on every vacant site, none on the occupied ones, sites that
/// sodium outside the pore blocks left out. Accepted with min(1, exp(-(dE - mu dN)/kT)); true when it was.
///
/// The proposal is its own reverse, so detailed balance holds. Metal in a pore grows from a nucleus that costs many kT:
/// one sodium at a time, an empty pore stays empty far below the voltage at which it should fill, and a full one full
/// far above. Whole pores turn over at equilibrium; a pore of several widths fills as one. O(bonds of the pore).
bool invert(Occupation& state, std::span<const std::uint32_t> pore, const InversionConditions& conditions,
            Stream& stream);

}  // namespace cardhouse
