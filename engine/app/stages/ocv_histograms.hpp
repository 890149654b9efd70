#pragma once
// Rows of the tables of ocv_diagnostics.hpp, and those of them that are histograms or go by pore.

#include <span>
#include <vector>

#include "engine/app/stages/ocv_diagnostics.hpp"

namespace cardhouse {

/// A point and the direction of the sweep there: 0 down, 1 up, 2 below the last voltage of the way down.
struct SweepRow {
  const SweepPoint* point;
  double way;
};
std::vector<SweepRow> rows_of(const SweepResult& result);
/// The last point of the way down. EXPECTS one.
const SweepPoint& end_of_sodiation(const SweepResult& result);

/// Columns `way` and `voltage`, with which such tables begin.
std::vector<Column> place_columns();
/// EXPECTS one value a column.
void append_row(Table& table, std::span<const double> row);

/// gallery_spacings, electrons, nmr.
std::vector<NamedTable> histogram_tables(const SweepResult& result, const HostMeasure& host);
Table cluster_table(const SweepResult& result, const HostMeasure& host);
Table pore_filling_table(const SweepResult& result);
Table pore_table(const SweepResult& result, const HostMeasure& host);

}  // namespace cardhouse
