#pragma once

#include <cstdint>

#include "engine/sodium/site_network.hpp"
#include "engine/sodium/site_parameters.hpp"
#include "engine/sodium/sodium_parameters.hpp"

namespace cardhouse {

/// A pore to calibrate with: a closed spherical shell of carbon in a cubic cell.
struct SphericalPore {
  double diameter = 20;  ///< between the van der Waals surfaces of the wall, where scattering sees it end [angstrom]
  Vector3 offset;        ///< of its centre from the corner of the lattices of the metal [angstrom]
};

/// Places for metal in such a pore, through fill_pores: atoms and hexagons lie evenly (Fibonacci) on a sphere of radius
/// D/2 + 1.70 angstrom at the densities of graphene. The wall belongs to no domain: it is a host whose Fermi level
/// stays at the level to which the wetting energy belongs. Throws InputError when nothing fits in.
SiteNetwork spherical_pore(const SphericalPore& pore, const SiteGeometry& geometry);

struct FillingOptions {
  double temperature = 298.15;  ///< [K]
  int sweeps = 60;              ///< as many again before them
  std::uint64_t seed = 1;
};

/// Wetting energy at which the network is filled by half at a voltage [eV/angstrom^2], by bisection with the
/// grand-canonical sampler (whole pores are turned over, so there is no barrier of nucleation). By Gibbs and Thomson it
/// is near -e V N/A: N sodium on a wall of area A. Throws InputError when it is outside [lowest, 0].
double wetting_energy_at(double voltage, const SiteNetwork& network, const SodiumParameters& parameters,
                         const FillingOptions& options);

}  // namespace cardhouse
