#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace cardhouse {

/// A folder of this process that vanishes with the object.
class ScratchFolder {
 public:
  ScratchFolder() {
    static int made = 0;
    const auto name = "cardhouse-test-" + std::to_string(::getpid()) + "-" + std::to_string(made++);
    folder_ = std::filesystem::temp_directory_path() / name;
    std::filesystem::create_directories(folder_);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string path(const std::string& name) const { return folder_ / name; }
  std::string with_text(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder_), {}));
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace cardhouse
