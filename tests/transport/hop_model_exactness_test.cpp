// Walks whose law is known: diffusivities, correlation factors, first-passage times, the relation of Darken.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <numeric>

#include "engine/base/constants.hpp"
#include "engine/base/statistics.hpp"
#include "engine/kinetics/run_kmc.hpp"
#include "engine/transport/hop_model.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

constexpr double temperature = 600;  // [K]
constexpr double barrier = 0.25;     // [eV], exact in single precision

double rate_over(double energy) {
  return 4e12 * std::exp(-energy / (constants::boltzmann * temperature));
}

SiteNetwork lattice(const Vector3& cells, const Vector3& edges, const std::vector<Vector3>& basis, double reach) {
  SiteNetwork network = synthetic::empty(1);
  network.cell = Cell::orthorhombic(cells.x * edges.x, cells.y * edges.y, cells.z * edges.z);
  for (int x = 0; x < cells.x; ++x)
    for (int y = 0; y < cells.y; ++y)
      for (int z = 0; z < cells.z; ++z)
        for (const Vector3& b : basis)
          network.sites.push_back(
              synthetic::site({edges.x * (x + b.x), edges.y * (y + b.y), edges.z * (z + b.z)}, SiteClass::Gallery));
  synthetic::link(network, reach, barrier);
  return network;
}

SiteNetwork simple_cubic(int cells) {
  const double n = cells;
  return lattice({n, n, n}, {4, 4, 4}, {{0, 0, 0}}, 4.1);
}

SiteNetwork face_centred(int cells) {
  const double n = cells;
  return lattice({n, n, n}, {6, 6, 6}, {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}}, 4.3);
}

/// Bonds of 4 angstrom; one layer in a cell 40 angstrom high.
SiteNetwork honeycomb() {
  const double height = 4 * std::sqrt(3.0);
  return lattice({4, 4, 1}, {12, height, 40}, {{0, 0, 0}, {1.0 / 3, 0, 0}, {0.5, 0.5, 0}, {5.0 / 6, 0.5, 0}}, 4.1);
}

SiteNetwork ring(const std::vector<double>& barriers) {
  SiteNetwork network = synthetic::empty(1);
  const auto n = static_cast<std::uint32_t>(barriers.size());
  network.cell = Cell::orthorhombic(4.0 * n, 40, 40);
  for (std::uint32_t i = 0; i < n; ++i) {
    network.sites.push_back(synthetic::site({4.0 * i, 0, 0}, SiteClass::Gallery));
    network.links.push_back({i, (i + 1) % n, {4, 0, 0}, barriers[i]});
  }
  return network;
}

Occupation with(const Hamiltonian& h, std::size_t sodium) {
  Occupation state(h);
  for (std::size_t i = 0; i < sodium; ++i) state.insert(i);
  return state;
}

/// Mean squared displacement of each sodium over windows of equal time, with its error, divided by the window [A^2/s].
Estimate spreading(const SiteNetwork& network, std::size_t sodium, double window, int windows) {
  const Hamiltonian h(network, synthetic::parameters(HamiltonianTerms::none()));
  HopModel model(network, with(h, sodium), {temperature, 4e12, 0.01});
  Stream stream(81, Purpose::Test, sodium, network.sites.size());
  KmcClock clock;
  std::vector<double> squares;
  for (int k = 0; k < windows; ++k) {
    const std::vector<Vector3> before(model.displacements().begin(), model.displacements().end());
    run_kmc(model, clock, {.end_time = clock.time + window}, stream);
    double sum = 0;
    for (std::size_t i = 0; i < sodium; ++i) sum += squared_norm(model.displacements()[i] - before[i]);
    squares.push_back(sum / static_cast<double>(sodium) / window);
  }
  return mean_of(squares);
}

// <r^2>/t = z k d^2 without memory, in any dimension. Four standard errors: false alarm once in 10^4 seeds.
TEST(HopModelExactness, lone_walkers_diffuse_as_on_paper) {
  const double k = rate_over(barrier);
  const struct {
    SiteNetwork network;
    double exact;
  } cases[] = {{simple_cubic(5), 6 * k * 16}, {face_centred(3), 12 * k * 18}, {honeycomb(), 3 * k * 16}};
  for (const auto& [network, exact] : cases) {
    const Estimate seen = spreading(network, 1, 30 / k, 2000);
    EXPECT_NEAR(seen.value, exact, 4 * seen.error);
    EXPECT_LT(seen.error, 0.03 * exact);
  }
}

// In one dimension D = a^2 / <1/k>, whatever the order of the barriers (Haus & Kehr 1987,
// doi:10.1016/0370-1573(87)90005-6). Windows are long against the time to go round.
TEST(HopModelExactness, one_dimensional_random_barriers_add_like_resistances) {
  const std::vector<double> barriers = {0.25, 0.375, 0.3125, 0.25, 0.34375, 0.28125};
  double resistance = 0;
  for (const double b : barriers) resistance += 1 / rate_over(b) / static_cast<double>(barriers.size());
  const Estimate seen = spreading(ring(barriers), 1, 1000 * resistance, 1500);
  EXPECT_NEAR(seen.value, 2 * 16 / resistance, 4 * seen.error);
  EXPECT_LT(seen.error, 0.05 * seen.value);
}

