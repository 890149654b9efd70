#pragma once

#include <string>

namespace cardhouse {

/// "0.1.0", the git hash of the sources ("-dirty" when changed), and one line on compiler and build options.
std::string version_number();
std::string version_hash();
std::string build_description();

/// What `cardhouse --version` prints: all of the above, options and the versions of the libraries.
std::string version_text();

}  // namespace cardhouse
