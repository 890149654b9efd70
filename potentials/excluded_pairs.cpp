#include "potentials/excluded_pairs.hpp"

#include <algorithm>
#include <cmath>

namespace cardhouse {
namespace {

constexpr int longest_chain = 3;   // bonds
constexpr double rounding = 1e-6;  // of a distance [angstrom]

}  // namespace

void ExcludedPairs::rebuild(const Atoms& atoms, const BondGraph& bonds, const ImageSites& sites) {
  starts_.assign(1, 0);
  steps_.clear();
  double longest = 0;  // squared
  for (std::uint32_t i = 0; i < bonds.size(); ++i) {
    for (const std::uint32_t j : bonds.of(i)) {
      const Vector3 plain = atoms.positions[j] - atoms.positions[i];
      const Vector3 nearest = atoms.cell.minimum_image(plain);
      const Vector3 cells = atoms.cell.to_fractional(nearest - plain);
      longest = std::max(longest, squared_norm(nearest));
      ImageShift shift;
      for (int axis = 0; axis < 3; ++axis) {
        const long between_given = std::lround(cells[axis]);
        shift[axis] = static_cast<std::int8_t>(between_given + sites.wrap(j)[axis] - sites.wrap(i)[axis]);
      }
      steps_.push_back({j, shift});
    }
    starts_.push_back(static_cast<std::uint32_t>(steps_.size()));
  }
  reach_ = longest_chain * std::sqrt(longest) + rounding;
}

void ExcludedPairs::collect(std::uint32_t atom, std::vector<std::uint64_t>& keys) const {
  keys.clear();
  walk(atom, {0, 0, 0}, longest_chain, keys);
  std::sort(keys.begin(), keys.end());
}

void ExcludedPairs::walk(std::uint32_t atom, ImageShift shift, int bonds_left, std::vector<std::uint64_t>& keys) const {
  keys.push_back(key(atom, shift));
  if (bonds_left == 0) return;
  for (std::uint32_t step = starts_[atom]; step < starts_[atom + 1]; ++step) {
    ImageShift next = shift;
    for (int axis = 0; axis < 3; ++axis) next[axis] = static_cast<std::int8_t>(next[axis] + steps_[step].shift[axis]);
    walk(steps_[step].neighbour, next, bonds_left - 1, keys);
  }
}

}  // namespace cardhouse
