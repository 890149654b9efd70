// Cost of one trial move of grand canonical sampling on an irregular network, all terms of the Hamiltonian, a mixture
// of flips, hops and relocations at 0.05 V (`trial_moves`), sites along a space-filling curve as sweeps have them. The
// kinds alone stand beside it (`flips`, `hops`, `relocations`): a link both of whose ends are empty counts as a trial
// too. The reference makes the same moves with every energy
// difference taken from two evaluations of the whole network, at 1000 sites only (`recomputed_moves`); its cost grows
// with the number of sites, that of trial_moves should not.

#include <cmath>
#include <map>
#include <memory>

#include "benchmarks/ratios.hpp"
#include "benchmarks/synthetic_network.hpp"
#include "engine/sodium/grand_canonical.hpp"
#include "engine/sodium/network_order.hpp"
#include "engine/sodium/occupation.hpp"

namespace cardhouse {
namespace {

constexpr double chemical_potential = -0.05;  // eV
constexpr double temperature = 298.15;        // K
constexpr int warm_up_sweeps = 300;

/// A sample with what it refers to, equilibrated. Made once a size: repetitions go on where the last one stopped.
struct Sample {
  explicit Sample(std::size_t sites)
      : network(along_curve(synthetic::network(sites, 0.4, stream))),
        hamiltonian(network, synthetic::parameters()),
        links(site_pairs(network.links)),
        occupation(hamiltonian) {
    for (int sweep = 0; sweep < warm_up_sweeps; ++sweep) sampler.sweep(occupation, links, stream);
  }
  static SiteNetwork along_curve(const SiteNetwork& original) { return reordered(original, curve_order(original)); }
  Stream stream{1, Purpose::Test};
  SiteNetwork network;
  Hamiltonian hamiltonian;
  std::vector<SitePair> links;
  Occupation occupation;
  GrandCanonical sampler{chemical_potential, temperature};
};

Sample& sample(std::int64_t sites) {
  static std::map<std::int64_t, std::unique_ptr<Sample>> made;
  std::unique_ptr<Sample>& result = made[sites];
  if (!result) result = std::make_unique<Sample>(static_cast<std::size_t>(sites));
  return *result;
}

/// A LatticeState that knows nothing but the total energy of a configuration.
class RecomputedEnergies {
 public:
  explicit RecomputedEnergies(Occupation& occupation) : occupation_(occupation) {}

  std::size_t size() const { return occupation_.size(); }
  bool is_occupied(std::size_t site) const { return occupation_.is_occupied(site); }
  std::span<const std::uint32_t> occupied_sites() const { return occupation_.occupied_sites(); }
  std::span<const std::uint32_t> vacant_sites() const { return occupation_.vacant_sites(); }
  double insertion_energy(std::size_t site) const { return change({site}); }
  double removal_energy(std::size_t site) const { return change({site}); }
  double move_energy(std::size_t from, std::size_t to) const { return change({from, to}); }
  void insert(std::size_t site) { occupation_.insert(site); }
  void remove(std::size_t site) { occupation_.remove(site); }
  void move(std::size_t from, std::size_t to) { occupation_.move(from, to); }

 private:
  /// Energy after the occupation of these sites is turned over, less that before.
  double change(std::initializer_list<std::size_t> sites) const {
    const auto before = occupation_.occupied();
    std::vector<std::uint8_t> after(before.begin(), before.end());
    for (const std::size_t site : sites) after[site] = !after[site];
    return occupation_.hamiltonian().energy(after) - occupation_.hamiltonian().energy(before);
  }
  Occupation& occupation_;
};

bool same(double a, double b) {
  return std::isinf(a) ? a == b : std::abs(a - b) < 1e-6;
}

/// Whether both ways agree on the energy of turning over each site: else their costs could not be compared.
bool energies_agree(const Occupation& occupation, const RecomputedEnergies& recomputed) {
  for (std::size_t site = 0; site < occupation.size(); ++site) {
    const bool occupied = occupation.is_occupied(site);
    const double change = occupied ? occupation.removal_energy(site) : occupation.insertion_energy(site);
    if (!same(change, occupied ? recomputed.removal_energy(site) : recomputed.insertion_energy(site))) return false;
  }
  return true;
}

template <LatticeState State>
void make_moves(benchmark::State& state, Sample& sample, GrandCanonical& sampler, State& lattice, std::size_t batch) {
  for (auto _ : state) sampler.trials(lattice, sample.links, batch, sample.stream);
  state.counters["filled"] =
      static_cast<double>(sample.occupation.count()) / static_cast<double>(sample.occupation.size());
}

void trials_of(benchmark::State& state, const MoveMix& mix, const std::string& reference) {
  Sample& here = sample(state.range(0));
  GrandCanonical sampler(chemical_potential, temperature, mix);
  constexpr int batch = 1000;
  make_moves(state, here, sampler, here.occupation, batch);
  report(state, batch, reference);
}

void trial_moves(benchmark::State& state) {
  trials_of(state, {}, "recomputed_moves/1000");
}

void flips(benchmark::State& state) {
  trials_of(state, {.flip = 1, .hop = 0}, "");
}

void hops(benchmark::State& state) {
  trials_of(state, {.flip = 0, .hop = 1}, "");
}

void relocations(benchmark::State& state) {
  trials_of(state, {.flip = 0, .hop = 0}, "");
}

void recomputed_moves(benchmark::State& state) {
  Sample& here = sample(state.range(0));
  RecomputedEnergies lattice(here.occupation);
  if (!energies_agree(here.occupation, lattice)) return state.SkipWithError("the two ways differ in energy");
  constexpr int batch = 10;
  make_moves(state, here, here.sampler, lattice, batch);
  report(state, batch);
}

BENCHMARK(recomputed_moves)->Arg(1000);
BENCHMARK(trial_moves)->Arg(1000)->Arg(3000)->Arg(30000)->Arg(100000);
BENCHMARK(flips)->Arg(1000)->Arg(100000);
BENCHMARK(hops)->Arg(1000)->Arg(100000);
BENCHMARK(relocations)->Arg(1000)->Arg(100000);

}  // namespace
}  // namespace cardhouse
