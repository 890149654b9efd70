#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/excluded_pairs.hpp"
#include "potentials/image_sites.hpp"
#include "potentials/potential.hpp"
#include "potentials/reference_geometry.hpp"

namespace cardhouse {

/// Non-bonded neighbours within a cut-off, kept until atoms may have crossed the skin. Full lists (each pair from both
/// sides), so that a thread writes the force of its own atom only. The neighbours of an atom are grouped by kind, so
/// that an inner loop has constant coefficients. About 4 bytes a neighbour.
class VerletList {
 public:
  struct Options {
    double cutoff;        ///< [angstrom]
    double skin;          ///< [angstrom]; more means longer lists that are made less often
    bool fringe = false;  ///< whether ghosts next to a centre have lists
  };
  /// Consecutive home sites and their neighbours; the unit of work of one thread and of summation.
  struct Block {
    std::span<const std::uint32_t> homes;   ///< sites
    std::vector<std::size_t> starts;        ///< [home][kind], and the end: into neighbours
    std::vector<std::uint32_t> neighbours;  ///< sites
  };

  /// `kinds[i]` < n_kinds says of which kind atom i is. EXPECTS cutoff > 0 and skin > 0.
  VerletList(const BondGraph& bonds, std::vector<std::uint8_t> kinds, std::size_t n_kinds, Options options);

  /// From the next rebuild on only the first `n` atoms, the centres, have lists; the others are ghosts (potential.hpp).
  void set_centres(std::size_t n) { centres_ = n; }
  /// Makes the list valid for these positions.
  void update(const Atoms& atoms);

  std::span<const Block> blocks() const { return blocks_; }  ///< of the centres
  /// Of the ghosts that are neighbours of a centre, when asked for.
  std::span<const Block> fringe_blocks() const { return fringe_blocks_; }
  /// Zero for every ghost.
  void clear_ghosts(std::span<Vector3> forces) const;
  std::span<const Vector3> positions() const { return sites_.positions(); }  ///< of the sites
  std::uint32_t owner(std::uint32_t site) const { return sites_.owner(site); }
  std::uint8_t kind(std::uint32_t atom) const { return kinds_[atom]; }
  std::size_t rebuilds() const { return rebuilds_; }  ///< how often lists were made so far

 private:
  struct Scratch {
    std::vector<std::uint64_t> excluded;
    std::vector<std::uint32_t> near;  ///< sites within range
    std::vector<std::uint32_t> of_block;
    std::vector<std::vector<std::uint32_t>> by_kind;
  };
  void rebuild(const Atoms& atoms);
  void find_fringe();
  std::vector<Block> make_blocks(std::span<const std::uint32_t> homes) const;
  void fill(Block& block, Scratch& scratch) const;
  void find_near(std::uint32_t home, Scratch& scratch) const;
  void gather(std::uint32_t home, Scratch& scratch) const;

  BondGraph bonds_;
  std::vector<std::uint8_t> kinds_;
  std::size_t n_kinds_;
  Options options_;
  ReferenceGeometry reference_;
  ImageSites sites_;
  ExcludedPairs excluded_;
  std::size_t centres_ = all_centres;
  std::vector<std::uint8_t> site_kinds_;
  std::vector<std::uint32_t> homes_;         ///< sites of the centres
  std::vector<std::uint32_t> fringe_homes_;  ///< sites of ghosts
  std::vector<Block> blocks_;
  std::vector<Block> fringe_blocks_;
  std::size_t rebuilds_ = 0;
};

}  // namespace cardhouse
