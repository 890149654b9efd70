#pragma once

#include <string>
#include <vector>

namespace cardhouse {

/// Tables of an embedded-atom potential (docs.lammps.org/pair_eam.html). Value k of a table over distance stands at
/// k times the distance step; of one over density, at k times the density step.
struct EmbeddedAtomTables {
  std::vector<std::string> elements;  ///< symbols
  double density_step = 0;
  double distance_step = 0;                    ///< [angstrom]
  double cutoff = 0;                           ///< [angstrom]
  std::vector<std::vector<double>> embedding;  ///< F of each element [eV]
  std::vector<std::vector<double>> density;    ///< [source * elements + place]: rho of a source at such an atom
  std::vector<std::vector<double>> pair;       ///< [first * elements + second]: r phi [eV angstrom]
};

/// Reads a setfl file: with one density for each element (eam/alloy), or with one for each element at each (eam/fs,
/// Finnis-Sinclair), which is told from the number of values. Throws InputError with file and line for a file that
/// cannot be read, is cut short or goes on, and for a step or cut-off that is not positive.
EmbeddedAtomTables read_setfl_file(const std::string& path);

}  // namespace cardhouse
