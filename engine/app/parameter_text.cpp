#include "engine/app/parameter_text.hpp"

#include <fmt/core.h>

#include <sstream>

#include "engine/base/errors.hpp"

namespace cardhouse {

std::string with_entry(const std::string& text, const ParameterEntry& entry) {
  std::istringstream lines(text);
  std::string result, line, table;
  bool replaced = false;
  while (std::getline(lines, line)) {
    if (line.starts_with('[')) table = line.substr(1, line.find(']') - 1);
    if (table == entry.table && line.starts_with(entry.key + " = {")) {
      line = fmt::format("{} = {{ value = {}, source = \"{}\" }}", entry.key, entry.value, entry.source);
      replaced = true;
    }
    result += line + "\n";
  }
  if (!replaced) throw InputError("the parameter file has no line for '" + entry.key + "' to write to");
  return result;
}

}  // namespace cardhouse
