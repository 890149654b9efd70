#include "engine/relax/atom_division.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"

namespace cardhouse {

AtomDivision::AtomDivision(const Atoms& whole, const std::vector<Brick>& bricks, const Communicator& ranks)
    : ranks_(ranks), brick_starts_(1, 0), rank_of_(whole.size()), slot_of_(whole.size()), elements_(whole.elements) {
  for (const Brick& brick : bricks) {
    order_.insert(order_.end(), brick.atoms.begin(), brick.atoms.end());
    brick_starts_.push_back(order_.size());
  }
  EXPECTS(order_.size() == whole.size());
  for (int rank = 0; rank < ranks_.size(); ++rank) {
    for (std::uint32_t slot = 0; const std::uint32_t atom : of_rank(rank)) {
      rank_of_[atom] = rank;
      slot_of_[atom] = slot++;
    }
  }
}

/// As even as can be; with fewer bricks than ranks the last ranks have none.
int AtomDivision::first_brick_of(int rank) const {
  if (bricks() <= ranks_.size()) return std::min(rank, bricks());
  return static_cast<int>(static_cast<long>(rank) * bricks() / ranks_.size());
}

std::span<const std::uint32_t> AtomDivision::of_rank(int rank) const {
  const std::size_t first = brick_starts_[static_cast<std::size_t>(first_brick_of(rank))];
  const std::size_t last = brick_starts_[static_cast<std::size_t>(first_brick_of(rank + 1))];
  return std::span(order_).subspan(first, last - first);
}

std::vector<std::size_t> AtomDivision::own_starts() const {
  const auto begin = brick_starts_.begin() + first_brick();
  std::vector<std::size_t> starts(begin, brick_starts_.begin() + end_brick() + 1);
  for (std::size_t& start : starts) start -= *begin;
  return starts;
}

std::vector<Vector3> AtomDivision::own_part(std::span<const Vector3> of_all) const {
  std::vector<Vector3> result;
  for (const std::uint32_t atom : own()) result.push_back(of_all[atom]);
  return result;
}

std::vector<Vector3> AtomDivision::gather(std::span<const Vector3> own_values) const {
  EXPECTS(own_values.size() == own().size());
  std::vector<double> flat;
  flat.reserve(3 * own_values.size());
  for (const Vector3& v : own_values) flat.insert(flat.end(), {v.x, v.y, v.z});
  const std::vector<double> all = ranks_.gather(flat);
  std::vector<Vector3> result(order_.size());
  for (std::size_t k = 0; k < order_.size(); ++k) result[order_[k]] = {all[3 * k], all[3 * k + 1], all[3 * k + 2]};
  return result;
}

Atoms AtomDivision::gather(const Atoms& own_atoms_now) const {
  return {own_atoms_now.cell, gather(own_atoms_now.positions), elements_};
}

Atoms AtomDivision::own_atoms(const Atoms& whole) const {
  Atoms result{whole.cell, own_part(whole.positions), {}};
  for (const std::uint32_t atom : own()) result.elements.push_back(whole.elements[atom]);
  return result;
}

}  // namespace cardhouse
