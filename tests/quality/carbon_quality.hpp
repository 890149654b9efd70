#pragma once
// How good a generated carbon is, in numbers that a critic would ask for.

#include <string>
#include <vector>

#include "engine/structure/bond_graph.hpp"
#include "engine/structure/carbon_targets.hpp"

namespace cardhouse {

/// From low to high, both included.
struct Bounds {
  double low;
  double high;
  bool hold(double value) const { return low <= value && value <= high; }
};

/// One quantity beside what is wanted of it.
struct Judgement {
  std::string quantity;
  double value = 0;
  std::string unit;
  Bounds target{};
  std::string remark;
  bool met() const { return target.hold(value); }
};

/// A carbon as the stages of a run leave it.
struct GeneratedCarbon {
  CarbonTargets targets;                   ///< what the chemistry asked for
  CarbonStructure structure;               ///< terminated, relaxed, with the builder's bonds
  std::vector<Vector3> closed_pores = {};  ///< intended, fractional coordinates
};

/// Reads what the stages build and relax left in a run file.
GeneratedCarbon read_generated_carbon(const std::string& run_file);

/// Shares of carbon with three and with four neighbours, hexagons among the rings of three to nine atoms, and the
/// smallest distance between atoms other than hydrogen (a C-H bond has 1.09 angstrom).
std::vector<Judgement> judge_network(const GeneratedCarbon& carbon);

/// The same carbon relaxed for at most `steps` steps by REBO (Brenner 2002, doi:10.1088/0953-8984/14/4/312), which is
/// told nothing of bonds: neighbours by distance, and the energy above graphene
///     (E - n_H E(H2)/2)/n_C - E(graphene)/n,
/// all three relaxed in this potential [eV per carbon]. It knows carbon and hydrogen: other elements are taken out
/// before, whose carbons then lack a neighbour.
std::vector<Judgement> judge_by_bond_order(const GeneratedCarbon& carbon, int steps);

/// Intended closed pores that hold a probe and do not let it out: helium and nitrogen (kinetic diameters 2.6 and 3.64
/// angstrom, Breck, Zeolite Molecular Sieves, 1974, table 8.14) and the sodium ion (radius 1.02 angstrom, Shannon 1976,
/// doi:10.1107/S0567739476001551). A way out leads through the crystal for ever (VoidGraph).
std::vector<Judgement> judge_pores(const GeneratedCarbon& carbon);

/// Density, d002, Lc and La beside what the chemistry asked for.
std::vector<Judgement> judge_order(const GeneratedCarbon& carbon);

}  // namespace cardhouse
