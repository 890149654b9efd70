#include "potentials/registry.hpp"

#include <array>

#include "potentials/lennard_jones.hpp"
#include "potentials/sp2_bonded.hpp"
#include "potentials/sum_potential.hpp"

namespace cardhouse {
namespace {

std::unique_ptr<Potential> make_lennard_jones(const CarbonStructure& structure, const PotentialOptions& options) {
  return std::make_unique<LennardJones>(structure, LennardJonesOptions{.force_cap = options.force_cap});
}

std::unique_ptr<Potential> make_sp2_bonded(const CarbonStructure& structure, const PotentialOptions&) {
  return std::make_unique<Sp2Bonded>(structure);
}

std::unique_ptr<Potential> make_bonded_and_layers(const CarbonStructure& structure, const PotentialOptions& options) {
  std::vector<std::unique_ptr<Potential>> terms;
  terms.push_back(make_sp2_bonded(structure, options));
  terms.push_back(make_lennard_jones(structure, options));
  return std::make_unique<SumPotential>("sp2-bonded+lennard-jones", std::move(terms));
}

constexpr std::array<RegistryEntry<MakePotential>, 3> table{{
    {"lennard-jones", "dispersion and contact between layers, without pairs up to three bonds apart",
     "Stuart 2000, doi:10.1063/1.481208; Rappe 1992, doi:10.1021/ja00051a040", make_lennard_jones},
    {"sp2-bonded", "elastic sp2 network with its edge groups, for a given bond graph",
     "Jain 2015, doi:10.1021/acs.jpcc.5b01905; Cornell 1995, doi:10.1021/ja00124a002", make_sp2_bonded},
    {"sp2-bonded+lennard-jones", "elastic sp2 network with dispersion between layers",
     "Jain 2015, doi:10.1021/acs.jpcc.5b01905; Stuart 2000, doi:10.1063/1.481208", make_bonded_and_layers},
}};

}  // namespace

std::span<const RegistryEntry<MakePotential>> potentials() {
  return table;
}

std::unique_ptr<Potential> make_potential(std::string_view name, const CarbonStructure& structure,
                                          const PotentialOptions& options) {
  return find_entry(potentials(), name, "potential").make(structure, options);
}

}  // namespace cardhouse
