#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// Van der Waals radius [angstrom]: Bondi 1964 (doi:10.1021/j100785a001, carbon 1.70); B, Al, Ca from Mantina et al.
/// 2009 (doi:10.1021/jp8111556) and Mn, Fe from Alvarez 2013 (doi:10.1039/c3dt50599e), where Bondi gives none.
double van_der_waals_radius(Element element);

/// Finds atoms near arbitrary points of any periodic cell, images included. Atoms are spheres; the clearance of a point
/// is its distance to the nearest sphere surface, min_i(|r - r_i| - R_i), negative inside an atom. With zero radii it
/// is the distance to the nearest atom centre. Cell lists; a query costs O(1) in a dense solid. Keeps its own copy.
class AtomLocator {
 public:
  /// Radii by van_der_waals_radius. Throws InputError when there are no atoms.
  explicit AtomLocator(const Atoms& atoms);
  /// EXPECTS as many radii (>= 0) as atoms; throws InputError when there are none.
  AtomLocator(const Atoms& atoms, std::span<const double> radii);

  struct Nearest {
    std::uint32_t atom;
    double distance;   ///< to its centre [angstrom]
    double clearance;  ///< to its surface [angstrom]
  };
  /// The atom with the nearest surface; of equals, the one with the smallest index.
  Nearest nearest(const Vector3& point) const;

  /// Displacement from a point to one image of an atom.
  struct Image {
    std::uint32_t atom;
    std::uint32_t radius_class;  ///< index into radii()
    Vector3 displacement;
  };
  /// Every image with clearance <= reach, in a fixed order; `images` is cleared first.
  void gather(const Vector3& point, double reach, std::vector<Image>& images) const;

  const Cell& cell() const { return cell_; }
  const std::vector<double>& radii() const { return radii_; }  ///< the distinct radii, ascending [angstrom]

 private:
  struct Entry {
    Vector3 position;  ///< wrapped into the cell
    std::uint32_t atom;
    std::uint32_t radius_class;
  };
  void gather_bin(std::array<int, 3> bin, const Vector3& point, double reach, std::vector<Image>& images) const;

  Cell cell_;
  std::vector<double> radii_;
  std::array<int, 3> bins_{};
  std::vector<std::uint32_t> offsets_;
  std::vector<Entry> entries_;
};

}  // namespace cardhouse
