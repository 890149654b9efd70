#include "engine/sodium/site_report.hpp"

#include <gtest/gtest.h>

namespace cardhouse {
namespace {

// Four sites along x in a cell of 8, 2 apart, linked in a row.
SiteNetwork row_of_four(bool closed) {
  SiteNetwork network{Cell::cubic(8), {}, {}, {}, {}, 1};
  for (int i = 0; i < 4; ++i) network.sites.push_back({.position = {1 + 2.0 * i, 0, 0}, .kind = SiteClass::Terrace});
  for (std::uint32_t i = 0; i < 3; ++i) network.links.push_back({i, i + 1, {2, 0, 0}, 0.1});
  if (closed) network.links.push_back({0, 3, {-2, 0, 0}, 0.1});
  return network;
}

TEST(SiteReport, a_closed_row_percolates_along_itself_only) {
  const SiteReport report = report_sites(row_of_four(true));
  EXPECT_EQ(report.percolates, (std::array<bool, 3>{true, false, false}));
  EXPECT_EQ(report.components, 1u);
  EXPECT_EQ(report.largest_component, 1);
  EXPECT_EQ(report_sites(row_of_four(false)).percolates, (std::array<bool, 3>{false, false, false}));
}

TEST(SiteReport, a_cycle_inside_the_cell_does_not_percolate) {
  SiteNetwork network = row_of_four(false);
  network.links.push_back({0, 3, {6, 0, 0}, 0.1});  // the long way back, inside the cell
  EXPECT_EQ(report_sites(network).percolates, (std::array<bool, 3>{false, false, false}));
}

TEST(SiteReport, counts_classes_pieces_and_lonely_sites) {
  SiteNetwork network = row_of_four(true);
  network.sites.push_back({.position = {0, 4, 0}, .kind = SiteClass::Gallery, .spacing = 3.6});
  network.sites.push_back({.position = {4, 4, 0}, .kind = SiteClass::Mouth, .spacing = 3.8});
  const SiteReport report = report_sites(network);
  EXPECT_EQ(report.of(SiteClass::Terrace), 4u);
  EXPECT_EQ(report.of(SiteClass::Gallery), 1u);
  EXPECT_EQ(report.of(SiteClass::Mouth), 1u);
  EXPECT_EQ(report.of(SiteClass::PoreCore), 0u);
  EXPECT_EQ(report.components, 3u);
  EXPECT_EQ(report.isolated, 2u);
  EXPECT_EQ(report.links, 4u);
  EXPECT_NEAR(report.largest_component, 4.0 / 6, 1e-12);
  EXPECT_NEAR(report.mean_spacing, 3.7, 1e-12);
}

}  // namespace
}  // namespace cardhouse
