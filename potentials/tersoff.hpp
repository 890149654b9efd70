#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/directed_pairs.hpp"
#include "potentials/potential.hpp"
#include "potentials/tersoff_file.hpp"

namespace cardhouse {

struct TersoffOptions {
  std::string parameter_file = {};  ///< empty: carbon of Tersoff 1988
  double skin = 0.3;                ///< of the neighbour list [angstrom]
};

/// Bond-order potential of Tersoff (doi:10.1103/PhysRevLett.61.2879, doi:10.1103/PhysRevB.37.6991) in the form of
/// LAMMPS (docs.lammps.org/pair_tersoff.html):
///   E = 1/2 sum_i sum_j fc(r_ij) (A exp(-lambda1 r_ij) - b_ij B exp(-lambda2 r_ij))
///   b_ij = (1 + (beta zeta_ij)^n)^(-1/2n),  zeta_ij = sum_k fc(r_ik) g(cos theta_ijk) exp((lambda3 (r_ij - r_ik))^m)
///   g(c) = gamma (1 + (c/d)^2 - c^2/(d^2 + (c - cos_theta0)^2))
///   fc = (1 - sin(pi (r - R)/2D))/2 between R - D and R + D
/// It needs no bonds; those of the structure are not read. Each atom's half of a bond uses the entry with that atom in
/// front; LAMMPS takes the repulsion of one of the two, which is the same where files treat both sides alike.
class Tersoff final : public Potential {
 public:
  /// Constants of one entry, ready for the inner loops.
  struct Term {
    double A, lambda1, B, lambda2, beta, n;  ///< of a bond
    double R, D;
    double gamma, c2, d2, c2_over_d2, cos_theta0;
    double lambda3;
    int m;
    bool has_bond_cutoff;  ///< whether R and D are those of the bond between centre and third atom
  };
  struct Bond;
  struct Triplet;
  struct Row;
  struct Scratch;

  /// Throws InputError for a file that cannot be read and for elements it does not cover.
  explicit Tersoff(const CarbonStructure& structure, const TersoffOptions& options = {});

  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override;
  double cutoff() const override { return cutoff_; }
  std::string_view name() const override { return "tersoff"; }
  std::optional<Reach> reach() const override { return Reach{.distance = cutoff_}; }
  void set_centres(std::size_t n) override { pairs_.set_centres(n); }
  std::size_t list_rebuilds() const { return pairs_.rebuilds(); }

 private:
  const Term& term(std::uint8_t i, std::uint8_t j, std::uint8_t k) const {
    return terms_[(i * n_kinds_ + j) * n_kinds_ + k];
  }
  Evaluation evaluate_rows(std::size_t first, std::size_t last, Scratch& scratch);
  void gather(std::size_t first, std::size_t last, Scratch& scratch);
  void find_triplets(const Row& row) const;
  void find_equal_triplets(const Row& row) const;
  void find_exponentials(Scratch& scratch) const;
  double find_pulls(Scratch& scratch) const;
  void push_triplets(const Row& row) const;
  void push_equal_triplets(const Row& row) const;
  Vector3 gather_force(std::size_t row) const;

  std::vector<std::uint8_t> kinds_;  ///< of the atoms
  std::size_t n_kinds_;
  std::vector<Term> terms_;  ///< [kind][kind][kind]
  double cutoff_;
  bool equal_triplets_;      ///< one element without lambda3: a triplet is the same for both of its bonds
  bool square_root_orders_;  ///< one element with n = 1
  DirectedPairs pairs_;
  std::vector<Vector3> slopes_;  ///< [pair]: derivative of the energy of its first atom by the distance vector
  std::vector<Evaluation> block_sums_;
};

}  // namespace cardhouse
