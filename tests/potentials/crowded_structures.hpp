#pragma once
// Structures that reach every branch of bond-order potentials.

#include <cmath>

#include "tests/potentials/sample_structures.hpp"

namespace cardhouse::samples {

/// `n` cells along every axis, eight atoms each.
inline CarbonStructure diamond(int n, double edge) {
  CarbonStructure result{{Cell::cubic(n * edge), {}, {}}, {}};
  for (int cell = 0; cell < n * n * n; ++cell) {
    const Vector3 corner{1.0 * (cell % n), 1.0 * (cell / n % n), 1.0 * (cell / (n * n))};
    for (const Vector3& site : {Vector3{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}}) {
      result.atoms.add(Element::C, edge * (corner + site));
      result.atoms.add(Element::C, edge * (corner + site + Vector3{0.25, 0.25, 0.25}));
    }
  }
  result.bonds = BondGraph::from_distances(result.atoms);
  return result;
}

/// `n` atoms anywhere in a cube, none closer than `closest` [angstrom], a share of them hydrogen: every coordination,
/// and distances inside every switching range.
inline CarbonStructure crowd(std::size_t n, double hydrogen, double edge, double closest, std::uint64_t seed) {
  Stream stream(seed, Purpose::Test);
  CarbonStructure result{{Cell::cubic(edge), {}, {}}, BondGraph(n, {})};
  while (result.atoms.size() < n) {
    const Vector3 trial{edge * stream.uniform(), edge * stream.uniform(), edge * stream.uniform()};
    bool is_free = true;
    for (const Vector3& other : result.atoms.positions) {
      is_free = is_free && norm(result.atoms.cell.minimum_image(trial - other)) > closest;
    }
    const bool is_hydrogen = static_cast<double>(result.atoms.size()) < hydrogen * static_cast<double>(n);
    if (is_free) result.atoms.add(is_hydrogen ? Element::H : Element::C, trial);
  }
  return result;
}

}  // namespace cardhouse::samples
