#pragma once

#include "analysis/registry.hpp"

namespace cardhouse {

/// The groups `conductivity`, `defects` and `stacks` of the registry.
Description describe_conductivity(const CarbonStructure& structure, const DescriptorOptions& options);
Description describe_defects(const CarbonStructure& structure, const DescriptorOptions& options);
Description describe_stacks(const CarbonStructure& structure, const DescriptorOptions& options);

}  // namespace cardhouse
