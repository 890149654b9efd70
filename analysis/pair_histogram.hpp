#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "analysis/spatial_blocks.hpp"
#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// Numbers of pairs by distance, by pair of elements and by the octant of the first atom. Counts are integers: threads
/// cannot change them.
class PairHistogram {
 public:
  /// All pairs of a periodic cell up to `range` [angstrom], the bins being `bin_width` wide. A range of zero means the
  /// inradius of the cell, at most 40 angstrom. EXPECTS range <= inradius: beyond, a cell sees its own images.
  static PairHistogram periodic(const Atoms& atoms, double range = 0, double bin_width = 0.005);
  /// All pairs of a finite cluster without a cell; every atom counts in octant 0. O(N^2).
  static PairHistogram cluster(std::span<const Vector3> positions, std::span<const Element> elements,
                               double bin_width = 0.005);

  double range() const { return range_; }
  double bin_width() const { return bin_width_; }
  std::size_t n_bins() const { return n_bins_; }
  double cell_volume() const { return cell_volume_; }                 ///< 0 for a cluster [angstrom^3]
  const std::vector<Element>& elements() const { return elements_; }  ///< those that occur, by atomic number
  std::size_t atoms_of(std::size_t element, std::size_t octant) const { return atoms_[octant][element]; }
  std::size_t atoms_of(std::size_t element) const;

  /// Pairs (i, j), i in the octant and j anywhere, whose elements are a and b in either order; each pair of atoms of
  /// one octant therefore counts twice.
  std::span<const std::uint64_t> pairs(std::size_t octant, std::size_t a, std::size_t b) const;

 private:
  PairHistogram(std::span<const Element> elements, double range, double bin_width);
  std::size_t row(std::size_t octant, std::size_t a, std::size_t b) const;
  std::size_t element_index(Element element) const;
  friend class PairCounter;

  double range_;
  double bin_width_;
  std::size_t n_bins_;
  double cell_volume_ = 0;
  std::vector<Element> elements_;
  std::array<std::vector<std::size_t>, n_octants> atoms_;
  std::vector<std::uint64_t> counts_;
};

}  // namespace cardhouse
