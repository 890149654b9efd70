#pragma once

#include <span>
#include <string>
#include <vector>

#include "analysis/instrument.hpp"
#include "analysis/order.hpp"
#include "analysis/pores.hpp"
#include "engine/base/registry.hpp"
#include "engine/base/statistics.hpp"
#include "engine/io/table.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// One measured number. Value and error are given in `unit` ("1" for pure numbers); both are finite. What a structure
/// does not have (the (002) spacing of a carbon without stacks) is left out, and a remark at its neighbour says so. All
/// descriptors are intensive: a supercell has the same, within their errors.
struct Descriptor {
  std::string name;
  Estimate estimate;
  std::string unit;
  std::string remark;  ///< what the error covers, bounds, absences
};

struct DescriptorOptions {
  PoreOptions pores;
  OrderOptions order;
  Instrument instrument;        ///< of the simulated diffractogram
  double scattering_range = 0;  ///< of the pair histogram; 0: inradius of the cell, at most 40 [angstrom]
};

/// What one group finds out about a structure.
struct Description {
  std::vector<Descriptor> values;
  std::vector<NamedTable> tables;
};

using DescriptorFunction = Description (*)(const CarbonStructure&, const DescriptorOptions&);

/// All groups of descriptors, alphabetical; the stage `describe` walks them. To add one: a function and a line in
/// registry.cpp.
std::span<const RegistryEntry<DescriptorFunction>> descriptors();

}  // namespace cardhouse
