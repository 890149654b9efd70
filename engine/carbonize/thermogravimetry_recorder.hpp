#pragma once

#include <vector>

#include "engine/carbonize/carbonize.hpp"

namespace cardhouse {

/// Writes rows as a run goes, spread evenly over time and over the way in temperature, so that neither a flash nor a
/// long hold goes unseen.
class ThermogravimetryRecorder {
 public:
  ThermogravimetryRecorder(const ReactionLattice& lattice, const std::vector<ConstantInterval>& intervals, double start,
                           std::size_t rows);

  void see(const ReactionLattice& lattice, const ConstantInterval& interval);
  Thermogravimetry take() { return std::move(table_); }

 private:
  void write(const ReactionLattice& lattice, double time, double temperature);

  std::vector<std::size_t> gases_;
  double end_;
  double at_;
  double way_ = 0;
  double step_ = 0;
  double done_ = 0;
  Thermogravimetry table_;
};

/// The volatile species that the lattice's rules can make, alphabetically.
std::vector<std::size_t> gases_of(const ReactionLattice& lattice);

/// Mass of a species that escaped over that of the precursor.
double escaped_fraction(const ReactionLattice& lattice, std::size_t species);

/// Atoms per carbon atom; 0 without carbon.
double per_carbon(const Formula& formula, Element element);

}  // namespace cardhouse
