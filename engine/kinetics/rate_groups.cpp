#include "engine/kinetics/rate_groups.hpp"

#include <bit>
#include <cmath>

#include "engine/base/contracts.hpp"

namespace cardhouse {

namespace {

constexpr std::size_t exponents = 2048;  // of a double, biased by 1023
constexpr int mantissa_bits = 52;

std::size_t exponent_of(double rate) {
  return std::bit_cast<std::uint64_t>(rate) >> mantissa_bits;
}

/// The rate in units of its last bit, 2^52 to 2^53.
std::uint64_t mantissa_of(double rate) {
  constexpr std::uint64_t leading = std::uint64_t{1} << mantissa_bits;
  return (std::bit_cast<std::uint64_t>(rate) & (leading - 1)) | leading;
}

/// 2^(exponent - 1023), the smallest rate of a group, from its bits.
double smallest(std::size_t exponent) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent) << mantissa_bits);
}

}  // namespace

void RateGroups::Group::count(std::uint64_t mantissa, std::int64_t sign) {
  high += sign * static_cast<std::int64_t>(mantissa >> 32);
  low += sign * static_cast<std::int64_t>(mantissa & 0xffffffff);
}

double RateGroups::Group::sum(std::size_t exponent) const {
  return (static_cast<double>(high) * 0x1p-20 + static_cast<double>(low) * 0x1p-52) * smallest(exponent);
}

RateGroups::RateGroups(std::size_t events)
    : rates_(events, 0.0), places_(events, 0), groups_(exponents), by_exponent_(exponents) {
  EXPECTS(events > 0 && events < (std::size_t{1} << 31));
}

void RateGroups::take(std::size_t event) {
  const double rate = rates_[event];
  Group& group = groups_[exponent_of(rate)];
  const std::uint32_t last = group.events.back();
  group.events[places_[event]] = last;
  places_[last] = places_[event];
  group.events.pop_back();
  group.count(mantissa_of(rate), -1);
}

void RateGroups::add(std::size_t event, double rate) {
  Group& group = groups_[exponent_of(rate)];
  places_[event] = static_cast<std::uint32_t>(group.events.size());
  group.events.push_back(static_cast<std::uint32_t>(event));
  group.count(mantissa_of(rate), 1);
}

void RateGroups::set(std::size_t event, double rate) {
  EXPECTS(event < size());
  EXPECTS(rate == 0 || (rate >= 1e-300 && std::isfinite(rate)));
  const double before = rates_[event];
  if (before == rate) return;
  const std::size_t left = exponent_of(before);
  const std::size_t entered = exponent_of(rate);
  if (before > 0 && rate > 0 && left == entered) {
    groups_[left].count(mantissa_of(before), -1);
    groups_[left].count(mantissa_of(rate), 1);
  } else {
    if (before > 0) take(event);
    if (rate > 0) add(event, rate);
    if (before > 0) by_exponent_.set(left, groups_[left].sum(left));
  }
  rates_[event] = rate;
  if (rate > 0) by_exponent_.set(entered, groups_[entered].sum(entered));
}

void RateGroups::update(std::span<const RateUpdate> changes) {
  for (const RateUpdate& change : changes) set(change.event, change.rate);
}

std::size_t RateGroups::pick(Stream& stream) const {
  EXPECTS(total() > 0);
  const std::size_t exponent = by_exponent_.pick(stream);
  const std::vector<std::uint32_t>& events = groups_[exponent].events;
  const double most = 2 * smallest(exponent);
  for (;;) {
    const std::uint32_t event = events[stream.below(events.size())];
    if (stream.uniform() * most < rates_[event]) return event;
  }
}

void RateGroups::assign(const std::vector<double>& rates) {
  EXPECTS(rates.size() == size());
  for (std::size_t event = 0; event < size(); ++event) set(event, rates[event]);
}

}  // namespace cardhouse
