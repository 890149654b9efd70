#include "potentials/shipped_parameters.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

#include "engine/base/errors.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

/// Sets CARDHOUSE_DATA as long as it lives.
class ChosenData {
 public:
  explicit ChosenData(const std::string& folder) {
    if (const char* old = ::getenv("CARDHOUSE_DATA")) before_ = old;
    ::setenv("CARDHOUSE_DATA", folder.c_str(), 1);
  }
  ~ChosenData() { before_.empty() ? ::unsetenv("CARDHOUSE_DATA") : ::setenv("CARDHOUSE_DATA", before_.c_str(), 1); }

 private:
  std::string before_;
};

TEST(ShippedParameters, finds_what_comes_with_the_source) {
  const ChosenData data(std::string(CARDHOUSE_SOURCE_DIR) + "/inputs");
  EXPECT_TRUE(std::filesystem::is_regular_file(shipped_parameters("C_tersoff_1988.tersoff")));
}

TEST(ShippedParameters, takes_the_folder_of_the_user_and_no_other) {
  const ScratchFolder folder;
  const ChosenData data(folder.path(""));
  std::filesystem::create_directory(folder.path("potentials"));
  const std::string own = folder.with_text("potentials/own.tersoff", "");
  EXPECT_TRUE(std::filesystem::equivalent(shipped_parameters("own.tersoff"), own));
  EXPECT_THROW(shipped_parameters("C_tersoff_1988.tersoff"), InputError);
}

}  // namespace
}  // namespace cardhouse
