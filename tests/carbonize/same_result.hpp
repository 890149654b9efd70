#pragma once
// Whether two runs agree in every number.

#include <string>

#include "engine/carbonize/carbonize.hpp"

namespace cardhouse::samples {

inline bool same(const Thermogravimetry& a, const Thermogravimetry& b) {
  if (a.gases != b.gases || a.rows.size() != b.rows.size()) return false;
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    const auto& x = a.rows[i];
    const auto& y = b.rows[i];
    const bool rows = x.time == y.time && x.temperature == y.temperature && x.mass_fraction == y.mass_fraction &&
                      x.hydrogen_per_carbon == y.hydrogen_per_carbon && x.oxygen_per_carbon == y.oxygen_per_carbon &&
                      x.bridging == y.bridging && x.gas_fraction == y.gas_fraction;
    if (!rows) return false;
  }
  return true;
}

inline bool same_cells(const CarbonizeResult& a, const CarbonizeResult& b) {
  if (a.cells.size() != b.cells.size() || a.sides != b.sides) return false;
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    const auto& x = a.cells[i];
    const auto& y = b.cells[i];
    const bool cells = x.crosslinks == y.crosslinks && x.hydrogen_per_carbon == y.hydrogen_per_carbon &&
                       x.oxygen_per_carbon == y.oxygen_per_carbon && x.nitrogen_per_carbon == y.nitrogen_per_carbon &&
                       x.depth == y.depth;
    if (!cells) return false;
  }
  return true;
}

inline bool same_pores(const CarbonizeResult& a, const CarbonizeResult& b) {
  if (a.pores.size() != b.pores.size() || a.pore_gas_per_mass != b.pore_gas_per_mass) return false;
  for (std::size_t i = 0; i < a.pores.size(); ++i) {
    const bool pores = a.pores[i].weight == b.pores[i].weight && a.pores[i].open == b.pores[i].open;
    if (!pores) return false;
  }
  return true;
}

inline bool same(const std::optional<GelPoint>& a, const std::optional<GelPoint>& b) {
  return a.has_value() == b.has_value() && (!a || (a->time == b->time && a->temperature == b->temperature));
}

/// Name of the first thing in which two results differ by as much as a bit; empty when there is none.
inline std::string difference(const CarbonizeResult& a, const CarbonizeResult& b) {
  if (!same(a.thermogravimetry, b.thermogravimetry)) return "thermogravimetry";
  if (a.char_yield.value != b.char_yield.value || a.char_yield.error != b.char_yield.error) return "char yield";
  if (!same_cells(a, b)) return "cells";
  if (!same_pores(a, b)) return "pores";
  if (a.crosslinks_per_cluster != b.crosslinks_per_cluster || a.bridging != b.bridging) return "network";
  if (!same(a.gel, b.gel) || !same(a.bethe_gel, b.bethe_gel) || a.fluid != b.fluid) return "gel point";
  if (a.ordered.elements != b.ordered.elements || a.ordered.crosslinks != b.ordered.crosslinks ||
      a.ordered.pore_gas != b.ordered.pore_gas) {
    return "ordered state";
  }
  if (a.ordering_after_opening.barrier != b.ordering_after_opening.barrier || a.burn_off != b.burn_off)
    return "burn-off";
  if (a.per_carbon != b.per_carbon) return "species";
  if (a.supplied != b.supplied || a.dissolved != b.dissolved || a.in_pores != b.in_pores || a.escaped != b.escaped ||
      a.removed != b.removed || a.remainder != b.remainder || a.char_elements != b.char_elements) {
    return "books";
  }
  if (a.events != b.events) return "events";
  if (a.warnings != b.warnings) return "warnings";
  return {};
}

}  // namespace cardhouse::samples
