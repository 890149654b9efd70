// Run under mpirun: relaxations in bricks on these ranks against the same bricks on one rank, bit by bit, and against
// the whole in one piece.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "engine/relax/dynamics.hpp"
#include "engine/relax/relax_structure.hpp"
#include "tests/relax/divided_samples.hpp"

namespace cardhouse {
namespace {

using samples::Divided;

constexpr int bricks = 4;

Divided::Make maker(const std::string& name) {
  return [name](const CarbonStructure& structure) { return samples::make_tested(name, structure); };
}

bool same(const samples::Answer& a, const samples::Answer& b) {
  return a.total.energy == b.total.energy && a.total.virial.xy == b.total.virial.xy && a.forces == b.forces;
}

int evaluation_failures(const Communicator& world, const std::string& name, const CarbonStructure& structure) {
  Divided here(structure, maker(name), bricks);
  Divided there(structure, maker(name), bricks, world);
  Divided other(structure, maker(name), world.size(), world);  // each rank one
  const samples::Answer answer = samples::evaluate_divided(there);
  const samples::Answer whole = samples::evaluate_whole(*maker(name)(structure), structure.atoms);
  int failures = !same(samples::evaluate_divided(here), answer);
  failures += samples::difference(whole, answer) > 1e-10;
  failures += samples::difference(whole, samples::evaluate_divided(other)) > 1e-10;
  return failures;
}

int evaluation_failures(const Communicator& world) {
  const CarbonStructure graphite = samples::skewed_graphite(6, 4, 4);
  const CarbonStructure carbon = samples::disordered_carbon(400);
  int failures = 0;
  for (const char* name :
       {"edip-carbon", "kolmogorov-crespi", "lennard-jones", "rebo", "tersoff", "tersoff+kolmogorov-crespi"}) {
    failures += evaluation_failures(world, name, graphite) + evaluation_failures(world, name, carbon);
  }
  return failures + evaluation_failures(world, "sp2-bonded+kolmogorov-crespi", graphite) +
         evaluation_failures(world, "sp2-bonded+lennard-jones", graphite) +
         evaluation_failures(world, "embedded-atom", samples::rattled_sodium(5));
}

/// A melt: atoms change their brick, baths draw numbers. Bits do not depend on ranks.
int melt_failures(const Communicator& world, Ensemble ensemble) {
  const DynamicsOptions options{.ensemble = ensemble,
                                .temperature = 6000,
                                .time = 3e-14,
                                .heat_time = 1e-14,
                                .pressure_time = 1e-13,
                                .samples = 10,
                                .seed = 9};
  std::vector<double> conserved[2];
  Atoms ends[2]{{Cell::cubic(1), {}, {}}, {Cell::cubic(1), {}, {}}};
  std::vector<std::uint32_t> held[2];
  for (const int parallel : {0, 1}) {
    Divided melt(samples::disordered_carbon(500), maker("tersoff"), bricks, parallel ? world : Communicator{});
    std::vector<Vector3> forces(melt.own.size());
    melt.potential.evaluate(melt.own, forces);
    held[0] = melt.potential.centres();
    run_dynamics(melt.share(), options, [&](const DynamicsSample& sample) {
      conserved[parallel].push_back(sample.conserved);
      if (sample.atoms.size() != 500) conserved[parallel].push_back(std::nan(""));
    });
    held[1] = melt.potential.centres();
    ends[parallel] = melt.share().whole();
  }
  int failures = conserved[0] != conserved[1] || ends[0].positions != ends[1].positions;
  failures += ends[0].cell.vectors() != ends[1].cell.vectors();
  failures += !world.any(held[0] != held[1]);  // else the test would be empty
  return failures;
}

/// A warm crystal without baths: energy kept as well as by the crystal in one piece, from the same velocities.
int drift_failures(const Communicator& world) {
  const DynamicsOptions options{.ensemble = Ensemble::Nve, .temperature = 300, .time = 2e-14, .samples = 20};
  Divided crystal(samples::graphite(6, 4, 6, 3.4), maker("sp2-bonded+lennard-jones"), world.size(), world);
  CarbonStructure piece = crystal.whole;
  const auto potential = samples::make_tested("sp2-bonded+lennard-jones", piece);
  std::vector<double> alone;
  std::vector<double> together;
  run_dynamics(piece.atoms, *potential, options, [&](const DynamicsSample& s) { alone.push_back(s.conserved); });
  run_dynamics(crystal.share(), options, [&](const DynamicsSample& s) { together.push_back(s.conserved); });
  int failures = alone.size() != together.size() || alone.size() < 20;
  for (std::size_t k = 0; failures == 0 && k < alone.size(); ++k) {
    failures += !(std::abs(alone[k] - together[k]) < 1e-9 * static_cast<double>(piece.atoms.size()));
    failures += !(std::abs(together[k] - together[0]) < 2e-4 * static_cast<double>(piece.atoms.size()));
  }
  return failures;
}

/// Minimisers take the same steps on any number of ranks.
int minimiser_failures(const Communicator& world, MinimiserKind kind) {
  RelaxOptions options{.minimiser = {.max_steps = 60, .force_tolerance = 1e-6, .cell = CellRelaxation::Diagonal}};
  options.minimiser.kind = kind;
  options.capped_steps = 10;
  options.bricks = bricks;
  CarbonStructure alone = samples::skewed_graphite(5, 3, 4);
  CarbonStructure shared = alone;
  const RelaxReport one = relax_structure(alone, options);
  options.ranks = world;
  const RelaxReport all = relax_structure(shared, options);
  int failures = alone.atoms.positions != shared.atoms.positions;
  failures += alone.atoms.cell.vectors() != shared.atoms.cell.vectors();
  failures += one.energy_final != all.energy_final || one.steps != all.steps || one.max_force != all.max_force;
  return failures;
}

/// relax_structure as a stage calls it: every rank ends with the same structure, near that of one rank alone.
int relaxation_failures(const Communicator& world) {
  RelaxOptions options{.minimiser = {.max_steps = 1000, .force_tolerance = 2e-3, .kind = MinimiserKind::Lbfgs},
                       .capped_steps = 0};
  CarbonStructure alone = samples::graphite(6, 4, 12, 3.4);  // 15 x 17 x 41 angstrom: two thick bricks
  Stream stream(31, Purpose::Test);
  samples::rattle(alone.atoms, 0.05, stream);
  CarbonStructure shared = alone;
  const RelaxReport one = relax_structure(alone, options);
  options.ranks = world;
  const RelaxReport all = relax_structure(shared, options);
  int failures = !one.converged || !all.converged || one.bricks != 1;
  failures += all.bricks != std::min(2, world.size());
  failures += std::abs(one.energy_final - all.energy_final) > 1e-2;
  failures += std::abs(one.energy_initial - all.energy_initial) > 1e-9 * std::abs(one.energy_initial);
  std::vector<double> place{shared.atoms.positions[17].x};
  for (const double x : world.gather(place)) failures += x != place[0];
  return failures;
}

/// An atom that runs away is reported alike on all ranks, by its number in the whole.
int runaway_failures(const Communicator& world) {
  std::string messages[2];
  for (const int parallel : {0, 1}) {
    Divided crystal(samples::skewed_graphite(6, 4, 4), maker("tersoff"), bricks, parallel ? world : Communicator{});
    try {
      run_dynamics(crystal.share(), {.temperature = 3000, .step = 1e-14});
    } catch (const InputError& error) {
      messages[parallel] = error.what();
    }
  }
  return messages[0].empty() || messages[0] != messages[1];
}

int all_failures(const Communicator& world) {
  int all = 0;
  const auto count = [&](const char* what, int failures) {
    if (failures > 0) std::fprintf(stderr, "rank %d: %s: %d failures\n", world.rank(), what, failures);
    all += failures;
  };
  count("evaluations", evaluation_failures(world));
  count("nvt", melt_failures(world, Ensemble::Nvt));
  count("npt", melt_failures(world, Ensemble::Npt));
  count("drift", drift_failures(world));
  count("fire", minimiser_failures(world, MinimiserKind::Fire));
  count("lbfgs", minimiser_failures(world, MinimiserKind::Lbfgs));
  count("relaxation", relaxation_failures(world));
  count("runaway", runaway_failures(world));
  return all;
}

}  // namespace
}  // namespace cardhouse

int main(int argc, char** argv) {
  cardhouse::ParallelSession session(argc, argv);
  const auto world = cardhouse::Communicator::world();
  if (argc > 1 && world.size() != std::stoi(argv[1])) return 1;
  return cardhouse::all_failures(world) > 0;
}
