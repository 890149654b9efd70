#include "engine/structure/atoms.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

struct ElementData {
  Element element;
  std::string_view symbol;
  double mass;
};

constexpr std::array<ElementData, 19> element_table{{
    {Element::H, "H", 1.008},    {Element::B, "B", 10.81},    {Element::C, "C", 12.011},   {Element::N, "N", 14.007},
    {Element::O, "O", 15.999},   {Element::F, "F", 18.998},   {Element::Na, "Na", 22.990}, {Element::Mg, "Mg", 24.305},
    {Element::Al, "Al", 26.982}, {Element::Si, "Si", 28.085}, {Element::P, "P", 30.974},   {Element::S, "S", 32.06},
    {Element::Cl, "Cl", 35.45},  {Element::K, "K", 39.098},   {Element::Ca, "Ca", 40.078}, {Element::Mn, "Mn", 54.938},
    {Element::Fe, "Fe", 55.845}, {Element::Ni, "Ni", 58.693}, {Element::Zn, "Zn", 65.38},
}};

const ElementData& data_of(Element element) {
  const auto* found = std::find_if(element_table.begin(), element_table.end(),
                                   [&](const ElementData& entry) { return entry.element == element; });
  EXPECTS(found != element_table.end());
  return *found;
}

}  // namespace

std::span<const Element> all_elements() {
  static constexpr std::array<Element, element_table.size()> order{
      Element::C,  Element::H,  Element::N,  Element::O,  Element::B, Element::F,  Element::Na,
      Element::Mg, Element::Al, Element::Si, Element::P,  Element::S, Element::Cl, Element::K,
      Element::Ca, Element::Mn, Element::Fe, Element::Ni, Element::Zn};
  return order;
}

std::string_view symbol(Element element) {
  return data_of(element).symbol;
}

double standard_mass(Element element) {
  return data_of(element).mass;
}

Element element_from_symbol(std::string_view symbol) {
  std::vector<std::string> known;
  for (const ElementData& entry : element_table) {
    if (entry.symbol == symbol) return entry.element;
    known.emplace_back(entry.symbol);
  }
  throw InputError("unknown element '" + std::string(symbol) + "'", suggest_name(symbol, known));
}

std::size_t count(const Atoms& atoms, Element element) {
  return static_cast<std::size_t>(std::count(atoms.elements.begin(), atoms.elements.end(), element));
}

double total_mass(const Atoms& atoms) {
  double mass = 0;
  for (const Element element : atoms.elements) mass += standard_mass(element);
  return mass;
}

double mass_density(const Atoms& atoms) {
  return total_mass(atoms) / atoms.cell.volume();
}

}  // namespace cardhouse
