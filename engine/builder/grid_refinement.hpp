#pragma once

#include "engine/builder/scalar_grid.hpp"

namespace cardhouse {

/// The same periodic field on a grid of another number of points along an edge: its Fourier modes below the Nyquist
/// frequency of either grid, which gives the values between the points of a smooth field to rounding (trigonometric
/// interpolation; Trefethen 2000, Spectral Methods in MATLAB, ch. 3, doi:10.1137/1.9780898719598). O(points log
/// points).
ScalarGrid refined(const ScalarGrid& field, int points);

}  // namespace cardhouse
