#pragma once

#include <cstdint>
#include <vector>

#include "engine/offlattice/moving_bins.hpp"

namespace cardhouse {

/// Finds which of many points of a periodic cell lies nearest to a place.
class NearestPoint {
 public:
  NearestPoint(const Cell& cell, const std::vector<Vector3>& points);

  struct Found {
    std::int32_t index;  ///< -1: none within 48 angstrom
    double distance;     ///< to its nearest image [angstrom]; infinite when there is none
  };
  Found operator()(const Vector3& place) const;

 private:
  MovingBins bins_;
};

}  // namespace cardhouse
