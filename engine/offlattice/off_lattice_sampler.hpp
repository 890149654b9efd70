#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/stream.hpp"
#include "engine/offlattice/accessible_volume.hpp"
#include "engine/offlattice/sodium_configuration.hpp"

namespace cardhouse {

/// Moves of sodium that is not bound to sites.
enum class OffLatticeMove : std::uint8_t { Insertion, Removal, Displacement, Relocation };
inline constexpr int off_lattice_move_count = 4;

struct OffLatticeCounts {
  std::array<std::uint64_t, off_lattice_move_count> tried{};
  std::array<std::uint64_t, off_lattice_move_count> accepted{};

  double acceptance(OffLatticeMove move) const {
    const auto k = static_cast<std::size_t>(move);
    return tried[k] > 0 ? static_cast<double>(accepted[k]) / static_cast<double>(tried[k]) : 0;
  }
};

struct OffLatticeConditions {
  double chemical_potential = 0;  ///< against free atoms at rest, momenta included [eV]
  double temperature = 298.15;    ///< [K]
  double exchange = 0.5;          ///< share of insertions and removals, in equal parts
  double relocation = 0.1;        ///< share of jumps to anywhere in the accessible volume; the rest displaces
  double mass = 22.98976928;      ///< of an atom [dalton] (CIAAW 2021)
};

/// h/sqrt(2 pi m kT), the thermal de Broglie wavelength [angstrom]; mass in dalton. Sodium at 300 K: 0.210.
inline double thermal_wavelength(double mass, double temperature) {
  constexpr double pi = 3.14159265358979323846;
  const double kT = constants::boltzmann * temperature;
  return constants::planck / std::sqrt(2 * pi * mass * constants::dalton * kT);
}

/// Metropolis sampling of the grand canonical ensemble off the lattice (Norman & Filinov 1969; Frenkel & Smit,
/// Understanding Molecular Simulation, 2nd ed., section 5.6):
///   insertion     at a uniform point of V_acc    min(1, V_acc/(L^3 (N+1)) exp(-(dE - mu)/kT))
///   removal       of a random atom               min(1, N L^3/V_acc exp(-(dE + mu)/kT))
///   displacement  within a cube about the atom   min(1, exp(-dE/kT)), nothing outside V_acc
///   relocation    to a uniform point of V_acc    likewise
/// L the thermal wavelength. Insertion and removal are tried equally often. The displacement is adapted on request
/// only, so that sampling proper keeps one step and detailed balance holds.
class OffLatticeSampler {
 public:
  /// `volume` must outlive this object. EXPECTS a positive temperature and mass, and shares that fit into one.
  OffLatticeSampler(const AccessibleVolume& volume, const OffLatticeConditions& conditions)
      : volume_(&volume), conditions_(conditions), beta_(1 / (constants::boltzmann * conditions.temperature)) {
    EXPECTS(conditions.temperature > 0 && conditions.mass > 0 && conditions.exchange >= 0);
    EXPECTS(conditions.relocation >= 0 && conditions.exchange + conditions.relocation <= 1);
    const double wavelength = thermal_wavelength(conditions.mass, conditions.temperature);
    log_states_ = std::log(volume.volume()) - 3 * std::log(wavelength) + beta_ * conditions.chemical_potential;
  }

  /// One trial move. Uses the same random numbers whatever the energy.
  void trial(SodiumConfiguration& state, Stream& stream) {
    const double choice = stream.uniform();
    if (choice < 0.5 * conditions_.exchange)
      insert(state, stream);
    else if (choice < conditions_.exchange)
      remove(state, stream);
    else if (state.count() > 0)
      displace(state, choice < conditions_.exchange + conditions_.relocation, stream);
  }

  double step() const { return step_; }  ///< half the edge of the cube [angstrom]
  /// Brings the acceptance of displacements since the last call towards 40 %. For equilibration only.
  void adapt_step() {
    const std::uint64_t tried = counts_.tried[2] - adapted_.tried[2];
    if (tried < 100) return;
    const double share = static_cast<double>(counts_.accepted[2] - adapted_.accepted[2]) / static_cast<double>(tried);
    step_ = std::clamp(step_ * (0.6 + share), least_step, largest_step);
    adapted_ = counts_;
  }
  const OffLatticeCounts& counts() const { return counts_; }

 private:
  static constexpr double least_step = 0.02;   // [angstrom]
  static constexpr double largest_step = 2.0;  // [angstrom]

  bool accepts(OffLatticeMove move, double log_ratio, Stream& stream) {
    const auto k = static_cast<std::size_t>(move);
    ++counts_.tried[k];
    const bool accepted = stream.uniform() < std::exp(log_ratio);
    counts_.accepted[k] += accepted;
    return accepted;
  }

  void insert(SodiumConfiguration& state, Stream& stream) {
    const double change = state.propose_insertion(volume_->random_point(stream));
    const double log_ratio = log_states_ - std::log(static_cast<double>(state.count() + 1)) - beta_ * change;
    if (accepts(OffLatticeMove::Insertion, log_ratio, stream)) state.accept();
  }

  void remove(SodiumConfiguration& state, Stream& stream) {
    if (state.count() == 0) return;
    const double change = state.propose_removal(stream.below(state.count()));
    const double log_ratio = std::log(static_cast<double>(state.count())) - log_states_ - beta_ * change;
    if (accepts(OffLatticeMove::Removal, log_ratio, stream)) state.accept();
  }

  void displace(SodiumConfiguration& state, bool anywhere, Stream& stream) {
    const std::size_t atom = stream.below(state.count());
    const auto shift = [&] { return step_ * (2 * stream.uniform() - 1); };
    const Vector3 target =
        anywhere ? volume_->random_point(stream) : state.positions()[atom] + Vector3{shift(), shift(), shift()};
    const double change =
        volume_->contains(target) ? state.propose_displacement(atom, target) : std::numeric_limits<double>::infinity();
    const OffLatticeMove kind = anywhere ? OffLatticeMove::Relocation : OffLatticeMove::Displacement;
    if (accepts(kind, -beta_ * change, stream)) state.accept();
  }

  const AccessibleVolume* volume_;
  OffLatticeConditions conditions_;
  double beta_;
  double log_states_;  ///< ln(V_acc/L^3) + mu/kT
  double step_ = 0.4;
  OffLatticeCounts counts_;
  OffLatticeCounts adapted_;  ///< when the step was last adapted
};

}  // namespace cardhouse
