// Cost of one kinetic Monte Carlo event. Without physics: run_kmc over a RateTree (`tree_events`) against one random
// read-modify-write of the same bytes, each address known only when the one before has been read (`random_update`, the
// latency of the memory), and against a search down the list of rates (`linear_events`, small sizes only). With
// physics: sodium hopping on a cubic network, 12 links a site, all terms of the Hamiltonian, a tenth of the sites
// occupied
// (`sodium_events`), against tree_events over as many events as there are sites.

#include <bit>
#include <map>
#include <memory>
#include <string>

#include "benchmarks/ratios.hpp"
#include "benchmarks/synthetic_network.hpp"
#include "benchmarks/tree_events.hpp"
#include "engine/kinetics/run_kmc.hpp"
#include "engine/sodium/hop_model.hpp"
#include "engine/sodium/transport.hpp"

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

void tree_events(benchmark::State& state) {
  Stream stream(1, Purpose::Test);
  TreeEvents model(static_cast<std::size_t>(state.range(0)), stream);
  run_batches(state, model, stream);
  const bool small = state.range(0) == 1000;
  report(state, batch, against("random_update", state) + (small ? " linear_events/1000" : ""));
}

/// A sodium model with what it refers to. Made once a size: repetitions go on where the last one stopped.
struct Sodium {
  explicit Sodium(std::size_t sites)
      : network(synthetic::network(sites, 0, stream)), hamiltonian(network, synthetic::parameters()) {
    const TransportOptions options{.sodium = sites / 10};
    model = std::make_unique<HopModel>(
        network, canonical_start(hamiltonian, network, options, stream),
        HopConditions{options.temperature, synthetic::parameters().attempt_frequency, options.margin});
  }
  Stream stream{1, Purpose::Test};
  SiteNetwork network;
  Hamiltonian hamiltonian;
  std::unique_ptr<HopModel> model;
};

void sodium_events(benchmark::State& state) {
  static std::map<std::int64_t, std::unique_ptr<Sodium>> made;
  std::unique_ptr<Sodium>& sodium = made[state.range(0)];
  if (!sodium) sodium = std::make_unique<Sodium>(state.range(0));
  run_batches(state, *sodium->model, sodium->stream);
  const auto hops = static_cast<double>(sodium->model->hops());
  state.counters["void"] = 1 - hops / (hops + static_cast<double>(sodium->model->void_events()));
  report(state, batch, against("tree_events", state));
}

BENCHMARK(random_update)->Arg(1000)->Arg(4000)->Arg(32000)->Arg(100000)->Arg(1000000);
BENCHMARK(linear_events)->Arg(1000);
BENCHMARK(tree_events)->Arg(1000)->Arg(4000)->Arg(32000)->Arg(100000)->Arg(1000000);
BENCHMARK(sodium_events)->Arg(4000)->Arg(32000);

}  // namespace
}  // namespace cardhouse
