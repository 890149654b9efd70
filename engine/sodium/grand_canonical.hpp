#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/stream.hpp"
#include "engine/sodium/site_network.hpp"

namespace cardhouse {

/// Sodium on sites, with exact energy differences: Occupation, TwoSublattice.
template <class State>
concept LatticeState = requires(State state, const State& fixed, std::size_t site) {
  { fixed.size() } -> std::convertible_to<std::size_t>;
  { fixed.is_occupied(site) } -> std::convertible_to<bool>;
  { fixed.insertion_energy(site) } -> std::convertible_to<double>;
  { fixed.removal_energy(site) } -> std::convertible_to<double>;
  { fixed.move_energy(site, site) } -> std::convertible_to<double>;
  { fixed.occupied_sites()[0] } -> std::convertible_to<std::size_t>;
  { fixed.vacant_sites()[0] } -> std::convertible_to<std::size_t>;
  state.insert(site);
  state.remove(site);
  state.move(site, site);
};

/// A LatticeState that tells how much a trial costs only as far as that matters, and looks up a site ahead of time.
template <class State>
concept BoundedLatticeState = LatticeState<State> && requires(const State& fixed, std::size_t site) {
  { fixed.is_blocked(site) } -> std::convertible_to<bool>;
  { fixed.insertion_energy(site, 0.0) } -> std::convertible_to<double>;
  { fixed.removal_energy(site, 0.0) } -> std::convertible_to<double>;
  { fixed.move_energy(site, site, 0.0) } -> std::convertible_to<double>;
  fixed.prefetch(site);
};

/// The two ends of a link, all that sampling needs of it: eight bytes instead of forty.
struct SitePair {
  std::uint32_t first;
  std::uint32_t second;
};
inline std::vector<SitePair> site_pairs(std::span<const SiteLink> links) {
  std::vector<SitePair> pairs;
  pairs.reserve(links.size());
  for (const SiteLink& link : links) pairs.push_back({link.first, link.second});
  return pairs;
}

enum class MoveKind : std::uint8_t { Insertion, Removal, Hop, Relocation };
inline constexpr int move_kind_count = 4;

/// Trial moves and how many were accepted, per kind.
struct MoveCounts {
  std::array<std::uint64_t, move_kind_count> tried{};
  std::array<std::uint64_t, move_kind_count> accepted{};
};

/// Shares of the trial moves; what is left goes to relocations.
struct MoveMix {
  double flip = 0.5;  ///< insert or remove at a random site; zero samples at constant number
  double hop = 0.25;  ///< along a random link
};

/// The energy change that one Metropolis trial allows, kT times an exponential variate, -kT ln(u): a change dE passes
/// with probability min(1, exp(-dE/kT)). Its bounds, a factor of two of u apart, are known from the leading zeros of
/// the random bits; the logarithm is taken only when the change lies between them.
class Tolerance {
 public:
  Tolerance(std::uint64_t bits, double thermal) : bits_(bits), thermal_(thermal) {
    const double octave = thermal * std::numbers::ln2;
    least_ = octave * std::min(std::countl_zero(bits), 52);
    most_ = least_ + octave;
  }
  double most() const { return most_; }
  bool allows(double change) const {
    if (change <= least_) return true;
    return change <= most_ && change <= -thermal_ * std::log(open_unit(bits_));
  }

 private:
  std::uint64_t bits_;
  double thermal_;
  double least_;
  double most_;
};

/// Metropolis sampling of the grand canonical ensemble, P ~ exp(-(E - mu N)/kT) (Metropolis 1953,
/// doi:10.1063/1.1699114; Norman & Filinov 1969).
///
/// - Flip: a site is drawn at random and its occupation turned over, accepted with min(1, exp(-(dE -+ mu)/kT)). The
///   site is drawn in the same way forth and back, so no factor of the numbers of sites appears.
/// - Hop: a link is drawn at random; when one end is occupied, its sodium moves to the other.
/// - Relocation: a random sodium moves to a random vacant site, N (M - N) ways both forth and back.
///
/// Every proposal is as likely as its reverse, so detailed balance holds move by move. Which site, link or places in
/// the lists of sodium and vacancies a proposal names does not depend on the state: up to sixty-four are drawn ahead
/// and their memory is asked for, which changes nothing but the waiting. In such a batch the kinds have their shares
/// (what is no whole number is rounded at random) and follow each other: flips, hops, relocations. Each move leaves the
/// ensemble as it is, hence so does the batch. Links are anything with `first` and `second`.
class GrandCanonical {
 public:
  /// Chemical potential relative to sodium metal, mu = -e V [eV]; temperature [K], positive.
  GrandCanonical(double chemical_potential, double temperature, MoveMix mix = {})
      : chemical_potential_(chemical_potential), thermal_(constants::boltzmann * temperature), mix_(mix) {
    EXPECTS(temperature > 0 && mix.flip >= 0 && mix.hop >= 0 && mix.flip + mix.hop <= 1);
  }

