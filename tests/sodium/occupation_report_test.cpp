#include "engine/sodium/occupation_report.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "engine/sodium/occupation.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

constexpr double everywhere = std::numeric_limits<double>::infinity();
constexpr double bcc_volume = 4.29 * 4.29 * 4.29 / 2;

double total(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

OccupationReport look(const SiteNetwork& network, const std::vector<std::uint8_t>& occupied, double passable = 1) {
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  return OccupationSurvey(network, hamiltonian, passable).report(occupied);
}

std::vector<std::uint8_t> full(const SiteNetwork& network) {
  return std::vector<std::uint8_t>(network.sites.size(), 1);
}

Site pore_site(const Vector3& position, SiteClass kind = SiteClass::PoreCore) {
  return synthetic::site(position, kind);
}

/// Sodium on random sites, as many as do not overlap.
void fill_at_random(Occupation& state, Stream& stream) {
  for (std::size_t i = 0; i < state.size(); ++i)
    if (stream.uniform() < 0.6 && !state.is_blocked(i)) state.insert(i);
}

/// The cell and its neighbour along x as one.
SiteNetwork doubled(const SiteNetwork& network) {
  const auto [a, b, c] = network.cell.vectors();
  SiteNetwork twice = network;
  twice.cell = Cell(2.0 * a, b, c);
  twice.domains.insert(twice.domains.end(), network.domains.begin(), network.domains.end());
  twice.patches.insert(twice.patches.end(), network.patches.begin(), network.patches.end());
  twice.host_mass *= 2;
  for (Site site : network.sites) {
    site.position += a;
    if (site.domain >= 0) site.domain += static_cast<std::int32_t>(network.domains.size());
    if (site.patch >= 0) site.patch += static_cast<std::int32_t>(network.patches.size());
    twice.sites.push_back(site);
  }
  return twice;
}

TEST(OccupationReport, of_bulk_sodium_is_one_metallic_cluster_with_the_shift_of_the_metal) {
  const SiteNetwork network = synthetic::bcc(4);
  const OccupationReport report = look(network, full(network));
  EXPECT_EQ(report.sums.pore_sodium, 128);
  EXPECT_NEAR(report.sums.coordination, 128 * 11, 128 * 11 * 1e-6);
  EXPECT_EQ(report.sums.metallic, 128);
  EXPECT_NEAR(report.sums.shift / 128, 1135, 1e-9);
  EXPECT_EQ(report.sums.shifted, 128);
  EXPECT_EQ(report.sums.clusters, 1);
  EXPECT_EQ(report.sums.cluster_squares, 128 * 128);
  EXPECT_EQ(report.sodium_by_cluster[7], 128);
  EXPECT_EQ(report.sodium_by_shift[22], 128);
  EXPECT_EQ(report.sums.electrons, 0);
}

TEST(OccupationReport, tells_a_pair_from_a_lone_atom_in_a_pore) {
  SiteNetwork network = synthetic::empty(40);
  for (const double x : {5.0, 8.7, 20.0}) network.sites.push_back(pore_site({x, 5, 5}));
  const OccupationReport report = look(network, full(network));
  EXPECT_EQ(report.sums.clusters, 2);
  EXPECT_EQ(report.clusters_by_size[0], 1);
  EXPECT_EQ(report.clusters_by_size[1], 1);
  EXPECT_EQ(report.sums.cluster_squares, 5);
  EXPECT_EQ(report.sums.coordination, 2);
  EXPECT_NEAR(report.sums.shift, 2 * 1135.0 / 8, 1e-9);
  EXPECT_EQ(report.sums.metallic, 0);
}

TEST(OccupationReport, counts_charged_wall_atoms_as_shifted_but_not_as_metal) {
  SiteNetwork network = synthetic::bcc(4);
  network.domains = {{1000}};
  for (Site& site : network.sites) site.domain = 0, site.kind = SiteClass::PoreWall, site.covered_area = 13.5;
  const OccupationReport report = look(network, full(network));
  const double charge = 13.5 * synthetic::parameters().shared_reservoir.contact_density;
  EXPECT_NEAR(report.sums.electrons, 128 * charge, 1e-4);
  EXPECT_EQ(report.sums.metallic, 0);
  EXPECT_EQ(report.sums.shifted, 128);
  EXPECT_NEAR(report.sums.shift / 128, 1135 * (1 - charge), 1e-3);
}

TEST(OccupationReport, opens_the_galleries_that_hold_sodium) {
  SiteNetwork network = synthetic::empty(40);
  network.patches = {{300, 3.52}, {500, 3.92}};
  for (const double x : {5.0, 15.0}) {
    network.sites.push_back(synthetic::site({x, 5, 5}, SiteClass::Gallery));
    network.sites.back().patch = 0;
  }
  const OpeningParameters elastic = synthetic::parameters().opening;
  const double stiffness = 300 * elastic.stiffness / (2 * 3.52);
  const double opening = 2 * elastic.slope / (2 * stiffness);  // x = L s/(2 K), 0.46 angstrom
  const OccupationReport report = look(network, full(network));
  EXPECT_NEAR(report.sums.opened_volume, 300 * opening, 1e-9);
  EXPECT_EQ(report.spacing_areas[spacing_bins.index(3.52 + opening)], 300);
  EXPECT_EQ(report.spacing_areas[spacing_bins.index(3.92)], 500);
  EXPECT_EQ(look(network, {0, 0}).sums.opened_volume, 0);
}

TEST(OccupationReport, agrees_with_the_sums_of_the_sampler) {
  Stream stream(7, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(300, 26.0, stream);
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  Occupation state(hamiltonian);
  fill_at_random(state, stream);
  const OccupationReport report = OccupationSurvey(network, hamiltonian, everywhere).report(state.occupied());
  double electrons = 0, opened = 0, coordination = 0;
  for (std::size_t domain = 0; domain < network.domains.size(); ++domain) electrons += state.electrons(domain);
  for (std::size_t patch = 0; patch < network.patches.size(); ++patch)
    opened += network.patches[patch].area * state.opening(patch);
  for (const std::uint32_t site : state.occupied_sites())
    if (in_pore(network.sites[site].kind))
      coordination += state.coordination(site) + hamiltonian.self_coordination(site);
  ASSERT_GT(report.sums.pore_sodium, 10);
  EXPECT_EQ(report.sums.sodium, static_cast<double>(state.count()));
  EXPECT_NEAR(report.sums.electrons, electrons, 1e-9);
  EXPECT_NEAR(report.sums.opened_volume, opened, 1e-9);
  EXPECT_NEAR(report.sums.coordination, coordination, 1e-9);
}

TEST(OccupationReport, lists_add_up_to_the_sums) {
  Stream stream(8, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(300, 26.0, stream);
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  Occupation state(hamiltonian);
  fill_at_random(state, stream);
  const OccupationSurvey survey(network, hamiltonian, everywhere);
  const OccupationReport report = survey.report(state.occupied());
  EXPECT_NEAR(total(report.electrons_by_distance), report.sums.electrons, 1e-9);
  EXPECT_EQ(total(report.sodium_by_cluster), report.sums.pore_sodium);
  EXPECT_EQ(total(report.clusters_by_size), report.sums.clusters);
  EXPECT_EQ(total(report.sodium_by_shift), report.sums.sodium);
  EXPECT_NEAR(total(report.spacing_areas), 700, 1e-9);
  double in_pores = 0;
  for (std::size_t i = 0; i < survey.pores().size(); ++i)
    in_pores += report.pore_filling[i] * survey.pores()[i].capacity;
  EXPECT_NEAR(in_pores, report.sums.pore_sodium, 1e-9);
}

TEST(OccupationReport, doubles_with_the_cell) {
  Stream stream(9, Purpose::Test);
  const SiteNetwork one = synthetic::irregular(150, 26.0, stream);
  const Hamiltonian hamiltonian(one, synthetic::parameters());
  Occupation state(hamiltonian);
  fill_at_random(state, stream);
  std::vector<std::uint8_t> twice(state.occupied().begin(), state.occupied().end());
  twice.insert(twice.end(), state.occupied().begin(), state.occupied().end());
  const std::vector<double> first = flattened(look(one, {twice.begin(), twice.begin() + 150}));
  std::vector<double> second = flattened(look(doubled(one), twice));
  const std::size_t lists = first.size() - OccupationSurvey(one, hamiltonian, 1).pores().size();
  ASSERT_EQ(second.size() - lists, 2 * (first.size() - lists));
  for (std::size_t i = 0; i < lists; ++i) EXPECT_NEAR(second[i], 2 * first[i], 1e-9 * (1 + first[i])) << i;
}

TEST(OccupationReport, calls_a_pore_filled_when_more_than_half_of_what_fits_is_there) {
  SiteNetwork network = synthetic::empty(40);
  for (int i = 0; i < 4; ++i) network.sites.push_back(pore_site({5 + 3.7 * i, 5, 5}));
  network.sites.push_back(pore_site({5, 7, 5}));  // under the core of the first
  network.sites.push_back(pore_site({5, 25, 5}));
  network.sites[1].access = 0.3;
  network.sites[0].access = everywhere;
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  const OccupationSurvey survey(network, hamiltonian, 1);
  ASSERT_EQ(survey.pores().size(), 2u);
  const MetalPore& chain = survey.pores()[0];
  EXPECT_EQ(chain.sites.size(), 5u);
  EXPECT_EQ(chain.capacity, 4);
  EXPECT_NEAR(4 * std::numbers::pi / 3 * std::pow(chain.radius, 3), 4 * bcc_volume, 1e-9);
  EXPECT_EQ(chain.access, 0);
  const OccupationReport half = survey.report(std::vector<std::uint8_t>{1, 1, 0, 0, 0, 0});
  EXPECT_EQ(half.pore_filling, (std::vector<double>{0.5, 0}));
  EXPECT_EQ(half.sums.filled_pores, 0);
  const OccupationReport more = survey.report(std::vector<std::uint8_t>{1, 1, 1, 0, 0, 0});
  EXPECT_EQ(more.sums.filled_pores, 1);
  EXPECT_DOUBLE_EQ(more.sums.filled_radius, chain.radius);
}

TEST(OccupationReport, counts_sodium_that_could_not_have_come) {
  SiteNetwork network = synthetic::empty(40);
  for (const double access : {0.0, 0.9, 1.1, everywhere}) {
    network.sites.push_back(
        synthetic::site({5 + 8 * static_cast<double>(network.sites.size()), 5, 5}, SiteClass::Edge));
    network.sites.back().access = access;
  }
  EXPECT_EQ(look(network, full(network), 1.0).sums.unreachable, 2);
  EXPECT_EQ(look(network, full(network), everywhere).sums.unreachable, 0);
  EXPECT_EQ(look(network, {1, 1, 0, 0}, 1.0).sums.unreachable, 0);
}

TEST(OccupationReport, survives_as_numbers) {
  Stream stream(10, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(100, 24.0, stream);
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  Occupation state(hamiltonian);
  fill_at_random(state, stream);
  const OccupationReport report = OccupationSurvey(network, hamiltonian, 1).report(state.occupied());
  const OccupationReport back = restored(flattened(report));
  EXPECT_EQ(flattened(back), flattened(report));
  EXPECT_EQ(back.pore_filling, report.pore_filling);
  EXPECT_EQ(back.sums.filled_radius, report.sums.filled_radius);
}

TEST(EqualBins, take_what_lies_beyond_into_the_last_bins) {
  const EqualBins bins{3, 0.5, 4};
  EXPECT_EQ(bins.index(2), 0u);
  EXPECT_EQ(bins.index(3.6), 1u);
  EXPECT_EQ(bins.index(5), 3u);
  EXPECT_EQ(bins.index(100), 3u);
  EXPECT_EQ(bins.from(3), 4.5);
}

TEST(KnightShift, is_that_of_the_metal_for_eight_neighbours_and_no_charge) {
  EXPECT_EQ(knight_shift(0, 8), 1135);
  EXPECT_EQ(knight_shift(0, 11), 1135);
  EXPECT_EQ(knight_shift(0, 2), 1135 / 4.0);
  EXPECT_NEAR(knight_shift(0.8, 8), 227, 1e-9);
  EXPECT_EQ(knight_shift(0, 0), 0);
}

}  // namespace
}  // namespace cardhouse
