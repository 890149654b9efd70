#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// A CarbonStructure that can change: bonds are made and broken, atoms move and leave. An atom keeps its number; those
/// that left keep their place empty until structure() closes the ranks.
class CarbonNetwork {
 public:
  static constexpr std::size_t most_bonds = 4;

  /// Throws InputError for an atom with more than four bonds.
  explicit CarbonNetwork(const CarbonStructure& structure);

  const Cell& cell() const { return atoms_.cell; }
  std::size_t size() const { return atoms_.size(); }  ///< numbers in use, empty places included
  bool present(std::uint32_t atom) const { return present_[atom] != 0; }
  Element element(std::uint32_t atom) const { return atoms_.elements[atom]; }
  const Vector3& position(std::uint32_t atom) const { return atoms_.positions[atom]; }
  const std::vector<Vector3>& positions() const { return atoms_.positions; }
  std::span<const std::uint32_t> of(std::uint32_t atom) const {
    return {neighbours_[atom].atoms.data(), neighbours_[atom].number};
  }
  std::size_t degree(std::uint32_t atom) const { return neighbours_[atom].number; }
  bool bonded(std::uint32_t a, std::uint32_t b) const;
  std::size_t bond_count() const { return bond_count_; }
  /// From a to the nearest image of b [angstrom].
  Vector3 separation(std::uint32_t a, std::uint32_t b) const { return cell().minimum_image(position(b) - position(a)); }

  /// EXPECTS two atoms that are not bonded yet and have room for a bond.
  void connect(std::uint32_t a, std::uint32_t b);
  /// EXPECTS bonded(a, b).
  void disconnect(std::uint32_t a, std::uint32_t b);
  /// Breaks all bonds of the atom and takes it out. EXPECTS present(atom).
  void remove(std::uint32_t atom);
  /// Puts an atom back, without bonds. EXPECTS that it was removed.
  void restore(std::uint32_t atom);
  void place(std::uint32_t atom, const Vector3& position) { atoms_.positions[atom] = position; }

  /// The atoms that are present, in their order.
  CarbonStructure structure() const;

 private:
  struct Neighbours {
    std::array<std::uint32_t, most_bonds> atoms;
    std::uint8_t number = 0;
  };
  void drop(std::uint32_t from, std::uint32_t atom);

  Atoms atoms_;
  std::vector<Neighbours> neighbours_;
  std::vector<std::uint8_t> present_;
  std::size_t bond_count_ = 0;
};

/// Whether an atom belongs to the network rather than ending it: bonded to at least two others besides hydrogen.
bool is_inner(const CarbonNetwork& network, std::uint32_t atom);

/// Searches along the bonds of a network; keeps its memory from one search to the next. Numbers of bonds are at most
/// `limit`, which is at most 250.
class BondSearch {
 public:
  /// Atoms within `limit` bonds of any of the sources, sources first, in order of distance.
  const std::vector<std::uint32_t>& within(const CarbonNetwork& network, std::span<const std::uint32_t> sources,
                                           int limit);
  /// Number of bonds of the shortest way from a to b that avoids some atoms; empty when it is longer than `limit`.
  std::optional<int> distance(const CarbonNetwork& network, std::array<std::uint32_t, 2> ends,
                              std::span<const std::uint32_t> avoided, int limit);
  /// Whether `atom` was reached by the last search.
  bool reached(std::uint32_t atom) const { return marks_[atom] == round_; }

 private:
  void begin(const CarbonNetwork& network);

  std::vector<std::uint32_t> marks_;
  std::vector<std::uint8_t> steps_;
  std::vector<std::uint32_t> found_;
  std::uint32_t round_ = 0;
};

}  // namespace cardhouse
