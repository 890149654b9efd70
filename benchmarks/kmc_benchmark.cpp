// Cost of one kinetic Monte Carlo event. Without physics: run_kmc over a RateTree (`tree_events`) or RateGroups
// (`group_events`) against one random read-modify-write of the same bytes, each address known only when the one before
// has been read (`random_update`, the latency of the memory), and against a search down the list of rates
// (`linear_events`, small sizes only). With physics: hops of sodium on an irregular network, 12 links a site, half of
// the sites occupied, 298 K, all terms of the Hamiltonian. `far_hops` has the repulsion of the deck, up to 12 angstrom;
// `near_hops` cuts it after the nearest neighbours; `cool_hops` is far_hops without the metal term. Void events are
// paid for by the hops. Both against random_update over as many bytes as the model takes. A million sites only when
// CARDHOUSE_LARGE is set in the environment (5 GB, minutes).

#include <bit>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>

#include "benchmarks/ratios.hpp"
#include "benchmarks/selected_events.hpp"
#include "benchmarks/synthetic_network.hpp"
#include "engine/kinetics/rate_groups.hpp"
#include "engine/kinetics/rate_tree.hpp"
#include "engine/kinetics/run_kmc.hpp"
#include "engine/transport/hop_model.hpp"
#include "engine/transport/transport.hpp"

namespace cardhouse {
namespace {

constexpr int batch = 1000;  // events an iteration

std::string against(const char* name, const benchmark::State& state) {
  return std::string(name) + "/" + std::to_string(state.range(0));
}

/// The plain way: the rates in a list, searched from the front.
class LinearEvents {
 public:
  LinearEvents(std::size_t events, Stream& stream) : rates_(events) {
    for (double& rate : rates_) total_ += rate = stream.uniform();
  }
  double total_rate() const { return total_; }
  void fire(Stream& stream) {
    double left = stream.uniform() * total_;
    std::size_t event = 0;
    while (event + 1 < rates_.size() && (left -= rates_[event]) >= 0) ++event;
    const double rate = stream.uniform();
    total_ += rate - rates_[event];
    rates_[event] = rate;
  }

 private:
  std::vector<double> rates_;
  double total_ = 0;
};

template <EventModel Model>
void run_batches(benchmark::State& state, Model& model, Stream& stream) {
  KmcClock clock;
  for (auto _ : state) run_kmc(model, clock, {.max_events = clock.events + batch}, stream);
}

void random_update(benchmark::State& state) {
  const std::size_t doubles = 2 * std::bit_ceil(static_cast<std::size_t>(state.range(0)));
  std::vector<double> values(doubles, 1.0);
  std::uint64_t address = 1;
  for (auto _ : state)
    for (int update = 0; update < batch; ++update) {
      double& value = values[(address >> 32) & (doubles - 1)];
      address = 6364136223846793005u * address + 1442695040888963407u + static_cast<std::uint64_t>(value);
      value += 1;
    }
  benchmark::DoNotOptimize(values.data());
  report(state, batch);
}

void linear_events(benchmark::State& state) {
  Stream stream(1, Purpose::Test);
  LinearEvents model(static_cast<std::size_t>(state.range(0)), stream);
  run_batches(state, model, stream);
  report(state, batch);
}

template <class Selection>
void selected_events(benchmark::State& state, const std::string& more) {
  Stream stream(1, Purpose::Test);
  SelectedEvents<Selection> model(static_cast<std::size_t>(state.range(0)), stream);
  run_batches(state, model, stream);
  report(state, batch, against("random_update", state) + more);
}

void tree_events(benchmark::State& state) {
  selected_events<RateTree>(state, state.range(0) == 1000 ? " linear_events/1000" : "");
}

void group_events(benchmark::State& state) {
  selected_events<RateGroups>(state, " " + against("tree_events", state));
}

SodiumParameters parameters(bool near, bool metal) {
  SodiumParameters result = synthetic::parameters();
  if (near) result.repulsion.cutoff = 1.25 * synthetic::roomy / std::sqrt(2.0);
  result.terms.metal = metal;
  return result;
}

/// A sodium model with what it refers to. Made once a size: repetitions go on where the last one stopped.
struct Sodium {
  Sodium(std::size_t sites, const SodiumParameters& given)
      : network(synthetic::network(sites, 0.3, stream, synthetic::roomy)), hamiltonian(network, given) {
    const TransportOptions options{.sodium = sites / 2, .equilibration_sweeps = 10};
    model = std::make_unique<HopModel>(network, canonical_start(hamiltonian, network, options, stream),
                                       HopConditions{options.temperature, given.attempt_frequency, options.margin});
    make(20 * batch);
  }
  void make(std::uint64_t hops) {
    for (const std::uint64_t end = model->hops() + hops; model->hops() < end;)
      run_kmc(*model, clock, {.max_events = clock.events + end - model->hops()}, stream);
  }
  Stream stream{1, Purpose::Test};
  SiteNetwork network;
  Hamiltonian hamiltonian;
  std::unique_ptr<HopModel> model;
  KmcClock clock;
};

template <bool Near, bool Metal>
void hops(benchmark::State& state) {
  static std::map<std::int64_t, std::unique_ptr<Sodium>> made;
  std::unique_ptr<Sodium>& sodium = made[state.range(0)];
  if (!sodium) sodium = std::make_unique<Sodium>(state.range(0), parameters(Near, Metal));
  const HopModel& model = *sodium->model;
  const std::uint64_t before = model.evaluations();
  const std::uint64_t void_before = model.void_events();
  for (auto _ : state) sodium->make(batch);
  const auto count = static_cast<double>(state.iterations() * batch);
  state.counters["void"] = static_cast<double>(model.void_events() - void_before) / count;
  state.counters["evaluations"] = static_cast<double>(model.evaluations() - before) / count;
  state.counters["bytes"] = static_cast<double>(model.bytes()) / static_cast<double>(state.range(0));
  report(state, batch, "random_update/" + std::to_string((Near ? 30 : 60) * state.range(0)));
}
void far_hops(benchmark::State& state) {
  hops<false, true>(state);
}
void near_hops(benchmark::State& state) {
  hops<true, true>(state);
}
void cool_hops(benchmark::State& state) {
  hops<false, false>(state);
}

/// 16 bytes each of these updates: 30 a site for near_hops, 60 for the others.
void memory_sizes(benchmark::internal::Benchmark* updates) {
  for (const int sites : {10000, 100000}) updates->Arg(30 * sites)->Arg(60 * sites);
  if (std::getenv("CARDHOUSE_LARGE") != nullptr) updates->Arg(30000000)->Arg(60000000);
}

void site_numbers(benchmark::internal::Benchmark* hops) {
  hops->Arg(10000)->Arg(100000);
  if (std::getenv("CARDHOUSE_LARGE") != nullptr) hops->Arg(1000000);
}

BENCHMARK(random_update)->Arg(1000)->Arg(4000)->Arg(32000)->Arg(100000)->Arg(1000000);
BENCHMARK(linear_events)->Arg(1000);
BENCHMARK(random_update)->Apply(memory_sizes);
BENCHMARK(tree_events)->Arg(1000)->Arg(4000)->Arg(32000)->Arg(100000)->Arg(1000000);
BENCHMARK(group_events)->Arg(1000)->Arg(100000)->Arg(1000000);
BENCHMARK(near_hops)->Apply(site_numbers);
BENCHMARK(far_hops)->Apply(site_numbers);
BENCHMARK(cool_hops)->Apply(site_numbers);

}  // namespace
}  // namespace cardhouse
