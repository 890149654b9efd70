#include "engine/kinetics/sectors.hpp"

#include <algorithm>
#include <numeric>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr std::uint64_t most_sectors = 8;

int longest_side(const DivisionRequest& request, const DomainBox& box) {
  // A side must be longer by more than rounding to be preferred: the cuts of a cube must not depend on its last bit.
  int longest = 0;
  const auto side = [&](int axis) { return (box.high[axis] - box.low[axis]) * request.widths[axis]; };
  for (int axis = 1; axis < 3; ++axis)
    if (side(axis) > (1 + 1e-9) * side(longest)) longest = axis;
  return longest;
}

bool thick_enough(const DivisionRequest& request, const DomainBox& box) {
  for (int axis = 0; axis < 3; ++axis)
    if (box.divided[axis] && (box.high[axis] - box.low[axis]) * request.widths[axis] < 2 * request.separation)
      return false;
  return true;
}

/// The coordinate below which `share` of the weight of these points lies; they are sorted along the way.
double quantile(std::span<const FractionalPoint> points, std::span<const double> weights, std::span<std::uint32_t> some,
                int axis, double share) {
  std::ranges::sort(some, [&](std::uint32_t a, std::uint32_t b) {
    return points[a][axis] != points[b][axis] ? points[a][axis] < points[b][axis] : a < b;
  });
  double total = 0;
  for (const std::uint32_t point : some) total += weights[point];
  double below = 0;
  for (const std::uint32_t point : some)
    if ((below += weights[point]) >= share * total) return points[point][axis];
  return 1;
}

/// Cuts between `freedom` 0, in proportion to volume, and 1, to weight.
class Bisection {
 public:
  Bisection(std::span<const FractionalPoint> points, std::span<const double> weights, const DivisionRequest& request,
            double freedom)
      : points_(points), weights_(weights), request_(request), freedom_(freedom) {}

  Division result() {
    division_.domain_of.resize(points_.size());
    std::vector<std::uint32_t> all(points_.size());
    std::iota(all.begin(), all.end(), 0U);
    cut(request_.domains, {}, all);
    return std::move(division_);
  }

 private:
  void cut(std::size_t n, const DomainBox& box, std::span<std::uint32_t> some) {
    if (n == 1) {
      for (const std::uint32_t point : some)
        division_.domain_of[point] = static_cast<std::uint32_t>(division_.domains.size());
      division_.domains.push_back(box);
      return;
    }
    const int axis = longest_side(request_, box);
    const std::size_t first = n / 2;
    const double share = static_cast<double>(first) / static_cast<double>(n);
    const double even = box.low[axis] + share * (box.high[axis] - box.low[axis]);
    double place = even;
    if (freedom_ > 0) place += freedom_ * (quantile(points_, weights_, some, axis, share) - even);
    const auto middle =
        std::partition(some.begin(), some.end(), [&](std::uint32_t point) { return points_[point][axis] < place; });
    DomainBox below = box;
    DomainBox above = box;
    below.divided[axis] = above.divided[axis] = true;
    below.high[axis] = above.low[axis] = place;
    cut(first, below, {some.begin(), middle});
    cut(n - first, above, {middle, some.end()});
  }

  std::span<const FractionalPoint> points_;
  std::span<const double> weights_;
  const DivisionRequest& request_;
  double freedom_;
  Division division_;
};

bool thick_enough(const DivisionRequest& request, const Division& division) {
  return std::ranges::all_of(division.domains, [&](const DomainBox& box) { return thick_enough(request, box); });
}

/// Halves every domain along `axis` where its weight is, as far as both halves stay thick.
void halve(std::span<const FractionalPoint> points, std::span<const double> weights, const DivisionRequest& request,
           int axis, Division& division) {
  std::vector<std::vector<std::uint32_t>> members(division.domains.size());
  for (std::uint32_t point = 0; point < points.size(); ++point) members[division.domain_of[point]].push_back(point);
  const double least = request.separation / request.widths[axis];
  for (std::size_t domain = 0; domain < members.size(); ++domain) {
    DomainBox& box = division.domains[domain];
    box.middle[axis] = 0.5 * (box.low[axis] + box.high[axis]);
    if (box.high[axis] - box.low[axis] > 2 * least)
      box.middle[axis] = std::clamp(quantile(points, weights, members[domain], axis, 0.5), box.low[axis] + least,
                                    box.high[axis] - least);
  }
}

}  // namespace

bool fits(const DivisionRequest& request) {
  return thick_enough(request, Bisection({}, {}, request, 0).result());
}

Division divide(std::span<const FractionalPoint> points, std::span<const double> weights,
                const DivisionRequest& request) {
  EXPECTS(points.size() == weights.size() && request.domains >= 1 && fits(request));
  EXPECTS(std::ranges::all_of(weights, [](double weight) { return weight >= 0; }));
  Division division;
  for (const double freedom : {1.0, 0.75, 0.5, 0.25, 0.0}) {
    division = Bisection(points, weights, request, freedom).result();
    if (thick_enough(request, division)) break;
  }
  division.sector_of.assign(points.size(), 0);
  for (int axis = 0; axis < 3; ++axis) {
    if (std::ranges::none_of(division.domains, [&](const DomainBox& box) { return box.divided[axis]; })) continue;
    halve(points, weights, request, axis, division);
    for (std::size_t point = 0; point < points.size(); ++point)
      if (points[point][axis] >= division.domains[division.domain_of[point]].middle[axis])
        division.sector_of[point] = static_cast<std::uint8_t>(division.sector_of[point] + division.sectors);
    division.sectors *= 2;
  }
  return division;
}

std::vector<int> sector_order(const SectorKey& key, std::uint64_t cycle, int sectors) {
  std::vector<int> order(static_cast<std::size_t>(sectors));
  std::iota(order.begin(), order.end(), 0);
  Stream stream(key.seed, Purpose::Sectors, cycle / 2, ~key.replica);
  for (std::size_t k = order.size(); k > 1; --k) std::swap(order[k - 1], order[stream.below(k)]);
  if (cycle % 2 == 1) std::ranges::reverse(order);
  return order;
}

Stream sector_stream(const SectorKey& key, std::uint64_t cycle, int sector, std::uint64_t domain) {
  EXPECTS(domain < (std::uint64_t{1} << 32) && key.replica < (std::uint64_t{1} << 31));
  return {key.seed, Purpose::Sectors, cycle * most_sectors + static_cast<std::uint64_t>(sector),
          key.replica << 32 | domain};
}

}  // namespace cardhouse
