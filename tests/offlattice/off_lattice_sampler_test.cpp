#include "engine/offlattice/off_lattice_sampler.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "engine/base/statistics.hpp"
#include "engine/offlattice/energy_grid.hpp"
#include "tests/offlattice/explicit_sodium.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

constexpr double kT = constants::boltzmann * 300;
constexpr double false_alarm = 1e-4;

/// Sodium without metal: the repulsion of carbon from Na_C.toml without dispersion, out to `cutoff` [angstrom], and a
/// sodium-sodium term, if given.
SodiumInteractions pairs_alone(int cutoff, const std::string& sodium_term = {}) {
  const ScratchFolder folder;
  std::string text = "cutoff = \"" + std::to_string(cutoff) + " angstrom\"\ntaper_start = \"" +
                     std::to_string(cutoff - 2) + " angstrom\"\n";
  text +=
      "[[pair]]\nelements = [\"C\", \"Na\"]\nsource = \"test\"\nform = \"tang-toennies\"\n"
      "amplitude = \"1582.8 eV\"\ndecay = \"3.5339 1/angstrom\"\nsix = \"40 eV angstrom6\"\n";
  if (!sodium_term.empty()) text += "[[pair]]\nelements = [\"Na\", \"Na\"]\nsource = \"test\"\n" + sodium_term;
  return SodiumInteractions({.pairs = folder.with_text("pairs.toml", text), .metal = "none", .metal_parameters = {}});
}

/// Chemical potential at which an ideal gas holds `mean` atoms in `volume`.
double ideal_potential(double mean, double volume) {
  return kT * std::log(mean * std::pow(thermal_wavelength(22.98976928, 300), 3) / volume);
}

/// How often each number of atoms was met, the last for all above.
std::vector<std::size_t> number_counts(OffLatticeSampler& sampler, SodiumConfiguration& state, int samples, int gap,
                                       std::size_t most, Stream& stream) {
  std::vector<std::size_t> counts(most + 1, 0);
  for (int k = 0; k < samples; ++k) {
    for (int move = 0; move < gap; ++move) sampler.trial(state, stream);
    ++counts[std::min(state.count(), most)];
  }
  return counts;
}

std::vector<double> poisson(double mean, std::size_t most) {
  std::vector<double> probabilities;
  double left = 1, term = std::exp(-mean);
  for (std::size_t n = 0; n < most; ++n) {
    probabilities.push_back(term);
    left -= term;
    term *= mean / static_cast<double>(n + 1);
  }
  probabilities.push_back(left);
  return probabilities;
}

double ideal_gas_p_value(double mean_error) {
  const SodiumPotential potential({Cell::orthorhombic(10, 12, 9), {}, {}}, SodiumInteractions());
  const AccessibleVolume volume(potential);
  EXPECT_NEAR(volume.volume(), 1080, 1e-9);
  OffLatticeSampler sampler(volume, {.chemical_potential = ideal_potential(4 * mean_error, 1080), .temperature = 300});
  SodiumConfiguration state(potential, 10);
  Stream stream(11, Purpose::Test);
  const auto counts = number_counts(sampler, state, 20000, 60, 11, stream);
  return chi_square_p_value(counts, poisson(4, 11));
}

TEST(OffLatticeSampler, gives_an_ideal_gas_its_poisson_numbers) {
  EXPECT_GT(ideal_gas_p_value(1), false_alarm);
}

TEST(OffLatticeSampler, is_told_from_one_whose_volume_is_wrong_by_five_percent) {
  EXPECT_LT(ideal_gas_p_value(1.05), false_alarm);
}

/// Numbers of an ideal gas in the field of a carbon are Poisson with mean (V/L^3) e^(mu/kT) <e^(-U/kT)>.
TEST(OffLatticeSampler, fills_the_field_of_a_host_as_the_quadrature_says) {
  const SodiumInteractions interactions = pairs_alone(6);
  const SodiumPotential potential(explicit_sodium::aa_stack(5.6, 1, 4, 2), interactions,
                                  overlap_floor(interactions, 300));
  const EnergyFunction energy = [&](const Vector3& r) { return potential.host_energy(r); };
  const EnergyGrid grid = scan_energy(potential.cell(), 0.1, energy);
  double weight = 0;
  for (const double value : grid.values) weight += std::exp(-value / kT) / static_cast<double>(grid.values.size());
  const AccessibleVolume volume(potential);
  EXPECT_LT(volume.volume(), 0.9 * potential.cell().volume());
  const double mu = ideal_potential(3, potential.cell().volume() * weight);
  OffLatticeSampler sampler(volume, {.chemical_potential = mu, .temperature = 300});
  SodiumConfiguration state(potential, 10);
  Stream stream(12, Purpose::Test);
  const auto counts = number_counts(sampler, state, 3000, 200, 9, stream);
  EXPECT_GT(chi_square_p_value(counts, poisson(3, 9)), false_alarm);
}

