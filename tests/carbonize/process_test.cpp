#include "engine/carbonize/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "tests/carbonize/sample_processes.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using samples::process_of;
using samples::ramp_to;
using testing::AllOf;
using testing::HasSubstr;

const std::string sucrose = samples::precursor("sucrose");

std::string message_of(const std::string& text) {
  return samples::message_of([&] { process_of(text); });
}

/// The furnace steps of a treatment with further keys of the deck, on sucrose at 25 degC.
std::vector<TemperatureStep> furnace_of(const std::string& treatment, const std::string& keys = {}) {
  return process_of(sucrose + "[[step]]\ntreatment = \"" + treatment + "\"\n" + keys).steps.at(0).furnace;
}

TEST(Process, takes_steps_one_after_another_with_their_atmospheres) {
  const auto process = process_of(sucrose + "start = \"50 degC\"\nparticle = \"10 um\"\n" +
                                  ramp_to(250, "2 K/min", "hold = \"1 h\"\natmosphere = \"air\"") + ramp_to(1300));
  EXPECT_NEAR(process.start, 323.15, 1e-9);
  EXPECT_NEAR(process.particle_radius, 5e4, 1e-6);
  ASSERT_EQ(process.steps.size(), 2u);
  const auto programme = process.programme();
  EXPECT_NEAR(programme.end_time(), 200 * 30 + 3600 + 1050 * 12, 1e-6);
  EXPECT_EQ(programme.steps()[0].atmosphere.name, "air");
  EXPECT_EQ(programme.steps()[1].atmosphere.name, "Ar");
}

TEST(Treatment, brings_the_furnace_of_its_file) {
  const auto steps = furnace_of("pre_oxidation");
  ASSERT_EQ(steps.size(), 1u);
  EXPECT_NEAR(steps[0].target, 573.15, 1e-9);
  EXPECT_NEAR(steps[0].duration, 275 * 12, 1e-6);
  EXPECT_NEAR(steps[0].hold, 12 * 3600, 1e-6);
  EXPECT_EQ(steps[0].atmosphere.name, "air");
}

TEST(Treatment, furnace_keys_of_the_deck_come_first_one_by_one) {
  const auto warmer = furnace_of("pre_oxidation", "target = \"250 degC\"\natmosphere = \"O2\"");
  EXPECT_NEAR(warmer[0].target, 523.15, 1e-9);
  EXPECT_NEAR(warmer[0].duration, 225 * 12, 1e-6);  // at the file's rate
  EXPECT_NEAR(warmer[0].hold, 12 * 3600, 1e-6);
  EXPECT_EQ(warmer[0].atmosphere.name, "O2");
  const auto jumped = furnace_of("pre_oxidation", "duration = \"10 min\"\nhold = \"0 s\"\npressure = \"2 atm\"");
  EXPECT_NEAR(jumped[0].duration, 600, 1e-9);
  EXPECT_EQ(jumped[0].hold, 0);
  EXPECT_EQ(jumped[0].atmosphere.name, "air");
  EXPECT_NEAR(jumped[0].atmosphere.pressure / warmer[0].atmosphere.pressure, 2, 1e-12);
}

TEST(Treatment, ramps_from_where_the_step_before_ended) {
  const auto process = process_of(sucrose + ramp_to(600) + "[[step]]\ntreatment = \"pre_oxidation\"\n");
  EXPECT_NEAR(process.steps[1].furnace[0].duration, 300 * 12, 1e-6);
}

TEST(Treatment, doses_by_its_amount) {
  const auto dosed = [](const std::string& keys) {
    return process_of(sucrose + "[[step]]\ntreatment = \"citric_acid\"\n" + keys).steps.at(0).additions.at(0).mass;
  };
  EXPECT_NEAR(dosed(""), 0.1, 1e-12);
  EXPECT_NEAR(dosed("amount = 0.25"), 0.25, 1e-12);
  EXPECT_NEAR(dosed("amount = \"30 %\""), 0.3, 1e-12);
}

TEST(Treatment, removes_a_share_of_what_its_file_names) {
  const auto process = process_of(sucrose + "ash = { K = 0.01 }\n[[step]]\ntreatment = \"hydrothermal\"\n");
  const auto& library = process.material.library;
  ASSERT_FALSE(process.steps[0].removals.empty());
  EXPECT_EQ(process.steps[0].removals[0].species, library.find_species("K_ASH"));
  EXPECT_NEAR(process.steps[0].removals[0].share, 0.7, 1e-12);
  EXPECT_EQ(process.steps[0].furnace[0].atmosphere.name, "water");
}

TEST(Treatment, scales_responses_and_states_with_the_amount_over_the_usual_one) {
  const auto coated = [](const std::string& keys) {
    return process_of(sucrose + ramp_to(1300) + "[[step]]\ntreatment = \"alumina_ald\"\n" + keys);
  };
  const auto usual = coated("");
  const auto twice = coated("amount = \"2 %\"");
  ASSERT_FALSE(usual.states.empty());
  ASSERT_EQ(usual.states.size(), twice.states.size());
  for (std::size_t i = 0; i < usual.states.size(); ++i) {
    EXPECT_EQ(usual.states[i].name, twice.states[i].name);
    EXPECT_NEAR(twice.states[i].value, 2 * usual.states[i].value, 1e-9);
  }
  ASSERT_EQ(usual.responses.size(), twice.responses.size());
  const auto last = usual.responses.size() - 1;
  EXPECT_EQ(usual.responses[last].cause, "treatment");
  EXPECT_NEAR(twice.responses[last].gain, 2 * usual.responses[last].gain, 1e-12);
}

