#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/directed_pairs.hpp"
#include "potentials/edip_parameters.hpp"
#include "potentials/potential.hpp"
#include "potentials/symmetric_tensor.hpp"
#include "potentials/value_and_slope.hpp"

namespace cardhouse {

struct EdipOptions {
  std::string parameter_file = {};  ///< empty: the shipped C_edip_2000.toml
  double skin = 0.5;                ///< of the neighbour list [angstrom]
};

/// Environment-dependent interaction potential of carbon (Marks 2000, doi:10.1103/PhysRevB.63.035401): sp, sp2 and sp3
/// carbon, amorphous and liquid; layers do not attract. With e_j the direction and r_j the distance of a neighbour,
///
///     E_i = sum_j epsilon [(B/r_j)^4 - exp(-beta Z^2)] exp(sigma/(r_j - a - a'Z))
///         + sum_j<k lambda(Z) g_j g_k [1 - exp(-q (cos theta_jk + tau)^2)],   g = exp(gamma/(r - a - a'Z))
///     lambda = lambda_0 exp(-lambda' (Z - Z_0)^2),   tau = 1 - Z/12 (1 + tanh(6 (Z - 5/2)))
///     Z = z + pi_2(z) A + pi_3(z) (B + D),   z = sum_j f(r_j)
///     A = Z_rep sum_jk pi(z_j) C_j p_k |e_j x e_k|^2,   C = (r - c_0)^2 (1 - p) below c_0
///     B = Z_rep sum_j,k<l pi(z_j) C_j p_k p_l [e_j . (e_k x e_l)]^2
///     D = Z_dih sum_j,k<l,m pi_3(z_j) p_j p_k p_l p_jm [e_jm . (e_k x e_l)]^2
///
/// f and p fall from 1 to 0 as exp(alpha/(1 - x^-3)); pi_n(z) = ((z - n)^2 - 1)^2 within 1 of n, else 0; pi(z) is 1
/// below z = 3 and pi_3(z) above. With K = sum_k p_k e_k e_k, R = sum_j pi(z_j) C_j e_j e_j and Q = sum_k<l p_k p_l
/// (e_k x e_l)(e_k x e_l) the sums are A/Z_rep = tr K tr R - K : R and B/Z_rep = Q : R; D is one of tensors as well.
/// Three choices keep energy and forces continuous and were not compared with the paper: C acts up to c_0 whatever p
/// (GULP stops it where p = 0, with a jump), pi_n is zero beyond 1 of n, and tau keeps its formula below Z = 2 and
/// above 6. Distances below 0.05 angstrom count as 0.05 angstrom.
class EdipCarbon final : public Potential {
 public:
  /// Throws InputError for elements other than carbon, and for a bad parameter file. EXPECTS skin > 0.
  explicit EdipCarbon(const CarbonStructure& structure, const EdipOptions& options = {});

  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override;
  /// That of the pi repulsion, or of the most crowded atom so far if it reaches farther.
  double cutoff() const override { return reach_; }
  std::string_view name() const override { return "edip-carbon"; }
  /// Three times the range of a pair: the pi terms of a neighbour feel the coordinations of its neighbours.
  std::optional<Reach> reach() const override { return Reach{.distance = 3 * reach_}; }
  void set_centres(std::size_t n) override {
    centres_ = n;
    pairs_.set_centres(n);
  }

 private:
  /// A neighbour within the reach.
  struct Neighbour {
    Vector3 unit;
    double length;
    double push, push_slope;  ///< C and dC/dr
    std::uint32_t far;        ///< atom
    std::uint32_t pair;
  };
  /// Weights of a neighbour that counts in z.
  struct Weights {
    double count_slope;   ///< df/dr
    double pi, pi_slope;  ///< p and dp/dr
  };
  /// What rows of one block found around their atoms, row after row.
  struct Surroundings {
    std::vector<Neighbour> neighbours;
    std::vector<Weights> weights;  ///< of those of the neighbours that count in z
  };
  /// A neighbour that counts in z or p, or that the range of the atom reaches, as one of its atoms (the near one) sees
  /// it.
  struct Bond {
    Vector3 unit;
    double length, inverse;
    double count_slope;   ///< df/dr
    double pi, pi_slope;  ///< p and dp/dr
    std::uint32_t far;    ///< atom
    std::uint32_t pair;
  };
  /// What an atom adds to the gradient by z and K of the far atom of a bond.
  struct FarGradient {
    double coordination;
    SymmetricTensor planarity;
  };
  struct Site {
    double coordination = 0;    ///< z
    double orbital_slope = 0;   ///< derivative of pi(z)
    SymmetricTensor planarity;  ///< K
  };
  struct Pushed {
    SymmetricTensor by_pushers;  ///< derivative of the energy of the atom by R
    bool is_pushed = false;      ///< whether pi_2 or pi_3 is not zero
  };
  struct Slopes;
  struct Environment;
  struct Scratch;
  struct Candidates;