/// One atom at most, by a strong repulsion: N is 0 or 1 with K/(1 + K), K = (1/L^3) int e^((mu - U)/kT).
TEST(OffLatticeSampler, gives_a_well_that_holds_one_atom_its_langmuir_occupation) {
  const SodiumInteractions interactions =
      pairs_alone(10, "form = \"screened-coulomb\"\ncharges = [\"9 e\", \"9 e\"]\nscreening_length = \"10 angstrom\"");
  Atoms host{Cell::orthorhombic(9, 8.5, 8), {}, {}};
  host.add(Element::C, {1, 1, 1});
  host.add(Element::C, {3, 5, 4});
  const SodiumPotential potential(host, interactions, overlap_floor(interactions, 300));
  const double own = potential.own_images().energy;
  const EnergyGrid grid = scan_energy(host.cell, 0.1, [&](const Vector3& r) { return potential.host_energy(r); });
  double mean = 0;
  for (const double value : grid.values) mean += std::exp(-value / kT) / static_cast<double>(grid.values.size());
  const AccessibleVolume volume(potential);
  for (const double K : {0.2, 1.0, 5.0}) {
    const double mu = own + ideal_potential(K, host.cell.volume() * mean);
    OffLatticeSampler sampler(volume, {.chemical_potential = mu, .temperature = 300});
    SodiumConfiguration state(potential, 1);
    Stream stream(13, Purpose::Test);
    const auto counts = number_counts(sampler, state, 8000, 20, 2, stream);
    EXPECT_EQ(counts[2], 0U);
    const std::size_t both[2] = {counts[0], counts[1]};
    const double expected[2] = {1 / (1 + K), K / (1 + K)};
    EXPECT_GT(chi_square_p_value(both, expected), false_alarm) << K;
  }
}

/// P(2) P(0)/P(1)^2 = (1 - 2 B2/V)/2 for any gas of pairs in a cell wider than two cut-offs.
TEST(OffLatticeSampler, gives_a_lennard_jones_gas_its_second_virial_coefficient) {
  const SodiumInteractions interactions =
      pairs_alone(9, "form = \"lennard-jones\"\ndepth = \"0.005 eV\"\ndiameter = \"7 angstrom\"");
  double virial = 0;  // -2 pi int (e^(-u/kT) - 1) r^2 dr
  constexpr double h = 0.002, two_pi = 2 * 3.14159265358979323846;
  for (double r = 0.5 * h; r < 9; r += h)
    virial -= two_pi * std::expm1(-interactions.sodium_terms(r).energy / kT) * r * r * h;
  const double edge = 18.5, box = edge * edge * edge;
  const SodiumPotential potential({Cell::cubic(edge), {}, {}}, interactions, overlap_floor(interactions, 300));
  const AccessibleVolume volume(potential);
  OffLatticeSampler sampler(volume, {.chemical_potential = ideal_potential(1.0, box), .temperature = 300});
  SodiumConfiguration state(potential, 10);
  Stream stream(14, Purpose::Test);
  const auto counts = number_counts(sampler, state, 40000, 25, 3, stream);
  // up to two atoms the weights are 1, 1 and (1 - 2 B2/V)/2
  const double two = 0.5 * (1 - 2 * virial / box);
  const std::size_t few[3] = {counts[0], counts[1], counts[2]};
  const double expected[3] = {1 / (2 + two), 1 / (2 + two), two / (2 + two)};
  EXPECT_GT(chi_square_p_value(few, expected), false_alarm);
  EXPECT_GT(std::abs(2 * virial / box), 0.05);  // an ideal gas would be seen: its p-value is below
  const double ideal[3] = {0.4, 0.4, 0.2};
  EXPECT_LT(chi_square_p_value(few, ideal), false_alarm);
}

