#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// Each once, by atomic number.
std::vector<Element> distinct_elements(std::vector<Element> elements);
/// As in "C, H, O": in the order of all_elements().
std::string list_of(std::span<const Element> elements);

/// Where the element of each atom stands among those that a potential knows. Throws InputError for the first that is
/// not there, naming the potential and the elements it knows.
std::vector<std::uint8_t> kind_of_each(const Atoms& atoms, std::span<const Element> known, std::string_view potential,
                                       std::string_view suggestion =
                                           "leave the element out, or choose another "
                                           "potential");

}  // namespace cardhouse
