#pragma once
// What the stage transport writes down: tables, and lines of the summary.

#include <optional>
#include <vector>

#include "engine/app/stages/transport_activation.hpp"
#include "engine/transport/easiest_way.hpp"

namespace cardhouse {

Table displacement_table(const TransportResult& result);
/// One row for every pair of classes between which something happened. `sodium_seconds`: simulated time of all sodium
/// of all replicas, which makes counts to rates.
Table hop_table(const TransportResult& result, double sodium_seconds);
Table residence_table(const std::array<ResidenceRow, site_class_count>& rows);
Table way_table(const EasiestWay& way, const SiteNetwork& network);

SummaryRow summarise_sectors(const SectorReport& report);
std::vector<SummaryRow> summarise_transport(const TemperaturePoint& point);
std::vector<SummaryRow> summarise_acceleration(const AccelerationReport& report);
std::vector<SummaryRow> summarise_hops(const TransportResult& result, double sodium_seconds);
SummaryRow summarise_residence(const Residence& residence);
SummaryRow summarise_way(const std::optional<EasiestWay>& way, const SiteNetwork& network);

}  // namespace cardhouse
