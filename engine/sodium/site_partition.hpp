#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "engine/base/contracts.hpp"

namespace cardhouse {

/// A set of sites, some occupied: both the occupied and the vacant ones can be listed, in no particular order, and one
/// changes over in O(1).
class SitePartition {
 public:
  /// All vacant.
  explicit SitePartition(std::size_t sites) : order_(sites), place_(sites) {
    std::iota(order_.begin(), order_.end(), 0U);
    std::iota(place_.begin(), place_.end(), 0U);
  }
  std::size_t size() const { return order_.size(); }
  std::size_t count() const { return count_; }
  bool is_occupied(std::size_t site) const { return place_[site] < count_; }
  std::span<const std::uint32_t> occupied() const { return {order_.data(), count_}; }
  std::span<const std::uint32_t> vacant() const { return {order_.data() + count_, size() - count_}; }

  void insert(std::size_t site) {
    EXPECTS(!is_occupied(site));
    put(site, count_++);
  }
  void remove(std::size_t site) {
    EXPECTS(is_occupied(site));
    put(site, --count_);
  }

 private:
  void put(std::size_t site, std::size_t place) {
    const std::uint32_t other = order_[place];
    order_[place_[site]] = other;
    place_[other] = place_[site];
    order_[place] = static_cast<std::uint32_t>(site);
    place_[site] = static_cast<std::uint32_t>(place);
  }

  std::vector<std::uint32_t> order_;  ///< occupied sites first
  std::vector<std::uint32_t> place_;  ///< where a site stands in order_
  std::size_t count_ = 0;
};

}  // namespace cardhouse
