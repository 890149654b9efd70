#pragma once

#include <string>

namespace cardhouse {

/// Where the shipped data lie (precursors, rules, parameters): $CARDHOUSE_DATA if set, else the copy installed with
/// this program (wherever the installation was moved to), else the `inputs` of the source tree it was built from.
/// Throws InputError when none exists.
std::string data_folder();

/// The Python part with the plots, beside the data; empty when there is none.
std::string python_folder();

}  // namespace cardhouse
