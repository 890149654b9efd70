#pragma once
// The groups of descriptors that scattering gives, for registry.cpp.

#include "analysis/registry.hpp"
#include "analysis/scattering.hpp"

namespace cardhouse {

/// Electron density, and where the cell is wide enough the fits of saxs.hpp: pore length by Stevens & Dahn, spheres of
/// nearly one size, Debye-Anderson-Brumberger, Teubner-Strey, Guinier and Porod, each or why it is refused; table
/// "small_angles": the shells of modes from 2 pi/L to 1.5 1/angstrom.
Description describe_small_angles(const CarbonStructure& structure, const DescriptorOptions& options);

/// Table "pair_distribution": reduced distribution G(r) for X-rays and neutrons and one g(r) for each pair of elements.
Description describe_pair_distribution(const CarbonStructure& structure, const DescriptorOptions& options);

/// Fit of the turbostratic profile to the structure factor, the window of distances included; table "turbostratic_fit".
Description describe_turbostratic(const CarbonStructure& structure, const DescriptorOptions& options);

/// R of Dahn of the curve as a laboratory sees it, or nothing where there is no maximum.
std::vector<Descriptor> dahn_ratio_of(const ScatteringCurve& curve);

}  // namespace cardhouse
