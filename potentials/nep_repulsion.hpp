#pragma once

#include "engine/structure/atoms.hpp"
#include "potentials/nep_file.hpp"

namespace cardhouse {

/// Screened repulsion of two nuclei (Ziegler, Biersack and Littmark 1985, The Stopping and Range of Ions in Solids),
/// switched off as in GPUMD (doi:10.1063/5.0106617):
///     E = s(r) K Z_i Z_j / r phi(r/a),  1/a = 2.134563 (Z_i^0.23 + Z_j^0.23)/angstrom
///     phi(x) = 0.18175 e^(-3.1998 x) + 0.50986 e^(-0.94229 x) + 0.28022 e^(-0.4029 x) + 0.02817 e^(-0.20162 x)
/// s falls as a cosine from 1 at `inner` to 0 at `outer`. Typewise: inner = 0, outer at most the factor times the sum
/// of the radii 4/3 R_cov of Grimme 2010 (doi:10.1063/1.3382344). Distances below 0.05 angstrom count as 0.05 angstrom.
class NepRepulsion {
 public:
  struct EnergyAndSlope {
    double energy;  ///< [eV]
    double slope;   ///< dE/dr [eV/angstrom]
  };

  NepRepulsion(const NepModel::Repulsion& radii, Element first, Element second);

  EnergyAndSlope at(double r) const;
  double outer() const { return outer_; }  ///< [angstrom]

 private:
  double charges_;  ///< K Z_i Z_j [eV angstrom]
  double inverse_length_;
  double inner_;
  double outer_;
};

}  // namespace cardhouse
