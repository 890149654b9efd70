#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/sodium/block_grid.hpp"
#include "engine/sodium/collective_group.hpp"
#include "engine/sodium/pair_table.hpp"
#include "engine/sodium/site_network.hpp"
#include "engine/sodium/site_repulsion.hpp"
#include "engine/sodium/sodium_parameters.hpp"

namespace cardhouse {

/// Energy of sodium on the sites of a network, relative to bcc sodium metal and the empty host:
///
///   E = sum_i c_i [E0_i - s_i g - B kappa_i + dsigma a_i]  site, slit, curvature (terrace), wetting (pore wall)
///     + sum_(i in pores) c_i D_i (1 - sqrt(z_i/z0_i))      metal; z_i = sum_j c_j w(r_ij), counted up to z0_i
///     + 1/2 sum_(ij not in pores) c_i c_j q_i q_j v(r_ij)  repulsion, v = e^2/(4 pi eps0 eps r) e^(-r/l) - v(cut-off)
///     + sum_g F_g(sum_i w_ig c_i)                          host electrons, opening: CollectiveGroup
///
/// and infinite when two occupied sites are closer than the exclusion diameter. The sum over j in z_i runs over all
/// sodium that is not in a gallery: no bond goes through a layer.
///
/// The level of galleries is measured with each sodium having opened its own: g, that gain at the spacing of a usual
/// hard carbon, is taken off their sites within F_g (CollectiveGroup). A site in a slit has a share s_i of that level
/// (Site::gallery_share) but opens nothing, so that the same share of g is taken off here.
///
/// Sodium in pores (classes PoreWall, PoreCore) is metal, and what it costs is measured from bcc sodium, energy zero:
/// - core: D_i = E_c, so that a lone atom costs E_c and one in the bulk nothing. One on a bare (110) surface costs
///   E_c (1 - sqrt(8/11)) = 0.16 eV, which is 0.20 J/m^2 (measured 0.26: Tyson & Miller 1977,
///   doi:10.1016/0039-6028(77)90442-3).
/// - wall: D_i = E_lone - dsigma a_i, so that a lone atom on a flat wall costs E_lone, the energy of first principles,
///   and one that is fully coordinated dsigma a_i, whatever E_lone.
/// - z0_i is the coordination a site has when all pore sites are filled, at most that of bulk bcc (8 + 6/2 = 11): the
///   wall stands for the metal that is missing behind it. For a (110) layer on a flat wall that is 6 + 4/2 = 8. At
///   least it is that of a single (110) layer (4 + 2/2 = 5), so that pockets of fewer sites do not pass for metal.
/// A filled pore therefore costs dsigma times its wall area and nothing else, (A/V) Omega dsigma per sodium (Gibbs and
/// Thomson; Omega the volume per atom), however the lattice meets the wall. E0 is zero for sites of both classes
/// (find_sites). Close contacts are cut by exclusion, not by a repulsion; hence coordination above z0_i gains nothing.
///
/// The curvature of pore walls is not added again: dsigma belongs to pores of 2 nm, whose walls are curved.
///
/// Metal on a wall shares the electrons of the carbon behind it (term shared_reservoir): a wall site gives n_c a_i to
/// its domain, n_c the charge density of the contact, so that filling a pore raises the Fermi level at which the
/// galleries of the same domain fill, and charge in galleries makes pores fill later. Two limits are kept, with W the
/// host term and mu* the Fermi level (slope of W) to which dsigma belongs:
/// - one sodium alone on a wall of a neutral domain costs E_lone:       D_i = E_lone - e_i - [W(n_c a_i) - W(0)]
/// - fully coordinated on a host at mu* it costs dsigma a_i:            e_i = dsigma a_i - mu* n_c a_i
/// in place of D_i = E_lone - dsigma a_i and e_i = dsigma a_i. At another level mu a filled pore costs
/// [dsigma + n_c (mu - mu*)] times its wall area: the first order of Lippmann's equation, d gamma = n_c d mu.
///
/// The charge is the same however well an atom is coordinated, which keeps the sum linear and differences exact. Of
/// sodium in a complete layer it is right; a lone atom would give 0.8 e, but at E_lone (19 kT) there is none, and the
/// E_lone of first principles has that transfer in it. The term is on by default because a metal and the carbon it
/// touches have one Fermi level: 13C NMR sees the walls take up the electrons while pores fill (Ouyang 2026,
/// doi:10.1002/adma.202519384).
///
/// Neglected: the capacitance of the contact (n_c is the same at every level), the charge of second layers (0.2 e at
/// most) and of nuclei, and the repulsion between contact charge and sodium in galleries: it is a dipole layer,
/// screened by the metal.
class Hamiltonian {
 public:
  static constexpr int groups_of_a_site = 2;

