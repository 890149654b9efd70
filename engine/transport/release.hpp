#pragma once
// Whether carbon gives sodium up somewhere while it takes more in.

#include <span>

#include "engine/base/statistics.hpp"
#include "engine/transport/protocol.hpp"

namespace cardhouse {

/// Fall of the sodium on some classes of sites while the charge rose.
struct Release {
  Estimate fall;      ///< mean over runs, in sodium; error: of that mean
  double before = 0;  ///< sodium in the whole carbon at its beginning
  double after = 0;   ///< and at its end

  /// Above three standard errors. Of the falls between all charges the largest is taken, so that noise alone gives one
  /// or two.
  bool is_certain() const { return fall.value > 3 * fall.error && fall.value > 0; }
};

/// The largest fall of the mean over `runs` between a lower and a higher charge of the records in which sodium entered:
/// charges are taken together in 20 bins between the least and the most sodium of any run. Zero where it never falls.
/// EXPECTS two runs or more, which give the error.
Release largest_release(std::span<const ProtocolResult> runs, std::span<const SiteClass> classes);

}  // namespace cardhouse
