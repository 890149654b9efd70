#pragma once
// The table a run ends with: what was found, how sure it is, in which unit.

#include <string>
#include <vector>

#include "engine/base/statistics.hpp"
#include "engine/io/run_file.hpp"

namespace cardhouse {

/// One line. A negative error means that there is none; the remark then says why.
struct SummaryRow {
  std::string quantity;
  Estimate value;
  std::string unit;
  std::string remark;
};

/// The estimate, or one without an error where the error is zero: nothing measured is that sure.
Estimate error_if_any(Estimate estimate);

/// Tab-separated lines as stored in the run file, and back.
std::string encode_summary(const std::vector<SummaryRow>& rows);
std::vector<SummaryRow> decode_summary(const std::string& text);

/// An aligned table for people: quantity, value and error rounded to the error's second digit, unit, remark.
std::string format_summary(const std::vector<SummaryRow>& rows);

/// "1.873 +- 0.021", "0 +- 3.2e-14", "1573" (no error).
std::string format_estimate(const Estimate& estimate);

/// Stores the rows of one stage in the run file, and reads the rows of all complete stages in the order of a run.
void write_summary(RunFile& file, const std::string& stage, const std::vector<SummaryRow>& rows);
std::vector<SummaryRow> collect_summary(const RunFile& file);

}  // namespace cardhouse
