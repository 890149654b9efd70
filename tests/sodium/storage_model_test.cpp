#include "engine/sodium/storage_model.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "engine/base/errors.hpp"
#include "engine/sodium/storage_observables.hpp"
#include "tests/sodium/carbon_samples.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

using testing::HasSubstr;

const std::string folder = std::string(CARDHOUSE_SOURCE_DIR) + "/inputs/models/";
const std::string head = "statement = \"s\"\nsources = [\"d\"]\n";

StorageModel model_of(const std::string& text) {
  return read_storage_model(Deck::from_text(text, "model.toml"), "model");
}

void expect_refused(const std::string& text, const std::string& reason) {
  try {
    model_of(text);
    FAIL() << text;
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr(reason));
  }
}

TEST(StorageModel, all_six_of_the_literature_load_with_sources_and_predictions) {
  int number = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const StorageModel model = read_storage_model(file.path().string());
    EXPECT_FALSE(model.sources.empty());
    EXPECT_GE(model.predictions.size(), 9u) << model.name;
    ++number;
  }
  EXPECT_EQ(number, 6);
}

TEST(StorageModel, refuses_what_it_does_not_know) {
  expect_refused(head + "[switches]\nwihtout = [\"edge\"]", "wihtout");
  expect_refused(head + "[switches]\nwithout = [\"egde\"]", "did you mean 'edge'");
  expect_refused(head + "[switches]\nterms = { shared_reservoire = false }", "did you mean 'shared_reservoir'");
  expect_refused(head + "[predicts]\npore_slop = [\"flat\"]", "did you mean 'pore_slope'");
  expect_refused(head + "[predicts]\npore_slope = [\"up\"]", "'up' is no answer");
  expect_refused(head + "[switches]\ngallery_energy_change = { value = \"0.3 eV\", source = \"\" }", "empty source");
  expect_refused("statement = \"s\"\nsources = []", "sources");
}

TEST(StorageModel, takes_sites_away_closes_galleries_and_keeps_links_between_the_others) {
  Stream stream(3, Purpose::Test);
  SiteNetwork whole = synthetic::irregular(60, 22, stream);
  for (std::size_t i = 0; i < whole.sites.size(); ++i)
    if (whole.sites[i].patch >= 0) whole.sites[i].spacing = i % 2 ? 3.4 : 3.8;
  StorageModel model;
  model.without = {SiteClass::Defect, SiteClass::PoreWall};
  model.closed_below = 3.5;
  model.gallery_energy_change = 0.3;
  const SiteNetwork part = network_of(model, whole);
  EXPECT_LT(part.sites.size(), whole.sites.size());
  for (const Site& site : part.sites) {
    EXPECT_NE(site.kind, SiteClass::Defect);
    EXPECT_NE(site.kind, SiteClass::PoreWall);
    EXPECT_TRUE(site.spacing == 0 || site.spacing > 3.5);
    const auto same = [&](const Site& other) { return other.position == site.position; };
    const auto& before = *std::find_if(whole.sites.begin(), whole.sites.end(), same);
    EXPECT_NEAR(site.energy - before.energy, site.spacing == 0 ? 0 : 0.3, 1e-12);
  }
  for (const SiteLink& link : part.links) {
    const Vector3 way = part.sites[link.second].position - part.sites[link.first].position;
    EXPECT_NEAR(norm(part.cell.minimum_image(way) - link.displacement), 0, 1e-9);
  }
}

TEST(StorageModel, without_pores_there_is_no_pore_sodium_and_with_them_there_is) {
  // Two sheets 3.8 apart, with a void of 12 angstrom beside them.
  const SiteNetwork carbon =
      find_sites(samples::bonded(samples::stack(4, 3, 15.8, {{1, 0}, {4.8, 0}})), samples::parameters());
  SweepOptions options;
  options.voltages = storage_voltages();
  options.replicas = 2;
  options.equilibration_sweeps = 40;
  options.production_sweeps = 60;
  const auto pore_sodium = [&](const std::string& name) {
    const StorageModel model = read_storage_model(folder + name + ".toml");
    const SweepResult result =
        sweep(network_of(model, carbon), parameters_of(model, synthetic::parameters()), options_of(model, options), {});
    double sum = 0;
    for (const StorageObservable& observable : storage_observables(result))
      if (observable.name.starts_with("pore_")) sum += observable.value.value;
    return sum;
  };
  EXPECT_EQ(pore_sodium("adsorption_intercalation"), 0);
  EXPECT_GT(pore_sodium("intercalation_filling"), 50);
}

}  // namespace
}  // namespace cardhouse
