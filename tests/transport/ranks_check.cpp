// Sodium in eight domains on several ranks against the same on one: equal to the last bit. And diffusion that is known.

#include <fmt/core.h>

#include <cmath>
#include <cstdlib>

#include "engine/base/constants.hpp"
#include "engine/transport/transport.hpp"
#include "tests/transport/divided_samples.hpp"

namespace {

using namespace cardhouse;

/// What is left of a run: sites and ways of all sodium, and all counts.
std::vector<double> run(const Communicator& ranks) {
  Stream stream(5, Purpose::Test);
  const SiteNetwork network = synthetic::irregular_box(8000, {76, 72, 71}, stream);
  const SodiumParameters parameters = synthetic::short_ranged();
  const Hamiltonian hamiltonian(network, parameters);
  const Occupation start = synthetic::filled(hamiltonian, 900, stream);
  DividedHops hops(network, parameters, start, {900, 4e12, 0.01}, {8, {3, 0}}, ranks);
  hops.advance(20 * 900 / hops.total_rate(), 40);
  std::vector<double> values{hops.total_rate()};
  const DividedHops::State state = hops.state();
  for (const std::uint32_t site : state.sites) values.push_back(site);
  for (const Vector3& way : state.ways) values.insert(values.end(), {way.x, way.y, way.z});
  const DomainCounts counts = hops.counts();
  for (const std::uint64_t count : {counts.hops, counts.void_events, counts.doubtful_pairs, counts.looks})
    values.push_back(static_cast<double>(count));
  values.insert(values.end(), {counts.squared_ways, counts.squared_errors});
  for (const ClassPairs& pairs : hops.census()) values.push_back(static_cast<double>(total(pairs)));
  return values;
}

/// A lattice gas without interaction, half filled: D_J = a^2 k (1 - c) (Kutner 1981, Phys. Lett. A 81, 239), and
/// D* = D_J f, f = 0.850 (Nakazato & Kitahara 1980, doi:10.1143/PTP.64.2261; good to a per cent).
bool diffuses_as_known(const Communicator& ranks) {
  Stream stream(1, Purpose::Test);
  const SiteNetwork network = synthetic::simple_cubic(9, 4, 0.2, stream);
  TransportOptions options;
  options.sodium = 365;
  options.replicas = 4;
  options.events = 20000;
  options.frames = 40;
  options.equilibration_sweeps = 20;
  options.domains = 4;
  const TransportResult result = transport(network, synthetic::parameters(HamiltonianTerms::none()), options, ranks);
  const double exact = 16 * 4e12 * std::exp(-0.2 / (constants::boltzmann * 298.15)) * (1 - 364.0 / 728.0);
  const bool right = std::abs(result.jump.value - exact) < 4 * result.jump.error &&
                     std::abs(result.tracer.value - 0.85 * exact) < 4 * result.tracer.error + 0.01 * exact &&
                     result.tracer.error < 0.05 * exact;
  if (!right)
    fmt::print(stderr, "rank {}: diffusivities {} +- {}, {} +- {} of the exact one\n", ranks.rank(),
               result.jump.value / exact, result.jump.error / exact, result.tracer.value / exact,
               result.tracer.error / exact);
  return right;
}

}  // namespace

int main(int argc, char** argv) {
  const ParallelSession session(argc, argv);
  const Communicator world = Communicator::world();
  if (argc != 2 || world.size() != std::atoi(argv[1])) {
    fmt::print(stderr, "runs on {} ranks\n", world.size());
    return EXIT_FAILURE;
  }
  const bool same = run(world) == run(Communicator());
  if (!same) fmt::print(stderr, "rank {}: sodium in domains differs from one rank\n", world.rank());
  return same && diffuses_as_known(world) ? EXIT_SUCCESS : EXIT_FAILURE;
}
