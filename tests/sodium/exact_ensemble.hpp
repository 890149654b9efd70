#pragma once
// Every configuration of a small network with its energy: what samplers are judged against.

#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/base/constants.hpp"
#include "engine/sodium/hamiltonian.hpp"

namespace cardhouse::synthetic {

struct Configuration {
  std::uint32_t bits;  ///< occupied sites
  int number;
  double energy;
};

/// All configurations without overlap; with `number` >= 0 only those of that many sodium.
inline std::vector<Configuration> enumerate(const Hamiltonian& hamiltonian, int number = -1) {
  std::vector<Configuration> result;
  std::vector<std::uint8_t> occupied(hamiltonian.size());
  for (std::uint32_t bits = 0; bits < (1U << hamiltonian.size()); ++bits) {
    const int count = __builtin_popcount(bits);
    if (number >= 0 && count != number) continue;
    for (std::size_t i = 0; i < occupied.size(); ++i) occupied[i] = (bits >> i) & 1U;
    const double energy = hamiltonian.energy(occupied);
    if (std::isfinite(energy)) result.push_back({bits, count, energy});
  }
  return result;
}

/// Boltzmann probabilities of the configurations.
inline std::vector<double> probabilities(const std::vector<Configuration>& all, double chemical_potential,
                                         double temperature) {
  std::vector<double> weights;
  double total = 0;
  for (const Configuration& c : all) {
    weights.push_back(std::exp(-(c.energy - chemical_potential * c.number) / (constants::boltzmann * temperature)));
    total += weights.back();
  }
  for (double& weight : weights) weight /= total;
  return weights;
}

}  // namespace cardhouse::synthetic
