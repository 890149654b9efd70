#include "engine/anneal/anneal.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/kinetics/run_kmc.hpp"
#include "engine/structure/rings.hpp"

namespace cardhouse {
namespace {

constexpr double hold = 7200;       // [s]
constexpr double prefactor = 3e11;  // [1/s], see ordering_barrier_of()
constexpr int largest_counted_ring = 9;

// How far all atoms relax before the first sweep, between sweeps and at the end.
constexpr double relaxed_force = 0.05;  // [eV/angstrom]
constexpr int first_steps = 300;
constexpr int sweep_steps = 60;
constexpr int last_steps = 300;

// The events of the annealing: trial flips at a constant rate, pairs of edges with theirs.
class Annealing {
 public:
  Annealing(Annealer annealer, const AnnealOptions& options)
      : annealer_(std::move(annealer)),
        pairs_(annealer_.network().size(), equivalent_temperature_of(options.ordering_barrier), options.zips),
        flip_rate_(options.sweeps * static_cast<double>(annealer_.network().bond_count()) / hold) {}

  double total_rate() const { return flip_rate_ + pairs_.total_rate(); }

  void fire(Stream& stream) {
    if (stream.uniform() * total_rate() >= pairs_.total_rate()) {
      if (annealer_.try_flip(stream)) pairs_.refresh(annealer_, annealer_.last_changed());
      return;
    }
    const EdgePair pair = pairs_.pick(stream);
    pairs_.refresh(annealer_, zip(annealer_, pair));
    ++zips_;
    hydrogen_lost_ += pair.with_hydrogen ? 2 : 0;
  }

  // Relaxes everything, which may bring other edges together.
  AnnealSweep finish_sweep(int steps) {
    const double energy = annealer_.relax_all(steps, relaxed_force);
    std::vector<std::uint32_t> all(annealer_.network().size());
    std::iota(all.begin(), all.end(), 0);
    pairs_.refresh(annealer_, all);
    return {energy, ring_shares(annealer_.network().structure().bonds)};
  }

  const Annealer& annealer() const { return annealer_; }
  std::size_t zips() const { return zips_; }
  std::size_t hydrogen_lost() const { return hydrogen_lost_; }

 private:
  Annealer annealer_;
  EdgePairs pairs_;
  double flip_rate_;  ///< [1/s]
  std::size_t zips_ = 0;
  std::size_t hydrogen_lost_ = 0;
};

}  // namespace

double ordering_barrier_of(double equivalent_temperature) {
  return constants::boltzmann * equivalent_temperature * std::log(prefactor * hold);
}

double equivalent_temperature_of(double ordering_barrier) {
  return ordering_barrier / (constants::boltzmann * std::log(prefactor * hold));
}

double monte_carlo_temperature_of(double ordering_barrier) {
  constexpr double reference = 3500;                // [K]
  constexpr double reference_equivalent = 1573.15;  // [K]
  return reference * equivalent_temperature_of(ordering_barrier) / reference_equivalent;
}

RingShares ring_shares(const BondGraph& bonds) {
  return ring_shares(find_rings(bonds, largest_counted_ring));
}

std::size_t prune_dangling(CarbonNetwork& network) {
  std::size_t pruned = 0;
  for (std::uint32_t start = 0; start < network.size(); ++start) {
    std::uint32_t atom = start;
    while (network.present(atom) && network.element(atom) == Element::C && network.degree(atom) <= 1) {
      const bool last = network.degree(atom) == 0;
      const std::uint32_t next = last ? atom : network.of(atom)[0];
      if (!last && network.element(next) != Element::C) break;
      network.remove(atom);
      ++pruned;
      atom = next;
    }
  }
  return pruned;
}

AnnealedCarbon anneal_carbon(const CarbonStructure& structure, const AnnealOptions& options, std::uint64_t seed,
                             const ProgressObserver& observer) {
  EXPECTS(options.ordering_barrier > 0 && options.sweeps >= 0);
  AnnealReport report;
  report.temperature = options.temperature.value_or(monte_carlo_temperature_of(options.ordering_barrier));
  CarbonNetwork pruned(structure);
  report.carbon_lost = prune_dangling(pruned);
  AnnealerOptions moves = options.annealer;
  moves.thermal_energy = constants::boltzmann * report.temperature;
  Annealer annealer(pruned.structure(), moves);
  report.energy_built = annealer.energy();
  Annealing annealing(std::move(annealer), options);
  report.sweeps.push_back(annealing.finish_sweep(first_steps));
  Stream stream(seed, Purpose::Relaxation);
  KmcClock clock;
  const int rounds = std::max(1, static_cast<int>(std::ceil(options.sweeps)));
  for (int round = 1; round <= rounds; ++round) {
    const auto watch = [&](const KmcClock& now) { notify(observer, now.time / hold); };
    run_kmc(annealing, clock, {.end_time = hold * round / rounds}, watch, stream);
    report.sweeps.push_back(annealing.finish_sweep(round < rounds ? sweep_steps : last_steps));
  }
  report.flips = annealing.annealer().counts();
  report.zips = annealing.zips();
  report.hydrogen_lost = annealing.hydrogen_lost();
  return {annealing.annealer().network().structure(), std::move(report)};
}

}  // namespace cardhouse
