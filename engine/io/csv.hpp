#pragma once

#include <string>

#include "engine/io/table.hpp"

namespace cardhouse {

/// The table as comma-separated text: one header line "voltage [V],capacity [mAh/g]", then one line a row. Numbers are
/// the shortest decimals that read back to the same double. A name with a comma or a quote is quoted (RFC 4180).
/// EXPECTS is_well_formed(table).
std::string csv_text(const Table& table);

/// Writes csv_text(table) so that `path` is at every moment either the old or the complete new file.
/// Throws InputError when it cannot be written.
void write_csv(const std::string& path, const Table& table);

}  // namespace cardhouse
