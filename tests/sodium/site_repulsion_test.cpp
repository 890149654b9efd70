#include "engine/sodium/site_repulsion.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "engine/base/contracts.hpp"
#include "engine/base/stream.hpp"
#include "engine/structure/neighbour_list.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

struct Charges {
  std::vector<Vector3> positions;
  std::vector<double> charges;
};

// A third of them without charge; some outside the cell.
Charges scattered(const Cell& cell, std::size_t number, Stream& stream) {
  Charges result;
  for (std::size_t i = 0; i < number; ++i) {
    result.positions.push_back(cell.to_cartesian({2 * stream.uniform() - 0.5, stream.uniform(), stream.uniform()}));
    result.charges.push_back(i % 3 == 0 ? 0 : 0.2 + 0.8 * stream.uniform());
  }
  return result;
}

// By the other road: neighbours of all points, the law itself.
std::map<std::uint32_t, double> expected_partners(const Cell& cell, const Charges& all, std::size_t site,
                                                  const RepulsionParameters& parameters, double closest) {
  std::map<std::uint32_t, double> partners;
  const NeighbourList near(cell, all.positions, parameters.cutoff);
  for (const Neighbour& other : near.of(site)) {
    const double r = norm(other.displacement);
    const double charges = all.charges[site] * all.charges[other.index];
    if (charges > 0 && r >= closest) partners[other.index] += charges * screened_repulsion(r, parameters);
  }
  return partners;
}

const std::vector<Cell>& cells() {
  static const std::vector<Cell> all{Cell::cubic(61), Cell::orthorhombic(7, 19, 90),
                                     Cell({50, 0, 0}, {20, 45, 0}, {-9, 12, 60})};
  return all;
}

TEST(SiteRepulsion, finds_what_a_list_of_neighbours_finds_in_any_cell) {
  const RepulsionParameters parameters = synthetic::parameters().repulsion;
  Stream stream(1, Purpose::Test);
  for (const double closest : {3.0, 0.0})
    for (const Cell& cell : cells()) {
      const Charges all = scattered(cell, 200, stream);
      const SiteRepulsion repulsion(cell, all.positions, all.charges, parameters, closest);
      for (std::size_t site = 0; site < 200; site += 7) {
        auto expected = expected_partners(cell, all, site, parameters, closest);
        const double with_images = expected[static_cast<std::uint32_t>(site)];
        EXPECT_NEAR(repulsion.self_value(site), with_images / 2, 2e-6);
        expected.erase(static_cast<std::uint32_t>(site));
        for (const PairTable::Entry& found : repulsion.of(site)) {
          ASSERT_NEAR(found.value, expected[found.site], 1e-6 * (1 + expected[found.site]));
          expected.erase(found.site);
        }
        for (const auto& [partner, strength] : expected) ASSERT_NEAR(strength, 0, 1e-6) << partner;
      }
    }
}

TEST(SiteRepulsion, gives_a_pair_one_strength_from_both_ends_and_alone) {
  const RepulsionParameters parameters = synthetic::parameters().repulsion;
  Stream stream(2, Purpose::Test);
  for (const Cell& cell : cells()) {
    const Charges all = scattered(cell, 300, stream);
    const SiteRepulsion repulsion(cell, all.positions, all.charges, parameters, 3.0);
    std::size_t pairs = 0;
    for (std::size_t site = 0; site < 300; ++site)
      for (const PairTable::Entry& found : repulsion.of(site)) {
        ASSERT_EQ(found.value, repulsion.value(site, found.site));
        ASSERT_EQ(found.value, repulsion.value(found.site, site));
        ASSERT_LE(found.value, repulsion.largest_value());
        ++pairs;
      }
    EXPECT_GT(pairs, 500u);
  }
}

TEST(SiteRepulsion, is_the_law_to_a_rounding_and_has_sums_without_history) {
  const RepulsionParameters parameters = synthetic::parameters().repulsion;
  for (double r = 1.0; r < 12.5; r += 0.0137) {
    const std::vector<Vector3> two{{1, 1, 1}, {1 + r, 1, 1}};
    const double value = SiteRepulsion(Cell::cubic(60), two, std::vector{1.0, 0.9}, parameters, 0).value(0, 1);
    const double law = static_cast<double>(0.9F) * screened_repulsion(r, parameters);
    const double of_places = 4e-7 * (law + 0.03) * (1 / r + 1 / parameters.screening_length);
    ASSERT_NEAR(value, law, 6e-8 * (1 + law) + of_places) << r;
    ASSERT_EQ(value * 0x1p24, std::round(value * 0x1p24));
  }
}

TEST(SiteRepulsion, takes_few_sites_in_a_vast_cell) {
  const RepulsionParameters parameters = synthetic::parameters().repulsion;
  const std::vector<Vector3> far{{1, 1, 1}, {5, 1, 1}, {1 + 1536, 1, 1}, {99999, 1, 1}};
  const SiteRepulsion repulsion(Cell::cubic(1e5), far, std::vector<double>(4, 1.0), parameters, 3.0);
  EXPECT_GT(repulsion.value(0, 1), 0.1);
  EXPECT_EQ(repulsion.value(0, 2), 0);
  EXPECT_EQ(repulsion.value(0, 3), 0);  // 2 angstrom: excluded
  EXPECT_EQ(repulsion.of(0).size(), 1u);
  EXPECT_EQ(repulsion.of(1).size(), 2u);
}

TEST(SiteRepulsion, has_nothing_for_sites_without_charge) {
  const RepulsionParameters parameters = synthetic::parameters().repulsion;
  const std::vector<Vector3> two{{0, 0, 0}, {4, 0, 0}};
  const SiteRepulsion repulsion(Cell::cubic(40), two, std::vector{0.0, 1.0}, parameters, 3.0);
  EXPECT_TRUE(repulsion.of(0).empty());
  EXPECT_TRUE(repulsion.of(1).empty());
  SiteRepulsion::Partners found;
  repulsion.find_partners(1, found);
  repulsion.find_partners(0, found);
  EXPECT_TRUE(found.all().empty());
  EXPECT_THROW(SiteRepulsion(Cell::cubic(40), two, std::vector{-1.0, 1.0}, parameters, 3.0), ContractViolation);
}

}  // namespace
}  // namespace cardhouse
