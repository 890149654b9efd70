#pragma once
// Molecular dynamics of a carbon.

#include <cstdint>
#include <functional>
#include <optional>

#include "engine/relax/bath.hpp"
#include "engine/relax/velocities.hpp"

namespace cardhouse {

enum class Ensemble {
  Nve,  ///< constant energy and cell
  Nvt,  ///< heat bath
  Npt,  ///< heat bath and pressure bath
};

struct DynamicsOptions {
  Ensemble ensemble = Ensemble::Nvt;
  double temperature = 300;                         ///< of the first velocities and of the baths [K]
  std::optional<double> final_temperature = {};     ///< the baths go there linearly in time [K]
  double time = 1e-12;                              ///< of the whole run [s]
  double step = 0.5e-15;                            ///< [s]; a C-C bond swings in 21 fs (1580/cm), a C-H bond in 11 fs
  double heat_time = 1e-13;                         ///< of the heat bath [s]
  double pressure = 0;                              ///< of the pressure bath [eV/angstrom^3]
  double pressure_time = 1e-12;                     ///< of the pressure bath [s]
  double compressibility = 4.74;                    ///< graphite: 1/(33.8 GPa), Hanfland 1989 [angstrom^3/eV]
                                                    ///< (doi:10.1103/PhysRevB.39.12598); sets the pace of that bath
  CellRelaxation cell = CellRelaxation::Isotropic;  ///< of Npt: Isotropic or Diagonal
  int samples = 200;                                ///< told to the observer, evenly spread, besides the start
  std::uint64_t seed = 1;                           ///< of run_dynamics
};

/// Steps of a whole run.
long step_count(const DynamicsOptions& options);

/// The state after some steps.
struct DynamicsSample {
  long step;
  double time;              ///< [s]
  double potential_energy;  ///< [eV]
  double kinetic_energy;    ///< [eV]
  double temperature;       ///< 2 K/((3N - 3) k) [K]
  double pressure;          ///< (2 K + trace of the virial)/(3 V) [eV/angstrom^3]
  double volume;            ///< [angstrom^3]
  double conserved;         ///< energy less what the baths have given [eV]: its drift is the error of the integration
  const Atoms& atoms;       ///< those of this rank; told to an observer, all
};

/// Atoms moved by velocity Verlet (Swope 1982, doi:10.1063/1.442716). Half of the heat bath acts before and half behind
/// every step. After every tenth step the pressure bath strains the cell and what is in it, and velocities inversely,
/// so that phase space keeps its volume (Bernetti & Bussi 2020); the potential is then evaluated once more. The centre
/// of mass stays at rest. Results do not depend on the number of threads. Keeps references to atoms and potential,
/// which must outlive it. On several ranks all functions are called together, with streams alike.
class Dynamics {
 public:
  /// Draws the velocities. EXPECTS at least two atoms, positive times and step, temperature > 0 or Nve. Throws
  /// InputError when the energy is not a finite number.
  Dynamics(Atoms& atoms, Potential& potential, const DynamicsOptions& options, Stream& stream)
      : Dynamics(AtomShare(atoms, potential), options, stream) {}
  Dynamics(const AtomShare& share, const DynamicsOptions& options, Stream& stream);

  /// Throws InputError when an atom would move further than 0.5 angstrom in one step, or the energy stops being finite.
  void step(Stream& stream);
  DynamicsSample sample() const { return sample_of(atoms_); }
  DynamicsSample whole_sample() { return sample_of(share_.whole()); }  ///< with all atoms

  /// Of the atoms of this rank.
  std::span<const Vector3> velocities() const { return velocities_; }
  std::span<const double> masses() const { return masses_; }

 private:
  void evaluate();
  void kick();
  void drift();
  void exchange_heat(Stream& stream);
  void strain_cell(Stream& stream);
  double bath_temperature() const;
  Vector3 kinetic_diagonal() const;
  double kinetic_energy() const;
  DynamicsSample sample_of(const Atoms& shown) const;
  [[noreturn]] void report_runaway() const;

  AtomShare share_;
  Atoms& atoms_;
  const DynamicsOptions options_;
  std::vector<double> masses_;
  std::vector<Vector3> velocities_;
  std::vector<Vector3> forces_;
  Evaluation value_;
  long step_ = 0;
  double given_ = 0;  ///< by the baths [eV]
};

/// Runs all steps from new velocities with the stream (seed, Purpose::Dynamics), telling the observers of the start and
/// of evenly spread samples.
void run_dynamics(Atoms& atoms, Potential& potential, const DynamicsOptions& options,
                  const std::function<void(const DynamicsSample&)>& observer = {},
                  const ProgressObserver& progress = {});
/// The same for the atoms of this rank; called by all ranks together, the observer given on all or on none.
void run_dynamics(const AtomShare& share, const DynamicsOptions& options,
                  const std::function<void(const DynamicsSample&)>& observer = {},
                  const ProgressObserver& progress = {});

}  // namespace cardhouse
