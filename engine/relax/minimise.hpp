#pragma once
// Energy minimisation: what both minimisers are asked for and what they answer.

#include <functional>

#include "engine/base/observer.hpp"
#include "engine/relax/atom_share.hpp"
#include "potentials/potential.hpp"

namespace cardhouse {

/// Which lengths of the cell follow the virial, here to zero pressure, in dynamics to the wanted one.
enum class CellRelaxation {
  None,
  Isotropic,  ///< all lengths by one factor
  Diagonal,   ///< x, y and z lengths by a factor each
};

enum class MinimiserKind {
  Fire,   ///< fire.hpp: inertial, for structures far from a minimum
  Lbfgs,  ///< lbfgs.hpp: quasi-Newton, the energy never rises
};

struct MinimiserOptions {
  int max_steps = 1000;              ///< evaluations of the potential after the first
  double force_tolerance = 0.01;     ///< largest force on an atom [eV/angstrom]
  double pressure_tolerance = 1e-4;  ///< largest remaining pressure along a free direction [eV/angstrom^3]
  double max_displacement = 0.1;     ///< of an atom in one step [angstrom]
  double max_strain = 0.01;          ///< of the cell in one step
  double time_step = 1e-15;          ///< FIRE: first time step, for atoms of the mass of carbon [s]
  double max_time_step = 2.5e-15;    ///< FIRE [s]; an sp2 network becomes unstable near 4e-15 (measured)
  CellRelaxation cell = CellRelaxation::None;
  MinimiserKind kind = MinimiserKind::Fire;
};

/// How a minimisation went.
struct RelaxReport {
  int steps = 0;              ///< evaluations of the potential after the first
  double energy_initial = 0;  ///< [eV]
  double energy_final = 0;    ///< [eV]
  double max_force = 0;       ///< [eV/angstrom]
  double pressure = 0;        ///< trace of the virial by three volumes [eV/angstrom^3]
  bool converged = false;
  int bricks = 1;  ///< that relax_structure cut the cell into
};

/// The state after one step.
struct RelaxFrame {
  int step;
  const Atoms& atoms;
  double energy;     ///< [eV]
  double max_force;  ///< [eV/angstrom]
};

struct DynamicsSample;

/// Who is told; any may be empty.
struct RelaxObservers {
  ProgressObserver progress;
  std::function<void(const RelaxFrame&)> frame;
  std::function<void(const DynamicsSample&)> dynamics = {};  ///< of relax_structure (dynamics.hpp)
};

/// Moves `atoms`, and the lengths of the cell that may move, downhill until the largest force and pressure are below
/// their tolerances. A step that needs several evaluations of the potential counts as many. Throws InputError naming
/// the closest pair when the energy stops being a finite number. Results do not depend on the number of threads.
/// EXPECTS at least one atom, positive tolerances and steps.
RelaxReport minimise(Atoms& atoms, Potential& potential, const MinimiserOptions& options,
                     const RelaxObservers& observers = {});
/// The same for the atoms of this rank; called by all ranks together, with the same report for all. Observers are given
/// on all ranks or on none (but that of the progress); they see all atoms.
RelaxReport minimise(const AtomShare& share, const MinimiserOptions& options, const RelaxObservers& observers = {});

}  // namespace cardhouse
