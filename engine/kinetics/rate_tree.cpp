#include "engine/kinetics/rate_tree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/contracts.hpp"

namespace cardhouse {

double RateTree::Node::sum() const {
  return ((parts[0] + parts[1]) + (parts[2] + parts[3])) + ((parts[4] + parts[5]) + (parts[6] + parts[7]));
}

// The child in which `target` lies, counted from the left; `target` becomes its place within the child. Rounding may
// leave it beyond the last child that is not zero: then it stands at the far end of that one.
std::size_t RateTree::Node::child_at(double& target) const {
  std::size_t last = width;
  for (std::size_t child = 0; child < width; ++child) {
    if (parts[child] <= 0) continue;
    if (target < parts[child]) return child;
    target -= parts[child];
    last = child;
  }
  ENSURES(last < width);
  target = std::numeric_limits<double>::infinity();
  return last;
}

RateTree::RateTree(std::size_t events) : size_(events) {
  EXPECTS(events > 0);
  std::size_t first = 0;
  for (std::size_t count = (events + width - 1) / width;; count = (count + width - 1) / width) {
    levels_.push_back(first);
    first += count;
    if (count == 1) break;
  }
  nodes_.resize(first);
}

void RateTree::put(std::size_t event, double rate) {
  EXPECTS(event < size_);
  EXPECTS(rate >= 0 && std::isfinite(rate));
  nodes_[event / width].parts[event % width] = rate;
}

void RateTree::set(std::size_t event, double rate) {
  put(event, rate);
  std::size_t place = event / width;
  for (std::size_t level = 0; level + 1 < levels_.size(); ++level) {
    const double sum = nodes_[levels_[level] + place].sum();
    nodes_[levels_[level + 1] + place / width].parts[place % width] = sum;
    place /= width;
  }
  total_ = nodes_.back().sum();
}

void RateTree::update(std::span<const RateUpdate> changes) {
  changed_.clear();
  for (const RateUpdate& change : changes) {
    put(change.event, change.rate);
    const auto place = static_cast<std::uint32_t>(change.event / width);
    if (changed_.empty() || changed_.back() != place) changed_.push_back(place);
  }
  for (std::size_t level = 0; level + 1 < levels_.size(); ++level) {
    std::size_t kept = 0;
    for (const std::uint32_t place : changed_) {
      const auto above = static_cast<std::uint32_t>(place / width);
      nodes_[levels_[level + 1] + above].parts[place % width] = nodes_[levels_[level] + place].sum();
      if (kept == 0 || changed_[kept - 1] != above) changed_[kept++] = above;
    }
    changed_.resize(kept);
  }
  total_ = nodes_.back().sum();
}

std::size_t RateTree::pick(double fraction) const {
  EXPECTS(fraction > 0 && fraction < 1);
  EXPECTS(total() > 0);
  double target = fraction * total();
  std::size_t place = 0;
  for (std::size_t level = levels_.size(); level-- > 0;)
    place = place * width + nodes_[levels_[level] + place].child_at(target);
  ENSURES(rate(place) > 0);
  return place;
}

void RateTree::assign(const std::vector<double>& rates) {
  EXPECTS(rates.size() == size_);
  for (std::size_t event = 0; event < size_; ++event) put(event, rates[event]);
  for (std::size_t level = 0; level + 1 < levels_.size(); ++level)
    for (std::size_t place = 0; levels_[level] + place < levels_[level + 1]; ++place)
      nodes_[levels_[level + 1] + place / width].parts[place % width] = nodes_[levels_[level] + place].sum();
  total_ = nodes_.back().sum();
}

}  // namespace cardhouse
