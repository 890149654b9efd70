#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/directed_pairs.hpp"
#include "potentials/nep_tables.hpp"
#include "potentials/potential.hpp"
#include "potentials/verlet_list.hpp"

namespace cardhouse {

struct NepOptions {
  std::string parameter_file;  ///< a nep.txt
  double skin = 0.5;           ///< of the neighbour lists [angstrom]
};

/// Neuroevolution potential (Fan 2021, doi:10.1103/PhysRevB.104.104309; Fan 2022, doi:10.1063/5.0106617; one network an
/// element: Song 2024, doi:10.1038/s41467-024-54554-x), reading the nep.txt of GPUMD, versions 3 and 4:
///
///     E_i = sum_n w1_n tanh(sum_d w0_nd s_d q_d - b0_n) - b1  (+ half the repulsion of its pairs, nep_repulsion.hpp)
///     radial q_n = sum_j g_n(r_ij),  g_n(r) = sum_k c_nk(i, j) f_k(r)
///     f_0 = fc,  f_k = (T_k(2 (r/rc - 1)^2 - 1) + 1)/2 fc,  fc = (1 + cos(pi r/rc))/2
///     angular q_nl = invariants of s_nlm = sum_j g_n(r_ij) Y_lm (nep_angular.hpp)
///
/// Radial q_n are found as sum_k c_nk sum_j f_k(r_ij), which is exact and needs no radial function of a pair. It needs
/// no bonds; those of the structure are not read.
class Nep final : public Potential {
 public:
  /// Throws InputError for a file that cannot be read, for none, and for elements it does not cover. EXPECTS skin > 0.
  Nep(const CarbonStructure& structure, const NepOptions& options);

  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override;
  double cutoff() const override { return tables_.largest_radial_cutoff(); }
  std::string_view name() const override { return "nep"; }

 private:
  struct Neighbourhood;
  struct Batch;

  const double* radial_pulls(std::uint32_t atom, std::size_t other) const {
    return &radial_pulls_[(atom * tables_.kinds() + other) * tables_.radial_basis];
  }
  void find_radial_descriptors(const VerletList::Block& block);
  Virial add_radial_forces(const VerletList::Block& block, std::span<Vector3> forces) const;
  /// Angular descriptors, networks and their pulls of the atoms of some rows, at most nep_lanes.
  Evaluation evaluate_rows(std::size_t first, std::size_t last, Batch& batch);
  /// Finds the angular neighbours; the repulsion of the atom.
  Evaluation gather(std::size_t row, Neighbourhood& near);
  void sum_harmonics(std::uint8_t kind, std::size_t lane, Batch& batch) const;
  double apply_networks(std::size_t first, std::size_t last, Batch& batch) const;
  void store_radial_pulls(std::uint32_t atom, std::size_t lane, const Batch& batch);
  Virial spread(std::size_t lane, Batch& batch);
  std::size_t descriptor(std::size_t row, std::size_t function) const {
    return tables_.radial_functions + row * tables_.angular_functions + function;
  }

  std::vector<std::uint8_t> kinds_;  ///< of the atoms
  NepTables tables_;
  VerletList radial_;
  DirectedPairs angular_;
  std::vector<double> radial_descriptors_;  ///< [atom][function]
  std::vector<double> radial_pulls_;        ///< [atom][kind of neighbour][basis]: dE/d(sum of f_k)
  std::vector<Vector3> slopes_;             ///< [pair]: derivative of the energy of its first atom by its vector
  std::vector<Evaluation> row_sums_;
  std::vector<Virial> block_virials_;
};

}  // namespace cardhouse
