#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/offlattice/sodium_potential.hpp"

namespace cardhouse {

/// Sodium atoms anywhere in a rigid host, with their energy and how a single move changes it. Each atom keeps its host
/// energy, its density and its embedding energy, so that a move visits the neighbours of the old and of the new place
/// and nothing else:
///   dE = d[V_host(x) + F(rho_i)] + d[sum_j phi(r_ij)] + sum_j [F(rho_j + d rho_j) - F(rho_j)]
/// Periodic images of an atom, its own included, interact with it as others do.
///
/// A move is proposed, which returns dE [eV], and then taken with accept() or forgotten by proposing another. dE is
/// infinite when the new place is closer to an atom than the overlap floor.
class SodiumConfiguration {
 public:
  /// The potential must outlive this object. `expected`: about how many sodium there will be, for the bins.
  explicit SodiumConfiguration(const SodiumPotential& potential, std::size_t expected = 1000);

  std::size_t count() const { return positions_.size(); }
  std::span<const Vector3> positions() const { return positions_; }  ///< wrapped into the cell [angstrom]
  double energy() const { return energy_; }                          ///< of all sodium, against free atoms [eV]
  /// Share of one sodium in energy(): host, embedding and half of its pair terms [eV].
  double energy_of(std::size_t atom) const;

  double propose_insertion(const Vector3& position);
  double propose_removal(std::size_t atom);
  double propose_displacement(std::size_t atom, const Vector3& position);
  /// Carries out the last proposal. EXPECTS that there is one, not yet accepted, of finite energy.
  void accept();

  /// Takes energy and densities afresh, without the rounding of the moves so far.
  void refresh();

 private:
  static constexpr std::uint32_t nobody = ~std::uint32_t{0};
  enum class Kind : std::uint8_t { None, Insertion, Removal, Displacement };
  struct Proposal {
    Kind kind = Kind::None;
    std::uint32_t atom = nobody;
    Vector3 position;
    double host = 0;     ///< energy of the atom in the host, there
    double density = 0;  ///< of the atom, there
    double change = 0;   ///< of the energy
  };

  void forget();
  /// Adds the density that the atom `self` gives from `centre`, times `sign`, to the changes of its neighbours. Pair
  /// energy and own density go to `sums`. False when an atom is closer than the floor.
  bool meet(const Vector3& centre, std::uint32_t self, double sign, SodiumInteractions::PairTerms& sums);
  double neighbour_change() const;
  void settle_neighbours();

  const SodiumPotential* potential_;
  SodiumInteractions::PairTerms own_images_;
  MovingBins bins_;
  std::vector<Vector3> positions_;
  std::vector<double> hosts_;
  std::vector<double> densities_;
  std::vector<double> embedded_;
  double energy_ = 0;
  Proposal proposal_;
  std::vector<double> changes_;         ///< of the density of each atom in the proposal
  std::vector<std::uint32_t> touched_;  ///< atoms whose density it changes, each once
};

}  // namespace cardhouse
