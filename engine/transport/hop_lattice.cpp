#include "engine/transport/hop_lattice.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/sodium/space_filling_curve.hpp"

namespace cardhouse {

namespace {

std::int64_t in_units(double energy) {
  return std::llround(energy / HopLattice::energy_unit);
}

std::vector<Vector3> wrapped_positions(const SiteNetwork& network) {
  std::vector<Vector3> positions;
  positions.reserve(network.sites.size());
  for (const Site& site : network.sites) positions.push_back(network.cell.wrap(site.position));
  return positions;
}

/// A link seen from one end.
struct End {
  std::uint32_t to;
  float barrier;
  std::uint8_t image;
  std::uint8_t back;  ///< number of the link at the other end
};
constexpr std::uint8_t same_cell = 13;
constexpr std::uint8_t last_cell = 26;

// The image of `to` that a displacement leads to: the digits -1, 0, 1 of three axes in base 3.
std::uint8_t image_of(const Cell& cell, const Vector3& from, const Vector3& to, const Vector3& displacement) {
  const Vector3 shift = cell.to_fractional(displacement - (to - from));
  int code = 0;
  for (const double x : {shift.z, shift.y, shift.x}) {
    const double whole = std::round(x);
    EXPECTS(std::abs(x - whole) < 1e-3 && std::abs(whole) <= 1);
    code = 3 * code + static_cast<int>(whole) + 1;
  }
  return static_cast<std::uint8_t>(code);
}

std::vector<std::vector<End>> ends_of(const SiteNetwork& network, const std::vector<std::uint32_t>& places) {
  std::vector<std::vector<End>> ends(places.size());
  for (const SiteLink& link : network.links) {
    EXPECTS(link.first != link.second && link.first < places.size() && link.second < places.size());
    const Vector3 from = network.cell.wrap(network.sites[link.first].position);
    const Vector3 to = network.cell.wrap(network.sites[link.second].position);
    const std::uint8_t image = image_of(network.cell, from, to, link.displacement);
    const auto barrier = static_cast<float>(link.barrier);
    const std::uint32_t a = places[link.first];
    const std::uint32_t b = places[link.second];
    EXPECTS(ends[a].size() < 255 && ends[b].size() < 255);
    const auto at_a = static_cast<std::uint8_t>(ends[a].size());
    const auto at_b = static_cast<std::uint8_t>(ends[b].size());
    ends[a].push_back({b, barrier, image, at_b});
    ends[b].push_back({a, barrier, static_cast<std::uint8_t>(last_cell - image), at_a});
  }
  return ends;
}

}  // namespace

HopLattice::HopLattice(const SiteNetwork& network, const Hamiltonian& hamiltonian) : cell_(network.cell) {
  EXPECTS(network.sites.size() == hamiltonian.size() && hamiltonian.size() < PackedPair::most_partners);
  const std::vector<Vector3> positions = wrapped_positions(network);
  original_ = along_space_filling_curve(cell_, positions);
  places_.resize(original_.size());
  for (std::uint32_t site = 0; site < original_.size(); ++site) {
    const std::uint32_t index = original_[site];
    places_[index] = site;
    kinds_.push_back(hamiltonian.kind(index));
    energies_.push_back(in_units(hamiltonian.site_energy(index)));
    memberships_.push_back(hamiltonian.memberships(index));
    const Vector3& p = positions[index];
    positions_.push_back({static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z)});
  }
  add_rows(network, hamiltonian);
}

void HopLattice::add_rows(const SiteNetwork& network, const Hamiltonian& hamiltonian) {
  const std::vector<std::vector<End>> ends = ends_of(network, places_);
  std::vector<std::uint8_t> linked(size(), 0);
  for (std::uint32_t site = 0; site < size(); ++site) {
    const std::uint32_t index = original_[site];
    for (const End& end : ends[site]) {
      const std::uint32_t other = original_[end.to];
      EXPECTS(!linked[end.to]);
      linked[end.to] = 1;
      const bool exclude = hamiltonian.cores().value(index, other) > 0;
      pairs_.push({end.to, in_units(exclude ? 0 : hamiltonian.repulsion().value(index, other))});
      barriers_.push(end.barrier);
      exclusions_.push_back(exclude);
      images_.push_back(end.image);
      returns_.push_back(end.back);
    }
    for (const PairTable::Entry& pair : hamiltonian.repulsion().of(index))
      if (!linked[places_[pair.site]] && hamiltonian.cores().value(index, pair.site) == 0)
        pairs_.push({places_[pair.site], in_units(pair.value)});
    for (const PairTable::Entry& core : hamiltonian.cores().of(index)) cores_.push(places_[core.site]);
    for (const End& end : ends[site]) linked[end.to] = 0;
    barriers_.close_row();
    pairs_.close_row();
    cores_.close_row();
  }
  barriers_.shrink();
  pairs_.shrink();
  cores_.shrink();
}

Vector3 HopLattice::displacement(std::size_t site, std::size_t link) const {
  const std::array<float, 3>& a = positions_[site];
  const std::array<float, 3>& b = positions_[pairs(site)[link].index()];
  Vector3 way{static_cast<double>(b[0]) - a[0], static_cast<double>(b[1]) - a[1], static_cast<double>(b[2]) - a[2]};
  int code = images_[barriers_.first(site) + link];
  if (code == same_cell) return way;
  for (const Vector3& vector : cell_.vectors()) {
    way += static_cast<double>(code % 3 - 1) * vector;
    code /= 3;
  }
  return way;
}

std::size_t HopLattice::bytes() const {
  const std::size_t each = 2 * sizeof(std::uint32_t) + sizeof(SiteClass) + sizeof(std::int64_t) +
                           sizeof(positions_[0]) + sizeof(memberships_[0]);
  return size() * each + barriers_.bytes() + 3 * exclusions_.size() + pairs_.bytes() + cores_.bytes();
}

}  // namespace cardhouse
