#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/instrument.hpp"
#include "engine/base/communicator.hpp"

namespace cardhouse {

/// What `cardhouse describe` was asked. Lengths are numbers in angstrom or texts with their unit ("0.185 nm").
struct DescribeRequest {
  std::string file;
  std::optional<std::string> stage;         ///< of a run file, whose structure
  std::vector<std::string> only;            ///< descriptors, see descriptor_groups(); all when empty
  std::optional<std::string> bonds_within;  ///< length
  std::vector<std::string> probes;          ///< "helium=2.6": kinetic diameters instead of the usual ones
  std::optional<std::string> vacuum_axis;   ///< of a slab: "a", "b" or "c"
  std::optional<std::string> wavelength;    ///< of the simulated diffractogram, or of a measured pattern
  Instrument instrument;                    ///< its other terms
  std::vector<double> line_width;           ///< u, v, w [degree^2]
  bool counts = false;                ///< intensities of a measured pattern are counts: errors are their square roots
  std::optional<std::string> folder;  ///< default: "<name of the file>-description"
  bool plots = false;
  bool quiet = false;
};

/// Describes a carbon (run file, extended XYZ, LAMMPS data) or a measured powder pattern (two columns, 2 theta in
/// degree and intensity): prints one page and writes into the folder
///   description.txt   the page
///   numbers.csv       its numbers
///   <curve>.csv       every table of the descriptors
///   description.h5    all of it and the carbon, as the file of a run with the stages build and describe
/// and with `plots` the figures. The root does it; other ranks return. Throws InputError.
void describe_file(const DescribeRequest& request, const Communicator& ranks);

}  // namespace cardhouse
