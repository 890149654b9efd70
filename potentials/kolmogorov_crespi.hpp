#pragma once

#include <string>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/kolmogorov_crespi_parameters.hpp"
#include "potentials/layer_normals.hpp"
#include "potentials/packed_neighbours.hpp"
#include "potentials/potential.hpp"
#include "potentials/verlet_list.hpp"

namespace cardhouse {

struct KolmogorovCrespiOptions {
  std::string parameter_file = {};  ///< empty: the shipped C_kolmogorov_crespi_2005.toml
  double skin = 0.8;                ///< of the neighbour list [angstrom]
};

/// Registry-dependent interlayer potential (Kolmogorov and Crespi 2005, doi:10.1103/PhysRevB.71.235415):
///     V_ij = S(r) {exp(-lambda (r - z0)) [C + f(rho_ij) + f(rho_ji)] - A (z0/r)^6}
///     f(rho) = exp(-x) (C_0 + C_2 x + C_4 x^2),  x = (rho/delta)^2,  rho_ij^2 = r^2 - (n_i . r_ij)^2
/// with the normals n of layer_normals.hpp; an atom without normal has f = 0. S = 1 - t^3 (10 - 15t + 6t^2) between
/// taper start and cut-off. Below the core the attraction goes on linearly in r^2. The bond graph stands for the
/// layers: pairs joined by up to three bonds are left out, farther ones within a layer attract weakly, which adds a
/// constant to flat layers. It is meant to be added to a potential of the bonds.
class KolmogorovCrespi final : public Potential {
 public:
  /// Throws InputError for elements other than carbon and for a bad parameter file. EXPECTS skin > 0.
  explicit KolmogorovCrespi(const CarbonStructure& structure, const KolmogorovCrespiOptions& options = {});

  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override;
  double cutoff() const override { return parameters_.cutoff; }
  std::string_view name() const override { return "kolmogorov-crespi"; }
  std::optional<Reach> reach() const override {
    return Reach{.distance = parameters_.cutoff, .bonds = 3, .outer_bonds = 1};  // normals of the neighbours
  }
  void set_centres(std::size_t n) override { list_.set_centres(n); }

 private:
  struct Registry;
  Evaluation add_pairs(const VerletList::Block& block, std::span<Vector3> forces);
  void find_registry(std::uint32_t atom, const PackedNeighbours& near, Registry& registry) const;
  Evaluation add_registry(std::uint32_t atom, const PackedNeighbours& near, const Registry& registry, Vector3& force);

  KolmogorovCrespiParameters parameters_;
  double registry_reach_;  ///< where registry no longer matters [angstrom]
  LayerNormals normals_;
  VerletList list_;
  std::vector<Vector3> by_m_;  ///< [atom]: derivative of the energy by its unscaled normal
};

}  // namespace cardhouse
