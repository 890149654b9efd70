#pragma once
// How long single sodium stays before it gets away.

#include <array>
#include <cstdint>
#include <vector>

#include "engine/sodium/site_network.hpp"
#include "engine/sodium/sodium_parameters.hpp"
#include "engine/transport/flow_cap.hpp"
#include "engine/transport/hop_bounds.hpp"

namespace cardhouse {

/// Superbasins of single sodium in the empty host, and the time it takes to leave them.
struct Residence {
  double fast = 0;          ///< hops with both directions above this rate join sites into a superbasin [1/s]
  bool percolates = false;  ///< whether `fast` is the bottleneck of a way through the cell
  std::vector<std::uint32_t> basin_of;  ///< every site
  std::vector<std::uint32_t> sizes;     ///< sites of every superbasin
  std::vector<double>
      escape_times;  ///< mean, from every site to another superbasin or image; infinite without a way [s]
};

/// Sites between which sodium goes back and forth faster than it gets through the cell belong to one superbasin: `fast`
/// is the bottleneck of the slower directions on the easiest way (percolating_strength), so that no superbasin leads
/// through the cell (a hop into its own next periodic image leaves it). Where no way leads through, it is once in ten
/// hours. The mean time of the first exit is exact for
/// superbasins of up to 48 sites (AbsorbingChain), whatever the start; larger ones have mixed long before (their inner
/// hops are the faster ones) and leave at the rate of local equilibrium. Rates follow HopConditions, energies are those
/// of the Hamiltonian with one sodium. EXPECTS a positive temperature and attempt frequency.
Residence single_residence(const SiteNetwork& network, const SodiumParameters& parameters,
                           const HopConditions& conditions);

/// Escape times of the sites of one class.
struct ResidenceRow {
  SiteClass kind{};
  std::size_t sites = 0;
  double median = 0;       ///< [s]; infinite where half of them have no way out
  double nine_tenths = 0;  ///< nine tenths of the sites are left faster [s]
  double lost = 0;         ///< share left in more than `lost_after`
};

/// A row for every class, in their order. Without sites the times are zero.
std::array<ResidenceRow, site_class_count> residence_by_class(const SiteNetwork& network, const Residence& residence);

}  // namespace cardhouse
