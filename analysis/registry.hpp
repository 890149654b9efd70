#pragma once

#include <span>
#include <string>
#include <vector>

#include "analysis/order.hpp"
#include "analysis/pores.hpp"
#include "engine/base/registry.hpp"
#include "engine/base/statistics.hpp"
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
  double scattering_range = 0;  ///< of the pair histogram; 0: inradius of the cell, at most 40 [angstrom]
};

using DescriptorFunction = std::vector<Descriptor> (*)(const CarbonStructure&, const DescriptorOptions&);

/// All groups of descriptors, alphabetical. To add one: a function and a line in registry.cpp.
std::span<const RegistryEntry<DescriptorFunction>> descriptors();

/// The descriptors of a finished report, for callers that keep the report as well. Cell volume [angstrom^3].
std::vector<Descriptor> describe_pores(const PoreReport& report, double cell_volume);

}  // namespace cardhouse
