#include "potentials/registry.hpp"

#include <array>

#include "potentials/charge_equilibration.hpp"
#include "potentials/edip_carbon.hpp"
#include "potentials/embedded_atom.hpp"
#include "potentials/kolmogorov_crespi.hpp"
#include "potentials/lennard_jones.hpp"
#include "potentials/nep.hpp"
#include "potentials/pair_potential.hpp"
#include "potentials/rebo.hpp"
#include "potentials/second_moment.hpp"
#include "potentials/sp2_bonded.hpp"
#include "potentials/sum_potential.hpp"
#include "potentials/tersoff.hpp"

namespace cardhouse {
namespace {

std::unique_ptr<Potential> make_charge_equilibration(const CarbonStructure& structure,
                                                     const PotentialOptions& options) {
  return std::make_unique<ChargeEquilibration>(structure,
                                               ChargeEquilibrationOptions{.parameter_file = options.parameter_file});
}

std::unique_ptr<Potential> make_edip_carbon(const CarbonStructure& structure, const PotentialOptions& options) {
  return std::make_unique<EdipCarbon>(structure, EdipOptions{.parameter_file = options.parameter_file});
}

std::unique_ptr<Potential> make_embedded_atom(const CarbonStructure& structure, const PotentialOptions& options) {
  return std::make_unique<EmbeddedAtom>(structure, EmbeddedAtomOptions{.parameter_file = options.parameter_file});
}

std::unique_ptr<Potential> make_kolmogorov_crespi(const CarbonStructure& structure, const PotentialOptions& options) {
  return std::make_unique<KolmogorovCrespi>(structure,
                                            KolmogorovCrespiOptions{.parameter_file = options.parameter_file});
}

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

std::unique_ptr<Potential> make_bonded_and_registry(const CarbonStructure& structure, const PotentialOptions& options) {
  std::vector<std::unique_ptr<Potential>> terms;
  terms.push_back(make_sp2_bonded(structure, options));
  terms.push_back(std::make_unique<KolmogorovCrespi>(structure));
  return std::make_unique<SumPotential>("sp2-bonded+kolmogorov-crespi", std::move(terms));
}

std::unique_ptr<Potential> make_nep(const CarbonStructure& structure, const PotentialOptions& options) {
  return std::make_unique<Nep>(structure, NepOptions{.parameter_file = options.parameter_file});
}

std::unique_ptr<Potential> make_pair_forms(const CarbonStructure& structure, const PotentialOptions& options) {
  return std::make_unique<PairPotential>(
      structure, PairPotentialOptions{.parameter_file = options.parameter_file, .force_cap = options.force_cap});
}

std::unique_ptr<Potential> make_rebo(const CarbonStructure& structure, const PotentialOptions& options) {
  return std::make_unique<Rebo>(structure, ReboOptions{.parameter_file = options.parameter_file});
}

std::unique_ptr<Potential> make_second_moment(const CarbonStructure& structure, const PotentialOptions& options) {
  return std::make_unique<SecondMoment>(structure, SecondMomentOptions{.parameter_file = options.parameter_file});
}

std::unique_ptr<Potential> make_tersoff(const CarbonStructure& structure, const PotentialOptions& options) {
  return std::make_unique<Tersoff>(structure, TersoffOptions{.parameter_file = options.parameter_file});
}

std::unique_ptr<Potential> make_tersoff_and_registry(const CarbonStructure& structure,
                                                     const PotentialOptions& options) {
  std::vector<std::unique_ptr<Potential>> terms;
  terms.push_back(make_tersoff(structure, options));
  terms.push_back(std::make_unique<KolmogorovCrespi>(structure));
  return std::make_unique<SumPotential>("tersoff+kolmogorov-crespi", std::move(terms));
}

constexpr std::array sodium{Element::Na};
constexpr std::array carbon{Element::C};
constexpr std::array hydrocarbon{Element::H, Element::C};
constexpr std::array sodium_and_carbon{Element::C, Element::Na};
constexpr std::array oxidised{Element::H, Element::C, Element::O, Element::Na};
constexpr std::array edges{Element::H, Element::B, Element::C, Element::N,
                           Element::O, Element::F, Element::P, Element::S};
constexpr std::span<const Element> of_the_file{};

constexpr std::array<PotentialEntry, 14> table{{
    {"charge-equilibration", "electrostatics of charges that adjust to the structure (H, C, O, Na), one term of a sum",
     "Rappe 1991, doi:10.1021/j100161a070; Essmann 1995, doi:10.1063/1.470117", make_charge_equilibration,
     BondUse::None, ParameterFile::Shipped, oxidised},
    {"edip-carbon", "carbon whose bonds depend on coordination; amorphous and liquid, layers do not attract",
     "Marks 2000, doi:10.1103/PhysRevB.63.035401", make_edip_carbon, BondUse::Formed, ParameterFile::Shipped, carbon},
    {"embedded-atom", "metal of a setfl file (eam/alloy or eam/fs of LAMMPS), which must be named",
     "Daw 1984, doi:10.1103/PhysRevB.29.6443; Finnis 1984, doi:10.1080/01418618408244210", make_embedded_atom,
     BondUse::None, ParameterFile::Named, of_the_file},
    {"kolmogorov-crespi", "attraction and registry of carbon layers, without pairs up to three bonds apart",
     "Kolmogorov 2005, doi:10.1103/PhysRevB.71.235415", make_kolmogorov_crespi, BondUse::Needed, ParameterFile::Shipped,
     carbon},
    {"lennard-jones", "dispersion and contact between layers, without pairs up to three bonds apart",
     "Stuart 2000, doi:10.1063/1.481208; Rappe 1992, doi:10.1021/ja00051a040", make_lennard_jones, BondUse::Needed,
     ParameterFile::None, edges},
    {"nep", "neuroevolution potential of a nep.txt of GPUMD, which must be named; bonds form and break",
     "Fan 2022, doi:10.1063/5.0106617; Song 2024, doi:10.1038/s41467-024-54554-x", make_nep, BondUse::Formed,
     ParameterFile::Named, of_the_file},
    {"pair-forms", "two-body terms of named pairs of elements, one term of a sum (default: sodium and carbon)",
     "Tang 1984, doi:10.1063/1.447150; Buckingham 1938, doi:10.1098/rspa.1938.0173", make_pair_forms, BondUse::None,
     ParameterFile::Shipped, sodium_and_carbon},
    {"rebo", "bond order of carbon and hydrogen, second generation; bonds form and break, layers do not attract",
     "Brenner 2002, doi:10.1088/0953-8984/14/4/312", make_rebo, BondUse::Formed, ParameterFile::Shipped, hydrocarbon},
    {"second-moment", "sodium by tight binding in the second-moment approximation",
     "Li 1998, doi:10.1103/PhysRevB.57.15519; Gupta 1981, doi:10.1103/PhysRevB.23.6265", make_second_moment,
     BondUse::None, ParameterFile::Shipped, sodium},
    {"sp2-bonded", "elastic sp2 network with its edge groups, for a given bond graph",
     "Jain 2015, doi:10.1021/acs.jpcc.5b01905; Cornell 1995, doi:10.1021/ja00124a002", make_sp2_bonded, BondUse::Needed,
     ParameterFile::None, edges},
    {"sp2-bonded+kolmogorov-crespi", "elastic sp2 network of carbon whose layers feel their registry",
     "Jain 2015, doi:10.1021/acs.jpcc.5b01905; Kolmogorov 2005, doi:10.1103/PhysRevB.71.235415",
     make_bonded_and_registry, BondUse::Needed, ParameterFile::None, carbon},
    {"sp2-bonded+lennard-jones", "elastic sp2 network with dispersion between layers",
     "Jain 2015, doi:10.1021/acs.jpcc.5b01905; Stuart 2000, doi:10.1063/1.481208", make_bonded_and_layers,
     BondUse::Needed, ParameterFile::None, edges},
    {"tersoff", "bond order of a .tersoff file; bonds form and break, layers do not attract (default: carbon of 1988)",
     "Tersoff 1988, doi:10.1103/PhysRevLett.61.2879", make_tersoff, BondUse::Formed, ParameterFile::Shipped, carbon},
    {"tersoff+kolmogorov-crespi", "tersoff with the interlayer term for the bonds of the structure",
     "Tersoff 1988, doi:10.1103/PhysRevLett.61.2879; Kolmogorov 2005, doi:10.1103/PhysRevB.71.235415",
     make_tersoff_and_registry, BondUse::Both, ParameterFile::Shipped, carbon},
}};

}  // namespace

std::span<const PotentialEntry> potentials() {
  return table;
}

const PotentialEntry& find_potential(std::string_view name, const SourcePlace& place) {
  return find_entry(potentials(), name, "potential", place);
}

std::unique_ptr<Potential> make_potential(std::string_view name, const CarbonStructure& structure,
                                          const PotentialOptions& options) {
  return find_potential(name).make(structure, options);
}

}  // namespace cardhouse