/// Displacements and relocations, each alone, visit heights over a sheet as Boltzmann has it.
TEST(OffLatticeSampler, spreads_an_atom_by_boltzmann_when_it_only_moves) {
  const SodiumInteractions interactions = pairs_alone(6);
  const Atoms host = explicit_sodium::aa_stack(6.5, 1, 1, 1);
  const SodiumPotential potential(host, interactions, overlap_floor(interactions, 1200));
  const double hot = constants::boltzmann * 1200;
  constexpr std::size_t bins = 12;
  constexpr double low = 1.5, high = 5.0;
  std::vector<double> expected(bins, 0);
  for (std::size_t p = 0; p < 12 * 20 * 20 * bins; ++p) {
    const Vector3 f{p % 12 / 12.0, p / 12 % 20 / 20.0, 0};
    const double height = (static_cast<double>(p / 240) + 0.5) / (20 * bins);
    const Vector3 r = host.cell.to_cartesian(f) + Vector3{0, 0, low + (high - low) * height};
    expected[p / 240 / 20] += std::exp(-potential.host_energy(r) / hot);
  }
  const AccessibleVolume volume(potential);
  for (const double relocation : {0.0, 1.0}) {
    OffLatticeSampler sampler(volume, {.temperature = 1200, .exchange = 0, .relocation = relocation});
    SodiumConfiguration state(potential, 1);
    state.propose_insertion(explicit_sodium::hollow() + Vector3{0, 0, 3});
    state.accept();
    Stream stream(15, Purpose::Test);
    std::vector<std::size_t> counts(bins, 0);
    for (int sample = 0; sample < 2000; ++sample) {
      for (int move = 0; move < 100; ++move) sampler.trial(state, stream);
      const double height = (state.positions()[0].z - low) / (high - low);
      if (height > 0 && height < 1) ++counts[static_cast<std::size_t>(height * bins)];
    }
    const double all = std::accumulate(expected.begin(), expected.end(), 0.0);
    std::vector<std::size_t> met;
    std::vector<double> shares;
    double total = 0;
    for (std::size_t k = 0; k < bins; ++k)
      if (expected[k] > 3e-3 * all) met.push_back(counts[k]), shares.push_back(expected[k]), total += expected[k];
    for (double& share : shares) share /= total;
    EXPECT_GT(shares.size(), 5U);
    EXPECT_GT(chi_square_p_value(met, shares), false_alarm) << relocation;
  }
}

/// The same random numbers with and without the overlap floor: not one decision differs.
TEST(OffLatticeSampler, decides_alike_without_the_overlap_floor) {
  const SodiumInteractions interactions{SodiumInteractionFiles{}};
  const Atoms host = explicit_sodium::aa_stack(9.0, 1, 5, 3);
  const SodiumPotential with(host, interactions, overlap_floor(interactions, 300)), without(host, interactions);
  const AccessibleVolume volume(with);
  const OffLatticeConditions conditions{.chemical_potential = -1.0, .temperature = 300};
  const auto run = [&](const SodiumPotential& potential) {
    OffLatticeSampler sampler(volume, conditions);
    SodiumConfiguration state(potential, 50);
    Stream stream(16, Purpose::Test);
    for (int move = 0; move < 30000; ++move) sampler.trial(state, stream);
    EXPECT_GT(state.count(), 8U);
    const double energy = state.energy();
    state.refresh();
    EXPECT_NEAR(state.energy(), energy, 1e-9);  // bookkeeping over the whole chain
    return std::vector<Vector3>(state.positions().begin(), state.positions().end());
  };
  EXPECT_EQ(run(with), run(without));
}

TEST(OffLatticeSampler, adapts_its_step_on_request_only) {
  const SodiumPotential potential({Cell::cubic(12), {}, {}}, SodiumInteractions());
  const AccessibleVolume volume(potential);
  OffLatticeSampler sampler(volume, {.chemical_potential = ideal_potential(5, 1728), .temperature = 300});
  SodiumConfiguration state(potential);
  Stream stream(17, Purpose::Test);
  const double step = sampler.step();
  for (int move = 0; move < 3000; ++move) sampler.trial(state, stream);
  EXPECT_EQ(sampler.step(), step);
  sampler.adapt_step();
  EXPECT_GT(sampler.step(), step);  // an ideal gas accepts all
}

}  // namespace
}  // namespace cardhouse
