#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/charge_parameters.hpp"
#include "potentials/gaussian_charges.hpp"
#include "potentials/potential.hpp"

namespace cardhouse {

struct ChargeEquilibrationOptions {
  std::string parameter_file = {};  ///< empty: the shipped parameters of H, C, O and Na
  double total_charge = 0;          ///< of the cell [e]
  std::size_t exact_up_to = 400;    ///< atoms; above, sums are taken on a mesh and charges by conjugate gradients
  double force_accuracy = 1e-4;     ///< of the mesh, for charges of one e [eV/angstrom]
  double charge_accuracy = 1e-7;    ///< of conjugate gradients: rms of what dE/dq still differs [eV/e]
};

/// Charges that minimise E = sum chi_i q_i + 1/2 sum eta_i q_i^2 + Coulomb energy of Gaussian charges (GaussianCharges)
/// at a given total charge: charge equilibration, Rappe and Goddard 1991, doi:10.1021/j100161a070, with Gaussian in
/// place of Slater orbitals. E at these charges is the potential; since dE/dq is the same for all atoms, forces are
/// those at fixed charges. Small systems: Coulomb sums to 1e-10 and a direct solution; large ones: particle mesh and
/// conjugate gradients. One term of a sum: it holds no atoms apart.
class ChargeEquilibration final : public Potential {
 public:
  /// Throws InputError for an element without parameters. EXPECTS positive accuracies and at least one atom.
  explicit ChargeEquilibration(const CarbonStructure& structure, const ChargeEquilibrationOptions& options = {});

  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override;
  double cutoff() const override { return coulomb_->range(); }  ///< of the real-space part; the rest has no end
  std::string_view name() const override { return "charge-equilibration"; }

  std::span<const double> charges() const { return charges_; }  ///< of the last evaluation [e]
  double chemical_potential() const { return common_; }         ///< dE/dq, the same for all atoms [eV/e]

 private:
  void solve_directly();
  void solve_by_conjugate_gradients();
  std::vector<double> slope(std::span<const double> charges);

  ChargeEquilibrationOptions options_;
  std::vector<double> electronegativities_;  ///< [atom]
  std::vector<double> hardnesses_;           ///< [atom]
  std::unique_ptr<GaussianCharges> coulomb_;
  bool exact_;
  std::vector<double> charges_;
  double common_ = 0;
};

}  // namespace cardhouse
