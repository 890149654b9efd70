// Sweeps and replica exchange on several ranks against the same on one: equal to the last bit.

#include <fmt/core.h>

#include <cstdlib>

#include "engine/sodium/replica_exchange.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace {

using namespace cardhouse;

bool same(const std::vector<SweepPoint>& a, const std::vector<SweepPoint>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].capacity.value != b[i].capacity.value || a[i].energy.value != b[i].energy.value) return false;
    if (a[i].energy.error != b[i].energy.error || a[i].acceptance != b[i].acceptance) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const ParallelSession session(argc, argv);
  const Communicator world = Communicator::world();
  if (argc != 2 || world.size() != std::atoi(argv[1])) {
    fmt::print(stderr, "runs on {} ranks\n", world.size());
    return EXIT_FAILURE;
  }
  Stream stream(1, Purpose::Test);
  const SiteNetwork network = synthetic::irregular(200, 18.0, stream);
  const SodiumParameters parameters = synthetic::parameters();
  SweepOptions sweeps;
  sweeps.voltages = {0.8, 0.4, 0.1};
  sweeps.equilibration_sweeps = 20;
  sweeps.production_sweeps = 40;
  ExchangeOptions exchanges;
  exchanges.voltages = {0.8, 0.6, 0.4, 0.2, 0.1};
  exchanges.equilibration_sweeps = 20;
  exchanges.production_sweeps = 40;
  const bool swept =
      same(sweep(network, parameters, sweeps, world).points, sweep(network, parameters, sweeps, Communicator()).points);
  const ExchangeResult many = exchange(network, parameters, exchanges, world);
  const ExchangeResult one = exchange(network, parameters, exchanges, Communicator());
  const bool exchanged = same(many.points, one.points) && many.swap_acceptance == one.swap_acceptance &&
                         many.round_trips == one.round_trips;
  if (!swept) fmt::print(stderr, "rank {}: sweeps differ from one rank\n", world.rank());
  if (!exchanged) fmt::print(stderr, "rank {}: exchange differs from one rank\n", world.rank());
  return swept && exchanged ? EXIT_SUCCESS : EXIT_FAILURE;
}
