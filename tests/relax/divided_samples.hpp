#pragma once
// Structures in bricks, and the same in one piece.

#include <memory>

#include "engine/relax/atom_share.hpp"
#include "engine/relax/divided_potential.hpp"
#include "potentials/registry.hpp"
#include "tests/potentials/crowded_structures.hpp"
#include "tests/potentials/made_up_parameters.hpp"
#include "tests/potentials/metal_samples.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse::samples {

/// Potentials without shipped parameters take those of no material.
inline std::unique_ptr<Potential> make_tested(std::string_view name, const CarbonStructure& structure) {
  static const ScratchFolder folder;
  static const std::string nep = folder.with_text("nep.txt", made_up_nep());
  static const std::string setfl = folder.with_text("Na.eam", made_up_setfl());
  return make_potential(name, structure,
                        {.parameter_file = name == "nep"             ? nep
                                           : name == "embedded-atom" ? setfl
                                                                     : ""});
}

/// Layers of graphite in a skewed cell, rattled; atoms stand in images of the cell other than the first.
inline CarbonStructure skewed_graphite(int nx, int ny, int layers) {
  CarbonStructure result = graphite(nx, ny, layers, 3.4);
  Stream stream(31, Purpose::Test);
  rattle(result.atoms, 0.06, stream);
  result = mapped(result, {1, 0.12, 0.08}, {0, 1, -0.1}, {0.02, 0, 1});
  const auto& [a, b, c] = result.atoms.cell.vectors();
  for (std::size_t i = 0; i < result.atoms.size(); i += 7) result.atoms.positions[i] += 2.0 * a - 1.0 * b + 3.0 * c;
  return result;
}

/// Carbon without order at 2.2 g/cm3: every coordination, no bond kept longer than its distance allows.
inline CarbonStructure disordered_carbon(std::size_t n) {
  CarbonStructure result = crowd(n, 0, std::cbrt(static_cast<double>(n) / 0.11), 1.25, 5);
  result.bonds = BondGraph::from_distances(result.atoms);
  return result;
}

/// Sodium off its places.
inline CarbonStructure rattled_sodium(int repeats) {
  CarbonStructure result = body_centred(4.228, repeats);
  Stream stream(32, Purpose::Test);
  rattle(result.atoms, 0.2, stream);
  return result;
}

/// A structure in `bricks`, with what this rank moves of it.
struct Divided {
  using Make = DividedPotential::Make;

  Divided(CarbonStructure structure, const Make& make, int bricks, const Communicator& ranks = {})
      : whole(std::move(structure)),
        division(
            whole.atoms,
            cut_into_bricks(whole.atoms.cell, WrappedPlaces(whole.atoms.cell, whole.atoms.positions).places, bricks),
            ranks),
        own(division.own_atoms(whole.atoms)),
        potential(whole, division, make, *make(whole)) {}

  AtomShare share() { return {own, potential, division}; }

  const CarbonStructure whole;
  const AtomDivision division;
  Atoms own;
  DividedPotential potential;
};

struct Answer {
  Evaluation total;
  std::vector<Vector3> forces;  ///< of all atoms
};

inline Answer evaluate_whole(Potential& potential, const Atoms& atoms) {
  Answer answer{{}, std::vector<Vector3>(atoms.size())};
  answer.total = potential.evaluate(atoms, answer.forces);
  return answer;
}

inline Answer evaluate_divided(Divided& divided) {
  std::vector<Vector3> forces(divided.own.size());
  const Evaluation total = divided.potential.evaluate(divided.own, forces);
  return {total, divided.division.gather(forces)};
}

/// The largest difference between two answers, by the size of what differs or 1 eV and 1 eV/angstrom.
inline double difference(const Answer& a, const Answer& b) {
  const Virial& v = a.total.virial;
  const Virial& w = b.total.virial;
  double largest = std::abs(a.total.energy - b.total.energy) / std::max(1.0, std::abs(a.total.energy));
  const double size = std::max({1.0, std::abs(v.xx), std::abs(v.yy), std::abs(v.zz)});
  for (const double d : {v.xx - w.xx, v.yy - w.yy, v.zz - w.zz, v.xy - w.xy, v.xz - w.xz, v.yz - w.yz})
    largest = std::max(largest, std::abs(d) / size);
  for (std::size_t i = 0; i < a.forces.size(); ++i)
    largest = std::max(largest, norm(a.forces[i] - b.forces[i]) / std::max(1.0, norm(a.forces[i])));
  return largest;
}

}  // namespace cardhouse::samples
