#include "engine/carbonize/volatile_walks.hpp"

#include <algorithm>
#include <cmath>

namespace cardhouse {
namespace {

double total_of(std::span<const ReactionTable::FreeReaction> reactions) {
  double sum = 0;
  for (const auto& reaction : reactions) sum += reaction.constant;
  return sum;
}

/// The reaction at `target` of the running sum of constants.
std::size_t rule_at(std::span<const ReactionTable::FreeReaction> reactions, double target) {
  for (const auto& reaction : reactions) {
    if ((target -= reaction.constant) < 0) return reaction.rule;
  }
  return reactions.back().rule;
}

}  // namespace

std::array<std::size_t, 6> WalkMap::neighbours(std::size_t cell) const {
  std::array<std::size_t, 6> result{};
  std::size_t stride = 1;
  for (std::size_t k = 0; k < 3; ++k) {
    const std::size_t at = cell / stride % sides[k];
    const std::size_t base = cell - at * stride;
    result[2 * k] = base + (at + 1) % sides[k] * stride;
    result[2 * k + 1] = base + (at + sides[k] - 1) % sides[k] * stride;
    stride *= sides[k];
  }
  return result;
}

bool WalkMap::has_exit(std::size_t cell) const {
  if (open[cell] != 0) return true;
  const auto around = neighbours(cell);
  return std::any_of(around.begin(), around.end(),
                     [&](std::size_t next) { return open[next] != 0 || gelled[next] == 0; });
}

void VolatileWalks::set(const FurnaceConditions& conditions) {
  hop_ = transport_.hop.at(conditions.temperature);
  escape_ = transport_.escape.at(conditions.temperature);
  inflate_ = transport_.inflate.at(conditions.temperature);
  leak_ = transport_.leak.at(conditions.temperature);
  residence_ = conditions.atmosphere->residence;
}

double VolatileWalks::inflate_rate(std::size_t cell) const {
  if (map_.gelled[cell] == 0 || map_.has_exit(cell)) return 0;
  return inflate_ * map_.dissolved[cell] / (transport_.saturation * map_.cell_mass);
}

double VolatileWalks::leak_chance(double time) const {
  return -std::expm1(-leak_ * time);
}

WalkResult VolatileWalks::leave(std::size_t species, std::size_t cell, Stream& stream) const {
  const auto reactions = table_.free_reactions(species);
  const double total = residence_ > 0 ? total_of(reactions) : 0;
  if (total == 0 || stream.exponential() > total * residence_) return {WalkEnd::Escapes, cell, 0, 0};
  return {WalkEnd::ReactsOutside, cell, rule_at(reactions, stream.uniform() * total), 0};
}

WalkResult VolatileWalks::walk(std::size_t species, std::size_t cell, double time, Stream& stream) const {
  const auto reactions = table_.free_reactions(species);
  const double react = total_of(reactions);
  for (std::uint64_t hops = 0;;) {
    const double hop = hop_ * (map_.gelled[cell] != 0 ? transport_.gelled_mobility : 1);
    const double escape = map_.open[cell] != 0 ? escape_ : 0;
    const double inflate = inflate_rate(cell);
    const double total = hop + escape + inflate + react;
    time -= stream.exponential() / total;
    if (!(time > 0)) return {WalkEnd::Stays, cell, 0, hops};
    double target = stream.uniform() * total;
    if ((target -= hop) < 0) {
      cell = map_.neighbours(cell)[stream.below(6)];
      ++hops;
    } else if ((target -= escape) < 0) {
      WalkResult result = leave(species, cell, stream);
      result.hops = hops;
      return result;
    } else if ((target -= inflate) < 0) {
      return {WalkEnd::Inflates, cell, 0, hops};
    } else if (react > 0) {
      return {WalkEnd::Reacts, cell, rule_at(reactions, target), hops};
    }
  }
}

}  // namespace cardhouse
