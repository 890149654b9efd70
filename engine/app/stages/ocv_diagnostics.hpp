#pragma once
// Tables and summary of what a sweep of voltages looked at (engine/sodium/occupation_report.hpp).

#include <string>
#include <vector>

#include "engine/app/summary.hpp"
#include "engine/io/table.hpp"
#include "engine/sodium/voltage_sweep.hpp"

namespace cardhouse {

/// Where the voltages below that of the metal lie at which a sweep goes on: pores that fill there compete with plating.
inline constexpr double voltages_below_metal[] = {-0.02, -0.05};  ///< [V]

/// What turns sums over the cell into quantities per mass and per carbon.
struct HostMeasure {
  double volume = 0;        ///< of the cell [angstrom^3]
  double carbon = 0;        ///< atoms of it
  double unit = 0;          ///< capacity of one sodium [mAh/g]
  double gallery_area = 0;  ///< of all patches [angstrom^2]
  double passable = 0;      ///< access above which a site is out of reach [eV]
};

/// Tables by name, under "ocv/". Rows go down, up, and below the last voltage of the way down (column `way`: 0, 1, 2).
/// - diagnostics: one row a point
/// - gallery_spacings, electrons, clusters, nmr, pore_filling: histograms, a row a point and bin
/// - pores: one row a pore, with the voltages at which it fills and empties
/// EXPECTS reports in every point.
std::vector<NamedTable> diagnostic_tables(const SweepResult& result, const HostMeasure& host);

/// x at the end, volume change, what is out of reach, metal, plating margin and what enters below the metal.
std::vector<SummaryRow> summarise_diagnostics(const SweepResult& result, const HostMeasure& host);

}  // namespace cardhouse
