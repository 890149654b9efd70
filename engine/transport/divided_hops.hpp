#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "engine/base/communicator.hpp"
#include "engine/kinetics/sectors.hpp"
#include "engine/sodium/occupation.hpp"
#include "engine/transport/domain_hops.hpp"
#include "engine/transport/network_division.hpp"

namespace cardhouse {

struct DividedOptions {
  std::size_t domains = 1;
  SectorKey key;
  std::vector<double> weights = {};  ///< work to be expected at each site; equal when empty
};

/// What one rank has told others, and what it cost.
struct Traffic {
  std::uint64_t messages = 0;  ///< between ranks, sent
  std::uint64_t values = 0;    ///< in them, eight bytes each
  double exchange_time = 0;    ///< processor time of packing, sending and waiting [s]
  std::uint64_t busiest = 0;   ///< events of the busiest domain of this rank in each step, added up
  std::uint64_t news = 0;      ///< pairs of domains that had to be told, steps added up
};

/// Sodium hopping in all domains of a divided network, which the ranks share (contiguous shares, in their order).
///
/// In every cycle each sector of each domain works for the time of the cycle, one after another (sector_order()); after
/// each, one message goes from a rank to each rank that holds sites or collective sums which may have changed there,
/// with those that have. The result depends on the number of domains, not on that of ranks or threads.
///
/// With short-ranged terms alone every sector keeps the canonical ensemble as it is, for any time of a cycle: whatever
/// is averaged at one time is exact, numbers of hops included. What the time of a cycle does change is how hops at
/// different places follow each other. With collective terms (host electrons, openings) the hops of one sector
/// elsewhere are not felt until it ends; SectorBias says how much that is.
class DividedHops {
 public:
  /// Called by all ranks together with the same arguments, like all that follows. `start` belongs to `network`, which
  /// must outlive this object. Throws InputError when so many domains do not fit.
  DividedHops(const SiteNetwork& network, const SodiumParameters& parameters, const Occupation& start,
              const HopConditions& conditions, const DividedOptions& options, const Communicator& ranks);

  /// So many cycles of equal time. EXPECTS an even number: they come in pairs.
  void advance(double duration, std::uint64_t cycles);

  /// Of the bounds, everywhere [1/s].
  double total_rate() const;
  /// Of all domains.
  DomainCounts counts() const;
  /// Of all domains: hops, passages through mouths, hops through necks, as HopCensus has them.
  std::array<ClassPairs, 3> census() const;
  /// Sodium by number: sites now, and ways since the start, not wrapped [angstrom].
  struct State {
    std::vector<std::uint32_t> sites;
    std::vector<Vector3> ways;
  };
  State state() const;

  const NetworkDivision& division() const { return division_; }
  std::span<const std::unique_ptr<DomainHops>> own_domains() const { return domains_; }  ///< of this rank
  const Traffic& traffic() const { return traffic_; }                                    ///< of this rank
  std::uint64_t cycles() const { return cycle_; }

 private:
  /// Pairs of domains, one here and one on another rank, that talk after a sector; by speaker, then listener.
  struct Route {
    int rank = 0;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  };
  using News = std::vector<double>;

  std::uint32_t first_domain(int rank) const;
  int rank_of(std::uint32_t domain) const;
  DomainHops& own(std::uint32_t domain) { return *domains_[domain - first_domain(ranks_.rank())]; }
  std::uint32_t turn() const { return static_cast<std::uint32_t>(cycle_ / 2); }
  void each_domain(const std::function<void(std::size_t)>& work) const;
  void plan_routes();
  void complete_groups();
  void run_sector(int sector, double duration);
  void tell(int sector);
  News& inbox(std::uint32_t speaker, std::uint32_t listener, int sector);

  const SiteNetwork& network_;
  NetworkDivision division_;
  SectorKey key_;
  Communicator ranks_;
  std::size_t sodium_;
  std::vector<std::unique_ptr<DomainHops>> domains_;
  std::vector<std::vector<Route>> outgoing_;  ///< by sector
  std::vector<std::vector<Route>> incoming_;
  std::vector<std::vector<News>> inboxes_;  ///< of own domains, by speaker
  Traffic traffic_;
  std::uint64_t cycle_ = 0;
};

/// How far a run in sectors may be from one without.
struct SectorBias {
  double doubtful_pairs = 0;  ///< DomainCounts::doubtful_pairs over hops
  double hops_a_turn = 0;     ///< hops of a sodium in two cycles, mean
  double diffusivity = 0;     ///< relative, at most, of the tracer diffusivity
  /// Of a hop's energy by the end of a sector, from collective sums told late: root mean square [kT].
  double group_error = 0;
};

/// Mean numbers of hops are exact, so that D can only be wrong by correlations between two hops, and of these only by
/// pairs in one pair of cycles that sodium might have broken up by leaving for another sector. With a mean squared
/// length l2 of a hop a pair adds at most 2 l2 to the summed squared displacement, where a hop without correlation adds
/// l2: of D at most 2 u D0/D, u pairs a hop and D0 = (hops l2)/(6 sodium time). The error itself is of second order in
/// the time of a cycle and far smaller (benchmarks/README.md). What frozen neighbours of a sector do to interacting
/// sodium is not in it. `tracer` is D [angstrom^2/s].
SectorBias sector_bias(const DomainCounts& counts, std::uint64_t cycles, std::size_t sodium, double time,
                       double tracer);

}  // namespace cardhouse
