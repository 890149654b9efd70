#pragma once

#include <string>
#include <vector>

#include "engine/structure/atoms.hpp"
#include "potentials/pair_forms.hpp"

namespace cardhouse {

/// One form for one pair of elements, with where its numbers come from.
struct PairEntry {
  Element first;
  Element second;
  PairForm form;
  std::string source;
};

/// What a parameter file of pair forms says.
struct PairParameters {
  double cutoff;                 ///< [angstrom]
  double taper_start;            ///< [angstrom]
  std::vector<PairEntry> pairs;  ///< several entries for one pair of elements are added up
  std::vector<Element> silent;   ///< elements that may occur and take no part
};

/// Reads inputs/potentials/Na_C.toml or a file like it:
///
///     cutoff = "10 angstrom"
///     taper_start = "8 angstrom"
///     silent = ["H"]                  # optional
///
///     [[pair]]
///     elements = ["C", "Na"]
///     form = "tang-toennies"
///     source = "doi:..."
///     amplitude = "1000 eV"
///     decay = "3.3 1/angstrom"
///     six = "80 eV angstrom6"
///
/// Keys of the forms: buckingham amplitude, range, six; lennard-jones depth, diameter; morse-dispersion depth,
/// steepness, distance, six, damping; screened-coulomb charges (two, in the order of the elements), screening_length;
/// tang-toennies amplitude, decay, six. Throws InputError for a missing, unknown or impossible value, no pair at all,
/// and a Buckingham term that leaves its pair without a repulsive wall.
PairParameters load_pair_parameters(const std::string& path);

}  // namespace cardhouse
