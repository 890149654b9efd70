#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/sodium/site_partition.hpp"

namespace cardhouse {

/// Parameters of the two-sublattice lattice gas of sodium in hard carbon (Mercer et al. 2022, ChemPhysChem 23,
/// e202100748, doi:10.1002/cphc.202100748). Energies per site in [eV].
struct TwoSublatticeParameters {
  double interlayer_level = 0;     ///< eps1
  double interlayer_gain = 0;      ///< a
  double interlayer_decay = 0;     ///< b
  double interlayer_exponent = 0;  ///< c
  double pore_level = 0;           ///< eps2
  double pore_pair = 0;            ///< g2
  double pore_triple = 0;          ///< g3
  double interlayer_share = 0;     ///< M1/M
};

/// The fit of the archived simulation of Mercer 2022 (288 K, 5000 sites).
TwoSublatticeParameters mercer_parameters();

/// Filling fractions of the two sublattices at a chemical potential [eV] and temperature [K]: the roots of
///   mu1 = eps1 + a exp(-b n1^c) (1 - b c n1^c) + kT ln(n1/(1 - n1))
///   mu2 = eps2 + 2 g2 n2 + 3 g3 n2^2 + kT ln(n2/(1 - n2))
/// by bisection; the lowest root should several exist.
struct TwoSublatticeFilling {
  double interlayer = 0;
  double pore = 0;
};
TwoSublatticeFilling filling(const TwoSublatticeParameters& parameters, double chemical_potential, double temperature);

/// The same model as a LatticeState: a null model that every simulation of real sites should beat, and the check that
/// the sampler is right. Energy E = N1 (eps1 + a exp(-b n1^c)) + M2 (eps2 n2 + g2 n2^2 + g3 n2^3), n_k = N_k/M_k.
class TwoSublattice {
 public:
  TwoSublattice(const TwoSublatticeParameters& parameters, std::size_t sites);

  std::size_t size() const { return sites_.size(); }
  bool is_occupied(std::size_t site) const { return sites_.is_occupied(site); }
  std::span<const std::uint32_t> occupied_sites() const { return sites_.occupied(); }
  std::span<const std::uint32_t> vacant_sites() const { return sites_.vacant(); }

  double insertion_energy(std::size_t site) const { return change(is_interlayer(site), 1); }
  double removal_energy(std::size_t site) const { return change(is_interlayer(site), -1); }
  double move_energy(std::size_t from, std::size_t to) const;
  void insert(std::size_t site);
  void remove(std::size_t site);
  void move(std::size_t from, std::size_t to);

  TwoSublatticeFilling filling() const;

 private:
  bool is_interlayer(std::size_t site) const { return site < interlayer_sites_; }
  double change(bool interlayer, int step) const;

  std::size_t interlayer_sites_;
  SitePartition sites_;
  std::size_t interlayer_count_ = 0;
  std::vector<double> interlayer_energies_;  ///< of N1 sodium
  std::vector<double> pore_energies_;        ///< of N2 sodium
};

}  // namespace cardhouse
