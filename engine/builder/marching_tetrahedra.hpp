#pragma once

#include "engine/builder/scalar_grid.hpp"
#include "engine/builder/surface_mesh.hpp"

namespace cardhouse {

/// The zero level set of the trilinear field as a periodic closed surface whose faces look towards positive values.
/// Every grid cube is cut into the six tetrahedra of Kuhn's triangulation, which match across cubes, and vertices are
/// keyed by grid edge: the surface is watertight without a table of ambiguous cases (Doi & Koide 1991, IEICE Trans.
/// E74-D, 214). Vertices keep 2 % of a grid edge away from its ends.
///
/// The vertices nearer to one grid point than to the other ends of their grid edges become one, their mean, wherever
/// they form a disc (Treece, Prager & Gee 1999, doi:10.1016/S0097-8493(99)00076-X); where that would join edges or
/// leave a valence below 4 they stay. It leaves a third of the triangles, and the topology as it was. May be empty.
SurfaceMesh zero_surface(const ScalarGrid& field);

}  // namespace cardhouse
