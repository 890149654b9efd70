#pragma once
// What the registry of descriptors finds out about one carbon: measured, stored, and laid out for people. The stage
// `describe` and the command `describe` share it.

#include <string>
#include <vector>

#include "analysis/registry.hpp"
#include "engine/app/summary.hpp"
#include "engine/base/communicator.hpp"
#include "engine/base/observer.hpp"
#include "engine/io/run_file.hpp"

namespace cardhouse {

/// What one group of descriptors found.
struct DescribedGroup {
  std::string name;     ///< as in `cardhouse list descriptors`
  std::string summary;  ///< likewise
  Description found;
};

/// The names of groups behind what people call them: "xrd" is "diffraction", "saxs" "small_angles" ...; each once,
/// alphabetical. No names mean all groups. Throws InputError with the nearest name for an unknown one.
std::vector<std::string> descriptor_groups(const std::vector<std::string>& names);

/// What this rank does with a group: pores take longer than all others together (measured), so that the first rank has
/// them and the others share the rest.
int rank_of_group(const std::vector<std::string>& groups, std::size_t group, int ranks);

/// Walks the groups of these names, as descriptor_groups() gives them, each on one rank; all ranks get all of it, the
/// same for any number of them.
std::vector<DescribedGroup> describe_carbon(const CarbonStructure& carbon, const std::vector<std::string>& groups,
                                            const DescriptorOptions& options, const Communicator& ranks,
                                            const ProgressObserver& progress);

/// "closed_pore_volume" as people write it, without an error where it is zero.
SummaryRow as_row(const Descriptor& descriptor);
std::vector<SummaryRow> rows_of(const std::vector<DescribedGroup>& groups);

/// Tables "describe/<name>" and the summary of the stage `describe`. EXPECTS that the stage was begun.
void write_description(RunFile& file, const std::vector<DescribedGroup>& groups);

/// The numbers as comma-separated text: group, quantity, value, error (empty: none), unit, remark.
std::string numbers_csv(const std::vector<DescribedGroup>& groups);

/// The numbers for reading, group by group: quantity, value and error, unit, remark, no line longer than `width`
/// (EXPECTS >= 80). Exact zeros of a group are gathered in one line.
std::string format_groups(const std::vector<DescribedGroup>& groups, std::size_t width = 118);

}  // namespace cardhouse
