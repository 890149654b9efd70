#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/base/communicator.hpp"
#include "engine/base/observer.hpp"
#include "engine/base/statistics.hpp"
#include "engine/offlattice/metal_reference.hpp"
#include "engine/offlattice/off_lattice_sampler.hpp"
#include "engine/sodium/site_network.hpp"

namespace cardhouse {

struct IsothermOptions {
  double temperature = 298.15;   ///< [K]
  std::vector<double> voltages;  ///< against the metal, in the order of sodiation [V]
  bool reverse = true;           ///< go back the same way afterwards
  int replicas = 2;              ///< at least two: they give the error bars
  std::uint64_t moves = 100000;  ///< trial moves a voltage and replica; a third as many before, to equilibrate
  int samples = 200;             ///< taken at even distances in these, at least 8
  double exchange = 0.5;         ///< as in OffLatticeConditions
  double relocation = 0.1;
  std::uint64_t seed = 1;
};

/// Averages at one voltage. Errors are the larger of the spread of the replicas and the correlation within each.
struct IsothermPoint {
  double voltage = 0;     ///< [V]
  bool sodiation = true;  ///< on the way down
  Estimate capacity;      ///< [mAh/g]
  Estimate energy;        ///< of one sodium against the metal at rest [eV]; zero with none
  /// Sodium by the class of the nearest site of the catalogue [mAh/g], and its mean energy against the metal at rest:
  /// host, embedding and half of the pair terms [eV], zero where there is none.
  std::array<double, site_class_count> by_class{};
  std::array<double, site_class_count> class_energy{};
  std::array<double, off_lattice_move_count> acceptance{};
  double step = 0;               ///< of displacements [angstrom]
  double effective_samples = 0;  ///< independent samples of the number of sodium, all replicas
  bool equilibrated = false;     ///< in each replica both halves have one mean, within 3 sigma or half a sodium
  bool replicas_agree = false;   ///< each has the common mean, within 3 sigma or half a sodium
  bool converged() const { return equilibrated && replicas_agree && effective_samples > 30; }
};

/// Sodium put into and taken out of a rigid host off the lattice, at mu = mu_metal - e V. Each voltage starts where the
/// one before ended. Replicas are spread over ranks and threads; the result does not depend on either. Sites of
/// `network` name the class of what is near them. EXPECTS voltages, sites, at least two replicas and eight samples.
std::vector<IsothermPoint> off_lattice_isotherm(const SodiumPotential& potential, const SiteNetwork& network,
                                                const MetalReference& metal, const IsothermOptions& options,
                                                const Communicator& communicator = {},
                                                const ProgressObserver& observer = {});

}  // namespace cardhouse
