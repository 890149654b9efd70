#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "potentials/pair_parameters.hpp"
#include "potentials/potential.hpp"
#include "potentials/verlet_list.hpp"

namespace cardhouse {

struct PairPotentialOptions {
  std::string parameter_file = {};                             ///< empty: the shipped Na_C.toml
  double force_cap = std::numeric_limits<double>::infinity();  ///< [eV/angstrom]
  double skin = 1.0;                                           ///< of the neighbour list [angstrom]
};

/// Two-body terms between named pairs of elements (pair_forms.hpp). Pairs that the file does not name do not interact:
/// it is meant to be one term of a sum. Bonds are not looked at.
class PairPotential final : public Potential {
 public:
  /// Throws InputError for an unreadable file and for an element that stands neither in a pair nor under `silent`.
  /// EXPECTS skin > 0 and force_cap > 0.
  explicit PairPotential(const CarbonStructure& structure, const PairPotentialOptions& options = {});

  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override;
  double cutoff() const override { return parameters_.cutoff; }
  std::string_view name() const override { return "pair-forms"; }
  std::optional<Reach> reach() const override { return Reach{.distance = parameters_.cutoff}; }
  void set_centres(std::size_t n) override { list_.set_centres(n); }

 private:
  Evaluation evaluate_block(const VerletList::Block& block, std::span<Vector3> forces) const;

  PairParameters parameters_;
  std::vector<Element> kinds_;
  VerletList list_;
  std::vector<PairTerm> terms_;
  std::vector<const PairTerm*> term_of_;  ///< [kind][kind]; null where two kinds do not interact
};

}  // namespace cardhouse
