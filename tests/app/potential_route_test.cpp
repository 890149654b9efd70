#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/data_folder.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_network.hpp"
#include "engine/app/summary.hpp"
#include "engine/sodium/find_sites.hpp"
#include "tests/offlattice/explicit_sodium.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

void check(const std::string& keys) {
  const Deck deck = Deck::from_text(keys, "deck.toml");
  stage_actions::potential_route().check(deck.root());
  deck.reject_unknown_keys();
}

TEST(PotentialRoute, refuses_settings_that_cannot_be_meant) {
  EXPECT_NO_THROW(check(""));
  EXPECT_NO_THROW(check("voltages = [\"0.3 V\", \"0 V\"]\nmoves = 0\ncharge = false\ngrid_step = \"0.3 angstrom\""));
  for (const char* keys : {"voltages = [\"0 V\", \"0.3 V\"]", "moves = 10", "temperature = \"400 K\"",
                           "metal = \"embedded-atom\"", "metal = \"second-momet\"", "grid_step = \"2 angstrom\"",
                           "highest_basin = \"4 eV\"", "replicas = 1", "pairs = \"nowhere.toml\"", "movs = 3"})
    EXPECT_THROW(check(keys), InputError) << keys;
}

/// Two galleries of 4.2 angstrom: every site has its minimum, every hop its saddle, and no neutral sodium comes.
TEST(PotentialRoute, writes_the_comparison_and_the_isotherm_of_a_perfect_gallery) {
  const ScratchFolder folder;
  RunFile file = RunFile::create(folder.path("run.h5"), RunHeader{});
  const Atoms host = explicit_sodium::aa_stack(4.2, 2, 5, 3);
  const CarbonStructure carbon{host, BondGraph::from_distances(host)};
  file.begin_stage("sites");
  write_network(file, "sites/network",
                find_sites(carbon, load_site_parameters(data_folder() + "/sodium/site_parameters.toml")));
  file.write_structure("sites/structure", carbon);
  file.complete_stage("sites");
  file.begin_stage("potential_route");
  const Deck deck = Deck::from_text(
      "voltages = [\"0.5 V\", \"0 V\"]\nmoves = 2000\ngrid_step = \"0.35 angstrom\"\n"
      "ceiling = \"6 eV\"",
      "deck.toml");
  const Communicator ranks;
  StageContext context{deck.root(), file, ranks, 1, folder.path(""), {}};
  stage_actions::potential_route().run(context);
  file.complete_stage("potential_route");

  const Table classes = file.read_table("potential_route/classes");
  const auto gallery = static_cast<std::size_t>(SiteClass::Gallery);
  EXPECT_EQ(classes.column("sites").values[gallery], 60);
  EXPECT_EQ(classes.column("matched").values[gallery], 60);
  const Table links = file.read_table("potential_route/links");
  EXPECT_EQ(links.rows(), 180U);
  EXPECT_THAT(links.column("direct").values, testing::Each(1));
  EXPECT_EQ(file.read_table("potential_route/basins").rows(), 60U);
  const Table discharge = file.read_table("potential_route/discharge");
  EXPECT_THAT(discharge.column("voltage").values, testing::ElementsAre(0.5, 0));
  EXPECT_EQ(file.read_table("potential_route/charge").rows(), 1U);
  bool found = false;
  for (const SummaryRow& row : collect_summary(file)) found |= row.quantity == "capacity off the lattice";
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace cardhouse
