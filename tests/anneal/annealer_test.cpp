#include "engine/anneal/annealer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/anneal/samples.hpp"

namespace cardhouse {
namespace {

AnnealerOptions at(double thermal_energy) {
  AnnealerOptions options;
  options.thermal_energy = thermal_energy;
  return options;
}

// A sheet with bonds turned at random, relaxed.
CarbonStructure scrambled(const CarbonStructure& sheet, std::size_t flips) {
  Annealer hot(sheet, at(100));
  Stream stream(9, Purpose::Test);
  while (hot.counts().accepted < flips) hot.try_flip(stream);
  hot.relax_all(300, 0.01);
  return hot.network().structure();
}

// One patch that holds everything, relaxed well: the energy is then a function of the bonds alone.
AnnealerOptions exact(double thermal_energy) {
  AnnealerOptions options = at(thermal_energy);
  options.first_patch_bonds = options.patch_bonds = 30;
  options.minimiser.max_steps = 400;
  options.minimiser.force_tolerance = 0.005;
  options.minimiser.early_rejection = false;
  return options;
}

// A stream that proposes one flip and draws `u` for its acceptance.
Stream proposing(std::size_t atom, std::size_t slot, std::size_t side, std::size_t atoms, double u) {
  return Stream::scripted({(static_cast<double>(atom) + 0.5) / static_cast<double>(atoms),
                           (static_cast<double>(slot) + 0.5) / 3, (static_cast<double>(side) + 0.5) / 2, u});
}

TEST(Annealer, gives_a_stone_wales_defect_of_a_free_sheet_its_formation_energy) {
  CarbonNetwork network(graphene_sheet(10, 6));
  Stream stream(1, Purpose::Test);
  apply(network, *propose_flip(network, stream));
  for (std::uint32_t atom = 0; atom < network.size(); ++atom)  // free to buckle
    network.place(atom, network.position(atom) + Vector3{0, 0, 0.05 * stream.normal()});
  Annealer annealer(network.structure(), at(1));
  EXPECT_NEAR(annealer.relax_all(5000, 0.001), 5.0, 1.0);  // Ma 2009, doi:10.1103/PhysRevB.80.033407: 4.66 to 5.08 eV
}

TEST(Annealer, accepts_with_the_boltzmann_factor_and_always_downhill) {
  constexpr double kT = 2;
  const CarbonStructure rough = scrambled(graphene_sheet(5, 3), 3);
  int uphill = 0, downhill = 0;
  for (std::size_t atom = 0; atom < rough.atoms.size(); atom += 2) {
    const auto proposal = [&](double u) { return proposing(atom, atom % 3, 0, rough.atoms.size(), u); };
    Annealer always(rough, exact(kT));
    const double before = always.relax_all(2000, 0.005);
    Stream sure = proposal(1e-12);
    if (!always.try_flip(sure)) continue;  // not a flip that is allowed
    const double change = always.energy() - before;
    for (const double off : {-0.03, 0.03}) {
      const double probability = std::exp(-change / kT) * (1 + off);
      Annealer annealer(rough, exact(kT));
      annealer.relax_all(2000, 0.005);
      Stream stream = proposal(std::min(probability, 0.999));
      EXPECT_EQ(annealer.try_flip(stream), probability >= 1 || off < 0) << "energy change " << change;
    }
    ++(change > 0 ? uphill : downhill);
  }
  EXPECT_GT(uphill, 5);
  EXPECT_GT(downhill, 0);
}

// Detailed balance needs as many proposals from one network to another as back.
TEST(Annealer, proposes_every_flip_as_often_as_its_reverse) {
  const CarbonStructure rough = scrambled(graphene_sheet(6, 4), 6);
  const auto proposals = [](const CarbonStructure& from, const CarbonStructure& to) {
    const CarbonNetwork network(from);
    int ways = 0;
    for (std::size_t i = 0; i < network.size() * 6; ++i) {
      Stream stream = proposing(i / 6, i / 2 % 3, i % 2, network.size(), 0.5);
      const auto flip = propose_flip(network, stream);
      if (!flip) continue;
      CarbonNetwork flipped = network;
      apply(flipped, *flip);
      ways += flipped.structure().bonds.bonds() == to.bonds.bonds() ? 1 : 0;
    }
    return ways;
  };
  int pairs = 0;
  for (std::size_t atom = 0; atom < rough.atoms.size(); atom += 8) {
    Annealer annealer(rough, exact(100));
    Stream stream = proposing(atom, 0, 1, rough.atoms.size(), 0.5);
    if (!annealer.try_flip(stream)) continue;
    const CarbonStructure after = annealer.network().structure();
    EXPECT_EQ(proposals(rough, after), proposals(after, rough));
    EXPECT_GT(proposals(rough, after), 0);
    ++pairs;
  }
  EXPECT_GT(pairs, 5);
}

// In equilibrium the times spent in the perfect sheet and in one with a single defect of some kind are as 1 to the
// number of its bonds of that direction times exp(-E/kT), whatever else happens: as many proposals lead back from the
// defect as lead to it along one bond.
struct Visits {
  std::vector<double> perfect, defect;  ///< per block of moves
};

constexpr double small_kT = 2;
constexpr int blocks = 15, moves_per_block = 1500;

AnnealerOptions small_sheet_options(double kT) {
  AnnealerOptions options = exact(kT);
  options.rings = {5, 7};
  options.minimiser.force_tolerance = 0.02;
  options.minimiser.early_rejection = true;
  return options;
}

// Energy of the defect made by turning a bond along y; its bonds are a third of all.
double defect_energy(const CarbonStructure& sheet) {
  CarbonNetwork network(sheet);
  for (std::uint64_t seed = 1;; ++seed) {
    Stream stream(seed, Purpose::Test);
    const auto flip = propose_flip(network, stream);
    if (std::abs(network.separation(flip->a, flip->b).x) > 0.1) continue;
    apply(network, *flip);
    return Annealer(network.structure(), exact(1)).relax_all(2000, 0.005);
  }
}

Visits visit(const CarbonStructure& sheet, double kT, double energy_of_defect) {
  Annealer annealer(sheet, small_sheet_options(kT));
  Stream stream(11, Purpose::Test);
  Visits visits;
  double energy = 0;
  for (int block = 0; block < blocks; ++block) {
    visits.perfect.push_back(0), visits.defect.push_back(0);
    for (int move = 0; move < moves_per_block; ++move) {
      if (annealer.try_flip(stream)) energy = annealer.energy();
      visits.perfect.back() += energy < 0.05 ? 1 : 0;
      visits.defect.back() += std::abs(energy - energy_of_defect) < 0.02 ? 1 : 0;
    }
  }
  return visits;
}

// How many standard errors the defect is off its expected share, from the scatter of the blocks.
double deviation(const Visits& visits, double expected_ratio) {
  double sum = 0, squares = 0;
  for (int block = 0; block < blocks; ++block) {
    const double excess = visits.defect[block] - expected_ratio * visits.perfect[block];
    sum += excess;
    squares += excess * excess;
  }
  const double mean = sum / blocks;
  return mean / std::sqrt((squares / blocks - mean * mean) / (blocks - 1));
}

TEST(Annealer, visits_networks_with_their_boltzmann_weights) {
  const CarbonStructure sheet = graphene_sheet(4, 2);
  const double energy = defect_energy(sheet);
  const double ways = static_cast<double>(sheet.bonds.bonds().size()) / 3;
  const double expected = ways * std::exp(-energy / small_kT);
  EXPECT_LT(std::abs(deviation(visit(sheet, small_kT, energy), expected)), 3.3);  // false alarm 1 in 1000
  EXPECT_GT(deviation(visit(sheet, 1.5 * small_kT, energy), expected), 3.3);      // broken twin: kT too high by half
}

// The same moves with and without early rejection: every decision must agree but for a small share.
TEST(Annealer, rejects_early_only_what_relaxation_would_reject) {
  const CarbonStructure rough = scrambled(graphene_sheet(12, 7), 40);
  for (const double kT : {0.3, 0.6}) {
    AnnealerOptions patient = at(kT);
    patient.minimiser.early_rejection = false;
    Annealer quick(rough, at(kT)), slow(rough, patient);
    Stream stream_a(21, Purpose::Test), stream_b(21, Purpose::Test);
    int disagreements = 0;
    constexpr int trials = 3000;
    for (int trial = 0; trial < trials && disagreements == 0; ++trial)
      if (quick.try_flip(stream_a) != slow.try_flip(stream_b)) ++disagreements;
    EXPECT_EQ(disagreements, 0);
    EXPECT_GT(quick.counts().accepted, 20U);
    EXPECT_GT(quick.counts().rejected_early, 1000U);
    EXPECT_LT(3 * quick.counts().evaluations, slow.counts().evaluations);
  }
}

TEST(Annealer, leaves_a_rejected_move_without_a_trace) {
  const CarbonStructure sheet = graphene_sheet(6, 4);
  Annealer annealer(sheet, at(0.05));
  Stream stream(2, Purpose::Test);
  for (int trial = 0; trial < 200; ++trial) EXPECT_FALSE(annealer.try_flip(stream));
  const CarbonStructure after = annealer.network().structure();
  EXPECT_EQ(after.bonds.bonds(), sheet.bonds.bonds());
  for (std::size_t i = 0; i < sheet.atoms.size(); ++i)
    EXPECT_EQ(after.atoms.positions[i], sheet.atoms.cell.wrap(sheet.atoms.positions[i]));
}

}  // namespace
}  // namespace cardhouse