  /// So many trial moves.
  template <LatticeState State, class Links = std::span<const SiteLink>>
  void trials(State& state, const Links& links, std::size_t number, Stream& stream) {
    EXPECTS(state.size() > 0 && state.size() < (1ULL << 32U) && links.size() < (1ULL << 32U));
    for (Batch batch; number > 0; number -= batch.size) {
      draw(batch, std::min(number, Batch::largest), stream);
      look_up(batch, state, links);
      for (std::size_t k = 0; k < batch.flips; ++k) flip(state, batch.first[k], stream);
      for (std::size_t k = batch.flips; k < batch.hops; ++k) hop(state, batch.first[k], batch.second[k], stream);
      for (std::size_t k = batch.hops; k < batch.size; ++k) relocate(state, batch.first[k], batch.second[k], stream);
    }
  }

  /// One trial move.
  template <LatticeState State, class Links = std::span<const SiteLink>>
  void trial(State& state, const Links& links, Stream& stream) {
    trials(state, links, 1, stream);
  }

  /// As many trial moves as there are sites.
  template <LatticeState State, class Links = std::span<const SiteLink>>
  void sweep(State& state, const Links& links, Stream& stream) {
    trials(state, links, state.size(), stream);
  }

  double chemical_potential() const { return chemical_potential_; }       ///< [eV]
  double temperature() const { return thermal_ / constants::boltzmann; }  ///< [K]
  const MoveCounts& counts() const { return counts_; }

 private:
  /// Trials drawn ahead: flips, then hops, then relocations. First random bits; then the site of a flip and the ends of
  /// a link, equal when there is nothing to do. Relocations keep their bits: the lists change before their turn.
  struct Batch {
    static constexpr std::size_t largest = 64;
    std::array<std::uint32_t, largest> first;
    std::array<std::uint32_t, largest> second;
    std::size_t flips = 0;  ///< where they end; likewise
    std::size_t hops = 0;
    std::size_t size = 0;
  };

  /// The number of [0, n) that 32 random bits name. Some are more likely than others, by n/2^32 at most: sites and
  /// links are proposed as often forth as back all the same.
  static std::uint32_t part(std::uint32_t bits, std::size_t n) {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(bits) * n >> 32U);
  }
  /// The same, all equally likely (Lemire 2019, doi:10.1145/3230636): places in lists change their owners.
  static std::uint32_t place(std::uint32_t bits, std::size_t n, Stream& stream) {
    const auto size = static_cast<std::uint32_t>(n);
    for (;; bits = static_cast<std::uint32_t>(stream.bits())) {
      const std::uint64_t product = static_cast<std::uint64_t>(bits) * size;
      const auto low = static_cast<std::uint32_t>(product);
      if (low >= size || low >= (0U - size) % size) return static_cast<std::uint32_t>(product >> 32U);
    }
  }

  void draw(Batch& batch, std::size_t size, Stream& stream) const {
    const double start = stream.uniform();
    const auto until = [&](double share) {
      const double end = std::ceil(share * static_cast<double>(size) - start);
      return std::min(size, static_cast<std::size_t>(std::max(0.0, end)));
    };
    batch.size = size;
    batch.flips = until(mix_.flip);
    batch.hops = std::max(batch.flips, until(mix_.flip + mix_.hop));
    for (std::size_t k = 0; k < size; ++k) {
      const std::uint64_t bits = stream.bits();
      batch.first[k] = static_cast<std::uint32_t>(bits);
      batch.second[k] = static_cast<std::uint32_t>(bits >> 32U);
    }
  }

