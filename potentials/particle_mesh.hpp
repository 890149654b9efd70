#pragma once

#include <span>
#include <vector>

#include "engine/structure/atoms.hpp"
#include "potentials/mesh_settings.hpp"
#include "potentials/potential.hpp"
#include "potentials/reciprocal_mesh.hpp"
#include "potentials/verlet_list.hpp"

namespace cardhouse {

/// Electrostatics of point charges in a periodic cell by smooth particle-mesh Ewald (Essmann 1995,
/// doi:10.1063/1.470117), in vacuum, with conducting surroundings (no surface term). With K = e^2/(4 pi eps0) and the
/// total charge Q:
///   E = real space    K/2 sum q_i q_j erfc(alpha r)/r up to the cut-off, every image
///     + mesh          see ReciprocalMesh
///     + self          -K alpha/sqrt(pi) sum q_i^2
///     + background    -K pi Q^2/(2 V alpha^2): a uniform charge that neutralises the cell
///
///     ParticleMesh mesh(atoms, choose_mesh(atoms.cell, atoms.size(), {.force = 1e-4}));
///     Evaluation total = mesh.evaluate(atoms, charges, forces);
///
/// The settings stay when the cell changes; make a new one after large changes. Charges must not coincide.
class ParticleMesh {
 public:
  /// For as many atoms as given. EXPECTS a positive cut-off and what ReciprocalMesh expects.
  ParticleMesh(const Atoms& atoms, const MeshSettings& settings);

  /// Energy [eV] and virial [eV] of charges [e]; overwrites forces [eV/angstrom].
  Evaluation evaluate(const Atoms& atoms, std::span<const double> charges, std::span<Vector3> forces);
  const MeshSettings& settings() const { return settings_; }

 private:
  Evaluation real_space(std::span<const double> charges, std::span<Vector3> forces);
  Evaluation real_space_block(const VerletList::Block& block, std::span<const double> charges,
                              std::span<Vector3> forces) const;

  MeshSettings settings_;
  VerletList list_;
  ReciprocalMesh mesh_;
};

}  // namespace cardhouse
