#pragma once
// Everything that the program reads, each with good files to damage.

#include <string>
#include <string_view>
#include <vector>

namespace cardhouse::fuzz {

/// A good file.
struct Seed {
  std::string name;  ///< with its extension
  std::string bytes;
};

/// One kind of file. It is written to "<folder>/<name of the reader>/<name of the seed>"; the other folders of `inputs`
/// stand beside it, so that a library finds those it needs.
struct Reader {
  std::string_view name;
  std::vector<Seed> (*seeds)();
  void (*read)(const std::string& path);  ///< to throw nothing but InputError, whatever the file holds
  int cost = 1;                           ///< of a case, roughly, in units of the cheapest readers
  /// Parsed by HDF5, which itself crashes or loops on some damaged heaps (1.10): only wrong exceptions are ours.
  bool binary = false;
};

/// In alphabetical order.
const std::vector<Reader>& readers();

/// `inputs` of the source tree.
std::string inputs_folder();

}  // namespace cardhouse::fuzz
