#include "engine/transport/hop_census.hpp"

namespace cardhouse {
namespace {

std::uint64_t& at(ClassPairs& pairs, SiteClass from, SiteClass to) {
  return pairs[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)];
}

}  // namespace

void add(const ClassPairs& more, ClassPairs& sums) {
  for (std::size_t from = 0; from < sums.size(); ++from)
    for (std::size_t to = 0; to < sums.size(); ++to) sums[from][to] += more[from][to];
}

std::uint64_t total(const ClassPairs& pairs) {
  std::uint64_t sum = 0;
  for (const auto& row : pairs)
    for (const std::uint64_t count : row) sum += count;
  return sum;
}

std::uint64_t total_across(const ClassPairs& pairs) {
  std::uint64_t within = 0;
  for (std::size_t kind = 0; kind < pairs.size(); ++kind) within += pairs[kind][kind];
  return total(pairs) - within;
}

void HopCensus::count(std::uint32_t sodium, const Hop& hop) {
  const bool leaves_mouth = hop.from == SiteClass::Mouth;
  const bool enters_mouth = hop.to == SiteClass::Mouth;
  ++at(hops_, hop.from, hop.to);
  if (enters_mouth && !leaves_mouth) entered_from_[sodium] = hop.from;
  if (leaves_mouth && !enters_mouth) {
    if (entered_from_[sodium] != SiteClass::Mouth) ++at(mouths_, entered_from_[sodium], hop.to);
    entered_from_[sodium] = SiteClass::Mouth;
  }
  if (hop.barrier >= neck_barrier && !leaves_mouth && !enters_mouth) ++at(necks_, hop.from, hop.to);
}

}  // namespace cardhouse
