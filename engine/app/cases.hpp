#pragma once
// Published pairs of samples: what changed between them, and whether the chemistry here changes it likewise.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/communicator.hpp"
#include "engine/base/statistics.hpp"

namespace cardhouse {

/// What became of one arrow of a case.
enum class Verdict { Agrees, Disagrees, KnownDisagreement, SinceAgrees };

/// One quantity of a case.
struct CaseRow {
  std::string quantity;
  std::string expected;  ///< "up", "down", "same"
  std::string obtained;
  double control = 0;  ///< means over the samples
  double treated = 0;
  double error = 0;  ///< standard error of the difference
  std::string unit;
  std::string published;  ///< size of the difference, as in the file; may be empty
  Verdict verdict = Verdict::Agrees;
  std::string remark;  ///< why it is known to disagree
};

struct CaseReport {
  std::string name;  ///< of the file, without ".toml"
  std::string system;
  std::string lever;
  long year = 0;
  std::vector<CaseRow> rows;
};

/// Runs three samples of the treated material and of its control, of 4 x 4 x 4 cells unless the file says otherwise,
/// and compares the means of the quantities of `expect`. An arrow counts when a quantity changes by more than half a
/// per cent and by more than twice its standard error; "same" when by less than five per cent. What the file lists
/// under `disagrees`, with the reason, is expected to disagree. Throws InputError.
CaseReport run_case(const std::string& path, std::uint64_t seed, const Communicator& ranks);

/// A table for people, one line a quantity.
std::string format_case(const CaseReport& report);

/// Runs the named cases of inputs/cases (files when a name ends in ".toml"; all when there is none) and prints a line
/// for each arrow and a count at the end. Returns how many came out against what their files expect.
int run_cases(const std::vector<std::string>& names, std::uint64_t seed, const Communicator& ranks);

}  // namespace cardhouse
