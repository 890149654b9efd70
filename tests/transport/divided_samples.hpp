#pragma once
// Networks large enough to be divided, for tests of sodium in sectors.

#include "engine/sodium/occupation.hpp"
#include "engine/structure/neighbour_list.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse::synthetic {

/// Links all pairs of sites closer than `reach`, for many sites.
inline void link_many(SiteNetwork& network, double reach, double least_barrier, double spread, Stream& stream) {
  std::vector<Vector3> positions;
  for (const Site& site : network.sites) positions.push_back(site.position);
  const NeighbourList near(network.cell, positions, reach);
  for (std::uint32_t i = 0; i < positions.size(); ++i)
    for (const Neighbour& j : near.of(i))
      if (i < j.index) network.links.push_back({i, j.index, j.displacement, least_barrier + spread * stream.uniform()});
}

/// Sites of all classes at random in a box of these edges, a patch and a domain in each of 3 x 3 x 3 blocks, and a
/// domain that spans everything: every term at once.
inline SiteNetwork irregular_box(std::size_t sites, const Vector3& edges, Stream& stream) {
  SiteNetwork network = empty(1);
  network.cell = Cell::orthorhombic(edges.x, edges.y, edges.z);
  network.domains.assign(28, {300.0});
  network.patches.assign(27, {260.0, 3.55});
  network.domains[27].area = 4000;
  for (std::size_t i = 0; i < sites; ++i) {
    const Vector3 place{stream.uniform(), stream.uniform(), stream.uniform()};
    Site s = site({edges.x * place.x, edges.y * place.y, edges.z * place.z},
                  static_cast<SiteClass>(stream.below(site_class_count)));
    s.energy = -0.6 * stream.uniform();
    s.curvature = 0.1 * (stream.uniform() - 0.3);
    s.charge = s.kind == SiteClass::PoreCore ? 0.2 * stream.uniform() : 0.5 + 0.4 * stream.uniform();
    s.covered_area = s.kind == SiteClass::PoreWall ? 12.0 : 0.0;
    const auto block = [](double x) { return static_cast<std::int32_t>(3 * x); };
    const std::int32_t here = 9 * block(place.x) + 3 * block(place.y) + block(place.z);
    s.domain = stream.below(4) == 0 ? 27 : here;
    s.patch = s.kind == SiteClass::Gallery ? here : -1;
    network.sites.push_back(s);
  }
  link_many(network, 4.0, 0.1, 0.3, stream);
  return network;
}

/// All terms, the repulsion cut short so that small boxes can be divided.
inline SodiumParameters short_ranged() {
  SodiumParameters result = parameters();
  result.repulsion.cutoff = 9.0;
  return result;
}

/// Sodium wherever it fits, up to a number.
inline Occupation filled(const Hamiltonian& hamiltonian, std::size_t sodium, Stream& stream) {
  Occupation state(hamiltonian);
  for (std::size_t trials = 0; state.count() < sodium && trials < 100 * hamiltonian.size(); ++trials) {
    const std::size_t site = stream.below(hamiltonian.size());
    if (!state.is_occupied(site) && !state.is_blocked(site)) state.insert(site);
  }
  return state;
}

inline SiteNetwork simple_cubic(int cells, double spacing, double barrier, Stream& stream) {
  SiteNetwork network = empty(spacing * cells);
  for (int x = 0; x < cells; ++x)
    for (int y = 0; y < cells; ++y)
      for (int z = 0; z < cells; ++z)
        network.sites.push_back(site({spacing * x, spacing * y, spacing * z}, SiteClass::Gallery));
  link_many(network, 1.1 * spacing, barrier, 0, stream);
  return network;
}

}  // namespace cardhouse::synthetic
