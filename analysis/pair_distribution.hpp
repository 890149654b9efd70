#pragma once

#include <vector>

#include "analysis/pair_histogram.hpp"
#include "analysis/structure_modes.hpp"

namespace cardhouse {

/// g_ab(r): density of atoms b at distance r from an atom a, over the mean density of b; 1 for atoms without
/// correlation.
struct PartialDistribution {
  Element first, second;
  std::vector<double> g;
  std::vector<double> error;  ///< jackknife over octants
};

struct PairDistribution {
  std::vector<double> r;  ///< middles of the bins [angstrom]
  std::vector<PartialDistribution> partials;
  double number_density = 0;             ///< rho0 of all atoms [1/angstrom^3]
  std::vector<double> atomic_fractions;  ///< c_a, in the order of elements
  std::vector<Element> elements;
};

/// Partial distributions of a periodic cell up to the range of its histogram, in bins of `width` [angstrom] (rounded to
/// whole bins of the histogram). Throws InputError for the histogram of a cluster, which has no mean density.
PairDistribution pair_distribution(const PairHistogram& histogram, double width = 0.02);

/// Reduced pair distribution function G(r) = 4 pi r rho0 (g(r) - 1), g = sum_ab c_a c_b b_a b_b g_ab/(sum_a c_a b_a)^2
/// (Keen 2001, doi:10.1107/S0021889800019993), b being `power` at q = 0: the number of electrons or the neutron length.
/// As if measured to infinite q: no termination ripples and no peak widths of an instrument. [1/angstrom^2]
std::vector<double> reduced_distribution(const PairDistribution& distribution, ScatteringPower power = form_factor);

/// Electrons per volume [1/angstrom^3]: what contrast in small-angle X-ray scattering is counted from, sodium included.
double electron_density(const Atoms& atoms);

/// Mean number of atoms `second` within `distance` of an atom `first`, by integrating the partial distribution. EXPECTS
/// that both occur.
double coordination_number(const PairDistribution& distribution, Element first, Element second, double distance);

}  // namespace cardhouse
