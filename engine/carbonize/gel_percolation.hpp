#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace cardhouse {

/// Whether face-sharing occupied cells of a periodic simple cubic lattice join into a cluster that wraps around it in
/// any direction. Cells are numbered x fastest. Union-find that carries each cell's displacement from its root
/// (Newman & Ziff 2001, doi:10.1103/PhysRevE.64.016706, wrapping criterion of section II D).
/// EXPECTS occupied.size() to be the product of the sides, sides >= 1.
bool percolates(const std::vector<bool>& occupied, std::array<std::size_t, 3> sides);

/// Bond probability at which a Bethe lattice of coordination z gels: 1/(z - 1) (Flory 1941, J. Am. Chem. Soc. 63,
/// 3083; Fisher & Essam 1961, J. Math. Phys. 2, 609). EXPECTS z > 2.
double bethe_threshold(double coordination);

}  // namespace cardhouse
