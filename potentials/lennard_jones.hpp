#pragma once

#include <limits>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/potential.hpp"
#include "potentials/verlet_list.hpp"

namespace cardhouse {

struct LennardJonesOptions {
  double cutoff = 8.0;                                         ///< [angstrom]
  double taper_start = 7.0;                                    ///< [angstrom]
  double skin = 0.8;                                           ///< of the neighbour list [angstrom]
  double force_cap = std::numeric_limits<double>::infinity();  ///< [eV/angstrom]
};

/// Well depth [eV] and diameter [angstrom] of one element. C and H: AIREBO (Stuart 2000, doi:10.1063/1.481208); B, N,
/// O, F, P and S: UFF (Rappe 1992, doi:10.1021/ja00051a040, table 1). Pairs mix by Lorentz-Berthelot, as in AIREBO.
struct LennardJonesElement {
  double depth;
  double diameter;
};
/// Throws InputError for an element without parameters.
LennardJonesElement lennard_jones_element(Element element);

/// E = sum over pairs of 4 e ((s/r)^12 - (s/r)^6) S(r^2), without pairs joined by up to three bonds.
/// S = 1 - t^2 (3 - 2t), t = (r^2 - a^2)/(c^2 - a^2), takes energy and force to zero between the taper start a and the
/// cut-off c. Where the force would exceed the cap, and always below a tenth of s, the energy goes on linearly in r^2.
class LennardJones final : public Potential {
 public:
  /// Coefficients of one pair of kinds; energies as functions of r^2.
  struct PairTerm {
    double twelve;  ///< 4 e s^12 [eV angstrom^12]
    double six;     ///< 4 e s^6 [eV angstrom^6]
    double core;    ///< r^2 below which the energy is linear in r^2 [angstrom^2]
  };

  /// Throws InputError for an element without parameters. EXPECTS 0 < taper_start < cutoff, skin > 0, force_cap > 0.
  explicit LennardJones(const CarbonStructure& structure, const LennardJonesOptions& options = {});

  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override;
  double cutoff() const override { return options_.cutoff; }
  std::string_view name() const override { return "lennard-jones"; }
  std::optional<Reach> reach() const override { return Reach{.distance = options_.cutoff, .bonds = 3}; }
  void set_centres(std::size_t n) override { list_.set_centres(n); }
  std::size_t list_rebuilds() const { return list_.rebuilds(); }

 private:
  Evaluation evaluate_block(const VerletList::Block& block, std::span<Vector3> forces) const;

  LennardJonesOptions options_;
  std::vector<Element> kinds_;
  VerletList list_;
  std::vector<PairTerm> terms_;  ///< [kind][kind]
};

}  // namespace cardhouse
