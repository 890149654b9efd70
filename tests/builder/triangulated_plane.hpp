#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "engine/builder/surface_mesh.hpp"

namespace cardhouse {

/// A periodic plane of 26 x 30 nearly equilateral triangles (26 : 30 sqrt(3)/2 is 1.0008) at height z = edge/2.
inline SurfaceMesh triangulated_plane(double spacing = 2.43) {
  constexpr SurfaceMesh::Index columns = 26, rows = 30;
  const PeriodicCube cube{columns * spacing};
  std::vector<Vector3> positions;
  std::vector<std::array<SurfaceMesh::Index, 3>> faces;
  for (SurfaceMesh::Index row = 0; row < rows; ++row)
    for (SurfaceMesh::Index column = 0; column < columns; ++column)
      positions.push_back({(column + 0.5 * (row % 2)) * spacing, row * cube.edge / rows, cube.edge / 2});
  const auto at = [&](SurfaceMesh::Index row, SurfaceMesh::Index column) {
    return (row % rows) * columns + column % columns;
  };
  for (SurfaceMesh::Index row = 0; row < rows; ++row)
    for (SurfaceMesh::Index column = 0; column < columns; ++column) {
      const SurfaceMesh::Index shift = row % 2;  // odd rows stand half a spacing to the right
      const auto here = at(row, column), right = at(row, column + 1);
      const auto up = at(row + 1, column + shift), up_left = at(row + 1, column + shift + columns - 1);
      faces.push_back({here, right, up});
      faces.push_back({here, up, up_left});
    }
  return SurfaceMesh(cube, positions, faces);
}

}  // namespace cardhouse
