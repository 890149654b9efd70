#include "engine/structure/atom_locator.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/structure/cell_bins.hpp"
#include "engine/structure/periodic_index.hpp"

namespace cardhouse {
namespace {

constexpr double bin_width = 3.0;  // two carbon atoms of 1.5 g/cm3 in a bin [angstrom]

std::vector<double> bondi_radii(const Atoms& atoms) {
  std::vector<double> radii;
  radii.reserve(atoms.size());
  for (Element element : atoms.elements) radii.push_back(van_der_waals_radius(element));
  return radii;
}

}  // namespace

double van_der_waals_radius(Element element) {
  switch (element) {
    case Element::H:
      return 1.20;
    case Element::B:
      return 1.92;
    case Element::C:
      return 1.70;
    case Element::N:
      return 1.55;
    case Element::O:
      return 1.52;
    case Element::F:
      return 1.47;
    case Element::Na:
      return 2.27;
    case Element::Mg:
      return 1.73;
    case Element::Al:
      return 1.84;
    case Element::Si:
      return 2.10;
    case Element::P:
      return 1.80;
    case Element::S:
      return 1.80;
    case Element::Cl:
      return 1.75;
    case Element::K:
      return 2.75;
    case Element::Ca:
      return 2.31;
    case Element::Mn:
      return 2.45;
    case Element::Fe:
      return 2.44;
    case Element::Ni:
      return 1.63;
    case Element::Zn:
      return 1.39;
  }
  throw InputError("element without a van der Waals radius");
}

AtomLocator::AtomLocator(const Atoms& atoms) : AtomLocator(atoms, bondi_radii(atoms)) {}

AtomLocator::AtomLocator(const Atoms& atoms, std::span<const double> radii)
    : cell_(atoms.cell), radii_(radii.begin(), radii.end()) {
  EXPECTS(radii.size() == atoms.size());
  if (atoms.size() == 0) throw InputError("a structure without atoms has no void to measure");
  std::sort(radii_.begin(), radii_.end());
  radii_.erase(std::unique(radii_.begin(), radii_.end()), radii_.end());
  EXPECTS(radii_.front() >= 0);

  bins_ = bin_counts(cell_, bin_width, atoms.size());
  const std::size_t n_bins = static_cast<std::size_t>(bins_[0]) * bins_[1] * bins_[2];
  std::vector<std::uint32_t> bin_of(atoms.size());
  offsets_.assign(n_bins + 1, 0);
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Vector3 fractional = cell_.to_fractional(cell_.wrap(atoms.positions[i]));
    std::array<int, 3> bin;
    for (int axis = 0; axis < 3; ++axis) {
      bin[axis] = std::clamp(static_cast<int>(fractional[axis] * bins_[axis]), 0, bins_[axis] - 1);
    }
    bin_of[i] = static_cast<std::uint32_t>((bin[0] * bins_[1] + bin[1]) * bins_[2] + bin[2]);
    ++offsets_[bin_of[i] + 1];
  }
  for (std::size_t b = 0; b < n_bins; ++b) offsets_[b + 1] += offsets_[b];
  std::vector<std::uint32_t> next(offsets_.begin(), offsets_.end() - 1);
  entries_.resize(atoms.size());
  for (std::uint32_t i = 0; i < atoms.size(); ++i) {
    const auto radius_class = std::lower_bound(radii_.begin(), radii_.end(), radii[i]) - radii_.begin();
    entries_[next[bin_of[i]]++] = {cell_.wrap(atoms.positions[i]), i, static_cast<std::uint32_t>(radius_class)};
  }
}

void AtomLocator::gather_bin(std::array<int, 3> bin, const Vector3& point, double reach,
                             std::vector<Image>& images) const {
  Vector3 shift = -point;
  std::size_t index = 0;
  for (int axis = 0; axis < 3; ++axis) {
    const int image = floor_divide(bin[axis], bins_[axis]);
    shift += cell_.vectors()[axis] * image;
    index = index * bins_[axis] + (bin[axis] - image * bins_[axis]);
  }
  for (std::uint32_t e = offsets_[index]; e < offsets_[index + 1]; ++e) {
    const Vector3 displacement = entries_[e].position + shift;
    const double limit = reach + radii_[entries_[e].radius_class];
    if (limit >= 0 && squared_norm(displacement) <= limit * limit) {
      images.push_back({entries_[e].atom, entries_[e].radius_class, displacement});
    }
  }
}

void AtomLocator::gather(const Vector3& point, double reach, std::vector<Image>& images) const {
  images.clear();
  // A hair more than needed, so that bins at the rim are not lost to rounding.
  const double centre_reach = std::max(0.0, reach + radii_.back()) + 1e-9;
  const Vector3 wrapped = cell_.wrap(point);
  const Vector3 fractional = cell_.to_fractional(wrapped);
  std::array<int, 3> low, high;
  for (int axis = 0; axis < 3; ++axis) {
    const double span = centre_reach / cell_.widths()[axis];
    low[axis] = static_cast<int>(std::floor((fractional[axis] - span) * bins_[axis] - 1e-9));
    high[axis] = static_cast<int>(std::floor((fractional[axis] + span) * bins_[axis] + 1e-9));
  }
  for (int i = low[0]; i <= high[0]; ++i) {
    for (int j = low[1]; j <= high[1]; ++j) {
      for (int k = low[2]; k <= high[2]; ++k) gather_bin({i, j, k}, wrapped, reach, images);
    }
  }
}

AtomLocator::Nearest AtomLocator::nearest(const Vector3& point) const {
  thread_local std::vector<Image> images;
  for (double reach = 0.5; true; reach = 2 * reach + 1) {
    gather(point, reach, images);
    if (images.empty()) continue;
    Nearest best{0, 0, 1e300};
    for (const Image& image : images) {
      const double distance = norm(image.displacement);
      const double clearance = distance - radii_[image.radius_class];
      if (clearance < best.clearance || (clearance == best.clearance && image.atom < best.atom)) {
        best = {image.atom, distance, clearance};
      }
    }
    return best;
  }
}

}  // namespace cardhouse
