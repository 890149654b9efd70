#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <span>

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

/// Metropolis sampling of the grand canonical ensemble, P ~ exp(-(E - mu N)/kT) (Metropolis 1953,
/// doi:10.1063/1.1699114; Norman & Filinov 1969).
///
/// - Flip: a site is drawn at random and its occupation turned over, accepted with min(1, exp(-(dE -+ mu)/kT)). The
///   site is drawn in the same way forth and back, so no factor of the numbers of sites appears.
/// - Hop: a link is drawn at random; when one end is occupied, its sodium moves to the other.
/// - Relocation: a random sodium moves to a random vacant site, N (M - N) ways both forth and back.
///
/// Every proposal is as likely as its reverse, so detailed balance holds move by move.
class GrandCanonical {
 public:
  /// Chemical potential relative to sodium metal, mu = -e V [eV]; temperature [K], positive.
  GrandCanonical(double chemical_potential, double temperature, MoveMix mix = {})
      : chemical_potential_(chemical_potential), beta_(1 / (constants::boltzmann * temperature)), mix_(mix) {
    EXPECTS(temperature > 0 && mix.flip >= 0 && mix.hop >= 0 && mix.flip + mix.hop <= 1);
  }

  /// One trial move.
  template <LatticeState State>
  void trial(State& state, std::span<const SiteLink> links, Stream& stream) {
    const double choice = stream.uniform();
    if (choice < mix_.flip)
      flip(state, stream);
    else if (choice < mix_.flip + mix_.hop)
      hop(state, links, stream);
    else
      relocate(state, stream);
  }

  /// As many trial moves as there are sites.
  template <LatticeState State>
  void sweep(State& state, std::span<const SiteLink> links, Stream& stream) {
    for (std::size_t move = 0; move < state.size(); ++move) trial(state, links, stream);
  }

  const MoveCounts& counts() const { return counts_; }

 private:
  bool accepts(MoveKind kind, double change, Stream& stream) {
    ++counts_.tried[static_cast<std::size_t>(kind)];
    const bool accepted = change <= 0 || stream.uniform() < std::exp(-beta_ * change);
    counts_.accepted[static_cast<std::size_t>(kind)] += accepted;
    return accepted;
  }

  template <LatticeState State>
  void flip(State& state, Stream& stream) {
    const std::size_t site = stream.below(state.size());
    if (state.is_occupied(site)) {
      if (accepts(MoveKind::Removal, state.removal_energy(site) + chemical_potential_, stream)) state.remove(site);
    } else {
      if (accepts(MoveKind::Insertion, state.insertion_energy(site) - chemical_potential_, stream)) state.insert(site);
    }
  }

  template <LatticeState State>
  void hop(State& state, std::span<const SiteLink> links, Stream& stream) {
    if (links.empty()) return;
    const SiteLink& link = links[stream.below(links.size())];
    const bool forth = state.is_occupied(link.first);
    if (forth == state.is_occupied(link.second)) return;
    const std::size_t from = forth ? link.first : link.second;
    const std::size_t to = forth ? link.second : link.first;
    if (accepts(MoveKind::Hop, state.move_energy(from, to), stream)) state.move(from, to);
  }

  template <LatticeState State>
  void relocate(State& state, Stream& stream) {
    const auto occupied = state.occupied_sites();
    const auto vacant = state.vacant_sites();
    if (occupied.empty() || vacant.empty()) return;
    const std::size_t from = occupied[stream.below(occupied.size())];
    const std::size_t to = vacant[stream.below(vacant.size())];
    if (accepts(MoveKind::Relocation, state.move_energy(from, to), stream)) state.move(from, to);
  }

  double chemical_potential_;
  double beta_;
  MoveMix mix_;
  MoveCounts counts_;
};

}  // namespace cardhouse
