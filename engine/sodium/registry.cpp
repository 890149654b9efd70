#include "engine/sodium/registry.hpp"

namespace cardhouse {

std::span<const RegistryEntry<SiteClass>> site_classes() {
  static constexpr RegistryEntry<SiteClass> table[] = {
      {"defect", "over a vacancy or a heteroatom anywhere, or another ring that is no hexagon on a free face",
       "10.1002/adma.202109282 (vacancies), 10.1002/adfm.202421976 (5-7 rings), 10.1002/adfm.202403144 (nitrogen)",
       SiteClass::Defect},
      {"edge", "over a ring beside a two-coordinated, H- or O-terminated carbon",
       "10.1021/acsnano.1c00131 (H), 10.1002/adfm.202403144 (C=O)", SiteClass::Edge},
      {"gallery", "midway between two parallel layers 3.2-4.4 angstrom apart, over a hexagon",
       "10.1002/adma.202109282 (against spacing), 10.1002/cphc.202100748 (absolute level)", SiteClass::Gallery},
      {"mouth", "gallery site one hop from a terrace, an edge or a pore", "10.1002/advs.202407538 (entrance barriers)",
       SiteClass::Mouth},
      {"pore core", "second sodium layer of a pore and beyond, on a bcc grid",
       "10.1002/adma.202109282 (barrier), estimate (grid)", SiteClass::PoreCore},
      {"pore wall", "first sodium layer on the wall of a pore wider than 7 angstrom",
       "10.1002/adma.202109282, 10.1002/adfm.202405174 (charge)", SiteClass::PoreWall},
      {"slit", "midway between two parallel faces 4.4-6.2 angstrom apart, or over either of two up to 7 apart",
       "inputs/potentials/Na_C_reference.toml (DFT), estimate (what is left of the level of galleries)",
       SiteClass::Slit},
      {"terrace", "hollow of a hexagon with one free face", "arXiv:physics/0401096, 10.1002/adma.202109282",
       SiteClass::Terrace},
  };
  return table;
}

}  // namespace cardhouse
