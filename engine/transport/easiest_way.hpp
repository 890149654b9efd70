#pragma once
// The way through a carbon on which the highest saddle is lowest.

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/sodium/site_network.hpp"
#include "engine/sodium/sodium_parameters.hpp"

namespace cardhouse {

/// A hop of that way.
struct WayHop {
  std::uint32_t from;
  std::uint32_t to;
  double energy;   ///< of single sodium at `from`, against sodium metal [eV]
  double barrier;  ///< kinetically resolved [eV]
  double saddle;   ///< against sodium metal [eV]
};

struct EasiestWay {
  std::vector<WayHop> hops;  ///< from a site to its periodic image; the first goes over the highest saddle
  double deepest = 0;        ///< energy of single sodium on the deepest site of all, on the way or not [eV]
  double lowest() const;     ///< energy of the deepest site on the way [eV]
  double highest() const { return hops.front().saddle; }
};

/// The way of single sodium through the periodic cell of the empty host whose highest saddle is lowest, with the fewest
/// hops among those that stay below it; nothing where no way leads through. The saddle of a hop lies at
/// max((E_a + E_b)/2 + barrier, E_a, E_b), the same from both sides. At low filling and temperature diffusion is
/// activated by `highest` less `deepest`: percolation over the highest saddle, from the traps (critical path analysis:
/// Ambegaokar, Halperin & Langer 1971, doi:10.1103/PhysRevB.4.2612). O(links log links).
std::optional<EasiestWay> easiest_way(const SiteNetwork& network, const SodiumParameters& parameters);

}  // namespace cardhouse