// One vacancy: sodium is likelier to hop back than on. f = 0.6531 (simple cubic), 0.7815 (face-centred cubic) (Montet
// 1973, doi:10.1103/PhysRevB.7.650). Allowed besides four standard errors: 1/N of the periodic cell.
TEST(HopModelExactness, correlation_factors_of_a_vacancy_are_the_known_ones) {
  const double k = rate_over(barrier);
  const struct {
    SiteNetwork network;
    double bare;  ///< z k d^2
    double factor;
  } cases[] = {{simple_cubic(5), 6 * k * 16, 0.6531}, {face_centred(3), 12 * k * 18, 0.7815}};
  for (const auto& [network, bare, factor] : cases) {
    const auto sites = static_cast<double>(network.sites.size());
    const Estimate seen = spreading(network, network.sites.size() - 1, 10 * sites / k, 30);
    const double found = seen.value / (bare / (sites - 1));
    const double error = seen.error / (bare / (sites - 1));
    EXPECT_NEAR(found, factor, 4 * error + 1 / sites);
    EXPECT_LT(error, 0.02);
  }
}

// From one end of a chain of two sites past the other: the time is a sum of two exponentials whose rates are minus the
// eigenvalues of the matrix of rates, k (3 +- sqrt(5))/2 (Keilson 1979, Markov Chain Models, section 5.1).
TEST(HopModelExactness, first_passage_times_follow_their_law) {
  const double k = rate_over(barrier);
  SiteNetwork network = ring({barrier, barrier, barrier, barrier, barrier});
  network.links.resize(2);
  const Hamiltonian h(network, synthetic::parameters(HamiltonianTerms::none()));
  const Occupation start = with(h, 1);
  const double fast = k * (3 + std::sqrt(5.0)) / 2;
  const double slow = k * (3 - std::sqrt(5.0)) / 2;
  Stream stream(82, Purpose::Test);
  std::vector<double> uniforms;
  std::vector<double> twin;  // hurried by five percent
  for (int run = 0; run < 20000; ++run) {
    HopModel model(network, start, {temperature, 4e12, 0.01});
    KmcClock clock;
    while (model.sites()[0] != 2) run_kmc(model, clock, {.max_events = clock.events + 1}, stream);
    const auto passed = [&](double t) {
      return 1 - (fast * std::exp(-slow * t) - slow * std::exp(-fast * t)) / (fast - slow);
    };
    uniforms.push_back(passed(clock.time));
    twin.push_back(passed(0.95 * clock.time));
  }
  EXPECT_GT(kolmogorov_p_value(uniforms), 1e-3);
  EXPECT_LT(kolmogorov_p_value(twin), 1e-4);
}

/// The longest density wave of the cell along x, from the sites of all sodium.
std::array<double, 2> wave(const SiteNetwork& network, const HopModel& model, double q) {
  std::array<double, 2> sum{};
  for (const std::uint32_t site : model.sites()) {
    const double phase = q * network.sites[site].position.x;
    sum[0] += std::cos(phase);
    sum[1] += std::sin(phase);
  }
  return sum;
}

// Darken: what makes a density wave decay is D_J / S, with S its mean square per sodium (1/S is the thermodynamic
// factor at this wave) and D_J the jump diffusivity. Repelling sodium at half filling; both sides from one run.
TEST(HopModelExactness, density_waves_decay_with_the_jump_diffusivity_over_their_fluctuation) {
  SiteNetwork network = lattice({16, 3, 3}, {4, 4, 4}, {{0, 0, 0}}, 4.1);
  for (Site& site : network.sites) site.charge = 0.6;
  HamiltonianTerms terms = HamiltonianTerms::none();
  terms.repulsion = true;
  SodiumParameters parameters = synthetic::parameters(terms);
  parameters.repulsion.cutoff = 5;
  const Hamiltonian h(network, parameters);
  HopModel model(network, with(h, 72), {temperature, 4e12, 0.01});
  const double q = 2 * std::numbers::pi / 64;
  Stream stream(83, Purpose::Test);
  KmcClock clock;
  run_kmc(model, clock, {.max_events = 200000}, stream);
  const double step = 72 * 3 * clock.time / 200000;
  const auto begin = clock.time;
  std::vector<double> squares, products, jumps;
  std::array<double, 2> before = wave(network, model, q);
  constexpr int samples = 8000;
  constexpr int lag = 16;
  std::vector<std::array<double, 2>> waves{before};
  std::vector<double> ways{0};
  for (int k = 1; k <= samples; ++k) {
    run_kmc(model, clock, {.end_time = begin + k * step}, stream);
    waves.push_back(wave(network, model, q));
    double way = 0;
    for (const Vector3& d : model.displacements()) way += d.x;
    ways.push_back(way);
  }
  double square = 0;
  double product = 0;
  double jump = 0;
  for (int k = 0; k + 2 * lag <= samples; ++k) {
    const auto dot = [&](int a, int b) { return waves[a][0] * waves[b][0] + waves[a][1] * waves[b][1]; };
    square += dot(k, k);
    product += dot(k, k + lag);
    jump += (ways[k + lag] - ways[k]) * (ways[k + lag] - ways[k]);
  }
  const double count = samples - 2 * lag + 1;
  const double structure = square / count / 72;
  const double jump_diffusivity = jump / count / 72 / (2 * lag * step);
  const double decay = -std::log(product / square) / (lag * step);
  EXPECT_LT(structure, 0.45);  // repulsion: without it 1/2
  EXPECT_NEAR(decay / (q * q * jump_diffusivity / structure), 1, 0.1);
}

}  // namespace
}  // namespace cardhouse
