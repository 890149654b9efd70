#include "engine/relax/atom_share.hpp"

#include <algorithm>

namespace cardhouse {

AtomShare::AtomShare(Atoms& atoms, Potential& potential)
    : atoms_(atoms), potential_(potential), brick_starts_{0, atoms.size()} {}

AtomShare::AtomShare(Atoms& own, Potential& potential, const AtomDivision& division)
    : atoms_(own), potential_(potential), division_(&division), brick_starts_(division.own_starts()) {}

AtomShare AtomShare::in(Potential& potential) const {
  return division_ ? AtomShare(atoms_, potential, *division_) : AtomShare(atoms_, potential);
}

std::vector<double> AtomShare::gather(std::vector<double> values) const {
  return division_ ? division_->ranks().gather(values) : values;
}

double AtomShare::largest(double value) const {
  return division_ ? std::ranges::max(division_->ranks().gather({&value, 1})) : value;
}

const Atoms& AtomShare::whole() {
  if (!division_) return atoms_;
  whole_ = division_->gather(atoms_);
  return *whole_;
}

std::vector<Vector3> AtomShare::own_part(std::vector<Vector3> of_all) const {
  return division_ ? division_->own_part(of_all) : of_all;
}

}  // namespace cardhouse
