#pragma once

#include <string>

namespace cardhouse {

/// Parameters of EDIP for carbon (Marks 2000, doi:10.1103/PhysRevB.63.035401). Symbols as in edip_carbon.hpp.
struct EdipParameters {
  double steepness;  ///< alpha, of f and of p
  double full;       ///< r up to which f = 1 [angstrom]
  double none;       ///< r from which f = 0 [angstrom]
  double pi_full;    ///< the same for p [angstrom]
  double pi_none;    ///< [angstrom]
  double dihedral;   ///< Z_dih
  double repulsion;  ///< Z_rep [1/angstrom^2]
  double pi_range;   ///< c_0 [angstrom]
  double epsilon;    ///< [eV]
  double B;          ///< [angstrom]
  double beta;
  double sigma;         ///< [angstrom]
  double range;         ///< a [angstrom]
  double range_slope;   ///< a' [angstrom]
  double lambda;        ///< lambda_0 [eV]
  double lambda_decay;  ///< lambda'
  double preferred;     ///< Z_0
  double gamma;         ///< [angstrom]
  double q;
};

/// Reads inputs/potentials/C_edip_2000.toml or a file like it. Throws InputError.
EdipParameters load_edip_parameters(const std::string& path);

}  // namespace cardhouse
