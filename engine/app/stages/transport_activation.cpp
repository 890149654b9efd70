#include "engine/app/stages/transport_activation.hpp"

#include <fmt/core.h>

#include <cmath>
#include <functional>

#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

using ValueOf = std::function<std::optional<Estimate>(const TemperaturePoint&)>;

std::optional<Estimate> diffusivity(const TemperaturePoint& point, const std::optional<Estimate>& value) {
  if (!point.has_diffusivity() || !value || !(value->value > 0)) return std::nullopt;
  return square_metres(*value);
}

std::optional<Estimate> leaving_rate(const ResidenceRow& row) {
  if (row.sites == 0 || !(row.median > 0) || !std::isfinite(row.median)) return std::nullopt;
  return Estimate{1 / row.median, 0};
}

Activation activation(const std::vector<TemperaturePoint>& points, ActivatedQuantity quantity, SiteClass kind,
                      const ValueOf& value_of) {
  std::vector<RateAtTemperature> usable;
  for (const TemperaturePoint& point : points)
    if (const std::optional<Estimate> value = value_of(point)) usable.push_back({point.temperature, *value});
  return {quantity, kind, usable.size(), fit_arrhenius(usable)};
}

void append_estimate(std::vector<double>& row, const std::optional<Estimate>& estimate) {
  row.push_back(estimate ? estimate->value : 0);
  row.push_back(estimate ? estimate->error : 0);
}

Estimate energy_of(const ArrheniusFit& fit) {
  return {fit.energy.value, fit.energy.error > 0 ? fit.energy.error : -1};
}

}  // namespace

Estimate square_metres(const Estimate& diffusivity) {
  return {in_unit(diffusivity.value, "m2/s"), in_unit(diffusivity.error, "m2/s")};
}

bool TemperaturePoint::has_diffusivity() const {
  return run.result.diffusive && run.acceleration.verdict() != AccelerationReport::Verdict::NotConverged;
}

std::optional<Estimate> TemperaturePoint::chemical() const {
  if (!factor) return std::nullopt;
  const Estimate& jump = run.result.jump;
  return Estimate{factor->value * jump.value, std::hypot(factor->value * jump.error, factor->error * jump.value)};
}

std::vector<Activation> activations(const std::vector<TemperaturePoint>& points) {
  std::vector<Activation> result{
      activation(points, ActivatedQuantity::Tracer, {},
                 [](const auto& p) { return diffusivity(p, p.run.result.tracer); }),
      activation(points, ActivatedQuantity::Jump, {}, [](const auto& p) { return diffusivity(p, p.run.result.jump); }),
      activation(points, ActivatedQuantity::Chemical, {}, [](const auto& p) { return diffusivity(p, p.chemical()); })};
  for (std::size_t kind = 0; kind < site_class_count; ++kind) {
    if (points.front().residence[kind].sites == 0) continue;
    result.push_back(activation(points, ActivatedQuantity::Residence, static_cast<SiteClass>(kind),
                                [&](const auto& point) { return leaving_rate(point.residence[kind]); }));
  }
  return result;
}

Table arrhenius_table(const std::vector<TemperaturePoint>& points) {
  Table table{{{"temperature", "K", "of the cell", {}},
               {"is_diffusivity", "1", "1; 0 where the values are bounds, as sodium rattles or the cap is too low", {}},
               {"exponent", "1", "of time in the mean squared displacement", {}},
               {"exponent_error", "1", "standard error", {}},
               {"tracer", "m2/s", "diffusivity of single sodium", {}},
               {"tracer_error", "m2/s", "standard error", {}},
               {"jump", "m2/s", "diffusivity of all sodium together", {}},
               {"jump_error", "m2/s", "standard error", {}},
               {"thermodynamic_factor", "1", "d(mu/kT)/d(ln N); 0 where it is not known", {}},
               {"thermodynamic_factor_error", "1", "standard error", {}},
               {"chemical", "m2/s", "jump diffusivity times thermodynamic factor; 0 where it is not known", {}},
               {"chemical_error", "m2/s", "standard error", {}}}};
  for (const TemperaturePoint& point : points) {
    const TransportResult& result = point.run.result;
    std::vector<double> row{point.temperature, point.has_diffusivity() ? 1.0 : 0.0};
    append_estimate(row, result.exponent);
    append_estimate(row, square_metres(result.tracer));
    append_estimate(row, square_metres(result.jump));
    append_estimate(row, point.factor);
    const std::optional<Estimate> chemical = point.chemical();
    append_estimate(row, chemical ? std::optional(square_metres(*chemical)) : std::nullopt);
    for (std::size_t k = 0; k < row.size(); ++k) table.columns[k].values.push_back(row[k]);
  }
  return table;
}

Table activation_table(const std::vector<Activation>& activations) {
  Table table{
      {{"quantity",
        "1",
        "0 tracer, 1 jump, 2 chemical diffusivity, 3 rate of leaving superbasins, from the median over sites of "
        "`class`",
        {}},
       {"class", "1", "site class of quantity 3", {}},
       {"temperatures", "1", "that the fit rests on; below 2 there is none", {}},
       {"energy", "eV", "activation energy; 0 without a fit", {}},
       {"energy_error", "eV", "standard error; 0 where two temperatures cannot tell", {}},
       {"log_prefactor", "1", "natural logarithm of the prefactor in m2/s or 1/s", {}},
       {"misfit", "1", "chi squared a degree of freedom; 0 where it is not known", {}}}};
  for (const Activation& each : activations) {
    const ArrheniusFit fit = each.fit.value_or(ArrheniusFit{});
    const double row[] = {static_cast<double>(each.quantity),
                          static_cast<double>(each.kind),
                          static_cast<double>(each.temperatures),
                          fit.energy.value,
                          fit.energy.error,
                          fit.log_prefactor.value,
                          fit.misfit};
    for (std::size_t k = 0; k < table.columns.size(); ++k) table.columns[k].values.push_back(row[k]);
  }
  return table;
}

std::vector<SummaryRow> summarise_activations(const std::vector<Activation>& activations, std::size_t temperatures) {
  std::vector<SummaryRow> rows;
  const char* names[] = {"activation of D*", "activation of D_J", "activation of D_chem"};
  for (const Activation& each : activations) {
    const bool residence = each.quantity == ActivatedQuantity::Residence;
    const std::string what = residence ? "activation of escape, " + std::string(name(each.kind))
                                       : names[static_cast<std::size_t>(each.quantity)];
    if (each.fit)
      rows.push_back(
          {what, energy_of(*each.fit), "eV", fmt::format("{} of {} temperatures", each.temperatures, temperatures)});
    else if (!residence)
      rows.push_back({what,
                      {0, -1},
                      "eV",
                      fmt::format("none: a diffusivity at {} of {} temperatures, bounds do not enter",
                                  each.temperatures, temperatures)});
  }
  return rows;
}

}  // namespace cardhouse
