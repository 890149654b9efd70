#include "engine/relax/brick_atoms.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr std::uint32_t none = ~std::uint32_t{0};

/// Finds an image of an atom among those of a brick, of which the centres and the ghosts stand in ascending order.
class ImageFinder {
 public:
  ImageFinder(std::span<const std::uint32_t> ids, std::span<const Vector3> images, std::size_t centres,
              std::size_t atoms)
      : ids_(ids), images_(images), centre_(atoms, none), ghost_(atoms, none) {
    for (std::uint32_t k = 0; k < centres; ++k) centre_[ids[k]] = k;
    for (auto k = static_cast<std::uint32_t>(ids.size()); k-- > centres;) ghost_[ids[k]] = k;
  }
  std::uint32_t find(std::uint32_t id, const Vector3& image) const {
    if (centre_[id] != none && images_[centre_[id]] == image) return centre_[id];
    for (std::size_t k = ghost_[id]; k < ids_.size() && ids_[k] == id; ++k) {
      if (images_[k] == image) return static_cast<std::uint32_t>(k);
    }
    return none;
  }

 private:
  std::span<const std::uint32_t> ids_;
  std::span<const Vector3> images_;
  std::vector<std::uint32_t> centre_;
  std::vector<std::uint32_t> ghost_;  ///< the first
};

Vector3 rounded(const Vector3& v) {
  return {std::round(v.x), std::round(v.y), std::round(v.z)};
}

/// The part along the cell vectors along which a brick is divided.
Vector3 divided_part(Vector3 v, const Brick& brick) {
  for (int axis = 0; axis < 3; ++axis) v[axis] = brick.divided[axis] ? v[axis] : 0;
  return v;
}

}  // namespace

double longest_bond(const CarbonStructure& structure) {
  double longest = 0;
  for (const auto& [i, j] : structure.bonds.bonds()) {
    const Vector3 plain = structure.atoms.positions[j] - structure.atoms.positions[i];
    longest = std::max(longest, squared_norm(structure.atoms.cell.minimum_image(plain)));
  }
  return std::sqrt(longest);
}

BrickAtoms::BrickAtoms(const Brick& brick, const CarbonStructure& whole, const WrappedPlaces& wrapped, double halo)
    : structure_{{whole.atoms.cell, {}, {}}, {}} {
  const Vector3& widths = whole.atoms.cell.widths();
  const Vector3 depth{halo / widths.x, halo / widths.y, halo / widths.z};
  add_centres(brick);
  add_ghosts(brick, wrapped, depth);
  choose_cell(brick, wrapped, depth);
  structure_.bonds = local_bonds(brick, whole, wrapped);
  std::vector<Vector3> positions;
  for (const std::uint32_t id : ids_) {
    positions.push_back(whole.atoms.positions[id]);
    structure_.atoms.elements.push_back(whole.atoms.elements[id]);
  }
  move(whole.atoms.cell, positions);
}

void BrickAtoms::add_centres(const Brick& brick) {
  ids_ = brick.atoms;
  centres_ = ids_.size();
  images_.assign(centres_, {});
}

void BrickAtoms::add_ghosts(const Brick& brick, const WrappedPlaces& wrapped, const Vector3& halo) {
  std::vector<bool> is_centre(wrapped.places.size());
  for (const std::uint32_t id : brick.atoms) is_centre[id] = true;
  for (std::uint32_t id = 0; id < wrapped.places.size(); ++id) {
    Vector3 first, last;  // images within the halo
    for (int axis = 0; axis < 3; ++axis) {
      if (!brick.divided[axis]) continue;
      first[axis] = std::ceil(brick.low[axis] - halo[axis] - wrapped.places[id][axis]);
      last[axis] = std::floor(brick.high[axis] + halo[axis] - wrapped.places[id][axis]);
    }
    for (double x = first.x; x <= last.x; ++x) {
      for (double y = first.y; y <= last.y; ++y) {
        for (double z = first.z; z <= last.z; ++z) {
          const Vector3 image{x, y, z};
          if (is_centre[id] && image == Vector3{}) continue;
          ids_.push_back(id);
          images_.push_back(image);
        }
      }
    }
  }
}

void BrickAtoms::choose_cell(const Brick& brick, const WrappedPlaces& wrapped, const Vector3& halo) {
  Vector3 origin;
  for (int axis = 0; axis < 3; ++axis) {
    if (!brick.divided[axis]) continue;
    lengths_[axis] = brick.high[axis] - brick.low[axis] + 4 * halo[axis];  // half of it the halo, half the gap
    origin[axis] = brick.low[axis] - 2 * halo[axis];
  }
  for (std::size_t k = 0; k < size(); ++k)
    shifts_.push_back(divided_part(images_[k] - wrapped.taken[ids_[k]] - origin, brick));
}

BondGraph BrickAtoms::local_bonds(const Brick& brick, const CarbonStructure& whole,
                                  const WrappedPlaces& wrapped) const {
  const auto& [atoms, bonds] = whole;
  const ImageFinder finder(ids_, images_, centres_, atoms.size());
  std::vector<Bond> found;
  for (std::uint32_t k = 0; k < size(); ++k) {
    const std::uint32_t i = ids_[k];
    for (const std::uint32_t j : bonds.of(i)) {
      const Vector3 plain = atoms.positions[j] - atoms.positions[i];
      const Vector3 cells = rounded(atoms.cell.to_fractional(atoms.cell.minimum_image(plain) - plain));
      const Vector3 step = divided_part(cells + wrapped.taken[j] - wrapped.taken[i], brick);
      const std::uint32_t other = finder.find(j, images_[k] + step);
      if (other != none && k < other) found.push_back({k, other});
    }
  }
  return {size(), std::move(found)};
}

void BrickAtoms::move(const Cell& whole, std::span<const Vector3> positions) {
  EXPECTS(positions.size() == size());
  const auto& [a, b, c] = whole.vectors();
  structure_.atoms.cell = Cell(lengths_.x * a, lengths_.y * b, lengths_.z * c);
  structure_.atoms.positions.resize(size());
  for (std::size_t k = 0; k < size(); ++k)
    structure_.atoms.positions[k] = positions[k] + whole.to_cartesian(shifts_[k]);
}

}  // namespace cardhouse
