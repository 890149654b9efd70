#pragma once

#include <array>
#include <optional>

#include "engine/anneal/carbon_network.hpp"
#include "engine/base/stream.hpp"

namespace cardhouse {

/// A bond transposition (Wooten, Winer & Weaire 1985, doi:10.1103/PhysRevLett.54.1392): c leaves a for b and d leaves b
/// for a. With c and d on opposite sides of the bond a-b this turns the bond by 90 degrees in its sheet: a Stone-Wales
/// move, an edge flip of the dual triangulation. The rings on both sides lose an atom, those at both ends gain one.
struct BondFlip {
  std::uint32_t a, b;
  std::uint32_t c, d;
  std::uint32_t stays_at_a, stays_at_b;  ///< the third neighbours
};

/// Sizes of rings that flips may make.
struct RingLimits {
  int smallest = 5;
  int largest = 8;
};

/// Draws an atom, one of its bonds and one of the two ways to turn it, all with equal chance; a flip and its reverse
/// are equally likely. Empty when the bond cannot turn: both ends must be carbons with three neighbours none of which
/// is a terminator, and no bond may become a double one. Uses three random numbers, or fewer when empty.
std::optional<BondFlip> propose_flip(const CarbonNetwork& network, Stream& stream);

/// Whether c and d lie on opposite sides of the bond, judged by the atoms around it.
bool is_crosswise(const CarbonNetwork& network, const BondFlip& flip);

/// The flip that undoes this one.
BondFlip reverse(const BondFlip& flip);

/// Whether the four rings will lie within the limits: those on both sides (through c and stays_at_b, d and stays_at_a)
/// lose an atom, those at both ends gain one. Open edges, rings of more than twelve, count as no ring.
bool rings_allowed(const CarbonNetwork& network, const BondFlip& flip, const RingLimits& limits, BondSearch& search);

/// Exchanges the bonds and turns the bond a-b about its middle, to where its new neighbours draw it. No relaxation.
void apply(CarbonNetwork& network, const BondFlip& flip);

}  // namespace cardhouse
