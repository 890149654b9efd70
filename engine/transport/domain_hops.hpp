#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/kinetics/rate_tree.hpp"
#include "engine/transport/hop_bounds.hpp"
#include "engine/transport/hop_census.hpp"
#include "engine/transport/network_division.hpp"

namespace cardhouse {

/// What one domain has done and met.
struct DomainCounts {
  std::uint64_t hops = 0;
  std::uint64_t void_events = 0;
  /// Pairs of hops of one sodium in one pair of cycles, with a stay in between where links of several sectors meet: in
  /// one piece it might have left by another link.
  std::uint64_t doubtful_pairs = 0;
  double squared_ways = 0;    ///< sum over hops of the squared displacement [angstrom^2]
  std::uint64_t looks = 0;    ///< sectors of other domains, times the collective sums shared with them
  double squared_errors = 0;  ///< over these, of what their steps change in the energy of a hop, in (kT)^2
};

/// Sodium hopping in one domain of a divided network: sector by sector, with what neighbours tell in between.
class DomainHops {
 public:
  static constexpr std::uint32_t none = 0xffffffff;

  /// `conditions` are those of the whole network, `sodium` tells of each of its sites which sodium stands there at the
  /// start, or none. Collective sums are those of own sites and ghosts alone until complete_groups().
  DomainHops(const SiteNetwork& whole, const NetworkDivision& division, std::uint32_t domain,
             const SodiumParameters& parameters, const HopConditions& conditions,
             std::span<const std::uint32_t> sodium);

  /// Collective sums over own sites, by group of the share.
  std::vector<double> own_group_sums() const;
  /// Sets the collective sums to those of the whole network, by its groups.
  void complete_groups(std::span<const double> sums);

  std::uint32_t domain() const { return domain_; }
  double total_rate() const;  ///< of the bounds, all sectors [1/s]

  /// Follows the links of one sector for so long; `turn` numbers pairs of cycles.
  void run(int sector, double duration, std::uint32_t turn, Stream& stream);

  /// Domains that have to hear of a sector of this one, and those whose sector this one has to hear of; ascending.
  std::span<const std::uint32_t> listeners(int sector) const { return outgoing_[sector].domains; }
  std::span<const std::uint32_t> speakers(int sector) const { return incoming_[sector].domains; }
  /// What the sector just run has changed, for listener number k: how many sites; for each its place in the list that
  /// both sides have, doubled, one more when it is occupied; where the listener follows single sodium, and there is
  /// one, also its number and its way. Then pairs: a collective sum and its step.
  std::vector<double> news(int sector, std::size_t k);
  /// Ends the telling of a sector.
  void forget_news();
  /// Takes in the news of all speakers of a sector, in their order.
  void hear(int sector, std::uint32_t turn, std::span<const std::span<const double>> news);

  /// Number, site in the whole network and way of all sodium on own sites, five values each.
  void append_sodium(std::vector<double>& values) const;
  /// Whether there is sodium at a site of the share, as this domain knows.
  bool is_occupied(std::size_t local) const { return bounds_->is_occupied(bounds_->lattice().place(local)); }
  double group_sum(std::size_t local) const { return group_sums_[local]; }
  const DomainNetwork& share() const { return share_; }
  const DomainCounts& counts() const { return counts_; }
  const HopCensus& census() const { return census_; }
  std::size_t ghosts() const { return share_.sites.size() - own_.size(); }
  std::size_t bytes() const { return bounds_->bytes(); }

 private:
  static constexpr std::uint32_t someone = none - 1;  ///< sodium at a site where nobody asks which
  struct Sodium {
    std::uint32_t number = none;
    std::uint32_t turn = none;   ///< pair of cycles of its last hop
    std::uint32_t hops = 0;      ///< in that
    std::uint32_t doubtful = 0;  ///< of these, before its last stay between sectors
    Vector3 way;                 ///< not wrapped [angstrom]
  };
  static constexpr std::uint32_t most_hops =
      0xffff;    ///< that are told, so that all numbers of sodium fit into one double
  struct Seat {  ///< of a site among the events of a sector
    std::uint8_t sector;
    std::uint32_t event;
  };
  struct Sector {
    std::vector<std::uint32_t> sites;  ///< by event
    std::unique_ptr<RateTree> rates;
    std::vector<RateUpdate> updates;
  };
  /// What a domain shares with one other in one sector. Both have the lists in the same order.
  struct Channel {
    std::vector<std::uint32_t> sites;   ///< places of the lattice
    std::vector<std::uint8_t> follows;  ///< whether the listener asks which sodium is there
    std::vector<std::pair<std::uint32_t, std::uint32_t>>
        places;  ///< place of the lattice and place in the list, sorted
    std::vector<std::uint32_t> groups;
    void add(std::uint32_t site, bool follow) {
      sites.push_back(site);
      follows.push_back(follow);
    }
  };
  /// Those of one sector; domains ascend.
  struct Channels {
    std::vector<std::uint32_t> domains;
    std::vector<Channel> channels;
    Channel& with(std::uint32_t domain);
  };
  struct Before {
    std::uint32_t site;
    Sodium sodium;
  };
  /// A sector at work, as an EventModel.
  struct Work {
    DomainHops& hops;
    int sector;
    std::uint32_t turn;
    double total_rate() const { return hops.sectors_[sector].rates->total(); }
    void fire(Stream& stream) { hops.fire(*this, stream); }
  };

  void label_links();
  void seat_sites();
  void open_channels(const NetworkDivision& division);
  void open_group_channels(const NetworkDivision& division);
  void fire(const Work& work, Stream& stream);
  void carry_out(const Work& work, std::uint32_t from, std::size_t link);
  void reject(std::uint32_t from, std::size_t link, double rate);
  double active_total(std::uint32_t site, int sector) const;
  void note(std::uint32_t site);
  double numbers_of(const Sodium& sodium) const;
  Sodium sodium_from(std::span<const double> told, std::uint32_t turn);
  void count(const Work& work, std::uint32_t from, Sodium& sodium);
  void step_groups(std::uint32_t site, double sign, std::vector<double>& steps);
  std::size_t hear_sites(const Channel& channel, std::uint32_t turn, std::span<const double> news,
                         std::vector<HopBounds::Filling>& fillings);
  void hear_groups(const Channel& channel, std::span<const double> pairs, std::span<const double> filled,
                   std::vector<HopBounds::GroupStep>& steps);
  void list_rates(std::span<const std::uint32_t> sites);
  void set_listed_rates();

  std::uint32_t domain_;
  DomainNetwork share_;
  std::unique_ptr<Hamiltonian> hamiltonian_;
  std::unique_ptr<HopBounds> bounds_;
  double thermal_;                         ///< kT [eV]
  std::vector<std::uint32_t> own_;         ///< own sites, in places of the lattice
  std::vector<std::uint8_t> link_sector_;  ///< of every link of the lattice
  PackedRows<Seat> seats_;                 ///< of every site
  std::vector<Sector> sectors_;
  std::vector<Channels> outgoing_;  ///< by sector
  std::vector<Channels> incoming_;
  std::vector<std::uint8_t> told_;  ///< of every site, whether anybody listens to it
  std::vector<Sodium> sodium_;      ///< of every site
  std::vector<double> group_sums_;
  std::vector<double> group_steps_;  ///< since the last news
  std::vector<Before> before_;       ///< of sites that have changed since then
  std::vector<std::uint8_t> noted_;
  DomainCounts counts_;
  HopCensus census_;
};

}  // namespace cardhouse
