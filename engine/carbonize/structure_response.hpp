#pragma once
// How what chemistry did shifts the carbon that the builder is asked for.

#include <limits>
#include <string>
#include <vector>

#include "engine/base/deck.hpp"

namespace cardhouse {

/// A property of the carbon that responses shift. Lengths [angstrom], volumes [angstrom^3/dalton]; the rest is scaled.
enum class CarbonQuantity {
  ClosedPoreVolume,
  Closing,
  InterlayerSpacing,
  LayerExtent,
  Mobility,
  OpenPoreVolume,
  PoreRadius,
  RamanRatio,
  StackHeight,
  SurfaceArea,
};

/// Whether a quantity is shifted by a sum (true) or scaled by exp(sum).
bool is_additive(CarbonQuantity quantity);

/// Adds gain * max(0, cause - from) to a quantity, or to the logarithm of its factor, at most `limit` in size. Causes
/// are named as in inputs/FORMAT.md: "crosslinks", "pore_gas", "burn_off", "fluid", "treatment", "element:N" or a
/// species. A cause of either sign (crosslinks, pore_gas) is not cut at zero unless `from` is given.
struct StructureResponse {
  std::string cause;
  CarbonQuantity on = CarbonQuantity::InterlayerSpacing;
  double gain = 0;
  double limit = std::numeric_limits<double>::infinity();
  double from = 0;
  bool cut = false;  ///< below `from` there is no effect
  std::string source;
  SourcePlace place = {};  ///< of its cause

  bool names_species() const;  ///< whether the cause is a species
  double effect(double cause_value) const;
};

/// Reads the array `response` of a table. Throws InputError at the key; a cause that begins with a capital is taken for
/// a species, which is for the caller to know.
std::vector<StructureResponse> read_responses(const DeckTable& root);

}  // namespace cardhouse
