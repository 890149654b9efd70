#include "engine/builder/kuhn_star.hpp"

#include <bitset>

namespace cardhouse {
namespace {

constexpr bool is_edge(const GridOffset& step) {
  for (int neighbour = 0; neighbour < kuhn_neighbours; ++neighbour) {
    const GridOffset other = kuhn_offset(neighbour);
    if (step.i == other.i && step.j == other.j && step.k == other.k) return true;
  }
  return false;
}

using Links = std::array<KuhnSet, kuhn_neighbours>;

// Which neighbours of a point are neighbours of each other.
constexpr Links find_links() {
  Links links{};
  for (int a = 0; a < kuhn_neighbours; ++a)
    for (int b = 0; b < kuhn_neighbours; ++b) {
      const GridOffset from = kuhn_offset(a), to = kuhn_offset(b);
      if (is_edge({to.i - from.i, to.j - from.j, to.k - from.k})) links[a] |= 1u << b;
    }
  return links;
}

constexpr Links links = find_links();

bool is_connected(KuhnSet set) {
  KuhnSet reached = set & (~set + 1), before = 0;
  while (reached != before) {
    before = reached;
    for (int neighbour = 0; neighbour < kuhn_neighbours; ++neighbour)
      if (before >> neighbour & 1) reached |= links[neighbour] & set;
  }
  return set != 0 && reached == set;
}

using DiscTable = std::bitset<all_kuhn_neighbours + 1>;

DiscTable find_discs() {
  DiscTable discs;
  for (KuhnSet set = 0; set <= all_kuhn_neighbours; ++set)
    discs[set] = is_connected(set) && is_connected(all_kuhn_neighbours & ~set);
  return discs;
}

}  // namespace

bool is_disc(KuhnSet neighbours) {
  static const DiscTable discs = find_discs();
  return discs[neighbours];
}

}  // namespace cardhouse
