#include "engine/app/stages/stored_network.hpp"

#include <gtest/gtest.h>

#include "engine/app/stages/stored_targets.hpp"
#include "engine/base/errors.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

class StoredValues : public testing::Test {
 protected:
  StoredValues() : file_(RunFile::create(folder_.path("run.h5"), RunHeader{})) { file_.begin_stage("sites"); }

  ScratchFolder folder_;
  RunFile file_;
};

SiteNetwork small_network() {
  SiteNetwork network{Cell({10, 0, 0}, {1, 11, 0}, {0, 2, 12}), {}, {}, {}, {}, 1234.5};
  network.sites.push_back({{1, 2, 3}, SiteClass::PoreCore, 0.25, 0.1, 0, 0.02, 3.4, 0, -1, -1});
  network.sites.push_back({{4, 5, 6}, SiteClass::Gallery, -1.05, 0.8, 3.77, 0, 2.33, 0, 0, 0});
  network.sites.back().gallery_share = 0.3;
  network.links.push_back({0, 1, {3, 3, 3}, 0.26});
  network.domains.push_back({2620});
  network.patches.push_back({225, 3.77});
  return network;
}

TEST_F(StoredValues, give_back_the_network_that_was_stored) {
  const SiteNetwork network = small_network();
  write_network(file_, "sites/network", network);
  const SiteNetwork back = read_network(file_, "sites/network");
  ASSERT_EQ(back.sites.size(), 2u);
  EXPECT_EQ(back.cell.vectors(), network.cell.vectors());
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(back.sites[i].position, network.sites[i].position);
    EXPECT_EQ(back.sites[i].kind, network.sites[i].kind);
    EXPECT_EQ(back.sites[i].energy, network.sites[i].energy);
    EXPECT_EQ(back.sites[i].patch, network.sites[i].patch);
    EXPECT_EQ(back.sites[i].gallery_share, network.sites[i].gallery_share);
  }
  EXPECT_EQ(back.links[0].displacement, network.links[0].displacement);
  EXPECT_EQ(back.links[0].barrier, 0.26);
  EXPECT_EQ(back.patches[0].spacing, 3.77);
  EXPECT_EQ(back.host_mass, 1234.5);
}

TEST_F(StoredValues, of_earlier_versions_have_sites_with_fewer_columns) {
  write_network(file_, "sites/new", small_network());
  Table sites = file_.read_table("sites/new/sites");
  for (const char* later : {"access", "outside", "gallery_share"}) {
    ASSERT_EQ(sites.columns.back().name, later);
    sites.columns.pop_back();
  }
  file_.write_values("sites/old/cell", file_.read_values("sites/new/cell"), {"angstrom", "rows"}, {3, 3});
  file_.write_scalar("sites/old/host_mass", 1234.5, {"u", "mass"});
  file_.write_table("sites/old/sites", sites);
  for (const std::string table : {"links", "domains", "patches"})
    file_.write_table("sites/old/" + table, file_.read_table("sites/new/" + table));
  const SiteNetwork back = read_network(file_, "sites/old");
  EXPECT_EQ(back.sites[1].energy, -1.05);
  EXPECT_EQ(back.sites[1].gallery_share, 0);
}

TEST_F(StoredValues, refuse_a_network_whose_links_name_no_site) {
  SiteNetwork network = small_network();
  network.links[0].second = 7;
  write_network(file_, "sites/network", network);
  EXPECT_THROW(read_network(file_, "sites/network"), InputError);
}

TEST_F(StoredValues, give_back_the_targets_that_were_stored) {
  CarbonTargets targets;
  targets.interlayer_spacing = 3.81;
  targets.closed_pore_volume = 0.123;
  targets.edge_fraction = 0.11;
  targets.pore_radius_spread = 0.3;
  targets.pores.push_back({{0.1, 0.2, 0.3}, 0.7, true, 4.5});
  write_targets(file_, "sites/targets", targets);
  const CarbonTargets back = read_targets(file_, "sites/targets");
  EXPECT_EQ(back.interlayer_spacing, 3.81);
  EXPECT_EQ(back.closed_pore_volume, 0.123);
  ASSERT_EQ(back.pores.size(), 1u);
  EXPECT_EQ(back.pores[0].fractional.y, 0.2);
  EXPECT_TRUE(back.pores[0].open);
  EXPECT_EQ(back.pores[0].radius, 4.5);
  EXPECT_EQ(back.edge_fraction, 0.11);
  EXPECT_EQ(back.pore_radius_spread, 0.3);
}

}  // namespace
}  // namespace cardhouse
