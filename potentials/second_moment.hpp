#pragma once

#include <string>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/potential.hpp"
#include "potentials/second_moment_parameters.hpp"
#include "potentials/verlet_list.hpp"

namespace cardhouse {

struct SecondMomentOptions {
  std::string parameter_file = {};  ///< empty: the shipped Na_second_moment_1998.toml
  double skin = 0.8;                ///< of the neighbour list [angstrom]
};

/// Tight binding in the second-moment approximation for a metal (Gupta 1981, doi:10.1103/PhysRevB.23.6265; Cleri and
/// Rosato 1993, doi:10.1103/PhysRevB.48.22), by default sodium of Li 1998 (doi:10.1103/PhysRevB.57.15519):
///     E_i = sum_j A exp(-p (r/r0 - 1)) S - sqrt(sum_j xi^2 exp(-2q (r/r0 - 1)) S)
/// S = 1 - t^3 (10 - 15t + 6t^2) takes both sums to zero between the taper start (t = 0) and the cut-off (t = 1). How
/// good the parameters are stands in their files. It needs no bonds; those of the structure are not read.
class SecondMoment final : public Potential {
 public:
  /// Throws InputError for a bad parameter file and for another element than that of the file. EXPECTS skin > 0.
  explicit SecondMoment(const CarbonStructure& structure, const SecondMomentOptions& options = {});

  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override;
  double cutoff() const override { return parameters_.cutoff; }
  std::string_view name() const override { return "second-moment"; }
  /// Twice the cut-off: the density at every neighbour counts.
  std::optional<Reach> reach() const override { return Reach{.distance = 2 * parameters_.cutoff}; }
  void set_centres(std::size_t n) override { list_.set_centres(n); }

 private:
  struct Terms;
  double bind(const VerletList::Block& block);
  Virial add_forces(const VerletList::Block& block, std::span<Vector3> forces) const;

  SecondMomentParameters parameters_;
  VerletList list_;
  std::vector<double> pulls_;  ///< [atom]: derivative of -sqrt(density) by the density
};

}  // namespace cardhouse
