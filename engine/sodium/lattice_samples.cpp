#include "engine/sodium/lattice_samples.hpp"

#include "engine/sodium/network_order.hpp"
#include "engine/sodium/pore_inversion.hpp"

namespace cardhouse {
namespace {

double mean_spacing(const SiteNetwork& network, const Occupation& state) {
  double weighted = 0;
  double area = 0;
  for (std::size_t patch = 0; patch < network.patches.size(); ++patch) {
    weighted += network.patches[patch].area * (network.patches[patch].spacing + state.opening(patch));
    area += network.patches[patch].area;
  }
  return area > 0 ? weighted / area : 0;
}

}  // namespace

SamplingNetwork::SamplingNetwork(const SiteNetwork& original, const SodiumParameters& parameters, bool invert_pores)
    : order(curve_order(original)),
      network(reordered(original, order)),
      hamiltonian(network, parameters),
      links(site_pairs(network.links)),
      pores(invert_pores ? metal_pores(hamiltonian) : std::vector<std::vector<std::uint32_t>>()) {}

void sweep_once(const SamplingNetwork& network, GrandCanonical& sampler, Occupation& state, Stream& stream) {
  sampler.sweep(state, network.links, stream);
  const InversionConditions conditions{sampler.chemical_potential(), sampler.temperature()};
  for (const std::vector<std::uint32_t>& pore : network.pores) invert(state, pore, conditions, stream);
}

Sample take_sample(const SiteNetwork& network, const Occupation& state) {
  Sample sample{static_cast<double>(state.count()), state.energy(), mean_spacing(network, state)};
  for (int kind = 0; kind < site_class_count; ++kind)
    sample[3 + kind] = static_cast<double>(state.count(static_cast<SiteClass>(kind)));
  return sample;
}

void append(const Sample& sample, SweepSamples& samples) {
  samples.number.push_back(sample[0]);
  samples.energy.push_back(sample[1]);
  samples.spacing.push_back(sample[2]);
  for (int kind = 0; kind < site_class_count; ++kind) samples.by_class[kind].push_back(sample[3 + kind]);
}

}  // namespace cardhouse
