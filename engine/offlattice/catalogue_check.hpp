#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/offlattice/energy_basins.hpp"
#include "engine/sodium/site_network.hpp"

namespace cardhouse {

/// A site of the catalogue beside what a potential has there.
struct SiteMatch {
  std::int32_t basin = -1;  ///< of the nearest minimum within the tolerance; -1: none
  double distance = 0;      ///< to the nearest minimum, however far [angstrom]
  double site_energy = 0;   ///< of the potential at the site itself [eV]
  double basin_energy = 0;  ///< at that minimum [eV]; without one, site_energy
};

/// A hop of the catalogue between two sites in different basins.
struct LinkMatch {
  std::uint32_t link;
  bool direct;       ///< a saddle joins the two basins, through the same image
  double barrier;    ///< catalogue: kinetically resolved [eV]
  double potential;  ///< of the potential: saddle less the mean of both minima [eV]; when not direct, over others
};

/// What one class of sites comes to.
struct ClassComparison {
  std::size_t sites = 0;
  std::size_t matched = 0;      ///< with a minimum within the tolerance
  double distance = 0;          ///< mean, of the matched [angstrom]
  double catalogue_energy = 0;  ///< mean of all [eV]
  double potential_energy = 0;  ///< mean at the minima of the matched, at the sites of the rest [eV]
  double deviation = 0;         ///< standard deviation of potential less catalogue energy [eV]
  double rank_correlation = 0;  ///< of both energies, Spearman; 0 when one of them does not vary
};

struct CatalogueComparison {
  std::vector<SiteMatch> sites;
  std::vector<LinkMatch> links;
  std::array<ClassComparison, site_class_count> by_class;
  ClassComparison outside_pores;        ///< all classes whose energy is that of a single sodium
  double barrier_rank = 0;              ///< rank correlation of barriers, catalogue against potential, direct links
  std::size_t basins_without_site = 0;  ///< no site within the tolerance, below the energy given
  std::size_t basins = 0;               ///< below the energy given
  std::size_t ways = 0;                 ///< saddles between basins of different sites
  std::size_t ways_without_link = 0;    ///< of these, those that are no hop of the catalogue
};

struct CatalogueTolerance {
  double distance = 1.2;  ///< between a site and its minimum [angstrom]: half the distance of neighbouring hollows
  double energy = 1;      ///< basins above it are not asked for a site [eV]
};

/// Compares a catalogue of sites with the basins of one sodium in the potential `energy`, whose zero is that of the
/// catalogue. Sites of pores have no energy of their own in the catalogue (metal around them decides), so that only
/// their places are compared.
CatalogueComparison compare_catalogue(const SiteNetwork& network, const BasinMap& map, const EnergyFunction& energy,
                                      const CatalogueTolerance& tolerance = {});

/// Spearman's rank correlation with mean ranks for ties (Numerical Recipes, 3rd ed., 14.6); 0 when a series does not
/// vary or has fewer than three values. EXPECTS series of equal length.
double rank_correlation(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace cardhouse
