#pragma once

#include <string>
#include <vector>

#include "engine/base/statistics.hpp"
#include "engine/sodium/voltage_sweep.hpp"

namespace cardhouse {

/// What storage mechanisms are told apart by, read off a sweep.
struct StorageObservable {
  std::string name;
  std::string unit;
  Estimate value;
  std::string answer;  ///< "rises", "falls" or "flat"; empty for numbers that no model predicts the sign of
};

/// Their names, in the order of the table.
std::vector<std::string> observable_names();

/// Sodium by place: interlayer is what sits between layers or in slits (gallery, mouth, slit); defect what sits on free
/// faces and at edges (defect, edge, terrace); pore the metal (pore wall, pore core). Windows of voltage: slope above
/// 0.15 V, middle 0.15 to 0.05 V, end 0.05 to 0 V, on the way down.
/// - interlayer_slope, ..., pore_end: change of sodium by place over a window [mAh/g]
/// - spacing_slope, spacing_plateau: change of the mean spacing of galleries above and below 0.15 V [angstrom]
/// - slope_capacity, plateau_capacity: above and below 0.1 V [mAh/g]; no answer
/// - hysteresis: mean over the common capacities of interlayer on the way up less that on the way down [mAh/g]; rises
/// when
///   it differs from zero either way
/// - release: how much interlayer sodium goes while sodium enters, at most, below 0.15 V [mAh/g]; rises when some does
/// A change is flat unless it is larger than twice its standard error and than one per cent of the capacity at 0 V, a
/// change of spacing unless it exceeds 0.01 angstrom. Expects a sweep both ways through 0.15, 0.1, 0.05 and 0 V (points
/// between are read by straight lines); throws InputError when it went one way only.
std::vector<StorageObservable> storage_observables(const SweepResult& sweep);

/// Voltages that show them: 23, with 0.15, 0.1, 0.05 and 0 V among them.
std::vector<double> storage_voltages();

}  // namespace cardhouse