TEST(Treatment, states_come_in_the_unit_of_their_file) {
  const auto process = process_of(sucrose + ramp_to(1300) + "[[step]]\ntreatment = \"alumina_ald\"\n");
  for (const auto& state : process.states) {
    if (state.name != "coating_thickness") continue;
    EXPECT_EQ(state.unit, "nm");
    EXPECT_GT(state.value, 0.1);
    EXPECT_LT(state.value, 100);
    EXPECT_FALSE(state.source.empty() || state.meaning.empty());
    return;
  }
  FAIL() << "no coating thickness";
}

TEST(Treatment, read_twice_declares_its_rules_once) {
  EXPECT_EQ(process_of(sucrose + "[[step]]\ntreatment = \"pre_oxidation\"\n[[step]]\ntreatment = \"pre_oxidation\"\n")
                .steps.size(),
            2u);
}

TEST(Treatment, mistakes_of_the_deck_are_named_where_they_stand) {
  const std::string step = sucrose + "[[step]]\n";  // its second line
  EXPECT_THAT(message_of(step + "treatment = \"citric_acd\""),
              AllOf(HasSubstr("deck.toml:3: step[1].treatment"), HasSubstr("unknown treatment 'citric_acd'"),
                    HasSubstr("did you mean 'citric_acid'")));
  EXPECT_THAT(message_of(step + "treatment = \"citric_acid\"\namount = 0.6"),
              AllOf(HasSubstr("deck.toml:4: step[1].amount"), HasSubstr("outside 0.0"), HasSubstr("0.5")));
  EXPECT_THAT(message_of(step + "treatment = \"pre_oxidation\"\namount = 1"),
              AllOf(HasSubstr("deck.toml:4"), HasSubstr("nothing is dosed in this treatment")));
  EXPECT_THAT(message_of(step + "treatment = \"pre_oxidation\"\nhol = \"1 h\""),
              AllOf(HasSubstr("deck.toml:4"), HasSubstr("hol")));
  EXPECT_THAT(message_of(step + "treatment = \"pre_oxidation\"\nhold = 1"),
              AllOf(HasSubstr("deck.toml:4"), HasSubstr("time")));
}

TEST(Process, mistakes_of_the_deck_are_named_where_they_stand) {
  EXPECT_THAT(message_of(sucrose), AllOf(HasSubstr("step"), HasSubstr("at least one step")));
  EXPECT_THAT(message_of(sucrose + "[[step]]\ntarget = \"900 degC\"\nduration = \"0 s\""), HasSubstr("takes no time"));
  EXPECT_THAT(message_of(sucrose + "particle = \"-1 nm\"\n" + ramp_to(900)),
              AllOf(HasSubstr("deck.toml:2: particle"), HasSubstr("not negative")));
  EXPECT_THAT(message_of(sucrose + "start = \"-300 degC\"\n" + ramp_to(900)), HasSubstr("absolute zero"));
  EXPECT_THAT(message_of(sucrose + "rules = [\"no_such.toml\"]\n" + ramp_to(900)),
              AllOf(HasSubstr("deck.toml:2: rules"), HasSubstr("no_such.toml")));
  EXPECT_THAT(message_of(sucrose + "rules = [\"gasificaton\"]\n" + ramp_to(900)), HasSubstr("'gasification'"));
}

const std::string pulse =
    "[[step]]\njoule = { current = \"100 A\", resistance = \"0.5 ohm\", mass = \"0.2 g\", area = \"4 cm2\", "
    "duration = \"0.15 s\" }\n";

TEST(JouleFeed, raw_sugar_does_not_conduct) {
  EXPECT_THAT(message_of(sucrose + pulse),
              AllOf(HasSubstr("deck.toml:3: step[1].joule"), HasSubstr("the feed does not conduct"),
                    HasSubstr("1e-6 S/m"), HasSubstr("carbonise it before")));
  EXPECT_THAT(message_of(sucrose + ramp_to(500, "5 K/min", "hold = \"1 h\"") + pulse),
              HasSubstr("the feed does not conduct"));
}

TEST(JouleFeed, a_char_of_an_hour_at_700_degrees_does) {
  const auto process = process_of(sucrose + ramp_to(700, "5 K/min", "hold = \"1 h\"") + pulse);
  EXPECT_GT(process.programme().peak_temperature(), 1500);
  EXPECT_LT(process.programme().temperature(1e9), 380);  // it cools
}

