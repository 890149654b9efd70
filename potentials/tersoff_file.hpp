#pragma once

#include <array>
#include <string>
#include <vector>

namespace cardhouse {

/// One entry of a Tersoff file, for a centre i, its bonded atom j and a third atom k, in the notation of Tersoff 1988
/// (doi:10.1103/PhysRevB.37.6991) with the factor gamma of Erhart and Albe 2005 (doi:10.1103/PhysRevB.71.035211).
/// n, beta, lambda2, B, lambda1, A are read where j = k; the others belong to the third atom.
struct TersoffEntry {
  std::array<std::string, 3> symbols;  ///< i, j, k
  int m = 3;                           ///< 1 or 3: power of lambda3 (r_ij - r_ik)
  double gamma = 1;
  double lambda3 = 0;  ///< [1/angstrom]
  double c = 0;
  double d = 1;
  double cos_theta0 = 0;
  double n = 1;
  double beta = 1;
  double lambda2 = 0;  ///< [1/angstrom]
  double B = 0;        ///< [eV]
  double R = 0;        ///< middle of the cut-off [angstrom]
  double D = 0;        ///< half its width [angstrom]
  double lambda1 = 0;  ///< [1/angstrom]
  double A = 0;        ///< [eV]
};

/// Reads the format of LAMMPS (docs.lammps.org/pair_tersoff.html, units metal): entries of 17 words, over as many lines
/// as they like, `#` begins a comment. Throws InputError with file and line for a missing file, a word that is no
/// number, a value out of its range, an entry given twice or cut short, and a file without entries.
std::vector<TersoffEntry> read_tersoff_file(const std::string& path);

}  // namespace cardhouse
