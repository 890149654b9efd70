#include "engine/sodium/site_repulsion.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/base/vector_widths.hpp"
#include "engine/structure/periodic_index.hpp"

namespace cardhouse {

namespace {

constexpr double units_in_reach = 1 << 25;              // squares up to 2^50
constexpr double nearest_knot = 2.5;                    // [angstrom]
constexpr std::size_t intervals = 1024;                 // between knots
constexpr std::array<int, 3> blocks_in_reach{2, 2, 6};  // finer along rows, which are read in one go

/// As rounded_for_exact_sums, halves to even.
inline float rounded(double value) {
  constexpr double to_steps = 0x1.8p28;  // the last bit of the sum is 2^-24
  return static_cast<float>((value + to_steps) - to_steps);
}

std::array<double, 3> in_units(const Vector3& v, double unit) {
  return {std::round(v.x / unit), std::round(v.y / unit), std::round(v.z / unit)};
}

/// Points one after another in memory, the first of them in slot `first`.
struct Row {
  std::array<const double*, 3> places;
  std::size_t count;
  std::uint32_t first;
};

/// Squares of distances that count.
struct Window {
  double closest;
  double reach;
};

/// Room for what is found, and for one square of each point of a row.
struct Room {
  std::uint32_t* slots;
  double* squares;
  double* scratch;
};

/// Puts down the points of a row that lie in the window and returns their number.
CARDHOUSE_FOR_EACH_VECTOR_WIDTH std::size_t put_down(const Row& row, const std::array<double, 3>& centre,
                                                     const Window& window, const Room& room) {
  const auto [x, y, z] = row.places;
  const auto [a, b, c] = centre;
  const auto [slots, squares, scratch] = room;
  const std::size_t n = row.count;
#pragma omp simd
  for (std::size_t k = 0; k < n; ++k) {
    const double dx = x[k] - a;
    const double dy = y[k] - b;
    const double dz = z[k] - c;
    scratch[k] = dx * dx + dy * dy + dz * dz;
  }
  const auto [closest, reach] = window;
  std::uint32_t slot = row.first;
  std::size_t size = 0;
  for (std::size_t k = 0; k < n; ++k, ++slot) {
    slots[size] = slot;
    squares[size] = scratch[k];
    size += static_cast<std::size_t>(scratch[k] < reach) & static_cast<std::size_t>(scratch[k] >= closest);
  }
  return size;
}

}  // namespace

double screened_repulsion(double distance, const RepulsionParameters& parameters) {
  if (distance >= parameters.cutoff) return 0;
  const auto potential = [&](double r) {
    return constants::coulomb / (parameters.permittivity * r) * std::exp(-r / parameters.screening_length);
  };
  return potential(distance) - potential(parameters.cutoff);
}

SiteRepulsion::SiteRepulsion(const Cell& cell, std::span<const Vector3> positions, std::span<const double> charges,
                             const RepulsionParameters& parameters, double closest)
    : parameters_(parameters),
      unit_(parameters.cutoff / units_in_reach),
      closest_(std::pow(std::max(1.0, std::ceil(closest / unit_)), 2)),
      reach_(units_in_reach * units_in_reach) {
  EXPECTS(positions.size() == charges.size() && closest >= 0);
  tabulate();
  lay_out(cell, positions.size());
  place(cell, positions, charges);
}

void SiteRepulsion::tabulate() {
  first_knot_ = std::max(closest_, std::pow(nearest_knot / unit_, 2));
  const double step = (reach_ - first_knot_) / intervals;
  knots_per_square_ = 1 / step;
  for (std::size_t k = 0; k <= intervals + 1; ++k) {  // one beyond the last, where rounding may lead
    const double r = unit_ * std::sqrt(first_knot_ + step * static_cast<double>(k));
    const double unshifted =
        constants::coulomb / (parameters_.permittivity * r) * std::exp(-r / parameters_.screening_length);
    const double derivative = -unshifted * (1 / r + 1 / parameters_.screening_length);
    knots_.push_back({screened_repulsion(r, parameters_), derivative * unit_ * unit_ / (2 * r) * step});
  }
}

// Few sites in a large cell get blocks in proportion to their number.
void SiteRepulsion::lay_out(const Cell& cell, std::size_t sites) {
  rectangular_ = cell.is_orthorhombic();
  const double reach = parameters_.cutoff * (1 + 1e-6);
  const double finest = cell.volume() / (std::pow(reach, 3) * static_cast<double>(sites + 8));
  const double coarser = std::max(1.0, std::cbrt(finest));
  for (int axis = 0; axis < 3; ++axis) {
    const double in_reach = cell.widths()[axis] / reach;
    counts_[axis] = static_cast<int>(std::max(1.0, blocks_in_reach[axis] * in_reach / coarser));
    span_[axis] = static_cast<int>(std::ceil(counts_[axis] / in_reach));
    widths_[axis] = cell.widths()[axis] / counts_[axis] / unit_;
    vectors_[axis] = in_units(cell.vectors()[axis], unit_);
  }
}

void SiteRepulsion::place(const Cell& cell, std::span<const Vector3> positions, std::span<const double> charges) {
  const auto block_at = [&](const Vector3& fractional) {
    std::size_t block = 0;
    for (int axis = 0; axis < 3; ++axis) {
      const int along = std::clamp(static_cast<int>(fractional[axis] * counts_[axis]), 0, counts_[axis] - 1);
      block = block * static_cast<std::size_t>(counts_[axis]) + static_cast<std::size_t>(along);
    }
    return static_cast<std::uint32_t>(block);
  };
  slot_of_.assign(charges.size(), no_slot);
  std::vector<std::uint32_t> block(charges.size());
  starts_.assign(static_cast<std::size_t>(counts_[0]) * counts_[1] * counts_[2] + 1, 0);
  for (std::size_t site = 0; site < charges.size(); ++site) {
    EXPECTS(charges[site] >= 0);
    if (charges[site] == 0) continue;
    block[site] = block_at(cell.to_fractional(cell.wrap(positions[site])));
    ++starts_[block[site] + 1];
  }
  for (std::size_t b = 1; b < starts_.size(); ++b) starts_[b] += starts_[b - 1];
  for (auto& axis : places_) axis.resize(starts_.back());
  for (auto* numbers : {&blocks_, &sites_}) numbers->resize(starts_.back());
  charges_.resize(starts_.back());
  std::vector<std::uint32_t> next = starts_;
  for (std::size_t site = 0; site < charges.size(); ++site) {
    if (charges[site] == 0) continue;
    const std::uint32_t slot = slot_of_[site] = next[block[site]]++;
    const Place where = in_units(cell.wrap(positions[site]), unit_);
    for (std::size_t axis = 0; axis < 3; ++axis) places_[axis][slot] = where[axis];
    blocks_[slot] = block[site];
    charges_[slot] = static_cast<float>(charges[site]);
    sites_[slot] = static_cast<std::uint32_t>(site);
    largest_charge_ = std::max(largest_charge_, charges[site]);
  }
}

SiteRepulsion::Block SiteRepulsion::block_of(std::uint32_t slot) const {
  const auto block = static_cast<int>(blocks_[slot]);
  return {block / counts_[2] / counts_[1], block / counts_[2] % counts_[1], block % counts_[2]};
}

SiteRepulsion::Place SiteRepulsion::seen_from(const Place& place, const Block& image) const {
  if (image == Block{}) return place;
  Place moved = place;
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (std::size_t vector = 0; vector < 3; ++vector) moved[axis] -= image[vector] * vectors_[vector][axis];
  return moved;
}

// Blocks out of reach are left out where the axes are at right angles.
void SiteRepulsion::find_partners(std::size_t site, Partners& found) const {
  found.all_.clear();
  found.size_ = 0;
  const std::uint32_t slot = slot_of_[site];
  if (slot == no_slot) return;
  const Place centre{places_[0][slot], places_[1][slot], places_[2][slot]};
  const Block home = block_of(slot);
  std::array<double, 3> inside;  // distance from the lower side of the home block
  for (int axis = 0; axis < 3; ++axis) inside[axis] = centre[axis] - home[axis] * widths_[axis];
  const auto square_gap = [&](int axis, int step) {
    if (step == 0 || !rectangular_) return 0.0;
    const double gap = step < 0 ? inside[axis] - (step + 1) * widths_[axis] : step * widths_[axis] - inside[axis];
    return gap * gap;
  };
  const double blocks_a_unit = 1 / widths_[2];
  const double middle = inside[2] * blocks_a_unit + span_[2];
  for (int i = -span_[0]; i <= span_[0]; ++i) {
    const double beyond = reach_ * (1 + 1e-6) - square_gap(0, i);
    for (int j = -span_[1]; j <= span_[1]; ++j) {
      const double left = beyond - square_gap(1, j);
      if (left < 0) continue;
      const double half = rectangular_ ? std::sqrt(left) * blocks_a_unit : 2 * span_[2] + 1;
      const int low = std::max(0, static_cast<int>(middle - half));
      const int high = std::min(2 * span_[2], static_cast<int>(middle + half));
      const int origin = home[2] - span_[2];
      find_in_row(centre, {home[0] + i, home[1] + j, origin + low}, origin + high, found);
    }
  }
  weigh(slot, found);
}

// Slots and squares of distances; a row may go through several images of the cell.
void SiteRepulsion::find_in_row(const Place& centre, const Block& begin, int end, Partners& found) const {
  Block image{};
  Block first = begin;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (; first[axis] < 0; first[axis] += counts_[axis]) --image[axis];
    for (; first[axis] >= counts_[axis]; first[axis] -= counts_[axis]) ++image[axis];
  }
  const std::uint32_t* const starts =
      starts_.data() + (static_cast<std::size_t>(first[0]) * counts_[1] + first[1]) * counts_[2];
  for (int blocks = end - begin[2] + 1; blocks > 0; first[2] = 0, ++image[2]) {
    const int here = std::min(blocks, counts_[2] - first[2]);
    blocks -= here;
    const std::uint32_t from = starts[first[2]];
    const std::size_t count = starts[first[2] + here] - from;
    found.make_room(count);
    found.size_ += put_down({{&places_[0][0] + from, &places_[1][0] + from, &places_[2][0] + from}, count, from},
                            seen_from(centre, image), {closest_, reach_},
                            {&found.slots_[found.size_], &found.squares_[found.size_], found.scratch_.data()});
  }
}

