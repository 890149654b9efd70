#pragma once

#include <cstddef>
#include <vector>

namespace cardhouse {

/// Picks an event in proportion to its rate in O(log n): a complete binary tree of partial sums, each inner node
/// recomputed from its two children so that rounding never drifts (Wong & Easton 1980, doi:10.1137/0209009).
class RateTree {
 public:
  explicit RateTree(std::size_t events);  ///< all rates zero; EXPECTS events > 0
  std::size_t size() const { return size_; }
  double rate(std::size_t event) const { return sums_[leaves_ + event]; }
  double total() const { return sums_[1]; }
  /// EXPECTS rate >= 0 and finite.
  void set(std::size_t event, double rate);
  /// The event at `fraction` in (0, 1) of the total; never one of rate zero. EXPECTS total() > 0.
  std::size_t pick(double fraction) const;
  /// Replaces all rates in O(n).
  void assign(const std::vector<double>& rates);

 private:
  std::size_t size_;
  std::size_t leaves_;  ///< power of two >= size
  std::vector<double> sums_;
};

}  // namespace cardhouse
