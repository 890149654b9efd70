#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/structure/atoms.hpp"
#include "potentials/block_sums.hpp"
#include "potentials/image_sites.hpp"
#include "potentials/potential.hpp"
#include "potentials/reference_geometry.hpp"

namespace cardhouse {

/// All pairs of atoms within a cut-off, each from both sides, kept until atoms may have crossed the skin. Every pair
/// knows its reverse: what an atom writes to its own pairs can be gathered by its neighbours, so that forces of
/// many-body terms need no locks and do not depend on the number of threads. For short cut-offs; 8 bytes a pair.
///
///     pairs.update(atoms);
///     pairs.for_rows([&](auto row) { for each pair of the row: slopes[pair] = ...; });
///     pairs.for_rows([&](auto row) { forces[pairs.owner(row)] = pairs.gather_force(row, slopes); });
class DirectedPairs {
 public:
  struct Options {
    double cutoff;           ///< [angstrom]
    double skin;             ///< [angstrom]; more means longer lists that are made less often
    std::size_t levels = 0;  ///< of ghosts that have pairs of their own
  };

  /// EXPECTS cutoff > 0 and skin > 0.
  explicit DirectedPairs(Options options);
  static constexpr std::size_t block_size = 256;  ///< rows

  /// From the next rebuild on only the first `n` atoms are centres, which come first among the rows; behind them come
  /// the ghosts (potential.hpp) that are neighbours of a centre, which are level 1, then the neighbours of these, and
  /// so on. Rows beyond the last level of the options have no pairs.
  void set_centres(std::size_t n) { centres_ = n; }
  /// Makes the list valid for these positions.
  void update(const Atoms& atoms);

  std::size_t rows() const { return homes_.size(); }  ///< one an atom, near in space when near in number
  /// How many rows are centres, or ghosts up to this level.
  std::size_t rows_within(std::size_t level) const { return level_ends_[std::min(level, options_.levels)]; }
  /// Whether this pair is one of a centre.
  bool of_centre(std::size_t pair) const { return pair < starts_[level_ends_[0]]; }
  std::size_t size() const { return sites_of_.size(); }
  std::span<const std::uint32_t> starts() const { return starts_; }  ///< of the pairs of a row, and the end
  std::uint32_t owner(std::size_t row) const { return sites_.owner(homes_[row]); }  ///< the atom of a row
  const Vector3& position(std::size_t row) const { return sites_.positions()[homes_[row]]; }
  std::uint32_t neighbour(std::size_t pair) const { return sites_.owner(sites_of_[pair]); }  ///< the other atom
  const Vector3& neighbour_position(std::size_t pair) const { return sites_.positions()[sites_of_[pair]]; }
  /// The same pair seen from the other atom; size() when rounding hid it, which happens only at cutoff + skin.
  std::uint32_t reverse(std::size_t pair) const { return reverse_[pair]; }
  /// The force on the owner of a row from the derivative of the energy by each pair; `slopes` holds size() + 1 vectors,
  /// the last of them zero.
  Vector3 gather_force(std::size_t row, std::span<const Vector3> slopes) const {
    Vector3 force;
    for (std::uint32_t pair = starts_[row]; pair < starts_[row + 1]; ++pair) {
      force += slopes[pair] - slopes[reverse_[pair]];
    }
    return force;
  }

  std::size_t blocks() const { return blocks_of(rows()); }
  /// Calls work(row, last, block) for the rows of every block up to a level, by several threads.
  template <class Work>
  void for_row_blocks(std::size_t level, const Work& work) const {
    const std::size_t end = rows_within(level);
    for_blocks(blocks_of(end),
               [&](std::size_t block) { work(block * block_size, std::min(end, (block + 1) * block_size), block); });
  }
  /// Calls work(row) for every row up to a level, by several threads.
  template <class Work>
  void for_rows(std::size_t level, const Work& work) const {
    for_row_blocks(level, [&](std::size_t row, std::size_t last, std::size_t) {
      for (; row < last; ++row) work(row);
    });
  }
  std::size_t longest_row() const { return longest_row_; }
  std::size_t rebuilds() const { return rebuilds_; }  ///< how often lists were made so far

 private:
  static std::size_t blocks_of(std::size_t rows) { return (rows + block_size - 1) / block_size; }
  void rebuild(const Atoms& atoms);
  void sort_rows();
  void collect(std::size_t first, std::size_t last);
  void find_reverses();
  std::uint32_t reverse_of(std::size_t row, std::size_t pair) const;

  Options options_;
  std::size_t centres_ = all_centres;
  ReferenceGeometry reference_;
  ImageSites sites_;
  std::vector<std::uint32_t> homes_;     ///< sites
  std::vector<std::size_t> level_ends_;  ///< rows up to every level
  std::vector<std::uint32_t> rows_;      ///< of the atoms
  std::vector<std::uint32_t> starts_;    ///< [row], and the end
  std::vector<std::uint32_t> sites_of_;  ///< [pair]
  std::vector<std::uint32_t> reverse_;   ///< [pair]
  std::size_t longest_row_ = 0;
  std::size_t rebuilds_ = 0;
};

}  // namespace cardhouse
