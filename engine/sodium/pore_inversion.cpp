#include "engine/sodium/pore_inversion.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

using Sites = std::vector<std::uint32_t>;

// Energy of putting sodium on the sites one after another; stops before the first that is blocked.
double fill(Occupation& state, const Sites& sites, Sites& filled) {
  double change = 0;
  for (const std::uint32_t site : sites) {
    const double step = state.insertion_energy(site);
    change += step;
    if (!std::isfinite(step)) break;
    state.insert(site);
    filled.push_back(site);
  }
  return change;
}

double clear(Occupation& state, const Sites& sites) {
  double change = 0;
  for (const std::uint32_t site : sites) {
    change += state.removal_energy(site);
    state.remove(site);
  }
  return change;
}

}  // namespace

std::vector<Sites> metal_pores(const Hamiltonian& hamiltonian) {
  std::vector<Sites> pores;
  std::vector<std::uint8_t> seen(hamiltonian.size(), 0);
  for (std::uint32_t start = 0; start < hamiltonian.size(); ++start) {
    if (seen[start] || !in_pore(hamiltonian.kind(start))) continue;
    Sites pore{start};
    seen[start] = 1;
    for (std::size_t next = 0; next < pore.size(); ++next)
      for (const PairTable::Entry& bond : hamiltonian.bonds().of(pore[next]))
        if (!seen[bond.site] && in_pore(hamiltonian.kind(bond.site))) seen[bond.site] = 1, pore.push_back(bond.site);
    std::ranges::sort(pore);
    pores.push_back(std::move(pore));
  }
  return pores;
}

bool invert(Occupation& state, std::span<const std::uint32_t> pore, const InversionConditions& conditions,
            Stream& stream) {
  EXPECTS(conditions.temperature > 0);
  Sites before, vacant, after;
  for (const std::uint32_t site : pore) (state.is_occupied(site) ? before : vacant).push_back(site);
  double change = clear(state, before);
  std::erase_if(vacant, [&](std::uint32_t site) { return !std::isfinite(state.insertion_energy(site)); });
  change += fill(state, vacant, after);
  const double gained = static_cast<double>(after.size()) - static_cast<double>(before.size());
  const double exponent =
      (change - conditions.chemical_potential * gained) / (constants::boltzmann * conditions.temperature);
  if (exponent <= 0 || stream.uniform() < std::exp(-exponent)) return true;
  clear(state, after);
  for (const std::uint32_t site : before) state.insert(site);
  return false;
}

}  // namespace cardhouse
