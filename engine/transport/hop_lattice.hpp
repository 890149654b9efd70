#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/sodium/hamiltonian.hpp"
#include "engine/sodium/site_network.hpp"
#include "engine/transport/packed_pairs.hpp"

namespace cardhouse {

/// What does not change while sodium hops, packed for speed: the sites along a space-filling curve, so that what is
/// near in space is near in memory, each with its links, pair terms and groups.
///
/// Energies are integers in units of 2^-36 eV, the grid of PairTable: sums are exact and equal those of Occupation but
/// for site energies, which are rounded to the same grid. Pairs that exclude each other have no repulsion here, as they
/// never meet. Barriers and positions are kept in single precision (errors of 1e-8 eV and 1e-5 angstrom).
class HopLattice {
 public:
  static constexpr double energy_unit = 0x1p-36;  ///< [eV]

  /// EXPECTS at most one link between two sites, not longer than the cell, at most 255 a site, and repulsions below 2
  /// eV.
  HopLattice(const SiteNetwork& network, const Hamiltonian& hamiltonian);

  std::size_t size() const { return original_.size(); }
  std::size_t links() const { return exclusions_.size(); }                       ///< of all sites, each link twice
  std::uint32_t original(std::size_t site) const { return original_[site]; }     ///< index in the network
  std::uint32_t place(std::size_t original) const { return places_[original]; }  ///< and back
  SiteClass kind(std::size_t site) const { return kinds_[site]; }
  std::int64_t site_energy(std::size_t site) const { return energies_[site]; }

  std::span<const float> barriers(std::size_t site) const { return barriers_.of(site); }  ///< of its links [eV]
  /// Of each link, whether its two sites exclude each other.
  std::span<const std::uint8_t> exclusions(std::size_t site) const {
    return {exclusions_.data() + barriers_.first(site), barriers_.of(site).size()};
  }
  std::size_t first_link(std::size_t site) const { return barriers_.first(site); }  ///< number among all, in order
  /// Number of each link at its other end.
  std::span<const std::uint8_t> returns(std::size_t site) const {
    return {returns_.data() + barriers_.first(site), barriers_.of(site).size()};
  }
  /// Partners with their repulsion; the first barriers(site).size() are the targets of the links, in their order.
  std::span<const PackedPair> pairs(std::size_t site) const { return pairs_.of(site); }
  std::span<const std::uint32_t> cores(std::size_t site) const { return cores_.of(site); }  ///< sites it excludes
  const Hamiltonian::Memberships& memberships(std::size_t site) const { return memberships_[site]; }
  /// Displacement along link number `link` of `site` [angstrom].
  Vector3 displacement(std::size_t site, std::size_t link) const;
  std::size_t bytes() const;

 private:
  void add_rows(const SiteNetwork& network, const Hamiltonian& hamiltonian);

  Cell cell_;
  std::vector<std::uint32_t> original_;
  std::vector<std::uint32_t> places_;
  std::vector<SiteClass> kinds_;
  std::vector<std::int64_t> energies_;
  std::vector<std::array<float, 3>> positions_;
  PackedRows<float> barriers_;
  std::vector<std::uint8_t> exclusions_;
  std::vector<std::uint8_t> returns_;
  std::vector<std::uint8_t> images_;  ///< of each link, the cell that its target lies in
  PackedRows<PackedPair> pairs_;
  PackedRows<std::uint32_t> cores_;
  std::vector<Hamiltonian::Memberships> memberships_;
};

}  // namespace cardhouse
