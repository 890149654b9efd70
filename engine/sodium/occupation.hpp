#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/sodium/hamiltonian.hpp"
#include "engine/sodium/site_partition.hpp"

namespace cardhouse {

/// Which sites hold sodium, with the sums that make energy differences local: the repulsion field, core overlaps and
/// coordination at every site, and the sum of every collective group. An energy difference costs O(1) outside pores and
/// O(bonds) inside; a change costs O(neighbours). The sums are exact (see PairTable), so nothing drifts.
class Occupation {
 public:
  /// Empty. `hamiltonian` must outlive this object.
  explicit Occupation(const Hamiltonian& hamiltonian);
  explicit Occupation(Hamiltonian&&) = delete;

  std::size_t size() const { return occupied_.size(); }
  std::size_t count() const { return sites_.count(); }
  std::size_t count(SiteClass kind) const { return by_class_[static_cast<std::size_t>(kind)]; }
  bool is_occupied(std::size_t site) const { return occupied_[site] != 0; }
  std::span<const std::uint8_t> occupied() const { return occupied_; }
  /// Occupied and vacant sites in no particular order.
  std::span<const std::uint32_t> occupied_sites() const { return sites_.occupied(); }
  std::span<const std::uint32_t> vacant_sites() const { return sites_.vacant(); }

  /// Energy change [eV] of putting sodium on a vacant site; infinite when a core overlaps.
  double insertion_energy(std::size_t site) const;
  /// Energy change [eV] of taking sodium from an occupied site.
  double removal_energy(std::size_t site) const;
  /// Energy change [eV] of moving sodium from an occupied to a vacant site; infinite when a core overlaps.
  double move_energy(std::size_t from, std::size_t to) const { return move_energy(from, to, coupling(from, to)); }

  /// What two sites do to each other; kept by those who ask for the same move again and again.
  struct Coupling {
    double repulsion = 0;  ///< [eV]
    double core = 0;       ///< 1 when they exclude each other
  };
  Coupling coupling(std::size_t first, std::size_t second) const {
    return {hamiltonian_->repulsion().value(first, second), hamiltonian_->cores().value(first, second)};
  }
  double move_energy(std::size_t from, std::size_t to, const Coupling& coupling) const;

  void insert(std::size_t site);  ///< EXPECTS vacant and no overlap
  void remove(std::size_t site);  ///< EXPECTS occupied
  void move(std::size_t from, std::size_t to);

  /// Total energy from the sums, O(sodium + groups) [eV].
  double energy() const;
  /// Sum of a collective group: electrons of a domain or sodium in a patch.
  double group_sum(std::size_t group) const { return sums_[group]; }
  double electrons(std::size_t domain) const { return sums_[domain]; }
  double opening(std::size_t patch) const;  ///< [angstrom]
  double coordination(std::size_t site) const { return coordination_[site]; }
  const Hamiltonian& hamiltonian() const { return *hamiltonian_; }

 private:
  bool is_blocked(std::size_t site) const { return overlaps_[site] != 0; }
  double metal_insertion(std::size_t site) const;
  double metal_removal(std::size_t site) const;
  double metal_move(std::size_t from, std::size_t to) const;
  double groups_change(std::size_t site, double sign) const;
  double groups_move(std::size_t from, std::size_t to) const;
  void update_sums(std::size_t site, double sign);

  const Hamiltonian* hamiltonian_;
  std::vector<std::uint8_t> occupied_;
  SitePartition sites_;
  std::array<std::size_t, site_class_count> by_class_{};
  std::vector<double> field_;         ///< repulsion felt at a site
  std::vector<double> overlaps_;      ///< occupied sites whose core a site overlaps
  std::vector<double> coordination_;  ///< z at a site
  std::vector<double> sums_;
};

}  // namespace cardhouse