// Hermite's cubic between two knots.
inline float SiteRepulsion::strength(double squared, double charges) const {
  if (squared < first_knot_) [[unlikely]]
    return rounded(charges * screened_repulsion(unit_ * std::sqrt(squared), parameters_));
  const double place = (squared - first_knot_) * knots_per_square_;
  const auto k = static_cast<std::int32_t>(place);
  const double t = place - k;
  const Knot& left = knots_[k];
  const Knot& right = knots_[k + 1];
  const double rise = right.value - left.value;
  const double square = 3 * rise - 2 * left.slope - right.slope;
  return rounded(charges * (left.value + t * (left.slope + t * (square + t * (rise - left.slope - square)))));
}

void SiteRepulsion::weigh(std::uint32_t slot, Partners& found) const {
  const double charge = charges_[slot];
  found.all_.resize(found.size_);
  for (std::size_t k = 0; k < found.size_; ++k) {
    const std::uint32_t partner = found.slots_[k];
    const double charges = partner == slot ? 0 : charge * charges_[partner];
    found.all_[k] = {sites_[partner], strength(found.squares_[k], charges)};
  }
}

std::vector<PairTable::Entry> SiteRepulsion::of(std::size_t site) const {
  Partners found;
  find_partners(site, found);
  std::ranges::sort(found.all_, {}, &PairTable::Entry::site);
  std::vector<PairTable::Entry> merged;
  for (const PairTable::Entry& partner : found.all_) {
    if (partner.value == 0) continue;
    if (!merged.empty() && merged.back().site == partner.site)
      merged.back().value += partner.value;
    else
      merged.push_back(partner);
  }
  return merged;
}

