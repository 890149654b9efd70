#pragma once

#include <string>

namespace cardhouse {

/// Writes a text file under a temporary name beside `path` and renames it: whoever looks sees the old or the complete
/// new text, never a part. Throws InputError when the folder is missing or cannot be written to.
void replace_text_file(const std::string& path, const std::string& text);

/// The whole file. Throws InputError when it cannot be read.
std::string read_text_file(const std::string& path);

}  // namespace cardhouse
