#pragma once

#include <string>

namespace cardhouse {

/// A value of a parameter file with its unit and where it comes from.
struct ParameterEntry {
  std::string table;  ///< empty: before the first table
  std::string key;
  std::string value;  ///< as TOML has it: a quoted string with a unit, or a number
  std::string source;
};

/// The text of a parameter file with one entry `key = { value = ..., source = "..." }`, which stands on one line,
/// replaced; everything else, comments included, stays. Throws InputError when the file has no such line.
std::string with_entry(const std::string& text, const ParameterEntry& entry);

}  // namespace cardhouse
