#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/kinetics/sectors.hpp"
#include "engine/sodium/site_network.hpp"
#include "engine/sodium/sodium_parameters.hpp"
#include "engine/transport/packed_pairs.hpp"

namespace cardhouse {

/// How far occupations reach into the energy of a hop, from its two ends [angstrom]: the repulsion, the exclusion, and
/// two metal bonds, as a hop changes the coordination of neighbours, which have other neighbours.
double interaction_reach(const SodiumParameters& parameters);

/// Throws InputError when the cell is too small for so many domains of a network.
void check_domains(const SiteNetwork& network, const SodiumParameters& parameters, std::size_t domains);

/// The share that one domain has of a network.
struct DomainNetwork {
  SiteNetwork network;                ///< own sites and ghosts, the links it works on, the groups of these sites
  std::vector<std::uint32_t> sites;   ///< its sites in the whole network, ascending
  std::vector<std::uint32_t> links;   ///< its links there, ascending
  std::vector<std::uint8_t> sectors;  ///< of its links
  std::vector<std::uint32_t> groups;  ///< its groups there, numbered as Hamiltonian does
};

/// A site network in domains and sectors (sectors.hpp). Each link belongs to one sector of one domain, both its
/// directions: sodium that leaves a sector can come back while that sector is at work, so that every sector by itself
/// keeps detailed balance. The link is that of its end with the smaller number, and may lead into the next domain.
///
/// A domain holds its own sites, and as ghosts those that the rates of its links depend on. What it works on changes
/// nothing that other domains see before they are told, as long as sectors of one number are separation() apart. Host
/// electrons and gallery openings reach farther: hops elsewhere are told likewise, and until then not felt.
///
/// Every rank knows the whole network and its division.
class NetworkDivision {
 public:
  /// Throws InputError as check_domains() does. EXPECTS one weight a site. Keeps a reference to
  /// the network.
  NetworkDivision(const SiteNetwork& network, const SodiumParameters& parameters, std::size_t domains,
                  std::span<const double> weights);

  std::size_t domains() const { return division_.domains.size(); }
  int sectors() const { return division_.sectors; }
  double separation() const { return reach_ + 2 * longest_link_; }  ///< [angstrom]
  std::uint32_t domain_of(std::size_t site) const { return division_.domain_of[site]; }

  /// One sector of one domain, as a number.
  struct Place {
    std::uint32_t domain;
    std::uint8_t sector;
    bool operator==(const Place&) const = default;
    auto operator<=>(const Place&) const = default;
  };
  Place place_of(const SiteLink& link) const;
  /// The domain's own sites, ghosts and links.
  DomainNetwork share(std::size_t domain) const;
  bool holds(std::size_t domain, std::size_t site) const;
  /// Places whose links end at a site, each once, ascending.
  std::vector<Place> workers_at(std::size_t site) const;
  /// Places whose links end at sites of a group, each once, ascending.
  std::span<const Place> workers_in_group(std::size_t group) const { return group_workers_[group]; }
  /// Domains that hold sites near a domain's, itself left out, ascending.
  std::vector<std::uint32_t> neighbours(std::size_t domain) const;

 private:
  void list_group_workers();

  const SiteNetwork& network_;
  double reach_;
  double longest_link_;
  FractionalPoint halo_{};
  std::vector<FractionalPoint> points_;
  Division division_;
  PackedRows<std::uint32_t> links_;  ///< of each site
  std::vector<std::vector<Place>> group_workers_;
};

}  // namespace cardhouse
