#pragma once
// A site network of any size with every class of site and every term of the Hamiltonian, for benchmarks only.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "engine/base/stream.hpp"
#include "engine/sodium/site_network.hpp"
#include "engine/sodium/sodium_parameters.hpp"
#include "engine/structure/neighbour_list.hpp"

namespace cardhouse::synthetic {

inline SodiumParameters parameters() {
  return read_sodium_parameters(std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/sodium/hamiltonian.toml");
}

/// Slabs along z, as if galleries, a pore with its walls and edges lay one above the other, again and again.
inline SiteClass kind_at(double z, double edge) {
  const double period = edge / std::max(1.0, std::round(edge / 28));
  const double fraction = z / period - std::floor(z / period);
  if (fraction < 0.35) return SiteClass::Gallery;
  if (fraction < 0.50) return SiteClass::Terrace;
  if (fraction < 0.55) return SiteClass::Mouth;
  if (fraction < 0.60) return SiteClass::PoreWall;
  if (fraction < 0.85) return SiteClass::PoreCore;
  if (fraction < 0.90) return SiteClass::PoreWall;
  return fraction < 0.95 ? SiteClass::Edge : SiteClass::Defect;
}

inline Site make_site(const Vector3& position, double edge, Stream& stream) {
  Site site{};
  site.position = position;
  site.kind = kind_at(position.z, edge);
  const bool pore = site.kind == SiteClass::PoreWall || site.kind == SiteClass::PoreCore;
  site.energy = pore ? 0 : -0.1 - 0.2 * stream.uniform();
  site.charge = pore ? 0.2 : 0.6 + 0.3 * stream.uniform();
  site.curvature = 0.1 * (stream.uniform() - 0.3);
  site.covered_area = site.kind == SiteClass::PoreWall ? 12.0 : 0.0;
  return site;
}

/// Carbon domains and gallery patches are cubic blocks of about 22 angstrom, cut into layers 3.6 angstrom apart.
inline void group(SiteNetwork& network, double edge) {
  const int blocks = std::max(1, static_cast<int>(std::lround(edge / 22)));
  const double width = edge / blocks;
  const double area = width * width * width / 3.6;
  network.domains.assign(static_cast<std::size_t>(blocks) * blocks * blocks, {area});
  network.patches.assign(network.domains.size(), {area, 3.6});
  for (Site& site : network.sites) {
    const Vector3 p = network.cell.wrap(site.position);
    const auto block = [&](double x) { return std::min(blocks - 1, static_cast<int>(x / width)); };
    site.domain = (block(p.x) * blocks + block(p.y)) * blocks + block(p.z);
    site.patch = site.kind == SiteClass::Gallery ? site.domain : -1;
  }
}

/// Lattice constants: of hollows of layers 3.5 angstrom apart (0.054 sites a cubic angstrom; the 12 nearest neighbours
/// exclude each other), and of places far enough apart, 4.2 angstrom, to be half filled.
inline constexpr double dense = 4.2;
inline constexpr double roomy = 5.94;

/// Sites on a face-centred cubic lattice of constant `a` [angstrom], linked to their nearest neighbours, twelve without
/// disorder. The lattice is the smallest cube that has `sites` of them, chosen at random, and each is displaced by
/// `disorder` [angstrom] times a normal number: zero and 4 n^3 sites give the perfect lattice.
inline SiteNetwork network(std::size_t sites, double disorder, Stream& stream, double a = dense) {
  const Vector3 basis[4] = {{0, 0, 0}, {0, a / 2, a / 2}, {a / 2, 0, a / 2}, {a / 2, a / 2, 0}};
  const auto side = static_cast<std::size_t>(std::ceil(std::cbrt(static_cast<double>(sites) / 4) - 1e-9));
  const double edge = a * static_cast<double>(side);
  SiteNetwork result{Cell::cubic(edge), {}, {}, {}, {}, 16.0 * static_cast<double>(sites)};
  std::vector<Vector3> positions;
  for (std::size_t slot = 0, slots = 4 * side * side * side; slot < slots; ++slot) {
    if (stream.below(slots - slot) >= sites - positions.size()) continue;  // Knuth's selection sampling
    const std::size_t cell = slot / 4;
    const Vector3 corner{a * static_cast<double>(cell % side), a * static_cast<double>(cell / side % side),
                         a * static_cast<double>(cell / (side * side))};
    const Vector3 noise{stream.normal(), stream.normal(), stream.normal()};
    positions.push_back(corner + basis[slot % 4] + disorder * noise);
    result.sites.push_back(make_site(positions.back(), edge, stream));
  }
  const NeighbourList near(result.cell, positions, 1.25 * a / std::sqrt(2.0));
  for (std::uint32_t i = 0; i < positions.size(); ++i)
    for (const Neighbour& j : near.of(i))
      if (i < j.index) result.links.push_back({i, j.index, j.displacement, 0.1 + 0.3 * stream.uniform()});
  group(result, edge);
  return result;
}

}  // namespace cardhouse::synthetic
