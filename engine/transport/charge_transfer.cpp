#include "engine/transport/charge_transfer.hpp"

#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/sodium/sourced_entry.hpp"

namespace cardhouse {
TransferRates transfer_rates(double work, double temperature, const ChargeTransferParameters& parameters) {
  EXPECTS(temperature > 0);
  const double beta = 1 / (constants::boltzmann * temperature);
  const double reference = 1 / (constants::boltzmann * parameters.reference_temperature);
  const double k0 = parameters.rate * std::exp(-parameters.activation_energy * (beta - reference));
  if (std::isinf(work)) return {0, 0};
  if (parameters.law == TransferLaw::ButlerVolmer)
    return {k0 * std::exp(-parameters.symmetry * beta * work), k0 * std::exp((1 - parameters.symmetry) * beta * work)};
  const double both = k0 * std::exp(-beta * work * work / (4 * parameters.reorganisation_energy));
  return {both * std::exp(-beta * work / 2), both * std::exp(beta * work / 2)};
}

ChargeTransferParameters read_charge_transfer(const Deck& deck) {
  using namespace dimension;
  const DeckTable root = deck.root();
  ChargeTransferParameters result;
  result.law =
      root.choice("law", {"Butler-Volmer", "Marcus"}) == "Marcus" ? TransferLaw::Marcus : TransferLaw::ButlerVolmer;
  result.rate = positive_entry(root, "rate", dimension::rate);
  result.reference_temperature = positive_entry(root, "reference_temperature", temperature);
  result.activation_energy = positive_entry(root, "activation_energy", energy);
  result.symmetry = sourced_entry(root, "symmetry").number("value");
  if (!(result.symmetry > 0 && result.symmetry < 1)) root.fail("symmetry", "must lie between 0 and 1");
  result.reorganisation_energy = positive_entry(root, "reorganisation_energy", energy);
  deck.reject_unknown_keys();
  return result;
}

ChargeTransferParameters read_charge_transfer(const std::string& path) {
  return read_charge_transfer(Deck::from_file(path));
}

}  // namespace cardhouse
