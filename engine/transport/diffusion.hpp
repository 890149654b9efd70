#pragma once

#include <span>
#include <vector>

#include "engine/structure/vector3.hpp"

namespace cardhouse {

/// Where every sodium had got to at equally spaced times, unwrapped, the start included.
struct DisplacementHistory {
  double interval = 0;                       ///< [s]
  std::vector<std::vector<Vector3>> frames;  ///< [angstrom]
};

/// Mean squared displacements over lags of 0, 1, 2, ... intervals, averaged over time origins [angstrom^2].
struct SquaredDisplacements {
  std::vector<double> tracer;  ///< of one sodium
  std::vector<double> jump;    ///< of the sum over all sodium, divided by their number
};

/// Lags up to a quarter of the history. EXPECTS at least two frames and one sodium.
SquaredDisplacements squared_displacements(const DisplacementHistory& history);

/// A straight line through the later part of the lags (a fifth of them to the end), where the ballistic rattle in local
/// minima has become an offset.
struct DiffusionFit {
  double diffusivity = 0;  ///< slope/6 [angstrom^2/s]
  double exponent = 0;     ///< of time, from the same part: 1 for diffusion, below 1 when trapped; 0 without motion
};
DiffusionFit fit_diffusion(std::span<const double> squared, double interval);

}  // namespace cardhouse
