#include "analysis/slab.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/structure/atom_locator.hpp"

namespace cardhouse {

Slab::Slab(const Atoms& atoms, int axis, double least_vacuum) : cell_(atoms.cell), axis_(axis) {
  EXPECTS(axis >= 0 && axis < 3);
  if (atoms.size() == 0) throw InputError("a structure without atoms is no slab");
  const double width = cell_.widths()[axis];
  struct Extent {
    double low, high;
  };
  std::vector<Extent> extents;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const double at = cell_.to_fractional(cell_.wrap(atoms.positions[i]))[axis];
    const double radius = van_der_waals_radius(atoms.elements[i]) / width;
    extents.push_back({at - radius, at + radius});
  }
  std::sort(extents.begin(), extents.end(), [](const Extent& a, const Extent& b) { return a.low < b.low; });
  double top = extents.front().high, gap = -1;
  for (const Extent& extent : extents) {
    if (extent.low - top > gap) gap = extent.low - top, low_ = extent.low;
    top = std::max(top, extent.high);
  }
  if (const double around = extents.front().low + 1 - top; around >= gap) gap = around, low_ = extents.front().low;
  if (gap * width <= least_vacuum) {
    throw InputError(fmt::format("the widest gap along cell vector {} is {:.3g} angstrom, no vacuum beside a slab",
                                 axis + 1, std::max(0.0, gap * width)),
                     fmt::format("leave more than {:.3g} angstrom, or describe it as filling its cell", least_vacuum));
  }
  thickness_ = 1 - gap;
}

bool Slab::holds_fraction(const Vector3& fractional) const {
  if (axis_ < 0) return true;
  const double above = fractional[axis_] - low_;
  return above - std::floor(above) <= thickness_;
}

bool Slab::holds(const Vector3& position) const {
  return axis_ < 0 || holds_fraction(cell_.to_fractional(position));
}

}  // namespace cardhouse
