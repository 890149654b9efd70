#include "potentials/sp2_bonded.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "potentials/block_sums.hpp"
#include "potentials/bonded_terms.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t block_size = 512;    // atoms
constexpr double followed_distance = 1.0;  // an atom that jumped further was put into another image [angstrom]

constexpr bonded::Contact contact{contact_distance, contact_stiffness};

}  // namespace

Sp2Bonded::Sp2Bonded(const CarbonStructure& structure) {
  EXPECTS(structure.bonds.size() == structure.atoms.size());
  add_arms(structure);
  add_corners(structure);
  add_contacts(structure);
  gradients_.resize(arms_.size());
}

void Sp2Bonded::add_arms(const CarbonStructure& structure) {
  const auto& [atoms, bonds] = structure;
  const auto bonded = [&](std::uint32_t i) { return BondedAtom{atoms.elements[i], bonds.degree(i)}; };
  arm_starts_.push_back(0);
  for (std::uint32_t i = 0; i < atoms.size(); ++i) {
    if (bonds.degree(i) > most_arms) {
      throw InputError("atom " + std::to_string(i) + " (" + std::string(symbol(atoms.elements[i])) + ") has " +
                           std::to_string(bonds.degree(i)) + " bonds",
                       "the sp2-bonded potential knows at most " + std::to_string(most_arms));
    }
    arm_starts_.push_back(static_cast<std::uint32_t>(arm_starts_.back() + bonds.degree(i)));
  }
  for (std::uint32_t i = 0; i < atoms.size(); ++i) {
    for (const std::uint32_t j : bonds.of(i)) {
      const std::span back = bonds.of(j);
      const auto place = std::lower_bound(back.begin(), back.end(), i) - back.begin();
      arms_.push_back({j, static_cast<std::uint32_t>(arm_starts_[j] + place), bond_term(bonded(i), bonded(j))});
    }
  }
}

void Sp2Bonded::add_corners(const CarbonStructure& structure) {
  const auto& [atoms, bonds] = structure;
  corner_starts_.push_back(0);
  for (std::uint32_t i = 0; i < atoms.size(); ++i) {
    const std::span ends = bonds.of(i);
    for (std::uint8_t a = 0; a < ends.size(); ++a) {
      for (std::uint8_t b = a + 1; b < ends.size(); ++b) {
        const BondedAtom centre{atoms.elements[i], ends.size()};
        corners_.push_back({a, b, angle_term(atoms.elements[ends[a]], centre, atoms.elements[ends[b]])});
      }
    }
    corner_starts_.push_back(static_cast<std::uint32_t>(corners_.size()));
  }
}

// Every chain a - i - k - l is found from i and from k. Ends that are one atom or bonded (rings of three and four) are
// no contact.
void Sp2Bonded::add_contacts(const CarbonStructure& structure) {
  contact_starts_.push_back(0);
  for (std::uint32_t i = 0; i < structure.atoms.size(); ++i) {
    const std::span arms(arms_.data() + arm_starts_[i], structure.bonds.degree(i));
    for (std::uint8_t middle = 0; middle < arms.size(); ++middle) {
      const std::uint32_t k = arms[middle].neighbour;
      for (std::uint8_t near = 0; near < arms.size(); ++near) {
        for (std::uint32_t far = arm_starts_[k]; near != middle && far < arm_starts_[k + 1]; ++far) {
          const std::uint32_t a = arms[near].neighbour;
          const std::uint32_t l = arms_[far].neighbour;
          if (l != i && l != a && !structure.bonds.bonded(a, l)) contacts_.push_back({near, middle, far});
        }
      }
    }
    contact_starts_.push_back(static_cast<std::uint32_t>(contacts_.size()));
  }
}

Vector3 Sp2Bonded::arm_vector(const Atoms& atoms, std::size_t owner, const Arm& arm) const {
  Vector3 vector = atoms.positions[arm.neighbour] - atoms.positions[owner];
  for (int axis = 0; axis < 3; ++axis) {
    if (arm.shift[axis] != 0) vector += arm.shift[axis] * atoms.cell.vectors()[axis];
  }
  return vector;
}

