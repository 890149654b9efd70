#pragma once
// Builds an atomistic turbostratic carbon from structural targets.

#include <array>
#include <cstdint>
#include <optional>

#include "engine/base/observer.hpp"
#include "engine/builder/pore_placement.hpp"
#include "engine/builder/surface_groups.hpp"
#include "engine/structure/bond_graph.hpp"
#include "engine/structure/carbon_targets.hpp"
#include "engine/structure/rings.hpp"

namespace cardhouse {

/// Give either the edge of the cubic cell or the number of atoms. Lengths [angstrom].
struct BuildOptions {
  std::optional<double> cell_edge = {};
  /// Carbon atoms before edges are cut. The edge follows from the expected density; when the result is off by more than
  /// 10 %, one more pass is made with a corrected edge.
  std::optional<long> atoms = {};
  double grid_spacing = 1.0;
  double ring_spacing = 2.43;  ///< between ring centres; 2.46 in graphene at rest, slightly less on curved layers
  /// Of annealing the lattice of rings, see anneal_rings(); none given: ring_sweeps() of the layer extent.
  std::optional<int> ring_sweeps = {};
  /// Handles of the layers without a loop that short stay, see remove_handles().
  double longest_handle_loop = 24;

  /// Interlayer spacing of the carbon, 2 pi/q of its (002) maximum, over spacing of the field. Measured on the
  /// reference implementation of this algorithm after relaxing harmonic bonds and a Lennard-Jones term (3.4 angstrom)
  /// between layers, one box each of 17 000 to 50 000 atoms: field 3.5 -> 3.61, 3.6 -> 3.65, 3.7 -> 3.83 to 3.88, 4.0
  /// -> 4.25 angstrom, that is 1.01 to 1.06. Measured here on carbons as built, not relaxed (Debye sum over pairs
  /// within half the edge): 1.02 to 1.03 in nine boxes of 12 000 atoms without pores, 1.02 and 1.04 in two with pores
  /// of 10 angstrom, 1.09 in one where pores of 6 angstrom fill a seventh of the cell.
  double spacing_ratio = 1.04;
  static constexpr double lowest_spacing_ratio = 0.9;  ///< and highest that build_carbon accepts
  static constexpr double highest_spacing_ratio = 1.25;
};

/// Handles (genus) of the uncut layers. A layer that spans the periodic cell, joined to no other, is a torus and has
/// one.
struct HandleCount {
  long before = 0;            ///< in the field as it was grown, 0 when none were to go
  std::size_t closed = 0;     ///< loops that were filled
  long left = 0;              ///< in the network
  double longest_closed = 0;  ///< longest loop that was filled [angstrom]
};

/// What was asked for and what was reached.
template <class Value>
struct Wanted {
  Value wanted{};
  Value reached{};
};

struct BuildReport {
  double cell_edge = 0;  ///< [angstrom]
  int passes = 1;
  double density = 0;  ///< [dalton/angstrom^3], all elements
  std::size_t atoms_before_cut = 0;
  RingShares rings_before_cut;
  RingShares rings;               ///< that stayed whole
  long euler_characteristic = 0;  ///< of the uncut layers; sum over rings of (6 - size) is six times this
  HandleCount handles;
  Wanted<double> edge_fraction;       ///< share of network atoms with two neighbours
  std::size_t bare_edges = 0;         ///< without terminator or heteroatom
  double longest_bond = 0;            ///< of the network [angstrom]
  double closest_contact = 0;         ///< least room of a terminator, see TerminatedCarbon [angstrom]
  PoreLayout pores;                   ///< where they were put; centres in the cell of the structure
  Wanted<double> closed_pore_volume;  ///< per mass of the whole structure [angstrom^3/dalton]
  SurfaceGroups groups;
  std::size_t carbons = 0;
  Wanted<std::size_t> hydrogen;
  Wanted<std::size_t> oxygen;
  Wanted<std::size_t> nitrogen;
};

struct BuiltCarbon {
  CarbonStructure structure;
  BuildReport report;
};

/// Lamellar field -> removal of handles -> zero level set -> isotropic triangles -> annealing of their lattice ->
/// dual three-coordinated network -> edges -> hydrogen, oxygen and nitrogen of the inventory. The share of edge atoms
/// is the target's or else H/C + O/C, at least 0.02 and at most 0.20, or what the terminators and heteroatoms need when
/// that is more (they are placed exactly). A field of the targets leads crosslinks, edges and heteroatoms to where it
/// is high; totals stay.
///
/// The observer starts again from zero when a second pass is made.
///
/// Equal targets, options and seed give equal bits for any number of threads. Not relaxed: C-C bonds are below
/// 1.9 angstrom and, in folds, a few as short as 0.4. O(atoms * anneal_steps).
///
/// Throws InputError when a target is out of range: spacing outside 3.3 to 5 angstrom, a cell smaller than two layer
/// spacings or than a pore with its walls, fewer than 500 atoms, more pore than carbon, more heteroatoms than edges
/// can carry, neither or both of edge and number of atoms.
///
/// Example: build_carbon(targets, {.atoms = 8000}, seed, {}).structure.atoms
BuiltCarbon build_carbon(const CarbonTargets& targets, const BuildOptions& options, std::uint64_t seed,
                         const ProgressObserver& observer);

/// Sweeps of anneal_rings() for a layer extent La [angstrom]: 250 at 29, in proportion to its fifth power, at most
/// 3000. On flat layers pentagons fall from 8.2 % of the rings to 5.6, 4.4 and 3.0 % after 100, 250 and 1000 sweeps:
/// the distance of dislocations grows as about the seventh root of the sweeps (measured), and follows La in part.
int ring_sweeps(double layer_extent);

/// Edge of the cube that `atoms` carbon atoms are expected to fill [angstrom]: one atom per layer spacing and
/// 2.56 angstrom^2 (an equilateral triangle of ring centres 2.43 apart; without pores within 1 % of what is built,
/// measured), and the closed pores.
double expected_edge(const CarbonTargets& targets, const BuildOptions& options, double atoms);

}  // namespace cardhouse
