#include "engine/sodium/occupation_report.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/base/contracts.hpp"
#include "engine/sodium/pore_inversion.hpp"

namespace cardhouse {
namespace {

constexpr double metal_shift = 1135;  // of sodium metal [ppm]
constexpr double full_shift_coordination = 8;
constexpr double atomic_volume = 0.5 * 4.29 * 4.29 * 4.29;  // bcc at 298 K, CRC Handbook, 97th ed. [angstrom^3]

constexpr std::size_t sum_count = sizeof(OccupationSums) / sizeof(double);
using Sums = std::array<double, sum_count>;
constexpr std::size_t fixed_length =
    sum_count + spacing_bins.count + wall_distance_bins.count + 2 * cluster_bin_count + shift_bins.count;

OccupationReport empty_report(std::size_t pores) {
  return {{},
          std::vector<double>(spacing_bins.count),
          std::vector<double>(wall_distance_bins.count),
          std::vector<double>(cluster_bin_count),
          std::vector<double>(cluster_bin_count),
          std::vector<double>(shift_bins.count),
          std::vector<double>(pores)};
}

// The lists of a report, in the order in which they stand among its numbers.
template <class Report>
auto parts_of(Report& report) {
  return std::array{&report.spacing_areas,     &report.electrons_by_distance, &report.clusters_by_size,
                    &report.sodium_by_cluster, &report.sodium_by_shift,       &report.pore_filling};
}

// How many of the sites hold sodium at once, taken in order.
double packed(std::span<const std::uint32_t> sites, const Hamiltonian& hamiltonian) {
  std::vector<std::uint32_t> chosen;  // ascending
  for (const std::uint32_t site : sites) {
    const auto blocks = [&](const PairTable::Entry& core) { return std::ranges::binary_search(chosen, core.site); };
    if (std::ranges::none_of(hamiltonian.cores().of(site), blocks)) chosen.push_back(site);
  }
  return static_cast<double>(chosen.size());
}

MetalPore make_pore(std::vector<std::uint32_t> sites, const SiteNetwork& network, const Hamiltonian& hamiltonian) {
  MetalPore pore;
  pore.capacity = packed(sites, hamiltonian);
  pore.radius = std::cbrt(0.75 / std::numbers::pi * atomic_volume * pore.capacity);
  pore.access = std::numeric_limits<double>::infinity();
  for (const std::uint32_t site : sites) pore.access = std::min(pore.access, network.sites[site].access);
  pore.sites = std::move(sites);
  return pore;
}

double coordination(std::size_t site, std::span<const std::uint8_t> occupied, const Hamiltonian& hamiltonian) {
  double z = hamiltonian.self_coordination(site);
  for (const PairTable::Entry& bond : hamiltonian.bonds().of(site)) z += occupied[bond.site] ? bond.value : 0;
  return z;
}

std::size_t cluster_bin(std::size_t size) {
  return std::min<std::size_t>(static_cast<std::size_t>(std::bit_width(size)) - 1, cluster_bin_count - 1);
}

}  // namespace

std::size_t EqualBins::index(double value) const {
  const double bin = std::floor((value - first) / width);
  return static_cast<std::size_t>(std::clamp(bin, 0.0, static_cast<double>(count - 1)));
}

double knight_shift(double charge, double coordination) {
  return metal_shift * (1 - charge) * std::min(1.0, coordination / full_shift_coordination);
}

OccupationSums mean_sums(std::span<const OccupationSums> all) {
  EXPECTS(!all.empty());
  Sums mean{};
  for (const OccupationSums& sums : all) {
    const auto numbers = std::bit_cast<Sums>(sums);
    for (std::size_t i = 0; i < sum_count; ++i) mean[i] += numbers[i] / static_cast<double>(all.size());
  }
  return std::bit_cast<OccupationSums>(mean);
}

OccupationSurvey::OccupationSurvey(const SiteNetwork& network, const Hamiltonian& hamiltonian, double passable)
    : network_(&network), hamiltonian_(&hamiltonian), passable_(passable) {
  EXPECTS(network.sites.size() == hamiltonian.size());
  for (std::vector<std::uint32_t>& sites : metal_pores(hamiltonian))
    pores_.push_back(make_pore(std::move(sites), network, hamiltonian));
}

OccupationReport OccupationSurvey::report(std::span<const std::uint8_t> occupied) const {
  EXPECTS(occupied.size() == network_->sites.size());
  OccupationReport report = empty_report(pores_.size());
  count_sites(occupied, report);
  count_galleries(occupied, report);
  count_clusters(occupied, report);
  count_pores(occupied, report);
  return report;
}

void OccupationSurvey::count_sites(std::span<const std::uint8_t> occupied, OccupationReport& report) const {
  for (std::size_t i = 0; i < occupied.size(); ++i) {
    if (!occupied[i]) continue;
    const Site& site = network_->sites[i];
    const double electrons = hamiltonian_->electrons(i);
    report.sums.sodium += 1;
    report.sums.electrons += electrons;
    report.electrons_by_distance[wall_distance_bins.index(site.wall_distance)] += electrons;
    if (site.access > passable_) report.sums.unreachable += 1;
    if (in_pore(site.kind))
      count_metal(i, occupied, report);
    else
      report.sodium_by_shift.front() += 1;
  }
}

void OccupationSurvey::count_metal(std::size_t site, std::span<const std::uint8_t> occupied,
                                   OccupationReport& report) const {
  const double charge = hamiltonian_->electrons(site);
  const double z = coordination(site, occupied, *hamiltonian_);
  const double shift = knight_shift(charge, z);
  report.sums.pore_sodium += 1;
  report.sums.coordination += z;
  if (charge < metallic_charge && z >= metallic_coordination) report.sums.metallic += 1;
  report.sums.shift += shift;
  if (shift > knight_shifted) report.sums.shifted += 1;
  report.sodium_by_shift[shift_bins.index(shift)] += 1;
}

void OccupationSurvey::count_galleries(std::span<const std::uint8_t> occupied, OccupationReport& report) const {
  const std::size_t first = hamiltonian_->domain_count();
  std::vector<double> sums(hamiltonian_->groups().size(), 0.0);
  for (std::size_t i = 0; i < occupied.size(); ++i) {
    if (!occupied[i]) continue;
    for (const Hamiltonian::Membership& share : hamiltonian_->memberships(i))
      if (share.group >= 0) sums[static_cast<std::size_t>(share.group)] += share.weight;
  }
  for (std::size_t patch = 0; patch < network_->patches.size(); ++patch) {
    const GalleryPatch& gallery = network_->patches[patch];
    const double opening = hamiltonian_->groups()[first + patch].opening(sums[first + patch]);
    report.sums.opened_volume += gallery.area * opening;
    report.spacing_areas[spacing_bins.index(gallery.spacing + opening)] += gallery.area;
  }
}

void OccupationSurvey::count_clusters(std::span<const std::uint8_t> occupied, OccupationReport& report) const {
  std::vector<std::uint8_t> seen(occupied.size(), 0);
  std::vector<std::uint32_t> cluster;
  for (const MetalPore& pore : pores_)
    for (const std::uint32_t start : pore.sites) {
      if (seen[start] || !occupied[start]) continue;
      cluster.assign(1, start);
      seen[start] = 1;
      for (std::size_t next = 0; next < cluster.size(); ++next)
        for (const PairTable::Entry& bond : hamiltonian_->bonds().of(cluster[next])) {
          if (seen[bond.site] || !occupied[bond.site] || !in_pore(hamiltonian_->kind(bond.site))) continue;
          seen[bond.site] = 1;
          cluster.push_back(bond.site);
        }
      const auto size = static_cast<double>(cluster.size());
      report.sums.clusters += 1;
      report.sums.cluster_squares += size * size;
      report.clusters_by_size[cluster_bin(cluster.size())] += 1;
      report.sodium_by_cluster[cluster_bin(cluster.size())] += size;
    }
}

void OccupationSurvey::count_pores(std::span<const std::uint8_t> occupied, OccupationReport& report) const {
  for (std::size_t i = 0; i < pores_.size(); ++i) {
    const auto sodium = static_cast<double>(
        std::ranges::count_if(pores_[i].sites, [&](std::uint32_t site) { return occupied[site] != 0; }));
    report.pore_filling[i] = sodium / pores_[i].capacity;
    if (report.pore_filling[i] <= 0.5) continue;
    report.sums.filled_pores += 1;
    report.sums.filled_radius += pores_[i].radius;
  }
}

std::vector<double> flattened(const OccupationReport& report) {
  const auto sums = std::bit_cast<Sums>(report.sums);
  std::vector<double> numbers(sums.begin(), sums.end());
  for (const std::vector<double>* part : parts_of(report)) numbers.insert(numbers.end(), part->begin(), part->end());
  return numbers;
}

OccupationReport restored(std::span<const double> numbers) {
  EXPECTS(numbers.size() >= fixed_length);
  OccupationReport report = empty_report(numbers.size() - fixed_length);
  Sums sums;
  std::copy_n(numbers.begin(), sum_count, sums.begin());
  report.sums = std::bit_cast<OccupationSums>(sums);
  auto next = numbers.begin() + sum_count;
  for (std::vector<double>* part : parts_of(report)) {
    std::copy_n(next, part->size(), part->begin());
    next += static_cast<std::ptrdiff_t>(part->size());
  }
  return report;
}

}  // namespace cardhouse