double SiteRepulsion::value(std::size_t first, std::size_t second) const {
  const std::uint32_t a = slot_of_[first];
  const std::uint32_t b = slot_of_[second];
  if (a == no_slot || b == no_slot) return 0;
  const Block home = block_of(a);
  const Block other = block_of(b);
  Block least, most;  // images of the second site that may be within the cut-off
  for (int axis = 0; axis < 3; ++axis) {
    least[axis] = -floor_divide(other[axis] - home[axis] + span_[axis], counts_[axis]);
    most[axis] = floor_divide(home[axis] - other[axis] + span_[axis], counts_[axis]);
  }
  const double charges = static_cast<double>(charges_[a]) * charges_[b];
  double sum = 0;
  for (int i = least[0]; i <= most[0]; ++i)
    for (int j = least[1]; j <= most[1]; ++j)
      for (int k = least[2]; k <= most[2]; ++k) {
        const Place centre = seen_from({places_[0][a], places_[1][a], places_[2][a]}, {i, j, k});
        double squared = 0;
        for (std::size_t axis = 0; axis < 3; ++axis)
          squared += (places_[axis][b] - centre[axis]) * (places_[axis][b] - centre[axis]);
        if (is_pair(squared)) sum += strength(squared, charges);
      }
  return sum;
}

double SiteRepulsion::largest_value() const {
  if (closest_ <= 1) return std::numeric_limits<double>::infinity();
  double images = 1;
  for (int axis = 0; axis < 3; ++axis) images *= 2 * span_[axis] / counts_[axis] + 1;
  return images * strength(closest_, largest_charge_ * largest_charge_);
}

}  // namespace cardhouse
