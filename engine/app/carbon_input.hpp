#pragma once

#include <optional>
#include <string>

#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// The least width of a cell that can be described [angstrom]: a ring looks up to 5 angstrom to either side for the
/// layer that faces it, and must not find its own image there.
inline constexpr double least_cell_width = 10;

struct CarbonInputOptions {
  std::optional<std::string> stage;    ///< of a run file: whose structure; the last one when left out
  std::optional<double> bonds_within;  ///< bonds found anew: C-C closer than this, other pairs in proportion [angstrom]
};

/// A carbon and where it comes from.
struct CarbonInput {
  CarbonStructure carbon;
  std::string origin;      ///< "relax/structure of run.h5", "the last frame of carbon.xyz"
  std::string bonds_from;  ///< "as stored in the run", "closer than ..."
};

/// Whether the name of a file ends like a run file (.h5, .hdf5, .h5md) or like a measured pattern (.xy, .xye, .dat,
/// .txt, .csv, .chi).
bool is_run_file(const std::string& path);
bool is_pattern_file(const std::string& path);

/// The carbon of a run file, with its bonds, or of an extended XYZ or LAMMPS data file, with bonds by distance. Throws
/// InputError with the name of the file when it cannot be read, holds no carbon, two atoms overlap (closer than 0.7
/// angstrom; in a run, whose bonds may be crumpled before it relaxes them, 0.01), or its cell is narrower than
/// least_cell_width.
CarbonInput read_carbon(const std::string& path, const CarbonInputOptions& options = {});

/// BondGraph::from_distances() with its reach multiplied so that two carbons are bonded when closer than
/// `carbon_carbon` [angstrom]. EXPECTS carbon_carbon > 0.
BondGraph bonds_by_distance(const Atoms& atoms, double carbon_carbon);

}  // namespace cardhouse