void Sp2Bonded::choose_images(const Atoms& atoms) {
  reference_.record(atoms);
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    for (std::uint32_t arm = arm_starts_[i]; arm < arm_starts_[i + 1]; ++arm) {
      const Vector3 plain = atoms.positions[arms_[arm].neighbour] - atoms.positions[i];
      const Vector3 cells = atoms.cell.to_fractional(atoms.cell.minimum_image(plain) - plain);
      for (int axis = 0; axis < 3; ++axis) arms_[arm].shift[axis] = static_cast<int>(std::lround(cells[axis]));
    }
  }
}

Evaluation Sp2Bonded::evaluate(const Atoms& atoms, std::span<Vector3> forces) {
  EXPECTS(atoms.size() + 1 == arm_starts_.size() && forces.size() == atoms.size());
  if (reference_.largest_displacement(atoms) > followed_distance) choose_images(atoms);
  const std::size_t n_blocks = (atoms.size() + block_size - 1) / block_size;
  const auto end = [&](std::size_t block) { return std::min((block + 1) * block_size, atoms.size()); };
  const Evaluation total = sum_blocks(n_blocks, [&](std::size_t block) {
    Evaluation sum;
    for (std::size_t i = block * block_size; i < std::min(end(block), centres_); ++i) sum += evaluate_centre(atoms, i);
    return sum;
  });
  for_blocks(n_blocks, [&](std::size_t block) {
    for (std::size_t i = block * block_size; i < end(block); ++i) {
      Vector3 force;
      for (std::uint32_t arm = arm_starts_[i]; arm < arm_starts_[i + 1]; ++arm) {
        force += gradients_[arm] - gradients_[arms_[arm].opposite];
      }
      forces[i] = force;
    }
  });
  return total;
}

Evaluation Sp2Bonded::evaluate_centre(const Atoms& atoms, std::size_t centre) {
  const std::uint32_t first = arm_starts_[centre];
  const std::size_t degree = arm_starts_[centre + 1] - first;
  std::array<Vector3, most_arms> arms;
  std::array<Vector3, most_arms> gradients;
  Evaluation sum;
  for (std::size_t k = 0; k < degree; ++k) {
    arms[k] = arm_vector(atoms, centre, arms_[first + k]);
    sum.energy += 0.5 * bonded::bond_energy(arms_[first + k].term, arms[k], gradients[k]);
    gradients[k] *= 0.5;  // the other half belongs to the neighbour
  }
  for (std::uint32_t c = corner_starts_[centre]; c < corner_starts_[centre + 1]; ++c) {
    const auto& [a, b, term] = corners_[c];
    std::array<Vector3, 2> slopes;
    sum.energy += bonded::angle_energy(term, arms[a], arms[b], slopes);
    gradients[a] += slopes[0];
    gradients[b] += slopes[1];
  }
  for (std::uint32_t c = contact_starts_[centre]; c < contact_starts_[centre + 1]; ++c) {
    const auto& [near, middle, far] = contacts_[c];
    const Vector3 end = arm_vector(atoms, arms_[first + middle].neighbour, arms_[far]);
    Vector3 gradient;
    const double energy = bonded::contact_energy(contact, arms[middle] + end - arms[near], gradient);
    if (energy == 0) continue;
    sum.energy += 0.5 * energy;  // the other half is found from the middle atom, and with it the gradient of its arms
    gradients[near] -= gradient;
    gradients[middle] += 0.5 * gradient;
  }
  if (degree == 3) {
    std::array<Vector3, 3> slopes;
    sum.energy += bonded::plane_energy({arms[0], arms[1], arms[2]}, slopes);
    for (std::size_t k = 0; k < 3; ++k) gradients[k] += slopes[k];
  }
  for (std::size_t k = 0; k < degree; ++k) {
    sum.virial += virial_of(arms[k], gradients[k]);
    gradients_[first + k] = gradients[k];
  }
  return sum;
}

}  // namespace cardhouse
