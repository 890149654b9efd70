#pragma once

#include <string>

namespace cardhouse {

/// "descriptors, potentials, precursors, ..." for help texts.
std::string seam_names();

/// The registry of one seam as an aligned list with summary and reference; all seams when `seam` is empty. Throws
/// InputError with the nearest name for an unknown seam.
std::string list_seam(const std::string& seam);

}  // namespace cardhouse
