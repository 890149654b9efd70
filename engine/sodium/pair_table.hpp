#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {

/// A symmetric sparse matrix over sites: the strength of a pair interaction, summed over periodic images.
///
/// Values are rounded to multiples of 2^-24 (6e-8) and kept in single precision, 8 bytes an entry. Sums below 2^28 are
/// then exact in double precision: a sum kept up to date over any number of additions and subtractions equals the sum
/// taken afresh.
class PairTable {
 public:
  struct Entry {
    std::uint32_t site;
    float value;
  };
  /// Strength of the pair at the given distance [angstrom]; zero leaves the pair out.
  using Strength = std::function<double(std::size_t first, std::size_t second, double distance)>;

  PairTable() = default;
  PairTable(const NeighbourList& neighbours, const Strength& strength);

  std::size_t size() const { return offsets_.empty() ? 0 : offsets_.size() - 1; }
  /// Partners of `site` in ascending order, itself excluded.
  std::span<const Entry> of(std::size_t site) const {
    return {entries_.data() + offsets_[site], offsets_[site + 1] - offsets_[site]};
  }
  /// Strength between two sites, zero when they are no pair.
  double value(std::size_t first, std::size_t second) const;
  /// Strength between a site and its own periodic images, each pair of images counted once.
  double self_value(std::size_t site) const { return site < self_.size() ? self_[site] : 0; }
  double largest_value() const;  ///< zero without pairs
  std::size_t entry_count() const { return entries_.size(); }

 private:
  void add_row(std::size_t site, std::span<const Neighbour> neighbours, const Strength& strength);

  std::vector<std::uint32_t> offsets_;
  std::vector<Entry> entries_;
  std::vector<double> self_;  ///< zeros at the end left out
};

/// The nearest multiple of 2^-24 (6e-8): up to one a number of single precision, sums of which are exact in double.
double rounded_for_exact_sums(double value);

}  // namespace cardhouse
