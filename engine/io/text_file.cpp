#include "engine/io/text_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/base/errors.hpp"

namespace cardhouse {

void replace_text_file(const std::string& path, const std::string& text) {
  const std::string temporary = path + ".part" + std::to_string(::getpid());
  std::ofstream file(temporary, std::ios::binary);
  file << text;
  file.close();
  const std::string reason = file ? "" : std::strerror(errno);
  std::error_code error;
  if (file) std::filesystem::rename(temporary, path, error);
  if (file && !error) return;
  std::error_code ignored;
  std::filesystem::remove(temporary, ignored);
  throw InputError({path, 0, {}}, "cannot be written (" + (error ? error.message() : reason) + ")");
}

std::string read_text_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path))
    throw InputError({path, 0, {}},
                     "cannot be read (" + std::string(file ? "it is a folder" : std::strerror(errno)) + ")");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace cardhouse
