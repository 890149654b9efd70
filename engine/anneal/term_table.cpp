#include "engine/anneal/term_table.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"

namespace cardhouse {

TermTable::TermTable(const Atoms& atoms) : elements_(0), slots_(256, 255) {
  for (const Element element : all_elements())
    if (std::find(atoms.elements.begin(), atoms.elements.end(), element) != atoms.elements.end())
      slots_[static_cast<std::size_t>(element)] = static_cast<std::uint8_t>(elements_++);
  const std::size_t kinds = elements_ * degrees;
  bonds_.assign(kinds * kinds, {0, 0});
  angles_.assign(elements_ * kinds * elements_, {0, 0});
}

std::size_t TermTable::slot(Element element) const {
  const std::size_t found = slots_[static_cast<std::size_t>(element)];
  EXPECTS(found < elements_);
  return found;
}

const BondTerm& TermTable::bond(const BondedAtom& a, const BondedAtom& b) {
  BondTerm& term = bonds_[kind(a) * elements_ * degrees + kind(b)];
  if (term.length == 0) term = bond_term(a, b);
  return term;
}

const AngleTerm& TermTable::angle(Element a, const BondedAtom& centre, Element b) {
  AngleTerm& term = angles_[(slot(a) * elements_ * degrees + kind(centre)) * elements_ + slot(b)];
  if (term.angle == 0) term = angle_term(a, centre, b);
  return term;
}

}  // namespace cardhouse
