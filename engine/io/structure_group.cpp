#include "engine/io/structure_group.hpp"

#include <algorithm>
#include <array>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {

namespace {

constexpr std::array known_elements{Element::H, Element::B,  Element::C,  Element::N,  Element::O,
                                    Element::F, Element::Na, Element::Mg, Element::Al, Element::Si,
                                    Element::P, Element::S,  Element::K,  Element::Ca, Element::Zn};

void expect_shape(const Hdf5File& file, const std::string& name, const Shape& shape) {
  if (file.shape(name) != shape) throw InputError({file.path(), 0, name}, "has the wrong shape");
}

std::vector<Bond> read_bonds(const Hdf5File& file, const std::string& name, std::size_t n_atoms) {
  const auto flat = file.read<std::int64_t>(name);
  expect_shape(file, name, {flat.size() / 2, 2});
  std::vector<Bond> bonds;
  const auto valid = [&](std::int64_t atom) { return atom >= 0 && static_cast<std::size_t>(atom) < n_atoms; };
  for (std::size_t i = 0; i < flat.size(); i += 2) {
    if (!valid(flat[i]) || !valid(flat[i + 1]) || flat[i] == flat[i + 1])
      throw InputError({file.path(), 0, name}, "bond " + std::to_string(i / 2) + " joins atoms that do not exist");
    bonds.push_back({static_cast<std::uint32_t>(flat[i]), static_cast<std::uint32_t>(flat[i + 1])});
  }
  return bonds;
}

}  // namespace

void write_structure_group(Hdf5File& file, const std::string& group, const CarbonStructure& structure) {
  EXPECTS(structure.bonds.size() == structure.atoms.size());
  if (file.exists(group)) file.remove(group);
  const Atoms& atoms = structure.atoms;
  const auto& bonds = structure.bonds.bonds();
  file.write<double>(group + "/cell", flattened(atoms.cell), {3, 3}, {"Angstrom", "cell vectors, one a row"});
  file.write<double>(group + "/positions", flattened(atoms.positions), {atoms.size(), 3},
                     {"Angstrom", "positions of the atoms"});
  file.write_enumerated(group + "/elements", atomic_numbers(atoms.elements), element_enumeration(), "atomic numbers");
  file.write<std::int64_t>(group + "/bonds", flattened(bonds), {bonds.size(), 2}, {"1", "indices of bonded atoms"});
}

CarbonStructure read_structure_group(const Hdf5File& file, const std::string& group) {
  if (!file.exists(group)) throw InputError({file.path(), 0, group}, "no such structure");
  expect_shape(file, group + "/cell", {3, 3});
  Atoms atoms{cell_from_rows(file.read<double>(group + "/cell")), {}, {}};
  for (const auto number : file.read<std::int32_t>(group + "/elements"))
    atoms.elements.push_back(element_from_number(number));
  expect_shape(file, group + "/positions", {atoms.elements.size(), 3});
  atoms.positions = vectors_from_rows(file.read<double>(group + "/positions"));
  BondGraph bonds(atoms.size(), read_bonds(file, group + "/bonds", atoms.size()));
  return {std::move(atoms), std::move(bonds)};
}

Enumeration element_enumeration() {
  Enumeration names;
  for (const Element element : known_elements) names.emplace_back(symbol(element), static_cast<std::int32_t>(element));
  return names;
}

std::vector<double> flattened(const std::vector<Vector3>& vectors) {
  std::vector<double> numbers;
  numbers.reserve(3 * vectors.size());
  for (const auto& v : vectors) numbers.insert(numbers.end(), {v.x, v.y, v.z});
  return numbers;
}

std::vector<double> flattened(const Cell& cell) {
  return flattened(std::vector<Vector3>(cell.vectors().begin(), cell.vectors().end()));
}

std::vector<std::int64_t> flattened(const std::vector<Bond>& bonds) {
  std::vector<std::int64_t> indices;
  indices.reserve(2 * bonds.size());
  for (const auto& bond : bonds) indices.insert(indices.end(), {bond[0], bond[1]});
  return indices;
}

std::vector<std::int32_t> atomic_numbers(const std::vector<Element>& elements) {
  std::vector<std::int32_t> numbers(elements.size());
  std::transform(elements.begin(), elements.end(), numbers.begin(),
                 [](Element element) { return static_cast<std::int32_t>(element); });
  return numbers;
}

Cell cell_from_rows(const std::vector<double>& rows) {
  EXPECTS(rows.size() == 9);
  const auto vectors = vectors_from_rows(rows);
  return Cell(vectors[0], vectors[1], vectors[2]);
}

std::vector<Vector3> vectors_from_rows(const std::vector<double>& numbers) {
  EXPECTS(numbers.size() % 3 == 0);
  std::vector<Vector3> vectors;
  vectors.reserve(numbers.size() / 3);
  for (std::size_t i = 0; i < numbers.size(); i += 3) vectors.push_back({numbers[i], numbers[i + 1], numbers[i + 2]});
  return vectors;
}

Element element_from_number(std::int32_t atomic_number) {
  const auto found = std::find(known_elements.begin(), known_elements.end(), static_cast<Element>(atomic_number));
  if (found == known_elements.end() || static_cast<std::int32_t>(*found) != atomic_number)
    throw InputError("unknown element with atomic number " + std::to_string(atomic_number));
  return *found;
}

}  // namespace cardhouse
