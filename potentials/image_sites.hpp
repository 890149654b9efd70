#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/structure/atoms.hpp"

namespace cardhouse {

using ImageShift = std::array<std::int8_t, 3>;  ///< whole cell vectors added to the wrapped position of an atom

/// The atoms of a periodic cell together with every image within `reach` of the cell, sorted by small bins of space.
/// Distances between sites are then plain differences: no minimum image, any cell, any number of images of one atom.
class ImageSites {
 public:
  /// Finds the images and sorts them. EXPECTS reach > 0.
  void rebuild(const Atoms& atoms, double reach);
  /// Follows the atoms and the cell with the same images.
  void refresh(const Atoms& atoms);

  std::size_t size() const { return owners_.size(); }
  std::span<const Vector3> positions() const { return positions_; }        ///< [angstrom]
  std::uint32_t owner(std::uint32_t site) const { return owners_[site]; }  ///< which atom it is an image of
  const ImageShift& shift(std::uint32_t site) const { return shifts_[site]; }
  /// The sites inside the cell, one an atom, in order of bins.
  std::span<const std::uint32_t> homes() const { return homes_; }
  /// Whole cell vectors that were subtracted from the atom's given position to bring it into the cell.
  const std::array<std::int32_t, 3>& wrap(std::uint32_t atom) const { return wraps_[atom]; }

  /// Calls visit(first, last) for ranges of sites that together contain every site within `reach` of a home site.
  template <class Visit>
  void visit_near(std::uint32_t site, Visit visit) const {
    const auto low = bin_of(fractional_[site], -1);
    const auto high = bin_of(fractional_[site], +1);
    for (int x = low[0]; x <= high[0]; ++x) {
      for (int y = low[1]; y <= high[1]; ++y) {
        const std::size_t row = (static_cast<std::size_t>(x) * bins_[1] + y) * bins_[2];
        visit(bin_starts_[row + low[2]], bin_starts_[row + high[2] + 1]);
      }
    }
  }

 private:
  void choose_bins(const Cell& cell, double reach, std::size_t n_atoms);
  void collect(std::span<const Vector3> wrapped);
  void sort_by_bin();
  /// Bin of a point moved by `side` reaches along every axis.
  std::array<int, 3> bin_of(const Vector3& fractional, int side) const;

  std::array<int, 3> bins_{1, 1, 1};
  Vector3 reach_;  ///< in fractional coordinates
  std::vector<std::array<std::int32_t, 3>> wraps_;
  std::vector<Vector3> positions_;
  std::vector<Vector3> fractional_;
  std::vector<std::uint32_t> owners_;
  std::vector<ImageShift> shifts_;
  std::vector<std::uint32_t> homes_;
  std::vector<std::uint32_t> bin_starts_;
};

}  // namespace cardhouse
