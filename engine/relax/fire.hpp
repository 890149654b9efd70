#pragma once
// Energy minimisation by the fast inertial relaxation engine.

#include <functional>

#include "engine/base/observer.hpp"
#include "potentials/potential.hpp"

namespace cardhouse {

/// Which lengths of the cell follow the virial to zero pressure.
enum class CellRelaxation {
  None,
  Isotropic,  ///< all lengths by one factor
  Diagonal,   ///< x, y and z lengths by a factor each
};

struct FireOptions {
  int max_steps = 1000;
  double force_tolerance = 0.01;     ///< largest force on an atom [eV/angstrom]
  double pressure_tolerance = 1e-4;  ///< largest remaining pressure along a free direction [eV/angstrom^3]
  double max_displacement = 0.1;     ///< of an atom in one step [angstrom]
  double max_strain = 0.01;          ///< of the cell in one step
  double time_step = 1e-15;          ///< first time step, for atoms of the mass of carbon [s]
  double max_time_step = 2.5e-15;    ///< [s]; an sp2 network becomes unstable near 4e-15 (measured)
  CellRelaxation cell = CellRelaxation::None;
};

/// How a minimisation went.
struct RelaxReport {
  int steps = 0;              ///< evaluations of the potential after the first
  double energy_initial = 0;  ///< [eV]
  double energy_final = 0;    ///< [eV]
  double max_force = 0;       ///< [eV/angstrom]
  double pressure = 0;        ///< trace of the virial by three volumes [eV/angstrom^3]
  bool converged = false;
};

/// The state after one step.
struct RelaxFrame {
  int step;
  const Atoms& atoms;
  double energy;     ///< [eV]
  double max_force;  ///< [eV/angstrom]
};

/// Who is told; either may be empty.
struct RelaxObservers {
  ProgressObserver progress;
  std::function<void(const RelaxFrame&)> frame;
};

/// Moves `atoms` downhill by FIRE 2.0: semi-implicit Euler, half a step back when going uphill (Guenole 2020,
/// doi:10.1016/j.commatsci.2020.109584, with its default parameters), all atoms of one mass. Relaxed lengths of the
/// cell move together with the atoms as strain times sqrt(N) angstrom, which gives them a stiffness like that of a
/// bond. Throws InputError naming the closest pair when the energy stops being a finite number. Results do not depend
/// on the number of threads. EXPECTS at least one atom, positive tolerances and steps.
RelaxReport minimise(Atoms& atoms, Potential& potential, const FireOptions& options,
                     const RelaxObservers& observers = {});

}  // namespace cardhouse
