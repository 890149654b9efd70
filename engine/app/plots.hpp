#pragma once

#include <string>

namespace cardhouse {

/// Draws the plots of a run file into `folder` with the Python part of Cardhouse. Returns an empty text, or the reason
/// why there are no plots (no Python, no matplotlib): a run does not fail for want of pictures.
std::string draw_plots(const std::string& run_file, const std::string& folder);

}  // namespace cardhouse
