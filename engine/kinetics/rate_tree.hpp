#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/kinetics/event_selection.hpp"

namespace cardhouse {

/// Picks an event in proportion to its rate in O(log n): a tree of partial sums (Wong & Easton 1980,
/// doi:10.1137/0209009), eight children a node, which is one line of the cache. Each sum is recomputed from its eight
/// parts, so that rounding never drifts. 9.2 bytes an event.
class RateTree {
 public:
  explicit RateTree(std::size_t events);  ///< all rates zero; EXPECTS events > 0
  std::size_t size() const { return size_; }
  double rate(std::size_t event) const { return nodes_[event / width].parts[event % width]; }
  double total() const { return total_; }
  /// EXPECTS rate >= 0 and finite.
  void set(std::size_t event, double rate);
  /// Sets many rates; a sum above several of them is recomputed once. The events may come in any order, neighbours in
  /// a row are best.
  void update(std::span<const RateUpdate> changes);
  /// The event at `fraction` in (0, 1) of the total; never one of rate zero. EXPECTS total() > 0.
  std::size_t pick(double fraction) const;
  std::size_t pick(Stream& stream) const { return pick(stream.uniform()); }
  /// Replaces all rates in O(n).
  void assign(const std::vector<double>& rates);

 private:
  static constexpr std::size_t width = 8;
  struct alignas(64) Node {
    std::array<double, width> parts{};
    double sum() const;
    std::size_t child_at(double& target) const;
  };
  void put(std::size_t event, double rate);

  std::size_t size_;
  std::vector<std::size_t> levels_;  ///< first node of each level, the events' own first
  std::vector<Node> nodes_;
  double total_ = 0;
  std::vector<std::uint32_t> changed_;  ///< nodes of one level
};

static_assert(EventSelection<RateTree>);

}  // namespace cardhouse
