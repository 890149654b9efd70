#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/potential.hpp"
#include "potentials/uniform_spline.hpp"
#include "potentials/verlet_list.hpp"

namespace cardhouse {

struct EmbeddedAtomOptions {
  std::string parameter_file;  ///< setfl, as for pair styles eam/alloy and eam/fs of LAMMPS
  double skin = 0.8;           ///< of the neighbour list [angstrom]
};

/// Embedded atoms (Daw and Baskes 1984, doi:10.1103/PhysRevB.29.6443) and Finnis-Sinclair potentials (1984,
/// doi:10.1080/01418618408244210) from tables:
///     E = sum_i F_i(rho_i) + 1/2 sum_ij phi_ij(r_ij),  rho_i = sum_j rho_ji(r_ij)
/// Tables are interpolated, and F continued in a line beyond its last density, as LAMMPS does. Distances below 0.05
/// angstrom count as 0.05 angstrom in phi. It needs no bonds; those of the structure are not read.
class EmbeddedAtom final : public Potential {
 public:
  /// Throws InputError for a file that cannot be read, for none, and for elements it does not cover. EXPECTS skin > 0.
  EmbeddedAtom(const CarbonStructure& structure, const EmbeddedAtomOptions& options);

  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override;
  double cutoff() const override { return splines_.cutoff; }
  std::string_view name() const override { return "embedded-atom"; }
  /// Twice the cut-off: the density at every neighbour counts.
  std::optional<Reach> reach() const override { return Reach{.distance = 2 * splines_.cutoff}; }
  void set_centres(std::size_t n) override { list_.set_centres(n); }

 private:
  /// The tables for the elements of the structure.
  struct Splines {
    std::size_t kinds = 0;
    double cutoff = 0;                     ///< [angstrom]
    std::vector<UniformSpline> embedding;  ///< [kind]
    std::vector<UniformSpline> density;    ///< [kind of the source][kind of the place]
    std::vector<UniformSpline> pair;       ///< [kind][kind]: r phi
  };
  static Splines make_splines(const Atoms& atoms, const std::string& path);
  double embed(const VerletList::Block& block);
  Evaluation add_pairs(const VerletList::Block& block, std::span<Vector3> forces) const;

  std::vector<std::uint8_t> kinds_;  ///< of the atoms
  Splines splines_;
  VerletList list_;
  std::vector<double> pulls_;  ///< [atom]: dF/d(rho)
};

}  // namespace cardhouse
