#pragma once
// A site network as tables of the run file.

#include <string>

#include "engine/io/run_file.hpp"
#include "engine/sodium/site_network.hpp"

namespace cardhouse {

/// "index into: gallery, terrace, ..." for data sets that hold site classes.
std::string site_class_meaning();
/// "pore_wall": the column of a table for this class.
std::string site_class_column(SiteClass kind);

void write_network(RunFile& file, const std::string& name, const SiteNetwork& network);
/// Throws InputError when a part is missing or indices do not fit together.
SiteNetwork read_network(const RunFile& file, const std::string& name);

}  // namespace cardhouse
