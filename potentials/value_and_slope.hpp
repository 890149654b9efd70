#pragma once

namespace cardhouse {

/// A function of one variable with its derivative.
struct ValueAndSlope {
  double value;
  double slope;
};

}  // namespace cardhouse
