#include "engine/kinetics/rate_tree.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/base/contracts.hpp"

namespace cardhouse {

RateTree::RateTree(std::size_t events) : size_(events), leaves_(std::bit_ceil(events)), sums_(2 * leaves_, 0.0) {
  EXPECTS(events > 0);
}

void RateTree::set(std::size_t event, double rate) {
  EXPECTS(event < size_);
  EXPECTS(rate >= 0 && std::isfinite(rate));
  std::size_t node = leaves_ + event;
  sums_[node] = rate;
  while (node > 1) {
    node /= 2;
    sums_[node] = sums_[2 * node] + sums_[2 * node + 1];
  }
}

std::size_t RateTree::pick(double fraction) const {
  EXPECTS(fraction > 0 && fraction < 1);
  EXPECTS(total() > 0);
  double target = fraction * total();
  std::size_t node = 1;
  while (node < leaves_) {
    const double left = sums_[2 * node];
    const double right = sums_[2 * node + 1];
    // Rounding may push the target past the left sum when nothing is on the right; never descend into a zero.
    const bool go_right = right > 0 && (left == 0 || target >= left);
    if (go_right) target = std::max(0.0, target - left);
    node = 2 * node + (go_right ? 1 : 0);
  }
  ENSURES(sums_[node] > 0);
  return node - leaves_;
}

void RateTree::assign(const std::vector<double>& rates) {
  EXPECTS(rates.size() == size_);
  EXPECTS(std::all_of(rates.begin(), rates.end(), [](double rate) { return rate >= 0 && std::isfinite(rate); }));
  std::copy(rates.begin(), rates.end(), sums_.begin() + static_cast<std::ptrdiff_t>(leaves_));
  for (std::size_t node = leaves_ - 1; node > 0; --node) sums_[node] = sums_[2 * node] + sums_[2 * node + 1];
}

}  // namespace cardhouse
