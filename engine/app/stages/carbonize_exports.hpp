#pragma once
// Tables of carbonize as people want them: the balance, the mass spectrometer and the elemental analyser apart.

#include <string>

#include "engine/io/table.hpp"

namespace cardhouse {

/// The stored thermogravimetry without its gases.
Table balance_table(const Table& thermogravimetry);

/// For each gas "NAME_escaped" [1], mass escaped so far over that of the precursor, then for each "NAME_rate" [1/s],
/// its mean rate since the row before, so that rates times times add up to what escaped; beside time and temperature.
Table gas_log(const Table& thermogravimetry);

/// The stored composition as CSV: symbols of the elements, and what the char, all that was supplied, and what escaped
/// hold of them. The char in per cent of the char's mass, the others in per cent of the mass supplied.
std::string composition_csv(const Table& composition);

}  // namespace cardhouse
