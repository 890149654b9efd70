#pragma once
// Which sites sodium can come to, and how hard the way is.

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/sodium/site_network.hpp"
#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// Marks the sites that the electrolyte touches (1): those covered by a probe that comes in from outside, the way a
/// solvated ion does. Where a region of the probe percolates (void_regions.hpp), that region is the outside: the vacuum
/// beside a slab or round a particle, or an open pore. All 0 where no such region is. EXPECTS probe_radius > 0
/// [angstrom].
std::vector<std::uint8_t> touched_from_outside(const SiteNetwork& network, const Atoms& atoms, double probe_radius);

/// For every site the barrier of the easiest way in: the largest kinetically resolved barrier on the path whose largest
/// is smallest [eV]; infinite where there is no way. Ways begin at the sites with `outside` set. Where the network has
/// none, it is a piece of the bulk and they begin far away: on every piece of the network that joins its own periodic
/// image, once all barriers on the closed way are passed. O(links log links).
std::vector<double> access_barriers(const SiteNetwork& network);

/// Largest barrier that sodium passes within a time [eV]: kT ln(nu t). EXPECTS all positive, nu t > 1.
double passable_barrier(double temperature, double attempt_frequency, double time);

}  // namespace cardhouse
