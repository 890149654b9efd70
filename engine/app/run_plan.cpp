#include "engine/app/run_plan.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/app/stage.hpp"

namespace cardhouse {
namespace {

const Deck& empty_deck() {
  static const Deck deck = Deck::from_text("", "defaults");
  return deck;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "a|b" is met by a or b.
bool is_met(const std::string& need, const std::vector<std::string>& present) {
  for (std::size_t start = 0; start <= need.size();) {
    const std::size_t end = std::min(need.find('|', start), need.size());
    if (contains(present, need.substr(start, end - start))) return true;
    start = end + 1;
  }
  return false;
}

std::string first_of(const std::string& need) {
  return need.substr(0, need.find('|'));
}

// The first stage that this one still needs; empty when it can run.
std::string missing_need(const StageEntry& entry, const DeckTable& settings, const std::vector<std::string>& present) {
  for (const std::string& need : entry.make.needs(settings))
    if (!is_met(need, present)) return first_of(need);
  return {};
}

// Tables of stages that are not to be run may stand in a deck; they are checked all the same.
void check_tables_except(const std::vector<std::string>& checked, const Deck& deck) {
  for (const StageEntry& entry : stages())
    if (!contains(checked, entry.name))
      if (const auto settings = deck.root().optional_table(entry.name)) entry.make.check(*settings);
}

/// What [run] says besides the stages.
RunPlan read_header(const DeckTable& run) {
  RunPlan plan;
  plan.name = run.text("name");
  const long seed = run.integer("seed", 1);
  if (seed < 0) run.fail("seed", "the seed is negative", "give an integer >= 0");
  plan.seed = static_cast<std::uint64_t>(seed);
  plan.folder = run.text("output", plan.name + "-output");
  return plan;
}

std::vector<std::string> ordered(const std::vector<std::string>& wanted) {
  std::vector<std::string> result;
  for (const std::string& stage : stage_order())
    if (contains(wanted, stage)) result.push_back(stage);
  return result;
}

}  // namespace

DeckTable stage_settings(const Deck& deck, const std::string& stage) {
  const auto settings = deck.root().optional_table(stage);
  return settings ? *settings : empty_deck().root();
}

RunPlan read_carbonize_plan(const Deck& deck) {
  RunPlan plan;
  plan.name = std::filesystem::path(deck.name()).stem();
  plan.folder = plan.name + "-output";
  if (const auto run = deck.root().optional_table("run")) plan = read_header(*run);
  plan.stages = {"carbonize", "report"};
  find_entry(stages(), "carbonize", "stage").make.check(deck.root().table("carbonize"));
  for (const std::string& other : deck.root().keys()) {
    if (other != "carbonize" && deck.root().is_table(other)) deck.root().table(other).accept_all();
  }
  deck.reject_unknown_keys();
  return plan;
}

RunPlan read_plan(const Deck& deck, const std::vector<std::string>& present) {
  const DeckTable run = deck.root().table("run");
  RunPlan plan = read_header(run);
  const std::vector<std::string> wanted = run.texts("stages");
  for (const std::string& stage : wanted) find_entry(stages(), stage, "stage", run.place("stages"));
  if (wanted.empty()) run.fail("stages", "the list of stages is empty", "list at least one stage");
  plan.stages = ordered(wanted);

  std::vector<std::string> done = present;
  for (const std::string& stage : plan.stages) {
    const StageEntry& entry = find_entry(stages(), stage, "stage");
    const DeckTable settings = stage_settings(deck, stage);
    entry.make.check(settings);
    const std::string missing = missing_need(entry, settings, done);
    if (!missing.empty())
      run.fail("stages", "stage '" + stage + "' needs the result of '" + missing + "'", "list that stage too");
    done.push_back(stage);
  }
  check_tables_except(plan.stages, deck);
  deck.reject_unknown_keys();
  return plan;
}

RunPlan read_any_plan(const Deck& deck) {
  return deck.root().has("run") || !deck.root().has("carbonize") ? read_plan(deck) : read_carbonize_plan(deck);
}

void check_stage(const Deck& deck, const std::string& stage, const std::vector<std::string>& present) {
  const StageEntry& entry = find_entry(stages(), stage, "stage");
  const DeckTable settings = stage_settings(deck, stage);
  entry.make.check(settings);
  const std::string missing = missing_need(entry, settings, present);
  if (!missing.empty())
    throw InputError("stage '" + stage + "' needs the result of '" + missing + "', which the run file does not hold",
                     "run that stage first");
  check_tables_except({stage}, deck);
  if (const auto run = deck.root().optional_table("run")) run->accept_all();
  deck.reject_unknown_keys();
}

}  // namespace cardhouse