  template <class State, class Links>
  void look_up(Batch& batch, const State& state, const Links& links) const {
    for (std::size_t k = 0; k < batch.flips; ++k) {
      batch.first[k] = part(batch.first[k], state.size());
      prefetch(state, batch.first[k]);
    }
    for (std::size_t k = batch.flips; k < batch.hops; ++k) {
      batch.first[k] = part(batch.first[k], links.size());
      if (links.size() > 0) __builtin_prefetch(&links[batch.first[k]]);
    }
    const auto occupied = state.occupied_sites();
    const auto vacant = state.vacant_sites();
    for (std::size_t k = batch.hops; k < batch.size && !occupied.empty() && !vacant.empty(); ++k) {
      prefetch(state, occupied[part(batch.first[k], occupied.size())]);
      prefetch(state, vacant[part(batch.second[k], vacant.size())]);
    }
    for (std::size_t k = batch.flips; k < batch.hops; ++k) {
      const bool any = links.size() > 0;
      const std::uint32_t link = batch.first[k];
      batch.first[k] = any ? links[link].first : 0;
      batch.second[k] = any ? links[link].second : 0;
      if (state.is_occupied(batch.first[k]) == state.is_occupied(batch.second[k])) continue;
      prefetch(state, batch.first[k]);
      prefetch(state, batch.second[k]);
    }
  }

  template <class State>
  static void prefetch([[maybe_unused]] const State& state, [[maybe_unused]] std::size_t site) {
    if constexpr (BoundedLatticeState<State>) state.prefetch(site);
  }

  template <class State>
  static bool is_blocked([[maybe_unused]] const State& state, [[maybe_unused]] std::size_t site) {
    if constexpr (BoundedLatticeState<State>) return state.is_blocked(site);
    return false;
  }

  bool count(MoveKind kind, bool accepted) {
    ++counts_.tried[static_cast<std::size_t>(kind)];
    counts_.accepted[static_cast<std::size_t>(kind)] += accepted;
    return accepted;
  }

  template <class State>
  void flip(State& state, std::size_t site, Stream& stream) {
    if (state.is_occupied(site)) {
      const Tolerance tolerance(stream.bits(), thermal_);
      if (count(MoveKind::Removal, tolerance.allows(removal_energy(state, site, tolerance) + chemical_potential_)))
        state.remove(site);
      return;
    }
    if (is_blocked(state, site)) return void(count(MoveKind::Insertion, false));
    const Tolerance tolerance(stream.bits(), thermal_);
    if (count(MoveKind::Insertion, tolerance.allows(insertion_energy(state, site, tolerance) - chemical_potential_)))
      state.insert(site);
  }

  template <class State>
  void hop(State& state, std::size_t first, std::size_t second, Stream& stream) {
    const bool forth = state.is_occupied(first);
    if (forth == state.is_occupied(second)) return;
    const std::size_t from = forth ? first : second;
    const std::size_t to = forth ? second : first;
    if (accepts_move(MoveKind::Hop, state, from, to, stream)) state.move(from, to);
  }

  template <class State>
  void relocate(State& state, std::uint32_t first, std::uint32_t second, Stream& stream) {
    const auto occupied = state.occupied_sites();
    const auto vacant = state.vacant_sites();
    if (occupied.empty() || vacant.empty()) return;
    const std::size_t from = occupied[place(first, occupied.size(), stream)];
    const std::size_t to = vacant[place(second, vacant.size(), stream)];
    if (accepts_move(MoveKind::Relocation, state, from, to, stream)) state.move(from, to);
  }

  template <class State>
  bool accepts_move(MoveKind kind, const State& state, std::size_t from, std::size_t to, Stream& stream) {
    const Tolerance tolerance(stream.bits(), thermal_);
    return count(kind, tolerance.allows(move_energy(state, from, to, tolerance)));
  }

  template <class State>
  double insertion_energy(const State& state, std::size_t site, const Tolerance& tolerance) const {
    if constexpr (BoundedLatticeState<State>)
      return state.insertion_energy(site, tolerance.most() + chemical_potential_);
    else
      return state.insertion_energy(site);
  }

  template <class State>
  double removal_energy(const State& state, std::size_t site, const Tolerance& tolerance) const {
    if constexpr (BoundedLatticeState<State>)
      return state.removal_energy(site, tolerance.most() - chemical_potential_);
    else
      return state.removal_energy(site);
  }

  template <class State>
  static double move_energy(const State& state, std::size_t from, std::size_t to, const Tolerance& tolerance) {
    if constexpr (BoundedLatticeState<State>)
      return state.move_energy(from, to, tolerance.most());
    else
      return state.move_energy(from, to);
  }

  double chemical_potential_;
  double thermal_;
  MoveMix mix_;
  MoveCounts counts_;
};

}  // namespace cardhouse
