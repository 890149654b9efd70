#pragma once

#include <string>

#include "analysis/turbostratic.hpp"
#include "engine/app/description.hpp"

namespace cardhouse {

/// What a measured powder pattern says about a carbon.
struct PatternDescription {
  std::string head;      ///< lines for the page
  DescribedGroup group;  ///< numbers, and the table `pattern_fit` of data and model
};

/// Fits the profile of turbostratic carbon (fit_intensity() in analysis/turbostratic.hpp) to a file of two columns, 2
/// theta [degree] and intensity, as this instrument measured it. Throws InputError for a file that is no such pattern
/// or does not determine the fit.
PatternDescription describe_pattern(const std::string& path, const Instrument& instrument, bool counts);

}  // namespace cardhouse
