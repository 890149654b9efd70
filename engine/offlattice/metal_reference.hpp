#pragma once

#include <cstdint>
#include <string_view>

#include "engine/offlattice/sodium_interactions.hpp"

namespace cardhouse {

enum class MetalCrystal : std::uint8_t { BodyCentred, FaceCentred };
std::string_view name(MetalCrystal crystal);  ///< "bcc", "fcc"

/// The metal of some interactions at one temperature: where voltages are counted from.
struct MetalReference {
  MetalCrystal crystal = MetalCrystal::BodyCentred;
  double lattice_constant = 0;    ///< of the cubic cell, of least free energy at no pressure [angstrom]
  double energy = 0;              ///< at rest at that lattice constant, per atom [eV]
  double chemical_potential = 0;  ///< mu, against free atoms at rest [eV]
};

/// Chemical potential of sodium metal without pressure, so that mu = F/N, in the quasi-harmonic approximation with
/// classical vibrations (as the sampler's atoms are classical), momenta included:
///   mu = min over a of [E(a)/N + kT (3/modes) sum ln(hbar omega/kT)]
/// over the modes that fit into 4 x 4 x 4 cubic cells (fcc 3 x 3 x 3), without the three translations (Born & Huang,
/// Dynamical Theory of Crystal Lattices, sections 24 and 38). Force constants come from gradients at a displacement of
/// 0.02 angstrom. The quantum correction that is left out, kT (1/24) sum over three modes of (hbar omega/kT)^2, is 1
/// to 2 meV for sodium at 298 K (hbar omega of 8 to 16 meV).
///
/// Sodium is bcc; not every model of it agrees. Taken is the crystal, bcc or fcc, that is stable at its lattice
/// constant and has the lower free energy: that is what a large cluster of this model turns into, and where its voltage
/// is zero. The second-moment parameters of Li 1998 are fcc, with a bcc that is no minimum.
///
/// Throws InputError without a metal, and where neither crystal is stable.
MetalReference metal_reference(const SodiumInteractions& interactions, double temperature);

/// Energy of one atom at rest in a crystal [eV].
double crystal_energy(const SodiumInteractions& interactions, MetalCrystal crystal, double lattice_constant);

/// What vibrations and momenta add to that, per atom [eV]; infinite when a mode is unstable.
double crystal_vibration(const SodiumInteractions& interactions, MetalCrystal crystal, double lattice_constant,
                         double temperature);

}  // namespace cardhouse
