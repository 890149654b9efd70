#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/base/statistics.hpp"
#include "engine/io/table.hpp"

namespace cardhouse {

/// Equilibrium or measured voltage against sodium content. Capacity is any charge per mass, counted from the empty
/// carbon on (in desodiation too: what is still inside), and results have its unit; voltage against Na/Na+ [V].
struct VoltageCurve {
  std::vector<double> capacity;        ///< not descending
  std::vector<double> voltage;         ///< falls as sodium enters
  std::vector<double> capacity_error;  ///< one sigma; empty means zero
  std::vector<double> voltage_error;   ///< one sigma; empty means zero

  /// From the columns "capacity" and "voltage" and, when there, "capacity_error" and "voltage_error"; rows are sorted
  /// by capacity. Throws InputError when a column is missing or there are fewer than three rows.
  static VoltageCurve from_table(const Table& table);
};

struct PlateauOptions {
  double plateau_below = 0.1;  ///< the plateau is what is stored between this voltage and the cut-off [V]
  double cut_off = 0;          ///< end of sodiation [V]; below zero sodium would plate
  double onset_below =
      0.3;  ///< the onset of the plateau is looked for under this voltage [V] (published onsets: 0.1-0.2)
  double voltage_window = 0.01;  ///< width of the window that smooths dQ/dV [V]
  double onset_arm = 0.08;       ///< |d2V/dQ2| is taken over this share of the capacity searched, to either side
  double onset_bend = 0.001;     ///< a bend V(Q-a) - 2 V(Q) + V(Q+a) smaller than this is no onset [V]
};

/// What the field reads off a sodiation curve. Features that the curve does not have are empty; they are never guessed.
struct CurveSummary {
  Estimate reversible_capacity;  ///< stored down to the cut-off, or to the end of the curve when it stops above
  bool reaches_cut_off = false;
  Estimate slope_capacity;                  ///< stored above `plateau_below`
  Estimate plateau_capacity;                ///< stored between `plateau_below` and the cut-off
  Estimate plateau_share;                   ///< plateau / reversible; 0 when nothing is stored
  std::optional<Estimate> plateau_voltage;  ///< mean over the plateau, weighted by capacity [V]
  std::optional<Estimate> peak_voltage;     ///< where -dQ/dV is largest between cut-off and `plateau_below` [V]
  std::optional<Estimate> onset_voltage;    ///< where |d2V/dQ2| is largest below `onset_below` [V]
  std::optional<Estimate> onset_capacity;   ///< and the capacity there
};

/// Errors are propagated to first order: each point is moved by its sigma in turn, the changes are added in quadrature.
/// For the two positions found by a maximum this is a lower estimate when the noise can move it to another feature.
CurveSummary summarise(const VoltageCurve& curve, const PlateauOptions& options = {});

/// -dQ/dV on equidistant voltages: the capacity taken up within a window of voltage over the width of the window, so
/// that its integral is the capacity and a flat plateau gives a finite peak. At the ends of the curve the window is
/// cut.
struct DifferentialCapacity {
  std::vector<double> voltage;  ///< ascending [V]
  std::vector<double> value;    ///< positive where sodium enters on falling voltage
};
DifferentialCapacity differential_capacity(const VoltageCurve& curve, double window = 0.01);

/// Gap between desodiation and sodiation at equal sodium content, over the capacities both curves have.
struct Hysteresis {
  Estimate mean_gap;       ///< V_desodiation - V_sodiation, averaged over capacity [V]
  Estimate energy;         ///< its integral over capacity [V times the unit of capacity]: what one cycle dissipates
  double largest_gap = 0;  ///< [V]
  double largest_gap_capacity = 0;  ///< where
};
/// Throws InputError when the curves have no capacity in common.
Hysteresis hysteresis(const VoltageCurve& sodiation, const VoltageCurve& desodiation);

/// Capacity at which a falling curve first passes `voltage`, linear between points; none when it never does.
std::optional<double> capacity_at(const VoltageCurve& curve, double voltage);
/// Voltage at a capacity inside the curve, linear between points.
double voltage_at(const VoltageCurve& curve, double capacity);

}  // namespace cardhouse
