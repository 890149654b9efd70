#pragma once

#include <vector>

#include "potentials/bonded_parameters.hpp"

namespace cardhouse {

/// The bond and angle terms of potentials/bonded_parameters.hpp for the elements of one structure, looked up once and
/// kept. Terms that have no parameters throw InputError when they are asked for.
class TermTable {
 public:
  explicit TermTable(const Atoms& atoms);

  const BondTerm& bond(const BondedAtom& a, const BondedAtom& b);
  const AngleTerm& angle(Element a, const BondedAtom& centre, Element b);

 private:
  std::size_t slot(Element element) const;
  std::size_t kind(const BondedAtom& atom) const { return slot(atom.element) * degrees + atom.degree; }

  static constexpr std::size_t degrees = 5;  ///< 0 to 4 bonds
  std::size_t elements_;
  std::vector<std::uint8_t> slots_;  ///< by atomic number
  std::vector<BondTerm> bonds_;      ///< length zero: not looked up yet
  std::vector<AngleTerm> angles_;    ///< angle zero: not looked up yet
};

}  // namespace cardhouse
