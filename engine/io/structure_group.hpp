#pragma once

#include <string>
#include <vector>

#include "engine/io/hdf5_file.hpp"
#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// A structure as a group of data sets: cell (3,3), positions (N,3), elements (N, atomic numbers), bonds (B,2).
/// Replaces an older group.
void write_structure_group(Hdf5File& file, const std::string& group, const CarbonStructure& structure);

/// Throws InputError when a data set is missing, has the wrong shape or holds an unknown element or atom.
CarbonStructure read_structure_group(const Hdf5File& file, const std::string& group);

/// Element symbols and atomic numbers, ascending.
Enumeration element_enumeration();

// Arrays as data sets hold them.
std::vector<double> flattened(const std::vector<Vector3>& vectors);
std::vector<double> flattened(const Cell& cell);  ///< rows are the cell vectors
std::vector<std::int64_t> flattened(const std::vector<Bond>& bonds);
std::vector<std::int32_t> atomic_numbers(const std::vector<Element>& elements);
/// The cell of nine numbers; throws InputError for impossible ones.
Cell cell_from_rows(const std::vector<double>& rows);
/// EXPECTS a multiple of three numbers.
std::vector<Vector3> vectors_from_rows(const std::vector<double>& numbers);
/// Throws InputError for a number that is not in the table of elements.
Element element_from_number(std::int32_t atomic_number);

}  // namespace cardhouse
