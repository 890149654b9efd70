#pragma once
// The numbers of the sodium Hamiltonian, read from inputs/sodium/hamiltonian.toml where each stands with its source.

#include <string>

#include "engine/base/deck.hpp"

namespace cardhouse {

/// Which parts of the Hamiltonian act. Site energies always do.
struct HamiltonianTerms {
  bool host_electrons = true;
  bool repulsion = true;
  bool exclusion = true;
  bool metal = true;  ///< without it sodium in pores is bound as in the bulk, alone or not
  bool wetting = true;
  bool opening = true;
  bool curvature = true;
  bool shared_reservoir =
      true;  ///< metal on pore walls fills the host states that galleries fill; needs host_electrons

  static HamiltonianTerms none() { return {false, false, false, false, false, false, false, false}; }
};

/// Electrons given to a carbon domain fill Dirac bands (Castro Neto 2009, doi:10.1103/RevModPhys.81.109).
struct HostElectronParameters {
  double velocity = 0;        ///< hbar v_F [eV angstrom]
  double offset_density = 0;  ///< electrons already there, N0 = density x area [1/angstrom^2]
};

/// What metal on a wall gives to the carbon behind it.
struct SharedReservoirParameters {
  double contact_density = 0;  ///< electrons a covered area [1/angstrom^2]
  double reference_level = 0;  ///< Fermi level of the host to which the wetting energy belongs [eV]
};

/// Screened Coulomb repulsion between donated charges, outside pores.
struct RepulsionParameters {
  double permittivity = 0;      ///< relative
  double screening_length = 0;  ///< [angstrom]
  double cutoff = 0;            ///< [angstrom]
};

/// Second-moment cohesion of sodium in pores (Finnis & Sinclair 1984, doi:10.1080/01418618408244210).
struct MetalParameters {
  double cohesive_energy = 0;     ///< [eV]
  double bonded_distance = 0;     ///< a neighbour counts fully below [angstrom]
  double broken_distance = 0;     ///< and not at all above [angstrom]
  double bulk_coordination = 0;   ///< z0 at most
  double least_coordination = 0;  ///< z0 at least
  double lone_wall_energy = 0;    ///< E_lone, of one sodium on a flat pore wall, against bcc [eV]
};

/// Elastic opening of galleries by the sodium in them.
struct OpeningParameters {
  double stiffness = 0;          ///< c33 [eV/angstrom^3]
  double bending_stiffness = 0;  ///< D of one layer [eV]
  double slope = 0;              ///< energy gained per sodium and opening [eV/angstrom]
  double largest_spacing = 0;    ///< beyond it sodium gains nothing more [angstrom]
  double reference_spacing = 0;  ///< of the galleries whose level holds the opening by a lone sodium [angstrom]
};

struct SodiumParameters {
  HamiltonianTerms terms;
  HostElectronParameters host_electrons;
  SharedReservoirParameters shared_reservoir;
  RepulsionParameters repulsion;
  double exclusion_diameter = 0;  ///< [angstrom]
  MetalParameters metal;
  double wetting_energy = 0;  ///< [eV/angstrom^2]
  OpeningParameters opening;
  double curvature_coupling = 0;  ///< B [eV angstrom]
  double attempt_frequency = 0;   ///< [1/s]
};

/// Reads the file; every value must carry a non-empty source. Throws InputError naming file, line and key.
SodiumParameters read_sodium_parameters(const std::string& path);
SodiumParameters read_sodium_parameters(const Deck& deck);

}  // namespace cardhouse
