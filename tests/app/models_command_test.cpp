#include "engine/app/models_command.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "engine/base/errors.hpp"
#include "engine/io/run_file.hpp"
#include "engine/io/text_file.hpp"
#include "tests/scratch_folder.hpp"
#include "tests/sodium/carbon_samples.hpp"

namespace cardhouse {
namespace {

using testing::HasSubstr;

class ModelsCommand : public testing::Test {
 protected:
  ModelsCommand() {
    RunHeader header;
    header.deck_text = "[run]\nname = \"small\"\n";
    RunFile file = RunFile::create(folder_.path("run.h5"), header);
    file.begin_stage("build");
    file.write_structure("build/structure", samples::bonded(samples::stack(4, 3, 15.8, {{1, 0}, {4.8, 0}})));
    file.complete_stage("build");
  }

  ModelsRequest request(std::vector<std::string> names) {
    return {folder_.path("run.h5"), std::move(names), folder_.path("models.csv"), 16, 1};
  }

  ScratchFolder folder_;
};

TEST_F(ModelsCommand, writes_what_each_model_gave_and_predicts) {
  models_command(request({"adsorption_intercalation", "three_stage"}), {});
  const std::string csv = read_text_file(folder_.path("models.csv"));
  EXPECT_THAT(csv, HasSubstr("model,observable,value,error,unit,obtained,predicted,verdict\n"));
  EXPECT_THAT(csv, HasSubstr("adsorption_intercalation,pore_end,0,0,mAh/g,flat,flat,agrees\n"));
  EXPECT_THAT(csv, HasSubstr("three_stage,slope_capacity,"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * 15);
}

TEST_F(ModelsCommand, knows_the_models_by_name_and_says_which_is_near) {
  try {
    models_command(request({"three_stages"}), {});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'three_stage'"));
  }
}

TEST(ModelVerdict, compares_only_what_the_model_predicts) {
  StorageModel model;
  model.predictions = {{"pore_end", {"rises", "flat"}}};
  EXPECT_EQ(verdict(model, {"pore_end", "mAh/g", {}, "flat"}), "agrees");
  EXPECT_EQ(verdict(model, {"pore_end", "mAh/g", {}, "falls"}), "disagrees");
  EXPECT_EQ(verdict(model, {"pore_slope", "mAh/g", {}, "rises"}), "");
}

}  // namespace
}  // namespace cardhouse
