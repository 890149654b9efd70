// The smallest program that uses an installed Cardhouse: hexagons of a naphthalene skeleton.
#include <engine/structure/rings.hpp>

#include <cstdio>

int main() {
  const cardhouse::BondGraph naphthalene(
      10, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 0}, {4, 6}, {6, 7}, {7, 8}, {8, 9}, {9, 5}});
  const auto rings = cardhouse::find_rings(naphthalene, 8);
  std::printf("%zu hexagons\n", rings.size());
  return rings.size() == 2 ? 0 : 1;
}
