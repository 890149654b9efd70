#pragma once
// Where the numbers of inputs/potentials/Na_C.toml come from: a least-squares fit that anybody can repeat with the
// program fit_sodium_carbon.

#include <string>
#include <vector>

#include "potentials/pair_forms.hpp"

namespace cardhouse {

/// One energy of one sodium atom at rigid graphene sheets.
struct SodiumCarbonPoint {
  enum class Kind { Gallery, Barrier, Sheet };
  Kind kind;
  double distance;   ///< spacing of the sheets, or height over one sheet [angstrom]
  double energy;     ///< Gallery and Sheet: in the hollow, against the free atom; Barrier: bridge against hollow [eV]
  double tolerance;  ///< [eV]
};

struct SodiumCarbonReference {
  double lattice_constant;  ///< of graphene [angstrom]
  std::vector<SodiumCarbonPoint> points;
};

/// Reads inputs/potentials/Na_C_reference.toml. Throws InputError.
SodiumCarbonReference load_sodium_carbon_reference(const std::string& path);

/// The energy that a pair term gives for a point [eV].
double sodium_carbon_energy(const PairTerm& term, const SodiumCarbonPoint& point, double lattice_constant);

struct SodiumCarbonFit {
  TangToennies form;             ///< rounded to the digits of the parameter file
  std::vector<double> obtained;  ///< by the rounded form, one a point [eV]
  double reduced_chi_square;     ///< sum of ((obtained - energy)/tolerance)^2 over points minus parameters
};

/// Least squares (Levenberg-Marquardt, doi:10.1137/0111030) for amplitude, decay and C6.
SodiumCarbonFit fit_sodium_carbon(const SodiumCarbonReference& reference);

/// The parameter file, to be stored as inputs/potentials/Na_C.toml; its comments list reference, obtained and residual.
std::string sodium_carbon_file(const SodiumCarbonReference& reference, const SodiumCarbonFit& fit);

}  // namespace cardhouse
