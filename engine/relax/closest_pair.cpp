#include "engine/relax/closest_pair.hpp"

#include <fmt/format.h>

#include <cmath>

#include "engine/base/errors.hpp"
#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {

std::optional<AtomPair> closest_pair(const Atoms& atoms, double within) {
  const NeighbourList neighbours(atoms.cell, atoms.positions, within);
  std::optional<AtomPair> closest;
  for (std::uint32_t i = 0; i < neighbours.size(); ++i) {
    for (const Neighbour& neighbour : neighbours.of(i)) {
      const double distance = norm(neighbour.displacement);
      if (!closest || distance < closest->distance) closest = AtomPair{i, neighbour.index, distance};
    }
  }
  return closest;
}

std::string describe(const AtomPair& pair, const Atoms& atoms) {
  return fmt::format("atoms {} ({}) and {} ({}) are {:.3g} angstrom apart", pair.first,
                     symbol(atoms.elements[pair.first]), pair.second, symbol(atoms.elements[pair.second]),
                     pair.distance);
}

void require_separated(const Atoms& atoms, double least) {
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    if (std::isfinite(squared_norm(atoms.positions[i]))) continue;
    throw InputError(fmt::format("the position of atom {} ({}) is not a finite number", i, symbol(atoms.elements[i])));
  }
  if (const auto pair = closest_pair(atoms, least)) {
    throw InputError(fmt::format("{} (overlap, at least {} is needed)", describe(*pair, atoms), least),
                     "remove one of them or build with a larger spacing");
  }
}

}  // namespace cardhouse