TEST(JouleFeed, treatments_that_flash_ask_the_same) {
  for (const auto* name : {"flash_joule", "flash_pulse", "microwave"}) {
    const std::string step = "[[step]]\ntreatment = \"" + std::string(name) + "\"\n";
    EXPECT_THAT(message_of(sucrose + step), AllOf(HasSubstr("deck.toml:"), HasSubstr("does not conduct"))) << name;
    EXPECT_EQ(message_of(sucrose + ramp_to(700, "5 K/min", "hold = \"1 h\"") + step), "no error") << name;
  }
}

/// A folder of data with one treatment, "mine".
std::string message_of_own_treatment(const std::string& treatment, const std::string& deck = ramp_to(300)) {
  const ScratchFolder folder;
  for (const auto* part : {"precursors", "rules"}) {
    std::filesystem::copy(samples::inputs + "/" + part, folder.path(part));
  }
  std::filesystem::create_directory(folder.path("treatments"));
  folder.with_text("treatments/mine.toml", "summary = \"test\"\nsource = \"estimate: test\"\n" + treatment);
  const std::string text = sucrose + deck + "[[step]]\ntreatment = \"mine\"\n";
  return samples::message_of([&] { process_of(text, folder.path("")); });
}

TEST(JouleFeed, a_treatment_may_carbonise_before_it_flashes) {
  const std::string flash = ramp_to(1500, "100 K/s", "flash = true");
  EXPECT_THAT(message_of_own_treatment(flash), HasSubstr("does not conduct"));
  EXPECT_EQ(message_of_own_treatment(ramp_to(700, "5 K/min", "hold = \"1 h\"") + flash), "no error");
}

TEST(Treatment, mistakes_of_its_file_are_named_where_they_stand) {
  const std::string source = "source = \"estimate: test\"\n";
  EXPECT_THAT(message_of_own_treatment("[[response]]\nof = \"SUCROS\"\non = \"mobility\"\ngain = 1.0\n" + source),
              AllOf(HasSubstr("mine.toml:4"), HasSubstr("'SUCROSE'")));
  EXPECT_THAT(message_of_own_treatment("[[remove]]\nspecies = [\"CROSSLINK\"]\nshare = 0.5\n"),
              AllOf(HasSubstr("mine.toml:4"), HasSubstr("neither solid nor trapped")));
  EXPECT_THAT(message_of_own_treatment("[[state]]\nname = \"film\"\nvalue = \"2 nmm\"\nmeaning = \"test\"\n" + source),
              AllOf(HasSubstr("mine.toml:5"), HasSubstr("nmm")));
}

TEST(JouleFeed, conductivity_runs_through_its_points) {
  const auto at = [](double celsius) { return std::log10(conductivity(celsius + 273.15)); };
  EXPECT_NEAR(at(25), -6, 1e-9);
  EXPECT_NEAR(at(537.5), -3, 1e-9);
  EXPECT_NEAR(at(575), 0, 1e-9);
  EXPECT_NEAR(at(800), 3, 1e-9);
  EXPECT_NEAR(at(2000), 4, 1e-9);
  for (double t = 400; t < 1000; t += 10) EXPECT_LE(at(t), at(t + 10));
}

/// What is said of a rule of the user's own on a species of sucrose.
std::string message_of_own_rule(const std::string& in, const std::string& out, const std::string& more) {
  const ScratchFolder folder;
  folder.with_text("mine.toml", "needs = [\"sugars\"]\n[[rule]]\nid = \"mine\"\nin = \"" + in + "\"\nout = \"" + out +
                                    "\"\nA = \"1 1/s\"\nE = \"0 eV\"\nsource = \"estimate: test\"\n" + more);
  const Deck deck =
      Deck::from_file(folder.with_text("deck.toml", sucrose + "rules = [\"mine.toml\"]\n" + ramp_to(900)));
  return samples::message_of([&] { read_process(deck.root(), samples::inputs); });
}

// Caramel is made on the way: it has no amount at the start.
TEST(Process, orders_and_spreads_need_an_amount_at_the_start) {
  for (const auto* more : {"order = 2", "spread = \"0.1 eV\""}) {
    EXPECT_EQ(message_of_own_rule("SUCROSE", "12 CHAR + 11 H2O", more), "no error");
    EXPECT_THAT(message_of_own_rule("CARAMEL", "12 CHAR + 8 H2O", more),
                AllOf(HasSubstr("mine.toml"), HasSubstr("rule 'mine'"), HasSubstr("not part of the precursor")));
  }
  EXPECT_EQ(message_of_own_rule("CARAMEL", "12 CHAR + 8 H2O", ""), "no error");
}

TEST(Process, what_an_ensemble_member_leaves_out_comes_from_the_deck) {
  const Deck deck = Deck::from_text(sucrose + "start = \"40 degC\"\n" + ramp_to(900), "deck.toml");
  const Deck member = Deck::from_text("precursor = \"pitch\"\n", "member.toml");
  const DeckTable defaults = deck.root();
  const auto process = read_process(member.root(), samples::inputs, &defaults);
  EXPECT_EQ(process.material.name, "pitch");
  EXPECT_NEAR(process.start, 313.15, 1e-9);
  EXPECT_EQ(process.steps.size(), 1u);
}

}  // namespace
}  // namespace cardhouse
