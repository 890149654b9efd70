#include "engine/anneal/bond_flip.hpp"

#include <algorithm>

namespace cardhouse {
namespace {

constexpr double half_bond = 0.71;  // of graphene [angstrom]
constexpr int open_ring = 12;       // larger ones are open edges

bool can_turn(const CarbonNetwork& network, std::uint32_t atom) {
  if (!network.present(atom) || network.element(atom) != Element::C || network.degree(atom) != 3) return false;
  const auto others = network.of(atom);
  return std::all_of(others.begin(), others.end(), [&](std::uint32_t other) { return is_inner(network, other); });
}

// The two neighbours besides `other`.
std::array<std::uint32_t, 2> others_of(const CarbonNetwork& network, std::uint32_t atom, std::uint32_t other) {
  std::array<std::uint32_t, 2> result{};
  std::size_t found = 0;
  for (const std::uint32_t neighbour : network.of(atom))
    if (neighbour != other) result[found++] = neighbour;
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

bool is_crosswise(const CarbonNetwork& network, const BondFlip& flip) {
  const Vector3 axis = normalized(network.separation(flip.a, flip.b));
  const auto across = [&](std::uint32_t from, std::uint32_t to) {
    const Vector3 arm = network.separation(from, to);
    return arm - dot(arm, axis) * axis;
  };
  const Vector3 c = across(flip.a, flip.c), e = across(flip.a, flip.stays_at_a);
  const Vector3 d = across(flip.b, flip.d), f = across(flip.b, flip.stays_at_b);
  return dot(c, f) + dot(e, d) > dot(c, d) + dot(e, f);
}

std::optional<BondFlip> propose_flip(const CarbonNetwork& network, Stream& stream) {
  const auto a = static_cast<std::uint32_t>(stream.below(network.size()));
  if (!can_turn(network, a)) return {};
  const std::uint32_t b = network.of(a)[stream.below(3)];
  if (!can_turn(network, b)) return {};
  const auto at_a = others_of(network, a, b), at_b = others_of(network, b, a);
  const std::size_t side = stream.below(2);
  BondFlip flip{a, b, at_a[side], at_b[0], at_a[1 - side], at_b[1]};
  if (!is_crosswise(network, flip)) std::swap(flip.d, flip.stays_at_b);
  const bool triangle = at_a[0] == at_b[0] || at_a[0] == at_b[1] || at_a[1] == at_b[0] || at_a[1] == at_b[1];
  if (triangle || network.bonded(flip.c, b) || network.bonded(flip.d, a)) return {};
  return flip;
}

BondFlip reverse(const BondFlip& flip) {
  return {flip.a, flip.b, flip.d, flip.c, flip.stays_at_a, flip.stays_at_b};
}

bool rings_allowed(const CarbonNetwork& network, const BondFlip& flip, const RingLimits& limits, BondSearch& search) {
  const auto& [a, b, c, d, e, f] = flip;
  const std::array<std::uint32_t, 2> bond{a, b};
  const auto allowed = [&](std::uint32_t from, std::uint32_t to, int added) {
    const auto way = search.distance(network, {from, to}, bond, open_ring - added);
    if (!way) return true;
    const int size = *way + added;
    return size >= limits.smallest && size <= limits.largest;
  };
  // The ways round are the same before and after; one or two atoms of the bond close them.
  return allowed(c, f, 2) && allowed(e, d, 2) && allowed(c, e, 3) && allowed(d, f, 3);
}

void apply(CarbonNetwork& network, const BondFlip& flip) {
  const auto& [a, b, c, d, e, f] = flip;
  const Vector3 bond = network.separation(a, b);
  const Vector3 middle = network.position(a) + 0.5 * bond;
  const auto from_middle = [&](std::uint32_t atom) {
    return network.cell().minimum_image(network.position(atom) - middle);
  };
  const Vector3 drawn = from_middle(d) + from_middle(e) - from_middle(c) - from_middle(f);
  network.disconnect(a, c);
  network.disconnect(b, d);
  network.connect(b, c);
  network.connect(a, d);
  network.place(a, middle + half_bond * normalized(drawn));
  network.place(b, middle - half_bond * normalized(drawn));
}

}  // namespace cardhouse
