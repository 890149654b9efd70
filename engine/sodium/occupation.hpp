#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/sodium/hamiltonian.hpp"
#include "engine/sodium/large_pages.hpp"
#include "engine/sodium/site_partition.hpp"

namespace cardhouse {

/// Which sites hold sodium, with the sums that make energy differences local: the repulsion field, core overlaps and
/// coordination at every site, and the sum of every collective group. An energy difference costs O(1) outside pores and
/// O(bonds) inside; a change costs O(neighbours). The sums are exact (see PairTable), so nothing drifts.
///
/// What a trial needs of a site stands in one record of 64 bytes, one line of the cache. 73 bytes a site and
/// Occupation, and 20 for the partners of sites that changed lately.
///
/// Energy differences also come with a limit, for those who only want to know whether a trial passes: above `at_most`
/// they may be infinite. A trial then ends as soon as what is cheap (site, field, own bond, host electrons by their
/// tangent, from below because W is convex) is too much.
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
  /// Whether the core of an occupied site lies over this one.
  bool is_blocked(std::size_t site) const { return records_[site].overlaps != 0; }

  /// Energy change [eV] of putting sodium on a vacant site; infinite when a core overlaps.
  double insertion_energy(std::size_t site, double at_most = unlimited) const;
  /// Energy change [eV] of taking sodium from an occupied site.
  double removal_energy(std::size_t site, double at_most = unlimited) const;
  /// Energy change [eV] of moving sodium from an occupied to a vacant site; infinite when a core overlaps.
  double move_energy(std::size_t from, std::size_t to, double at_most = unlimited) const;

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

  /// Asks for the memory of a site ahead of a trial.
  void prefetch(std::size_t site) const { __builtin_prefetch(&records_[site]); }

  /// Total energy from the sums, O(sodium + groups) [eV].
  double energy() const;
  /// Sum of a collective group: electrons of a domain or sodium in a patch.
  double group_sum(std::size_t group) const { return groups_[group].sum; }
  double electrons(std::size_t domain) const { return groups_[domain].sum; }
  double opening(std::size_t patch) const;  ///< [angstrom]
  double coordination(std::size_t site) const { return records_[site].coordination; }
  const Hamiltonian& hamiltonian() const { return *hamiltonian_; }

 private:
  static constexpr double unlimited = std::numeric_limits<double>::infinity();

  struct alignas(64) Record {
    double energy = 0;        ///< one-body
    double field = 0;         ///< repulsion felt here
    double coordination = 0;  ///< z
    double metal = 0;         ///< D (1 - sqrt(z/z0)) as it is now, occupied or not
    double depth = 0;         ///< D
    double full = 0;          ///< z0
    float electrons = 0;      ///< given to the domain
    std::int32_t domain = -1;
    std::int32_t patch = -1;  ///< as a group
    std::uint16_t overlaps = 0;
    SiteClass kind = SiteClass::Gallery;

    double metal_at(double z) const { return depth * (1 - std::sqrt(z < full ? z / full : 1.0)); }
  };
  static_assert(sizeof(Record) == 64);

  struct Group {
    double sum = 0;
    double energy = 0;  ///< F at the sum
    double slope = 0;   ///< F'
    double plus = 0;    ///< F(sum + 1) - F(sum)
    double minus = 0;   ///< F(sum - 1) - F(sum)
  };

  /// The sites that one that changed before repels.
  struct Recent {
    std::size_t site = static_cast<std::size_t>(-1);
    std::vector<PairTable::Entry> partners;
  };

  std::span<const PairTable::Entry> repelled(std::size_t site);
  double metal_gain(std::size_t site) const;
  double metal_loss(std::size_t site) const;
  double metal_move(std::size_t from, std::size_t to) const;
  double cheap_move(const Record& left, const Record& right) const;
  double host_tangent(const Record& left, const Record& right) const;
  double host_move(const Record& left, const Record& right) const;
  double host_change(std::int32_t domain, double step) const;
  void update_sums(std::size_t site, double sign);
  void set_group(std::size_t group, double sum);

  const Hamiltonian* hamiltonian_;
  std::vector<Record, LargePages<Record>> records_;
  std::vector<std::uint8_t> occupied_;
  SitePartition sites_;
  std::array<std::size_t, site_class_count> by_class_{};
  std::vector<Group> groups_;
  SiteRepulsion::Partners partners_;
  std::vector<Recent> recent_;
};

}  // namespace cardhouse
