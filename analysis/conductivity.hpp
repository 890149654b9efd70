#pragma once

#include <array>

#include "engine/structure/bond_graph.hpp"

namespace cardhouse {

/// Electronic conductivity of the bonded network as a resistor network (Kirkpatrick 1973,
/// doi:10.1103/RevModPhys.45.574): every bond between conjugated atoms (C, N or B with at most three neighbours) is one
/// and the same conductance, everything else insulates. In units of graphite along its layers, whose network gives
/// g/(sqrt(3) d) with d = 3.354 angstrom. It compares how well the sheets are connected; it knows nothing of carriers,
/// temperature, contacts or hops between layers (no bond joins them: 0 across graphite), and is no value in S/cm.
struct NetworkConductivity {
  std::array<double, 3> along{};                                        ///< xx, yy, zz; 1 along the layers of graphite
  double mean() const { return (along[0] + along[1] + along[2]) / 3; }  ///< 2/3 for graphite, invariant to rotation
};

/// The potential that minimises the dissipation in a uniform field, by conjugate gradients to a relative residual of
/// 1e-9. Throws InputError for a structure without atoms. EXPECTS bonds for every atom and a cell wider than two bonds.
NetworkConductivity network_conductivity(const CarbonStructure& structure);

}  // namespace cardhouse
