#include <fmt/core.h>

#include "analysis/order.hpp"
#include "analysis/pores.hpp"
#include "analysis/reflections.hpp"
#include "analysis/scattering.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_structure.hpp"
#include "engine/app/summary.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {
namespace {

// A volume per dalton, or a density in dalton per volume, in the units that laboratories use.
Estimate per_gram(const Estimate& volume) {
  const double scale = in_unit(1 / constants::dalton, "cm3/g");
  return {scale * volume.value, scale * volume.error};
}
Estimate grams(const Estimate& density) {
  const double scale = in_unit(constants::dalton, "g/cm3");
  return {scale * density.value, scale * density.error};
}
Estimate nanometres(const Estimate& length) {
  return {in_unit(length.value, "nm"), in_unit(length.error, "nm")};
}

Table diffraction_table(const ScatteringCurve& curve) {
  const Diffractogram laboratory = diffractogram(curve);
  const std::size_t rows = laboratory.two_theta.size();
  const auto first = [&](const std::vector<double>& values) {
    return std::vector<double>(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rows));
  };
  return {{{"q", "1/angstrom", "4 pi sin(theta)/lambda", first(curve.q)},
           {"structure_factor", "1", "S(q)", first(curve.structure_factor)},
           {"structure_factor_error", "1", "jackknife over octants", first(curve.error)},
           {"two_theta", "degree", "scattering angle for Cu K alpha", laboratory.two_theta},
           {"intensity", "electrons2", "per atom, with polarisation", laboratory.intensity}}};
}

void add_scattering(StageContext& context, const Atoms& atoms, std::vector<SummaryRow>& rows) {
  const ScatteringCurve curve = scattering(PairHistogram::periodic(atoms), q_grid());
  context.file.write_table("describe/diffraction", diffraction_table(curve));
  if (const auto layers = find_reflection(curve, search_002)) {
    rows.push_back({"d002", nanometres(layers->spacing), "nm", "XRD (002)"});
    Estimate size = nanometres(layers->size);
    if (layers->size_is_lower_bound) size.error = -1;
    rows.push_back(
        {"Lc", size, "nm", layers->size_is_lower_bound ? "at least: limited by the box" : "Scherrer, K = 0.89"});
  } else {
    rows.push_back({"d002", {0, -1}, "nm", "no (002) reflection"});
  }
  if (const auto band = find_reflection(curve, search_10)) {
    Estimate size = nanometres(band->size);
    if (band->size_is_lower_bound) size.error = -1;
    rows.push_back({"La", size, "nm", band->size_is_lower_bound ? "at least: limited by the box" : "Warren, K = 1.84"});
  }
}

void add_pores(StageContext& context, const Atoms& atoms, std::vector<SummaryRow>& rows) {
  const PoreReport pores = analyse_pores(atoms);
  context.file.write_table("describe/pores", pore_table(pores));
  context.file.write_table("describe/pore_sizes", size_distribution_table(pores));
  rows.push_back({"density", {grams({pores.geometric_density, 0}).value, -1}, "g/cm3", "mass over volume"});
  rows.push_back({"helium density", grams(pores.helium_density), "g/cm3", "pores that helium reaches left out"});
  rows.push_back({"closed pore volume", per_gram(pores.closed_volume), "cm3/g", "holds helium, not reached"});
  rows.push_back(
      {"closed pores, pycnometer", per_gram(pores.pycnometric_closed_volume), "cm3/g", "1/helium density - 1/2.26"});
  rows.push_back({"open pore volume", per_gram(pores.open_volume), "cm3/g", "reached by nitrogen"});
  rows.push_back({"semi-closed volume", per_gram(pores.semi_closed_volume), "cm3/g", "helium yes, nitrogen no"});
  rows.push_back({"closed pore radius", nanometres(pores.closed_radius), "nm", "largest sphere, volume-weighted"});
}

void add_order(StageContext& context, const CarbonStructure& carbon, std::vector<SummaryRow>& rows) {
  const OrderReport order = analyse_order(carbon);
  double rings = 0;
  for (const Estimate& ring : order.rings) rings += ring.value;
  Table table{{{"size", "1", "atoms of the ring", {}},
               {"per_carbon", "1", "rings per carbon atom", {}},
               {"error", "1", "jackknife over octants", {}}}};
  for (std::size_t i = 0; i < order.rings.size(); ++i) {
    table.columns[0].values.push_back(static_cast<double>(i) + smallest_ring);
    table.columns[1].values.push_back(order.rings[i].value);
    table.columns[2].values.push_back(order.rings[i].error);
  }
  context.file.write_table("describe/rings", table);
  const auto percent = [](Estimate e) { return Estimate{100 * e.value, 100 * e.error}; };
  const auto share = [&](int size) {
    return rings > 0 ? 100 * order.rings[static_cast<std::size_t>(size - smallest_ring)].value / rings : 0.0;
  };
  rows.push_back({"three-coordinated", percent(order.sp2), "%", "of carbon atoms, H and O counted as neighbours"});
  rows.push_back({"hexagons",
                  {share(6), percent(order.non_hexagonal).error},
                  "%",
                  fmt::format("of rings; {:.1f} % pentagons, {:.1f} % heptagons", share(5), share(7))});
  rows.push_back({"H/C", {order.hydrogen_per_carbon, -1}, "1", "of the atomistic carbon"});
  rows.push_back({"O/C", {order.oxygen_per_carbon, -1}, "1", "of the atomistic carbon"});
}

void check(const DeckTable& deck) {
  check_structure_key(deck);
}

void run(StageContext& context) {
  const CarbonStructure carbon = current_structure(context);
  std::vector<SummaryRow> rows;
  add_scattering(context, carbon.atoms, rows);
  notify(context.progress, 0.3);
  add_pores(context, carbon.atoms, rows);
  notify(context.progress, 0.8);
  add_order(context, carbon, rows);
  write_summary(context.file, "describe", rows);
}

}  // namespace

StageActions stage_actions::describe() {
  return {needs_structure, check, run};
}

}  // namespace cardhouse
