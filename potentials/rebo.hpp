#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/directed_pairs.hpp"
#include "potentials/potential.hpp"
#include "potentials/rebo_bond.hpp"
#include "potentials/rebo_parameters.hpp"

namespace cardhouse {

struct ReboOptions {
  std::string parameter_file = {};  ///< empty: the shipped CH_rebo2_2002.toml
  double skin = 0.5;                ///< of the neighbour list [angstrom]
};

/// Second-generation reactive empirical bond order potential of carbon and hydrogen (Brenner 2002,
/// doi:10.1088/0953-8984/14/4/312): bonds form and break, sp, sp2 and sp3 carbon, hydrocarbons; layers do not attract.
///
///     E = sum over bonds ij of w(r) [(1 + Q/r) A exp(-alpha r) - b_ij sum_n B_n exp(-beta_n r)]
///     b_ij = (p_ij + p_ji)/2 + F(N_i, N_j, N_conj) + T(N_i, N_j, N_conj) sum_kl w_ik w_jl sin^2(omega_kijl)
///     p_ij = (1 + sum_k w_ik G(cos theta_jik, N_i) exp(lambda_jik) + P(N_i^C, N_i^H))^(-1/2)
///     N_conj = 1 + (sum_k w_ik f(N_k - w_ik))^2 + (sum_l w_jl f(N_l - w_jl))^2, over carbon neighbours k of i, l of j
///
/// with k, l and the coordinations N taken without the bond ij itself. As in Stuart 2000 (doi:10.1063/1.481208)
/// torsions fade out where a neighbour is in line with the bond. With u_k the direction of k across the bond and M_i =
/// sum_k w_ik u_k u_k, the sum over torsions is tr M_i tr M_j - M_i : M_j, so its cost grows with neighbours, not with
/// their pairs. Distances below 0.05 angstrom count as 0.05 angstrom.
class Rebo final : public Potential {
 public:
  /// Throws InputError for elements other than carbon and hydrogen, and for a bad parameter file. EXPECTS skin > 0.
  explicit Rebo(const CarbonStructure& structure, const ReboOptions& options = {});

  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override;
  double cutoff() const override;
  std::string_view name() const override { return "rebo"; }
  /// Four bonds: how far the conjugation of a bond of a neighbour looks.
  std::optional<Reach> reach() const override { return Reach{.distance = 4 * cutoff()}; }
  void set_centres(std::size_t n) override { pairs_.set_centres(n); }

 private:
  struct Coordination {
    double carbon = 0;
    double hydrogen = 0;
    double total() const { return carbon + hydrogen; }
  };
  struct Angle {
    double value;
    double slope;               ///< by the cosine
    double coordination_slope;  ///< by the coordination
  };
  struct BondEnd {
    const ReboBond& bond;
    ReboSlopes& slopes;
  };
  struct Scratch {
    std::vector<ReboSlopes> slopes;    ///< of the bonds of a row
    std::vector<double> exponentials;  ///< of the repulsion and of the attractions of each
  };
  struct BothAngles {
    Angle at_j;     ///< as a neighbour of the bond j
    Angle at_k;     ///< as a neighbour of the bond k
    double factor;  ///< exp(lambda) in the sum of j; its inverse belongs to that of k
  };

  std::span<const ReboBond> bonds_of(std::size_t row) const {
    return {bonds_.data() + pairs_.starts()[row], bond_counts_[row]};
  }
  bool is_carbon(std::uint32_t atom) const { return kinds_[atom] == HydrocarbonKind::Carbon; }
  std::size_t kinds_of(std::uint32_t i, std::uint32_t j) const {
    return static_cast<std::size_t>(kinds_[i]) + static_cast<std::size_t>(kinds_[j]);
  }
  Coordination without(const ReboBond& bond, std::uint32_t atom) const {
    Coordination rest = coordinations_[atom];
    (is_carbon(bond.far) ? rest.carbon : rest.hydrogen) -= bond.weight;
    return rest;
  }
  bool may_twist(const ReboBond& bond, std::uint32_t atom) const;
  CoordinationTable::Node order_correction(const ReboBond& bond, std::uint32_t atom) const;
  Angle angle(std::uint32_t atom, double cosine, double coordination) const;
  BothAngles both_angles(std::uint32_t atom, const ReboBond& j, const ReboBond& k, double cosine) const;
  double distance_factor(const ReboBond& j, const ReboBond& k) const;
  ValueAndSlope torsion_weight(const ReboBond& bond, std::uint32_t atom) const;

  // The steps of an evaluation. Each writes what belongs to its row (atom) and reads what earlier steps left anywhere.
  void find_bonds(std::size_t row);
  void sum_environment(std::size_t row);
  double differentiate(std::size_t row, Scratch& scratch, Virial& virial);
  void finish_gradients(std::size_t row, Virial& virial);
  Vector3 gather(std::size_t row) const;

  void sum_conjugation(std::span<const ReboBond> bonds, std::span<ReboSums> sums) const;
  void sum_torsion(std::uint32_t atom, const ReboBond& axis, const ReboBond& arm, double cosine, ReboSums& sums) const;
  double join_ends(std::size_t row, Scratch& scratch) const;
  double join_orders(std::size_t row, std::size_t bond, double attraction, ReboSlopes& slopes) const;
  static void add_cosine_gradient(BondEnd j, BondEnd k, double cosine, double slope);
  void spread_angle(std::uint32_t atom, BondEnd j, BondEnd k, double cosine) const;
  void spread_torsion(std::uint32_t atom, BondEnd axis, BondEnd arm, double cosine) const;
  void spread_coordination(std::uint32_t atom, std::span<const ReboBond> bonds, std::span<ReboSlopes> slopes) const;
  void spread_conjugation(std::size_t row, std::span<ReboSlopes> slopes);

  ReboParameters parameters_;
  std::vector<HydrocarbonKind> kinds_;  ///< [atom]
  DirectedPairs pairs_;
  std::vector<ReboBond> bonds_;              ///< those of a row follow each other from the start of its pairs
  std::vector<ReboSums> sums_;               ///< [bond]
  std::vector<ReboGradient> gradients_;      ///< [bond]
  std::vector<std::uint32_t> bond_counts_;   ///< [row]
  std::vector<std::uint8_t> is_soft_;        ///< [row]: whether a weight changes with a distance
  std::vector<std::uint32_t> bond_of_;       ///< [pair]
  std::vector<Coordination> coordinations_;  ///< [atom]
  std::array<double, 2> torsion_range_;      ///< coordinations between which there are torsions
  std::vector<Evaluation> block_sums_;
};

}  // namespace cardhouse
