#pragma once

#include <array>
#include <string>

namespace cardhouse {

/// Parameters of the registry-dependent interlayer potential of carbon. Symbols as in kolmogorov_crespi.hpp.
struct KolmogorovCrespiParameters {
  double z0;                     ///< [angstrom]
  std::array<double, 3> series;  ///< C_0, C_2, C_4 [eV]
  double C;                      ///< [eV]
  double A;                      ///< [eV]
  double delta;                  ///< [angstrom]
  double lambda;                 ///< [1/angstrom]
  double core;                   ///< r below which the attraction is linear in r^2 [angstrom]
  double taper_start;            ///< [angstrom]
  double cutoff;                 ///< [angstrom]
};

/// Reads inputs/potentials/C_kolmogorov_crespi_2005.toml or a file like it. Throws InputError.
KolmogorovCrespiParameters load_kolmogorov_crespi_parameters(const std::string& path);

}  // namespace cardhouse
