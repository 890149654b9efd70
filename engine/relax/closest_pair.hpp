#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// Two atoms (or an atom and its own image) and their distance [angstrom].
struct AtomPair {
  std::uint32_t first;
  std::uint32_t second;
  double distance;
};

/// The closest two atoms that are nearer than `within` [angstrom], if any.
std::optional<AtomPair> closest_pair(const Atoms& atoms, double within);

/// "atoms 3 (C) and 17 (H) are 0.21 angstrom apart".
std::string describe(const AtomPair& pair, const Atoms& atoms);

/// Throws InputError that names the closest pair when two atoms are nearer than `least` [angstrom], or the atom when a
/// position is not a finite number.
void require_separated(const Atoms& atoms, double least);

}  // namespace cardhouse
