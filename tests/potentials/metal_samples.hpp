#pragma once
// Crystals of one metal and their energies.

#include <cmath>
#include <initializer_list>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/potential.hpp"

namespace cardhouse::samples {

inline CarbonStructure cubic_crystal(std::initializer_list<Vector3> basis, double edge, int repeats) {
  CarbonStructure result{{Cell::cubic(edge * repeats), {}, {}}, {}};
  for (int x = 0; x < repeats; ++x) {
    for (int y = 0; y < repeats; ++y) {
      for (int z = 0; z < repeats; ++z) {
        for (const Vector3& site : basis) {
          result.atoms.add(Element::Na, edge * (site + Vector3{1.0 * x, 1.0 * y, 1.0 * z}));
        }
      }
    }
  }
  result.bonds = BondGraph(result.atoms.size(), {});
  return result;
}

inline CarbonStructure body_centred(double edge, int repeats = 1) {
  return cubic_crystal({{0, 0, 0}, {0.5, 0.5, 0.5}}, edge, repeats);
}

inline CarbonStructure face_centred(double edge, int repeats = 1) {
  return cubic_crystal({{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}}, edge, repeats);
}

struct Minimum {
  double energy;  ///< of an atom [eV]
  double edge;    ///< [angstrom]
};

/// The lowest energy of an atom over the edge of a cubic crystal, to 1e-5 angstrom, by steps that halve.
template <class Crystal, class MakePotential>
Minimum crystal_minimum(Crystal crystal, MakePotential make, double start) {
  const auto energy = [&](double edge) {
    const CarbonStructure structure = crystal(edge, 1);
    std::vector<Vector3> forces(structure.atoms.size());
    return make(structure)->evaluate(structure.atoms, forces).energy / static_cast<double>(structure.atoms.size());
  };
  Minimum best{energy(start), start};
  for (double step = 0.08; step > 1e-5; step *= 0.5) {
    for (bool better = true; better;) {
      better = false;
      for (const double edge : {best.edge - step, best.edge + step}) {
        if (const double trial = energy(edge); trial < best.energy) best = {trial, edge}, better = true;
      }
    }
  }
  return best;
}

}  // namespace cardhouse::samples