  std::span<const Bond> bonds_of(std::size_t row) const {
    return {bonds_.data() + first_bonds_[row], bond_counts_[row]};
  }
  std::span<Vector3> gradients_of(std::size_t row) {
    return {gradients_.data() + first_bonds_[row], bond_counts_[row]};
  }
  /// The bond of this pair as the far atom sees it; none when it is no bond of that atom.
  std::uint32_t bond_back(std::uint32_t pair) const {
    const std::uint32_t reverse = pairs_.reverse(pair);
    return reverse < bond_of_.size() ? bond_of_[reverse] : no_bond;
  }
  std::span<const Neighbour> neighbours_of(std::size_t row) const {
    return {surroundings_[row / DirectedPairs::block_size].neighbours.data() + first_neighbours_[row],
            neighbour_counts_[row]};
  }
  static Vector3 by_vector(const Vector3& by_direction, const Bond& bond);
  Evaluation evaluate_within_reach(const Atoms& atoms, std::span<Vector3> forces);

  // The steps of an evaluation. Each writes what belongs to its row (atom) and reads what earlier steps left anywhere.
  void survey(std::size_t row, Candidates& near, Surroundings& found);
  double differentiate(std::size_t row, Scratch& scratch);
  void finish_gradients(std::size_t row, Virial& virial);
  Vector3 gather(std::size_t row);

  void gather_candidates(std::size_t row, Candidates& near) const;
  void count(const Candidates& near, Site& site, std::vector<Neighbour>& neighbours,
             std::vector<Weights>& weights) const;
  void find_bonds(std::size_t row);
  void add_bond(std::size_t row, const Neighbour& neighbour, const Weights& weights);
  Environment environment_of(std::size_t row, Scratch& scratch) const;
  double add_pairs(std::span<const Bond> bonds, double coordination, Scratch& scratch) const;
  double add_triples(std::span<const Bond> bonds, double coordination, Scratch& scratch) const;
  void spread_environment(std::size_t row, const Environment& environment, Scratch& scratch);
  void spread_normals(std::size_t row, const Environment& environment, std::array<double, 2> slopes, Scratch& scratch);
  double push_apart(std::size_t row, Virial& virial);

  static constexpr double closest = 0.05;  // angstrom; nearer atoms count as being so far apart
  static constexpr std::uint32_t no_bond = ~std::uint32_t{0};
  EdipParameters parameters_;
  double skin_;
  double reach_;
  std::size_t centres_ = all_centres;
  DirectedPairs pairs_;
  std::vector<Surroundings> surroundings_;       ///< [block]
  std::vector<std::uint32_t> first_neighbours_;  ///< [row]: within its block
  std::vector<std::uint32_t> neighbour_counts_;  ///< [row]
  std::vector<std::uint32_t> first_weights_;     ///< [row]: within its block
  std::vector<double> orbitals_;                 ///< [atom]: pi(z)
  double longest_ = 0;                           ///< bond [angstrom]
  std::vector<Bond> bonds_;                 ///< those of a row follow each other, and close to those of the row before
  std::vector<Vector3> gradients_;          ///< [bond]: of the energy of the near atom, then of all, by its vector
  std::vector<FarGradient> far_gradients_;  ///< [bond]: where p is not zero and the near atom is pushed
  std::vector<std::uint32_t> first_bonds_;  ///< [row]
  std::vector<std::uint32_t> bond_counts_;  ///< [row]
  std::vector<std::uint32_t> bond_of_;      ///< [pair]
  std::vector<Site> sites_;                 ///< [atom]
  std::vector<Pushed> pushed_;              ///< [atom]
  std::vector<double> own_slopes_;          ///< [row]: by z of the atom itself
  std::vector<Vector3> pushes_;             ///< [row]: force of the pi repulsion
  std::vector<double> block_reach_;
  std::vector<Evaluation> block_sums_;
};

}  // namespace cardhouse
