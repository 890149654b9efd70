#pragma once
// Small site networks made by hand, for tests of everything that reads a SiteNetwork.

#include <string>

#include "engine/base/stream.hpp"
#include "engine/sodium/site_network.hpp"
#include "engine/sodium/sodium_parameters.hpp"

namespace cardhouse::synthetic {

inline SodiumParameters parameters() {
  SodiumParameters result =
      read_sodium_parameters(std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/sodium/hamiltonian.toml");
  // Fixed, so that no calibration moves what is expected here [eV/angstrom^2, 1/angstrom^2, eV].
  result.wetting_energy = -0.0051;
  result.host_electrons.offset_density = 0.00211;
  result.shared_reservoir.reference_level = 1.12;
  return result;
}

inline SodiumParameters parameters(const HamiltonianTerms& terms) {
  SodiumParameters result = parameters();
  result.terms = terms;
  return result;
}

inline SiteNetwork empty(double edge) {
  return {Cell::cubic(edge), {}, {}, {}, {}, 12000.0};
}

inline Site site(const Vector3& position, SiteClass kind, double energy = 0, double charge = 0) {
  Site result{};
  result.position = position;
  result.kind = kind;
  result.energy = energy;
  result.charge = charge;
  return result;
}

/// Links all pairs of sites closer than `reach`, one link a pair of sites.
inline void link(SiteNetwork& network, double reach, double barrier) {
  for (std::uint32_t i = 0; i < network.sites.size(); ++i)
    for (std::uint32_t j = i + 1; j < network.sites.size(); ++j) {
      const Vector3 d = network.cell.minimum_image(network.sites[j].position - network.sites[i].position);
      if (norm(d) < reach) network.links.push_back({i, j, d, barrier});
    }
}

/// Sites of all classes at random places, several domains and patches, random energies, charges and barriers: nothing
/// physical, everything at once.
inline SiteNetwork irregular(std::size_t sites, double edge, Stream& stream) {
  SiteNetwork network = empty(edge);
  network.domains = {{220.0}, {340.0}, {90.0}};
  network.patches = {{260.0, 3.55}, {440.0, 3.7}};
  for (std::size_t i = 0; i < sites; ++i) {
    Site s = site({edge * stream.uniform(), edge * stream.uniform(), edge * stream.uniform()},
                  static_cast<SiteClass>(stream.below(site_class_count)));
    s.energy = -0.6 * stream.uniform();
    s.curvature = 0.1 * (stream.uniform() - 0.3);
    s.charge = s.kind == SiteClass::PoreCore ? 0.2 * stream.uniform() : 0.5 + 0.4 * stream.uniform();
    s.covered_area = s.kind == SiteClass::PoreWall ? 12.0 : 0.0;
    s.domain = static_cast<std::int32_t>(stream.below(4)) - 1;
    s.patch = s.kind == SiteClass::Gallery ? static_cast<std::int32_t>(stream.below(3)) - 1 : -1;
    network.sites.push_back(s);
  }
  link(network, 5.0, 0.0);
  for (SiteLink& l : network.links) l.barrier = 0.1 + 0.3 * stream.uniform();
  return network;
}

/// bcc sodium, a = 4.29 angstrom, as pore-core sites in a periodic cube of `cells` unit cells.
inline SiteNetwork bcc(int cells) {
  constexpr double a = 4.29;
  SiteNetwork network = empty(a * cells);
  for (int x = 0; x < cells; ++x)
    for (int y = 0; y < cells; ++y)
      for (int z = 0; z < cells; ++z)
        for (const double half : {0.0, 0.5})
          network.sites.push_back(site({a * (x + half), a * (y + half), a * (z + half)}, SiteClass::PoreCore));
  return network;
}

}  // namespace cardhouse::synthetic
