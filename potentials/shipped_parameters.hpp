#pragma once

#include <string>
#include <string_view>

namespace cardhouse {

/// Path of a parameter file that comes with Cardhouse, such as "C_tersoff_1988.tersoff". Looked for in the folder
/// `potentials` of $CARDHOUSE_DATA if set, else of the copy installed with this program, else of the source tree it was
/// built from. Throws InputError when there is none.
std::string shipped_parameters(std::string_view file);
/// `chosen`, or the shipped file when that is empty.
std::string chosen_parameters(const std::string& chosen, std::string_view shipped);

}  // namespace cardhouse
