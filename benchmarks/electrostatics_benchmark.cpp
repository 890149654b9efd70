// Electrostatics, per atom: forces of point charges by particle mesh, and charges by equilibration with their forces.
// Rock salt with displaced ions (1000 and 21 952), force error 1e-3 eV/angstrom; graphite of 20 400 atoms with every
// 40th atom oxygen. The reference `plain_pair_sum` is the bare Coulomb force over the same pairs within 9 angstrom,
// from both sides and from a list that is at hand.

#include <benchmark/benchmark.h>

#include <cmath>

#include "benchmarks/carbon_samples.hpp"
#include "benchmarks/ratios.hpp"
#include "engine/base/constants.hpp"
#include "engine/base/stream.hpp"
#include "engine/structure/neighbour_list.hpp"
#include "potentials/charge_equilibration.hpp"
#include "potentials/particle_mesh.hpp"

namespace cardhouse {
namespace {

struct Salt {
  Atoms atoms;
  std::vector<double> charges;
};

Salt displaced_salt(int repeats) {
  constexpr double nearest = 2.82;  // [angstrom]
  Salt salt{{Cell::cubic(nearest * repeats), {}, {}}, {}};
  Stream stream(1, Purpose::Test);
  for (int i = 0; i < repeats * repeats * repeats; ++i) {
    const int x = i % repeats, y = i / repeats % repeats, z = i / repeats / repeats;
    const bool cation = (x + y + z) % 2 == 0;
    salt.atoms.add(cation ? Element::Na : Element::Cl,
                   nearest * Vector3{1.0 * x, 1.0 * y, 1.0 * z} +
                       0.1 * Vector3{stream.normal(), stream.normal(), stream.normal()});
    salt.charges.push_back(cation ? 1 : -1);
  }
  return salt;
}

void particle_mesh(benchmark::State& state) {
  const Salt salt = displaced_salt(static_cast<int>(state.range(0)));
  const std::size_t n = salt.atoms.size();
  ParticleMesh mesh(salt.atoms, choose_mesh(salt.atoms.cell, n, {.force = 1e-3, .cutoff = 9}));
  std::vector<Vector3> forces(n);
  for (auto _ : state) benchmark::DoNotOptimize(mesh.evaluate(salt.atoms, salt.charges, forces));
  report(state, static_cast<double>(n), "plain_pair_sum");
}

void charge_equilibration(benchmark::State& state) {
  CarbonStructure carbon = graphite_at_rest();
  for (std::size_t i = 0; i < carbon.atoms.size(); i += 40) carbon.atoms.elements[i] = Element::O;
  ChargeEquilibration potential(carbon, {.force_accuracy = 1e-3, .charge_accuracy = 1e-5});
  std::vector<Vector3> forces(carbon.atoms.size());
  for (auto _ : state) benchmark::DoNotOptimize(potential.evaluate(carbon.atoms, forces));
  report(state, static_cast<double>(forces.size()), "plain_pair_sum");
}

void plain_pair_sum(benchmark::State& state) {
  const Salt salt = displaced_salt(28);
  const NeighbourList near(salt.atoms.cell, salt.atoms.positions, 9);
  std::vector<Vector3> forces(salt.atoms.size());
  for (auto _ : state) {
    double energy = 0;
    for (std::size_t i = 0; i < forces.size(); ++i) {
      Vector3 force;
      for (const Neighbour& other : near.of(i)) {
        const double r2 = squared_norm(other.displacement);
        const double pair = constants::coulomb * salt.charges[i] * salt.charges[other.index] / std::sqrt(r2);
        energy += 0.5 * pair;
        force -= pair / r2 * other.displacement;
      }
      forces[i] = force;
    }
    benchmark::DoNotOptimize(energy);
  }
  report(state, static_cast<double>(forces.size()));
}

BENCHMARK(particle_mesh)->Arg(10)->Arg(28)->Unit(benchmark::kMillisecond);
BENCHMARK(charge_equilibration)->Unit(benchmark::kMillisecond);
BENCHMARK(plain_pair_sum)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cardhouse
