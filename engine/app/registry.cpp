#include "engine/app/stage.hpp"

namespace cardhouse {

std::span<const StageEntry> stages() {
  static const std::vector<StageEntry> table{
      {"anneal", "Monte Carlo on bonds: rings heal, edges join",
       "bond switching: Wooten, Winer & Weaire 1985, doi:10.1103/PhysRevLett.54.1392", stage_actions::anneal()},
      {"build", "lamellar field to atoms: layers, pores, edges, hydrogen and oxygen",
       "lamellar field: Swift & Hohenberg 1977, doi:10.1103/PhysRevA.15.319", stage_actions::build()},
      {"carbonize", "precursor to char: kinetic Monte Carlo of a reaction lattice over the furnace programme",
       "Gillespie 1976, doi:10.1016/0021-9991(76)90041-3", stage_actions::carbonize()},
      {"cycle", "kinetic Monte Carlo under a potentiostat: currents, holds, scans, pulses and rests",
       "averaging over fast hops: E, Liu & Vanden-Eijnden 2005, doi:10.1063/1.2109987", stage_actions::cycle()},
      {"describe", "what a laboratory would measure: XRD, pores, densities, rings", "see `cardhouse list descriptors`",
       stage_actions::describe()},
      {"ocv", "grand-canonical Monte Carlo: voltage against capacity, both ways",
       "Mercer et al. 2022, doi:10.1002/cphc.202100748", stage_actions::ocv()},
      {"potential_route", "sodium by explicit potentials: basins beside the catalogue, isotherm off the lattice",
       "Norman & Filinov 1969, High Temp. 7, 216; watershed: Vincent & Soille 1991, doi:10.1109/34.87344",
       stage_actions::potential_route()},
      {"relax", "energy minimisation with a chosen potential",
       "FIRE: Guenole et al. 2020, doi:10.1016/j.commatsci.2020.109584", stage_actions::relax()},
      {"report", "curves as CSV, plots as PNG, the summary table", "", stage_actions::report()},
      {"sites", "where sodium can be: sites, links and barriers found from the atoms", "see `cardhouse list sites`",
       stage_actions::sites()},
      {"transport", "kinetic Monte Carlo of sodium at one composition: diffusivity",
       "Fichthorn & Weinberg 1991, doi:10.1063/1.461138", stage_actions::transport()},
  };
  return table;
}

const std::vector<std::string>& stage_order() {
  static const std::vector<std::string> order{"carbonize", "build",           "anneal",    "relax", "describe", "sites",
                                              "ocv",       "potential_route", "transport", "cycle", "report"};
  return order;
}

}  // namespace cardhouse
