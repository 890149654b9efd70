#include "potentials/sp2_bonded.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

constexpr std::size_t block_size = 512;    // atoms
constexpr double followed_distance = 1.0;  // an atom that jumped further was put into another image [angstrom]
constexpr double shortest_quartic = 0.8;   // of a bond's rest length
// Added to squares so that coinciding atoms, straight angles and collinear neighbours stay finite.
constexpr double tiny_length = 1e-12;  // [angstrom^2]
constexpr double tiny_corner = 1e-12;  // [angstrom^4]
constexpr double tiny_plane = 1e-6;    // [angstrom^4]

using Arms = std::array<Vector3, 4>;

/// Half of a bond's energy, which belongs to each of its ends; adds its gradient. The quartic is stationary at r = 0,
/// where a crumpled network could be caught; below `shortest_quartic` its parabola goes on instead.
double add_half_bond(const BondTerm& term, const Vector3& arm, Vector3& gradient) {
  const double rest = term.length * term.length;
  const double scale = term.stiffness / (8 * rest);
  const double shortest = shortest_quartic * term.length;
  const double excess = std::max(squared_norm(arm), shortest * shortest) - rest;
  double energy = scale * excess * excess;
  if (squared_norm(arm) >= shortest * shortest) {
    gradient += 2 * scale * excess * arm;
    return 0.5 * energy;
  }
  const double r = std::sqrt(squared_norm(arm) + tiny_length);
  const double slope = 4 * scale * excess * shortest;
  const double curvature = 4 * scale * (3 * shortest * shortest - rest);
  const double step = r - shortest;
  energy += (slope + 0.5 * curvature * step) * step;
  gradient += 0.5 * (slope + curvature * step) / r * arm;
  return 0.5 * energy;
}

/// (k/2)(theta - theta0)^2 of the angle between two arms. d(theta)/da = (a x n)/|a|^2 with the unit normal n of a x b,
/// which stays bounded where the arms are parallel and n is undefined.
double add_angle(const AngleTerm& term, const Vector3& a, const Vector3& b, std::array<Vector3*, 2> gradients) {
  const Vector3 normal = cross(a, b);
  const double area = squared_norm(normal);
  const double deviation = std::atan2(std::sqrt(area), dot(a, b)) - term.angle;
  const double torque = term.stiffness * deviation / std::sqrt(area + tiny_corner);
  *gradients[0] += (torque / (squared_norm(a) + tiny_length)) * cross(a, normal);
  *gradients[1] += (torque / (squared_norm(b) + tiny_length)) * cross(normal, b);
  return 0.5 * term.stiffness * deviation * deviation;
}

/// gamma h^2 with the distance h = |a.(b x c)|/|n| of the centre from the plane of its three neighbours, whose normal
/// is n = a x b + b x c + c x a.
double add_out_of_plane(const Arms& arms, Arms& gradients) {
  const Vector3 &a = arms[0], &b = arms[1], &c = arms[2];
  const Vector3 ab = cross(a, b);
  const Vector3 bc = cross(b, c);
  const Vector3 ca = cross(c, a);
  const Vector3 normal = ab + bc + ca;
  const double volume = dot(a, bc);
  const double ratio = volume / (squared_norm(normal) + tiny_plane);
  const double by_volume = 2 * out_of_plane_stiffness * ratio;
  const double by_normal = -2 * out_of_plane_stiffness * ratio * ratio;
  gradients[0] += by_volume * bc + by_normal * cross(b - c, normal);
  gradients[1] += by_volume * ca + by_normal * cross(c - a, normal);
  gradients[2] += by_volume * ab + by_normal * cross(a - b, normal);
  return out_of_plane_stiffness * ratio * volume;
}

/// (k/2)(r0 - r)^2 of two atoms at displacement d, and its gradient with respect to d; zero beyond r0.
double contact_energy(const Vector3& d, Vector3& gradient) {
  const double squared = squared_norm(d);
  if (squared >= contact_distance * contact_distance) return 0;
  const double r = std::sqrt(squared + tiny_length);
  const double overlap = contact_distance - r;
  gradient = (-contact_stiffness * overlap / r) * d;
  return 0.5 * contact_stiffness * overlap * overlap;
}

void add_virial(const Vector3& arm, const Vector3& gradient, Virial& virial) {
  virial.xx -= arm.x * gradient.x;
  virial.yy -= arm.y * gradient.y;
  virial.zz -= arm.z * gradient.z;
  virial.xy -= 0.5 * (arm.x * gradient.y + arm.y * gradient.x);
  virial.xz -= 0.5 * (arm.x * gradient.z + arm.z * gradient.x);
  virial.yz -= 0.5 * (arm.y * gradient.z + arm.z * gradient.y);
}

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
  block_sums_.resize((atoms.size() + block_size - 1) / block_size);
#pragma omp parallel for schedule(dynamic) if (block_sums_.size() > 1)
  for (std::size_t b = 0; b < block_sums_.size(); ++b) {
    block_sums_[b] = evaluate_block(atoms, b * block_size, std::min((b + 1) * block_size, atoms.size()));
  }
#pragma omp parallel for schedule(static) if (block_sums_.size() > 1)
  for (std::size_t i = 0; i < forces.size(); ++i) {
    Vector3 force;
    for (std::uint32_t arm = arm_starts_[i]; arm < arm_starts_[i + 1]; ++arm) {
      force += gradients_[arm] - gradients_[arms_[arm].opposite];
    }
    forces[i] = force;
  }
  Evaluation total;
  for (const Evaluation& sum : block_sums_) total += sum;
  return total;
}

Evaluation Sp2Bonded::evaluate_block(const Atoms& atoms, std::size_t first, std::size_t last) {
  Evaluation sum;
  for (std::size_t i = first; i < last; ++i) sum += evaluate_centre(atoms, i);
  return sum;
}

Evaluation Sp2Bonded::evaluate_centre(const Atoms& atoms, std::size_t centre) {
  const std::uint32_t first = arm_starts_[centre];
  const std::size_t degree = arm_starts_[centre + 1] - first;
  Arms arms;
  Arms gradients;
  Evaluation sum;
  for (std::size_t k = 0; k < degree; ++k) {
    arms[k] = arm_vector(atoms, centre, arms_[first + k]);
    sum.energy += add_half_bond(arms_[first + k].term, arms[k], gradients[k]);
  }
  for (std::uint32_t c = corner_starts_[centre]; c < corner_starts_[centre + 1]; ++c) {
    const auto& [a, b, term] = corners_[c];
    sum.energy += add_angle(term, arms[a], arms[b], {&gradients[a], &gradients[b]});
  }
  for (std::uint32_t c = contact_starts_[centre]; c < contact_starts_[centre + 1]; ++c) {
    const auto& [near, middle, far] = contacts_[c];
    const Vector3 end = arm_vector(atoms, arms_[first + middle].neighbour, arms_[far]);
    Vector3 gradient;
    const double energy = contact_energy(arms[middle] + end - arms[near], gradient);
    if (energy == 0) continue;
    sum.energy += 0.5 * energy;  // the other half is found from the middle atom, and with it the gradient of its arms
    gradients[near] -= gradient;
    gradients[middle] += 0.5 * gradient;
  }
  if (degree == 3) sum.energy += add_out_of_plane(arms, gradients);
  for (std::size_t k = 0; k < degree; ++k) {
    add_virial(arms[k], gradients[k], sum.virial);
    gradients_[first + k] = gradients[k];
  }
  return sum;
}

}  // namespace cardhouse
