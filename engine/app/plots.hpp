#pragma once

#include <string>
#include <vector>

namespace cardhouse {

/// Draws the plots of a run file into `folder` with the Python part of Cardhouse. Returns an empty text, or the reason
/// why there are no plots (no Python, no matplotlib): a run does not fail for want of pictures.
std::string draw_plots(const std::string& run_file, const std::string& folder);

/// `python3 -m cardhouse plot <arguments>`, speaking for itself. Returns its exit code; throws InputError when there is
/// no Python or no Python part.
int plot_command(const std::vector<std::string>& arguments);

}  // namespace cardhouse
