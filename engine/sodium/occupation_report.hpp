#pragma once
// What one configuration of sodium looks like to those who measure it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/sodium/hamiltonian.hpp"
#include "engine/sodium/site_network.hpp"

namespace cardhouse {

/// Equal bins; what lies beyond either end is counted in the last bin there.
struct EqualBins {
  double first = 0;  ///< lower end of the first bin
  double width = 1;
  std::size_t count = 1;

  std::size_t index(double value) const;
  double from(std::size_t bin) const { return first + width * static_cast<double>(bin); }
};

inline constexpr EqualBins spacing_bins{3.0, 0.05, 32};       ///< of galleries, opening included [angstrom]
inline constexpr EqualBins wall_distance_bins{1.5, 0.5, 14};  ///< of sites from the nearest carbon [angstrom]
inline constexpr EqualBins shift_bins{0, 50, 23};             ///< [ppm]
inline constexpr std::size_t cluster_bin_count = 24;          ///< bin k: 2^k to 2^(k+1) - 1 sodium

/// Metal has given less than this [e] and has at least this coordination (estimate).
inline constexpr double metallic_charge = 0.1;
inline constexpr double metallic_coordination = 6;
/// Above it a line counts as Knight-shifted [ppm]: lines of sodium in galleries lie within 20 ppm of zero (Gotoh 2013,
/// J. Power Sources 225, 137), quasi-metallic ones at 500 to 1000 (Yin 2022, doi:10.1002/adma.202109282).
inline constexpr double knight_shifted = 300;

/// Proxy of the 23Na shift against NaCl: K (1 - q) min(1, z/8), K = 1135 ppm of the metal (Yin 2022,
/// doi:10.1002/adma.202109282), the dependence on charge q and coordination z an estimate [ppm].
double knight_shift(double charge, double coordination);

/// Sums over one cell, so that reports add up; ratios are left to whoever averages.
struct OccupationSums {
  double sodium = 0;
  double pore_sodium = 0;
  double electrons = 0;        ///< given to the carbon [e]
  double opened_volume = 0;    ///< area of galleries times their opening [angstrom^3]
  double unreachable = 0;      ///< sodium where none comes in the time of an experiment
  double coordination = 0;     ///< z of pore sodium
  double metallic = 0;         ///< pore sodium with q < 0.1 and z >= 6
  double shift = 0;            ///< proxy of the NMR shift, all sodium; 0 outside pores [ppm]
  double shifted = 0;          ///< sodium above 300 ppm
  double clusters = 0;         ///< pieces of pore sodium joined by metal bonds
  double cluster_squares = 0;  ///< squares of their numbers of sodium
  double filled_pores = 0;     ///< pores more than half full
  double filled_radius = 0;    ///< their radii [angstrom]
};

/// EXPECTS at least one.
OccupationSums mean_sums(std::span<const OccupationSums> all);

/// Diagnostics of one configuration, or the mean of several.
struct OccupationReport {
  OccupationSums sums;
  std::vector<double> spacing_areas;          ///< area of galleries by spacing [angstrom^2]
  std::vector<double> electrons_by_distance;  ///< given to the carbon, by distance of the site from it [e]
  std::vector<double> clusters_by_size;       ///< number of clusters
  std::vector<double> sodium_by_cluster;      ///< sodium in them
  std::vector<double> sodium_by_shift;        ///< all sodium
  std::vector<double> pore_filling;           ///< share of each pore that is full, in the order of the survey
};

/// Sites joined by metal bonds that fill together.
struct MetalPore {
  std::vector<std::uint32_t> sites;  ///< ascending
  double capacity = 0;               ///< sodium that fits: sites taken in order, those under a core left out
  double radius = 0;                 ///< of a sphere of as much bcc sodium [angstrom]
  double access = 0;                 ///< of its easiest site [eV] (reachability.hpp)
};

/// Looks at configurations of one network. A look costs O(sites + bonds of pore sodium).
///
/// Charges are those the Hamiltonian has a site give: of an ion outside pores, of the contact on a pore wall (none
/// without shared_reservoir), none behind it. Clusters and pores are joined by any metal bond, so that a cluster never
/// reaches across two pores. Coordination counts all sodium that is not in a gallery, as the metal term does.
class OccupationSurvey {
 public:
  /// `passable`: access above which a site is out of reach [eV]. Network and Hamiltonian must outlive this object.
  /// EXPECTS that they belong together.
  OccupationSurvey(const SiteNetwork& network, const Hamiltonian& hamiltonian, double passable);

  const std::vector<MetalPore>& pores() const { return pores_; }

  /// EXPECTS one entry a site.
  OccupationReport report(std::span<const std::uint8_t> occupied) const;

 private:
  void count_sites(std::span<const std::uint8_t> occupied, OccupationReport& report) const;
  void count_metal(std::size_t site, std::span<const std::uint8_t> occupied, OccupationReport& report) const;
  void count_galleries(std::span<const std::uint8_t> occupied, OccupationReport& report) const;
  void count_clusters(std::span<const std::uint8_t> occupied, OccupationReport& report) const;
  void count_pores(std::span<const std::uint8_t> occupied, OccupationReport& report) const;

  const SiteNetwork* network_;
  const Hamiltonian* hamiltonian_;
  double passable_;
  std::vector<MetalPore> pores_;
};

/// The report as numbers alone, so that it can be added up and travel between ranks, and back.
std::vector<double> flattened(const OccupationReport& report);
OccupationReport restored(std::span<const double> numbers);

}  // namespace cardhouse
