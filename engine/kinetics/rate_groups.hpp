#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/kinetics/event_selection.hpp"
#include "engine/kinetics/rate_tree.hpp"

namespace cardhouse {

/// Picks an event in proportion to its rate in constant time: composition and rejection (Slepoy, Thompson & Plimpton
/// 2008, doi:10.1063/1.2919546). Events whose rates lie between the same two powers of two form a group. A group is
/// picked by its sum, then one of its events at random, kept with probability rate over upper power: fewer than two
/// trials on average.
///
/// The sum of a group is kept as an integer, in units of the last bit of its rates: it is exact whatever was added and
/// taken away, up to 2^31 events. About 20 bytes an event.
class RateGroups {
 public:
  explicit RateGroups(std::size_t events);  ///< all rates zero; EXPECTS 0 < events < 2^31
  std::size_t size() const { return rates_.size(); }
  double rate(std::size_t event) const { return rates_[event]; }
  double total() const { return by_exponent_.total(); }
  /// EXPECTS a rate that is zero, or finite and at least 1e-300.
  void set(std::size_t event, double rate);
  void update(std::span<const RateUpdate> changes);
  /// EXPECTS total() > 0.
  std::size_t pick(Stream& stream) const;
  /// Replaces all rates in O(n).
  void assign(const std::vector<double>& rates);

 private:
  struct Group {
    std::vector<std::uint32_t> events;
    std::int64_t high = 0;  ///< sum of the upper 21 bits of the mantissas
    std::int64_t low = 0;   ///< and of the lower 32
    void count(std::uint64_t mantissa, std::int64_t sign);
    double sum(std::size_t exponent) const;
  };
  void add(std::size_t event, double rate);
  void take(std::size_t event);

  std::vector<double> rates_;
  std::vector<std::uint32_t> places_;  ///< of an event in its group
  std::vector<Group> groups_;          ///< by the exponent of the rate
  RateTree by_exponent_;
};

static_assert(EventSelection<RateGroups>);

}  // namespace cardhouse
