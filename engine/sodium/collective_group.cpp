#include "engine/sodium/collective_group.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/contracts.hpp"

namespace cardhouse {

CollectiveGroup CollectiveGroup::host_electrons(const CarbonDomain& domain, const HostElectronParameters& parameters) {
  EXPECTS(domain.area > 0);
  CollectiveGroup group;
  group.kind_ = Kind::HostElectrons;
  group.factor_ = 2.0 / 3.0 * parameters.velocity * std::sqrt(std::numbers::pi / domain.area);
  group.offset_ = parameters.offset_density * domain.area;
  group.base_ = group.offset_ * std::sqrt(group.offset_);
  return group;
}

CollectiveGroup CollectiveGroup::gallery_opening(const GalleryPatch& patch, const OpeningParameters& parameters,
                                                 double reference) {
  EXPECTS(patch.area > 0 && patch.spacing > 0);
  const double footprint = 8 * std::sqrt(parameters.bending_stiffness * patch.spacing / parameters.stiffness);
  CollectiveGroup group;
  group.kind_ = Kind::GalleryOpening;
  group.factor_ = std::max(patch.area, footprint) * parameters.stiffness / (2 * patch.spacing);
  group.pull_ = parameters.slope;
  group.largest_ = std::max(0.0, parameters.largest_spacing - patch.spacing);
  group.reference_ = reference;
  return group;
}

CollectiveGroup CollectiveGroup::silent() {
  return {};
}

double CollectiveGroup::slope(double sum) const {
  switch (kind_) {
    case Kind::HostElectrons:
      return 1.5 * factor_ * std::sqrt(sum + offset_);
    case Kind::GalleryOpening:
      return -pull_ * opening(sum) - reference_;
    case Kind::Silent:
      break;
  }
  return 0;
}

// change(L'', step) - change(L', step) is the integral over |step| of F'(l + L'' - L') - F'(l), largest in size at the
// smallest l because F' changes ever more slowly.
double CollectiveGroup::safe_drift(double sum, double heaviest, double margin) const {
  for (double h = 1e6; h > 1e-6; h /= 2) {
    const double lowest = std::max(0.0, sum - h / 2 - heaviest);
    if (heaviest * std::abs(slope(lowest + h) - slope(lowest)) <= margin) return h;
  }
  return 0;
}

}  // namespace cardhouse
