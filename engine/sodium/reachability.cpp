#include "engine/sodium/reachability.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/sodium/link_crossing.hpp"
#include "engine/structure/inscribed_spheres.hpp"
#include "engine/structure/void_regions.hpp"

namespace cardhouse {
namespace {

constexpr double void_grid = 0.8;  // a third of the radius of a solvated ion [angstrom]

// Pieces of the network that grow together as ever higher barriers are passed. Each site knows its piece and the cell
// it stands in, seen from the first site of the piece.
class GrowingPieces {
 public:
  explicit GrowingPieces(const SiteNetwork& network) : network_(network), access_(network.sites.size(), never) {
    const std::size_t sites = network.sites.size();
    piece_of_.resize(sites);
    std::iota(piece_of_.begin(), piece_of_.end(), 0U);
    cell_of_.resize(sites);
    for (std::uint32_t site = 0; site < sites; ++site) {
      members_.push_back({site});
      is_open_.push_back(network.sites[site].outside);
      if (network.sites[site].outside) access_[site] = 0;
      has_outside_ |= network.sites[site].outside;
    }
  }

  void pass(const SiteLink& link) {
    const CellOffset crossed = cells_crossed(network_, link);
    const std::uint32_t first = piece_of_[link.first];
    const std::uint32_t second = piece_of_[link.second];
    const CellOffset gap = sum(cell_of_[link.first], crossed);
    if (first == second) {
      if (!has_outside_ && !is_open_[first] && gap != cell_of_[link.second]) open(first, link.barrier);
      return;
    }
    if (is_open_[first] != is_open_[second]) open(is_open_[first] ? second : first, link.barrier);
    // Cells of the second piece, seen from the first site of the first one.
    const CellOffset step = difference(gap, cell_of_[link.second]);
    if (members_[first].size() >= members_[second].size())
      join(first, second, step);
    else
      join(second, first, difference({}, step));
  }

  const std::vector<double>& access() const { return access_; }

 private:
  static constexpr double never = std::numeric_limits<double>::infinity();

  void open(std::uint32_t piece, double barrier) {
    is_open_[piece] = 1;
    for (const std::uint32_t site : members_[piece]) access_[site] = std::max(barrier, 0.0);
  }

  void join(std::uint32_t into, std::uint32_t from, const CellOffset& step) {
    for (const std::uint32_t site : members_[from]) {
      piece_of_[site] = into;
      cell_of_[site] = sum(cell_of_[site], step);
      members_[into].push_back(site);
    }
    members_[from] = {};
  }

  const SiteNetwork& network_;
  std::vector<double> access_;
  std::vector<std::uint32_t> piece_of_;
  std::vector<CellOffset> cell_of_;
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<std::uint8_t> is_open_;
  bool has_outside_ = false;
};

}  // namespace

std::vector<std::uint8_t> touched_from_outside(const SiteNetwork& network, const Atoms& atoms, double probe_radius) {
  EXPECTS(probe_radius > 0);
  const VoidMap map(atoms, {.spacing = void_grid, .shift = {}});
  const InscribedSpheres spheres = inscribe_spheres(map);
  const VoidRegions regions = find_regions(map, spheres, probe_radius);
  std::vector<std::uint8_t> touched(network.sites.size(), 0);
  if (std::none_of(regions.regions.begin(), regions.regions.end(), [](const VoidRegion& r) { return r.percolates; }))
    return touched;
  const std::vector<std::int32_t> covered = occupied_by(regions, spheres);
  for (std::size_t i = 0; i < touched.size(); ++i) {
    const std::int32_t region = covered[map.nearest_point(network.sites[i].position)];
    touched[i] = region != VoidRegions::solid && regions.regions[static_cast<std::size_t>(region)].percolates;
  }
  return touched;
}

std::vector<double> access_barriers(const SiteNetwork& network) {
  std::vector<std::uint32_t> order(network.links.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return network.links[a].barrier < network.links[b].barrier;
  });
  GrowingPieces pieces(network);
  for (const std::uint32_t link : order) pieces.pass(network.links[link]);
  return pieces.access();
}

double passable_barrier(double temperature, double attempt_frequency, double time) {
  EXPECTS(temperature > 0 && attempt_frequency > 0 && attempt_frequency * time > 1);
  return constants::boltzmann * temperature * std::log(attempt_frequency * time);
}

}  // namespace cardhouse
