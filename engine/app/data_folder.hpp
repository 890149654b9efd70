#pragma once

#include <string>

namespace cardhouse {

/// Where the shipped data lie (precursors, rules, parameters): $CARDHOUSE_DATA if set, else the `inputs` of the source
/// tree this program was built from, else the installed copy. Throws InputError when none exists.
std::string data_folder();

/// The Python part with the plots, beside the data; empty when there is none.
std::string python_folder();

}  // namespace cardhouse
