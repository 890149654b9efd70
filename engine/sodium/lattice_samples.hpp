#pragma once
// One sweep of a network and what is written down after it, the same for sweeps of voltage and for exchange.

#include <cstdint>
#include <vector>

#include "engine/sodium/grand_canonical.hpp"
#include "engine/sodium/occupation.hpp"
#include "engine/sodium/sweep_statistics.hpp"

namespace cardhouse {

/// A network made ready for sampling: sites along a space-filling curve, links as pairs, pores as lists.
struct SamplingNetwork {
  /// Without `invert_pores` there are no pores.
  SamplingNetwork(const SiteNetwork& original, const SodiumParameters& parameters, bool invert_pores);
  SamplingNetwork(const SamplingNetwork&) = delete;

  std::vector<std::uint32_t> order;  ///< site k is site order[k] of the original
  SiteNetwork network;
  Hamiltonian hamiltonian;
  std::vector<SitePair> links;
  std::vector<std::vector<std::uint32_t>> pores;
};

/// As many trial moves as there are sites, then every pore once.
void sweep_once(const SamplingNetwork& network, GrandCanonical& sampler, Occupation& state, Stream& stream);

/// Numbers of one sample: sodium, energy [eV], mean spacing of the galleries [angstrom], sodium by class.
inline constexpr std::size_t sample_length = 3 + site_class_count;
using Sample = std::array<double, sample_length>;
Sample take_sample(const SiteNetwork& network, const Occupation& state);
void append(const Sample& sample, SweepSamples& samples);

}  // namespace cardhouse
