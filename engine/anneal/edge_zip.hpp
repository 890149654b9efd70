#pragma once

#include <array>
#include <numbers>
#include <vector>

#include "engine/anneal/annealer.hpp"
#include "engine/kinetics/rate_law.hpp"
#include "engine/kinetics/rate_tree.hpp"

namespace cardhouse {

/// When two edges join and how fast.
struct EdgeZipOptions {
  double reach = 2.2;                                 ///< of two hydrogen-ended carbons (estimate) [angstrom]
  double bare_reach = 2.6;                            ///< of two bare ones, as far apart as in a vacancy [angstrom]
  double largest_tilt = 40 * std::numbers::pi / 180;  ///< between their planes (estimate) [rad]
  /// Loss of hydrogen from char, 62 kcal/mol (CRECK; Debiagi 2021, doi:10.1016/j.fuel.2020.119682), plus the strain.
  RateLaw hydrogen_loss{3e11, 0, 2.6886};
  /// Bare carbons have lost it already: they join when the strain allows, without activation (estimate).
  RateLaw recombination{3e11, 0, 0};
  double bond_energy = 3.5;  ///< gained; more strain than this is never paid (estimate) [eV]
};

/// Two edge carbons that face each other.
struct EdgePair {
  std::uint32_t a, b;
  bool with_hydrogen;  ///< both end in hydrogen, which leaves as H2; else both are bare
};

/// A carbon with two neighbours in the network and nothing else but, perhaps, one hydrogen.
bool is_joinable(const CarbonNetwork& network, std::uint32_t atom);

/// Every pair of edges that can join now, with its rate k exp(-strain/kT); a pick is in proportion to the rates.
class EdgePairs {
 public:
  /// `temperature` is the one of the furnace [K].
  EdgePairs(std::size_t atoms, double temperature, const EdgeZipOptions& options);

  double total_rate() const { return tree_.total(); }  ///< [1/s]
  /// EXPECTS total_rate() > 0.
  EdgePair pick(Stream& stream) const;
  /// Looks again at all pairs in which one of these atoms takes part.
  void refresh(Annealer& annealer, std::span<const std::uint32_t> atoms);

 private:
  struct Entry {
    EdgePair pair;
    double rate;
  };
  void forget(std::uint32_t atom);
  void add_pairs_of(Annealer& annealer, std::uint32_t atom);
  void update_rate(std::uint32_t atom);
  double rate_of(Annealer& annealer, const EdgePair& pair) const;

  double temperature_;
  EdgeZipOptions options_;
  RateTree tree_;                            ///< by the smaller atom of a pair
  std::vector<std::vector<Entry>> entries_;  ///< likewise
  std::vector<std::vector<std::uint32_t>> smaller_partners_;
};

/// The pair when both can join: within reach, planes alike, facing each other, and a ring of five or more results.
bool faces(const CarbonNetwork& network, const EdgePair& pair, const EdgeZipOptions& options);

/// Joins a pair: a bond, and without the two hydrogens. Returns the atoms whose surroundings changed.
std::vector<std::uint32_t> zip(Annealer& annealer, const EdgePair& pair);

}  // namespace cardhouse
