#pragma once

#include <string>
#include <vector>

#include "engine/base/statistics.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

struct DefectOptions {
  int largest_vacancy = 24;  ///< holes that miss more atoms are pores with edges, not vacancies
};

/// A closed hole of a sheet, seen from its rim: a loop of bonds that belong to one ring of 3..9 atoms only.
struct Vacancy {
  std::vector<std::uint32_t> rim;  ///< atoms in order round the hole
  int missing = 0;                 ///< atoms, see count_missing
};

/// How many atoms of one bonding stand in a structure.
struct SiteCount {
  std::string name;  ///< such as "pyridinic_nitrogen"
  Estimate per_carbon;
  std::string meaning;
};

/// What is not perfect graphite, per carbon atom; errors by jackknife over octants.
struct DefectReport {
  std::vector<Vacancy>
      vacancies;             ///< by first rim atom; a hole of two reconstructed rings shows as these rings instead
  Estimate vacancy_density;  ///< holes per carbon
  Estimate missing_atoms;    ///< per carbon
  /// Atoms that close only one ring side (two bonds of rings), rims of vacancies left out: with no such atom beside
  /// them (zigzag), with one (armchair), with two (corners, ends).
  Estimate zigzag, armchair, corner;
  /// Functional groups and configurations of heteroatoms; elements that are not there are left out.
  std::vector<SiteCount> sites;
};

/// Atoms missing in a hole of the honeycomb: 2 h + 1 - L/2 for a rim of L atoms whose area holds h hexagons (Euler's
/// relation for a disc of hexagons; h = 3, L = 12 is the single vacancy). Bond length from the rim itself.
int count_missing(const CarbonStructure& structure, const std::vector<std::uint32_t>& rim);

/// Throws InputError for a structure without atoms. EXPECTS bonds for every atom.
DefectReport analyse_defects(const CarbonStructure& structure, const DefectOptions& options = {});

}  // namespace cardhouse
