#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/structure/cell.hpp"

namespace cardhouse {

/// Elements by atomic number (those that occur in carbons, their treatments and their sodium).
enum class Element : std::uint8_t {
  H = 1,
  B = 5,
  C = 6,
  N = 7,
  O = 8,
  F = 9,
  Na = 11,
  Mg = 12,
  Al = 13,
  Si = 14,
  P = 15,
  S = 16,
  Cl = 17,
  K = 19,
  Ca = 20,
  Mn = 25,
  Fe = 26,
  Ni = 28,
  Zn = 30,
};

/// All of them, organic elements first (C, H, N, O), then by atomic number.
std::span<const Element> all_elements();
std::string_view symbol(Element element);
/// Throws InputError for a symbol that is not in the table.
Element element_from_symbol(std::string_view symbol);
/// Standard atomic weight [dalton] (IUPAC 2021 abridged, doi:10.1515/pac-2019-0603).
double standard_mass(Element element);

/// Atoms in a periodic cell: two arrays of equal length.
struct Atoms {
  Cell cell;
  std::vector<Vector3> positions;  ///< [angstrom], any image
  std::vector<Element> elements;

  std::size_t size() const { return positions.size(); }
  void add(Element element, const Vector3& position) {
    positions.push_back(position);
    elements.push_back(element);
  }
};

/// Number of atoms of one element.
std::size_t count(const Atoms& atoms, Element element);
/// Total mass [dalton] and mass per cell volume [dalton/angstrom^3] (1 dalton/angstrom^3 = 1.66054 g/cm3).
double total_mass(const Atoms& atoms);
double mass_density(const Atoms& atoms);

}  // namespace cardhouse