  /// Share of a site in a collective group; group -1: none.
  struct Membership {
    std::int32_t group = -1;
    float weight = 0;  ///< sums of which are exact in double precision
  };
  using Memberships = std::array<Membership, groups_of_a_site>;

  /// EXPECTS a network whose indices are valid and whose sites do not exclude their own periodic images.
  Hamiltonian(const SiteNetwork& network, const SodiumParameters& parameters);

  std::size_t size() const { return kinds_.size(); }
  SiteClass kind(std::size_t site) const { return kinds_[site]; }
  /// One-body energy [eV]: site, curvature, wetting, and repulsion from the site's own periodic images.
  double site_energy(std::size_t site) const { return energies_[site]; }
  /// q_i q_j v [eV], without pairs that exclude each other.
  const SiteRepulsion& repulsion() const { return repulsion_; }
  const PairTable& bonds() const { return bonds_; }  ///< w of the metal term
  const PairTable& cores() const { return cores_; }  ///< pairs that exclude each other
  /// False only when two sites have neither repulsion nor bond nor core in common.
  bool may_interact(std::size_t first, std::size_t second) const { return blocks_.may_be_near(first, second); }
  double strongest_repulsion() const { return strongest_repulsion_; }  ///< none of two sites is above [eV]
  double strongest_core() const { return strongest_core_; }
  /// Coordination of a site by the periodic images of itself.
  double self_coordination(std::size_t site) const { return 2 * bonds_.self_value(site); }
  /// Metal energy of an occupied site of coordination z [eV]; zero outside pores.
  double metal_energy(std::size_t site, double z) const {
    const double full = full_coordinations_[site];
    return depths_[site] * (1 - std::sqrt(z < full ? z / full : 1.0));
  }
  bool is_metallic(std::size_t site) const { return full_coordinations_[site] > 0; }
  double metal_depth(std::size_t site) const { return depths_[site]; }  ///< D_i [eV]; zero outside pores
  double full_coordination(std::size_t site) const { return full_coordinations_[site]; }  ///< z0_i; zero outside pores

  /// Domains of the network first, then its patches.
  std::span<const CollectiveGroup> groups() const { return groups_; }
  const Memberships& memberships(std::size_t site) const { return memberships_[site]; }
  /// Electrons that an occupied site gives to its domain.
  double electrons(std::size_t site) const { return memberships_[site][0].weight; }
  double heaviest_weight(std::size_t group) const { return heaviest_[group]; }
  std::size_t domain_count() const { return domain_count_; }

  /// Energy of a whole configuration from scratch, O(sites x neighbours); infinite when cores overlap [eV].
  double energy(std::span<const std::uint8_t> occupied) const;

 private:
  void build_groups(const SiteNetwork& network, const SodiumParameters& parameters);
  void build_memberships(const SiteNetwork& network, const SodiumParameters& parameters);
  void build_sites(const SiteNetwork& network, const SodiumParameters& parameters);
  void refer_wall_to_host(std::size_t site, const SodiumParameters& parameters);
  void build_pairs(const SiteNetwork& network, const SodiumParameters& parameters);
  void find_full_coordinations(const MetalParameters& parameters);

  std::vector<SiteClass> kinds_;
  std::vector<double> energies_;
  std::vector<double> depths_;              ///< D_i in pores, else zero
  std::vector<double> full_coordinations_;  ///< z0_i in pores, else zero
  SiteRepulsion repulsion_;
  PairTable bonds_;
  PairTable cores_;
  BlockGrid blocks_;
  double strongest_repulsion_ = 0;
  double strongest_core_ = 0;
  std::vector<CollectiveGroup> groups_;
  std::vector<double> heaviest_;
  std::vector<Memberships> memberships_;
  std::size_t domain_count_ = 0;
};

/// Weight of a metal bond: 1 below `bonded_distance`, linear to 0 at `broken_distance`.
double bond_weight(double distance, const MetalParameters& parameters);

}  // namespace cardhouse
