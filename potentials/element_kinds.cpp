#include "potentials/element_kinds.hpp"

#include <algorithm>
#include "engine/base/errors.hpp"

namespace cardhouse {
std::string list_of(std::span<const Element> elements) {
  std::string list;
  for (const Element element : all_elements()) {
    if (std::find(elements.begin(), elements.end(), element) == elements.end()) continue;
    list += (list.empty() ? "" : ", ") + std::string(symbol(element));
  }
  return list;
}

std::vector<Element> distinct_elements(std::vector<Element> elements) {
  std::sort(elements.begin(), elements.end());
  elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
  return elements;
}

std::vector<std::uint8_t> kind_of_each(const Atoms& atoms, std::span<const Element> known, std::string_view potential,
                                       std::string_view suggestion) {
  std::vector<std::uint8_t> kinds;
  kinds.reserve(atoms.size());
  for (const Element element : atoms.elements) {
    const auto found = std::find(known.begin(), known.end(), element);
    if (found == known.end()) {
      throw InputError(std::string(potential) + " has no parameters for " + std::string(symbol(element)) +
                           " (it knows " + list_of(known) + ")",
                       std::string(suggestion));
    }
    kinds.push_back(static_cast<std::uint8_t>(found - known.begin()));
  }
  return kinds;
}

}  // namespace cardhouse
