#pragma once

#include <span>
#include <vector>

#include "engine/base/stream.hpp"
#include "engine/builder/pore_placement.hpp"
#include "engine/builder/scalar_grid.hpp"

namespace cardhouse {

/// One grain of parallel layers: where it is, which way its layers face, and where along the normal they stand.
struct LamellarSeed {
  Vector3 centre;
  Vector3 normal;
  double phase;  ///< [rad], in [0, 2 pi)
};

/// Shape and orientation of the grains. Lengths [angstrom].
struct GrainShape {
  double spacing;                ///< between layers: half the wavelength of the field
  double layer_extent;           ///< La, across the normal
  double stack_height;           ///< Lc, along the normal
  double orientation_order = 0;  ///< <P2(cos)> of the normals about z, in (-0.5, 1]
};

/// A unit vector with <P2(cos theta)> = order about z: |cos theta| has the density (m + 1) c^m on [0, 1] with
/// m = 3 order / (1 - order), so that <c^2> = (m + 1)/(m + 3). 0 isotropic, 1 along z, towards -0.5 in the plane.
/// EXPECTS -0.5 < order <= 1.
Vector3 draw_axial_normal(double order, Stream& stream);

/// First two grains for every pore with flat faces: half a stack from a face, their layers parallel to it and the first
/// one on the wall. Then grains anywhere, with uniform centres and phases: 0.74 cube volumes per ellipsoid volume
/// pi/6 La^2 Lc (the packing fraction of close-packed equal spheres, estimate for grains), at least one.
std::vector<LamellarSeed> draw_seeds(const GrainShape& shape, std::span<const Pore> pores, const PeriodicCube& cube,
                                     Stream& stream);

/// Adds amplitude * cos(pi n.(r - r_s)/spacing + phase) of the grain s that owns the point r: the one with the smallest
/// (across/La)^2 + (along/Lc)^2 (anisotropic Voronoi cells). EXPECTS at least one seed. O(points * nearby seeds).
void add_grains(ScalarGrid& field, std::span<const LamellarSeed> seeds, const GrainShape& shape, double amplitude);

}  // namespace cardhouse
