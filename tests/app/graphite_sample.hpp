#pragma once

#include <cmath>

#include "engine/structure/atoms.hpp"

namespace cardhouse::samples {

/// Four AB-stacked layers, 1.42 angstrom bonds, one of the gaps wider by `slit` [angstrom].
inline Atoms graphite(double slit = 0) {
  constexpr double bond = 1.42, spacing = 3.4;
  constexpr int across = 5, along = 3, layers = 4;
  const double a = std::sqrt(3.0) * bond, b = 3 * bond;
  const double motif[4][2] = {{0, 0}, {a / 2, bond / 2}, {a / 2, 1.5 * bond}, {0, 2 * bond}};
  Atoms atoms{Cell::orthorhombic(across * a, along * b, layers * spacing + slit), {}, {}};
  for (int layer = 0; layer < layers; ++layer)
    for (int i = 0; i < across; ++i)
      for (int j = 0; j < along; ++j)
        for (const auto& [x, y] : motif)
          atoms.add(Element::C, {i * a + x, j * b + y + layer % 2 * bond, spacing * layer});
  return atoms;
}

}  // namespace cardhouse::samples
