#pragma once
// Sodium in a carbon that exchanges it with an electrolyte: slow events by kinetic Monte Carlo, fast ones equilibrated.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/kinetics/rate_tree.hpp"
#include "engine/sodium/occupation.hpp"
#include "engine/sodium/site_network.hpp"
#include "engine/transport/charge_transfer.hpp"

namespace cardhouse {

/// Where sodium crosses the surface.
enum class TransferPlaces {
  Outside,  ///< sites that the electrolyte touches (reachability.hpp)
  Mouths,   ///< entrances of galleries: for a piece of the bulk, whose outside is too far to be seen
};

enum class TransferMode {
  Free,    ///< sodium comes and goes: its number follows the potential
  Paired,  ///< what leaves comes back at once, anywhere on the surface: the number stays, the distribution changes
};

struct ElectrodeConditions {
  double temperature = 298.15;   ///< [K]
  double attempt_frequency = 0;  ///< of hops [1/s]
  double fast_rate = 1e3;        ///< hops that are faster both ways are equilibrated [1/s]
  double equilibration = 0.2;    ///< trial moves per site whenever fast hops are equilibrated
  TransferPlaces places = TransferPlaces::Outside;
  TransferMode mode = TransferMode::Free;
};

/// An EventModel of the slow events: charge transfer at the surface (transfer_rates), and hops that, with the sodium as
/// it stands, are slower than `fast_rate` either way. All other hops are so much faster that the sodium behind them is
/// in equilibrium whenever something slow happens: they are sampled by canonical Monte Carlo, by fast hops and by moves
/// within pieces that hops join which are fast in the empty host. Whether a hop is fast is the same seen from both its
/// ends, so that detailed balance holds throughout. This is averaging over fast variables (E, Liu & Vanden-Eijnden
/// 2005, doi:10.1063/1.2109987); raising `fast_rate` makes more hops explicit and shows what it neglects.
///
/// The rates of slow events belong to the configuration at hand and change as fast sodium moves. Whoever runs the model
/// calls equilibrate() at intervals that do not depend on the configuration but for its number of sodium: slow events
/// and sampling each keep the grand-canonical distribution, so any such alternation does. Averages of rates are right
/// when the intervals are short against 1/total_rate() (see advance() in protocol.cpp).
class ElectrodeKinetics {
 public:
  /// The Hamiltonian of `start` must outlive this object and belong to `network`. EXPECTS positive temperature,
  /// frequency and fast rate.
  ElectrodeKinetics(const SiteNetwork& network, Occupation start, const ChargeTransferParameters& transfer,
                    const ElectrodeConditions& conditions);

  double total_rate() const { return rates_.total(); }  ///< [1/s]
  void fire(Stream& stream);                            ///< one slow event

  /// Samples the fast hops and renews the slow rates.
  void equilibrate(Stream& stream);
  void set_potential(double volts);
  void set_mode(TransferMode mode);
  double potential() const { return potential_; }  ///< against sodium metal [V]
  /// The potential at which sodium would come in at `net_rate` on balance, with the configuration as it is, within 5 V
  /// of sodium. EXPECTS at least one exchange site.
  double potential_for(double net_rate) const;
  /// Net rate of insertion with the configuration as it is [1/s].
  double net_rate() const { return net_rate_at(potential_); }
  /// One sodium comes in, or leaves, where it crosses most readily. False when none can.
  bool transfer(bool inwards, Stream& stream);

  const Occupation& occupation() const { return state_; }
  std::span<const std::uint32_t> exchange_sites() const { return exchange_; }
  std::uint64_t events() const { return events_; }  ///< slow ones, that have fired
  /// Sodium that came in less sodium that went out, paired transfers aside.
  std::int64_t inserted() const { return inserted_; }

 private:
  double net_rate_at(double volts) const;
  TransferRates rates_of(std::size_t exchange_index, double volts) const;
  bool is_fast(double barrier, double change) const;
  void join_fast_pieces();
  void sample_fast(Stream& stream);
  void hop(Stream& stream);
  void relocate(Stream& stream);
  bool accepts(double change, Stream& stream) const;
  void find_works();
  void renew();            ///< all rates, after sodium has moved
  void renew_transfers();  ///< those that depend on potential and mode
  double link_rate(const SiteLink& link) const;
  void cross(std::size_t exchange_index);
  bool draw_and_cross(bool inwards, Stream& stream);

  Occupation state_;
  ChargeTransferParameters transfer_;
  ElectrodeConditions conditions_;
  double beta_;
  double potential_ = 0;
  std::vector<std::uint32_t> exchange_;  ///< sites that exchange with the electrolyte
  std::vector<double> works_;            ///< dE of insertion at each of them, as if vacant [eV]
  std::vector<SiteLink> links_;
  double fast_limit_;  ///< barrier below which a hop is fast [eV]
  std::vector<std::uint32_t> piece_of_;
  std::vector<std::vector<std::uint32_t>> pieces_;  ///< sites that fast links join
  std::vector<double> each_;                        ///< rates by event [1/s]
  RateTree rates_;                                  ///< exchange sites, then links
  std::uint64_t events_ = 0;
  std::int64_t inserted_ = 0;
};

}  // namespace cardhouse
