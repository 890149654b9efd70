#include "engine/transport/thermodynamic_factor.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/constants.hpp"
#include "engine/sodium/grand_canonical.hpp"
#include "engine/sodium/replicas.hpp"

namespace cardhouse {
namespace {

constexpr int insertion_sweeps = 50;
constexpr int correction_sweeps = 200;
constexpr int corrections = 4;
constexpr int production_sweeps = 1500;
constexpr double largest_miss = 0.1;     // of the number wanted
constexpr double least_variance = 0.01;  // of the number of sodium: below, it does not fluctuate

// Widom: e^(-mu/kT) is the mean over configurations of sum over vacant sites of e^(-dE/kT)/(N + 1).
double inserted_potential(Occupation& state, const std::vector<SitePair>& links, double temperature, Stream& stream) {
  const double thermal = constants::boltzmann * temperature;
  GrandCanonical sampler(0, temperature, {.flip = 0, .hop = 0.5});
  std::vector<double> energies;
  for (int sweep = 0; sweep < insertion_sweeps; ++sweep) {
    sampler.sweep(state, links, stream);
    for (const std::uint32_t site : state.vacant_sites()) energies.push_back(state.insertion_energy(site));
  }
  const double lowest = *std::ranges::min_element(energies);
  double sum = 0;
  for (const double energy : energies) sum += std::exp((lowest - energy) / thermal);
  return lowest - thermal * std::log(sum / (insertion_sweeps * static_cast<double>(state.count() + 1)));
}

RunningMoments sampled_number(Occupation& state, const std::vector<SitePair>& links, GrandCanonical sampler, int sweeps,
                              Stream& stream) {
  RunningMoments number;
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    sampler.sweep(state, links, stream);
    number.add(static_cast<double>(state.count()));
  }
  return number;
}

// Mean and variance of the number of sodium in one replica.
std::vector<double> fluctuation(const SiteNetwork& network, const Hamiltonian& hamiltonian,
                                const TransportOptions& options, Stream& stream) {
  const std::vector<SitePair> links = site_pairs(network.links);
  const double thermal = constants::boltzmann * options.temperature;
  Occupation state = canonical_start(hamiltonian, network, options, stream);
  double potential = inserted_potential(state, links, options.temperature, stream);
  for (int i = 0; i < corrections; ++i) {
    const RunningMoments number =
        sampled_number(state, links, {potential, options.temperature}, correction_sweeps, stream);
    const double miss = static_cast<double>(options.sodium) - number.mean();
    const double step = thermal * miss / std::max(number.variance(), 0.2 * number.mean() + 0.1);
    potential += std::clamp(step, -3 * thermal, 3 * thermal);
  }
  const RunningMoments number =
      sampled_number(state, links, {potential, options.temperature}, production_sweeps, stream);
  return {number.mean(), number.variance()};
}

}  // namespace

std::optional<Estimate> thermodynamic_factor(const SiteNetwork& network, const SodiumParameters& parameters,
                                             const TransportOptions& options, const Communicator& communicator) {
  check_transport(network, options);
  if (options.sodium == network.sites.size()) return std::nullopt;
  const Hamiltonian hamiltonian(network, parameters);
  const auto moments = run_replicas(
      options.replicas,
      [&](int replica) {
        Stream stream(options.seed, Purpose::GrandCanonical, options.sodium, static_cast<std::uint64_t>(replica));
        return fluctuation(network, hamiltonian, options, stream);
      },
      communicator);
  std::vector<double> factors, numbers;
  for (const std::vector<double>& moment : moments) {
    if (!(moment[1] > least_variance)) return std::nullopt;
    numbers.push_back(moment[0]);
    factors.push_back(moment[0] / moment[1]);
  }
  const auto wanted = static_cast<double>(options.sodium);
  if (std::abs(mean_of(numbers).value - wanted) > std::max(0.5, largest_miss * wanted)) return std::nullopt;
  return mean_of(factors);
}

}  // namespace cardhouse
