// Energy, virial and forces of one structure by one potential, for comparisons with other programs.
// usage: evaluate_structure <potential> <parameter file, or - for the shipped one> <structure.xyz>
// Prints the energy [eV], then xx yy zz xy xz yz of the virial [eV], then one force a line [eV/angstrom].

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "engine/io/structure_files.hpp"
#include "potentials/registry.hpp"

namespace cardhouse {
namespace {

void print_evaluation(const std::string& name, const std::string& parameters, const std::string& path) {
  Atoms atoms = read_structure_file(path).atoms;
  BondGraph bonds = BondGraph::from_distances(atoms);
  const CarbonStructure structure{std::move(atoms), std::move(bonds)};
  const auto potential = make_potential(name, structure, {.parameter_file = parameters == "-" ? "" : parameters});
  std::vector<Vector3> forces(structure.atoms.size());
  const auto [energy, w] = potential->evaluate(structure.atoms, forces);
  std::printf("%.12g\n%.12g %.12g %.12g %.12g %.12g %.12g\n", energy, w.xx, w.yy, w.zz, w.xy, w.xz, w.yz);
  for (const Vector3& f : forces) std::printf("%.12g %.12g %.12g\n", f.x, f.y, f.z);
}

}  // namespace
}  // namespace cardhouse

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: evaluate_structure <potential> <parameter file or -> <structure.xyz>\n");
    return 1;
  }
  try {
    cardhouse::print_evaluation(argv[1], argv[2], argv[3]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
