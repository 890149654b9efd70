// On one rank that holds all bricks; divided_check.cpp does the same on several.
#include "engine/relax/divided_potential.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "engine/relax/dynamics.hpp"
#include "tests/relax/divided_samples.hpp"

namespace cardhouse {
namespace {

using samples::Divided;

Divided::Make maker(const std::string& name) {
  return [name](const CarbonStructure& structure) { return samples::make_tested(name, structure); };
}

struct Case {
  std::string potential;
  CarbonStructure (*structure)();
};

/// Thinner than a reach when cut, and with several images of one atom in a halo.
CarbonStructure small_graphite() {
  return samples::skewed_graphite(4, 3, 4);
}
CarbonStructure large_graphite() {
  return samples::skewed_graphite(10, 6, 6);
}
CarbonStructure carbon() {
  return samples::disordered_carbon(600);
}
CarbonStructure hydrocarbon() {
  return samples::crowd(500, 0.3, 17, 1.0, 4);
}
CarbonStructure flake() {
  CarbonStructure result = samples::decorated_coronene(14);
  Stream stream(12, Purpose::Test);
  samples::rattle(result.atoms, 0.06, stream);
  return result;
}
CarbonStructure sodium() {
  return samples::rattled_sodium(5);
}
CarbonStructure sodium_in_carbon() {
  CarbonStructure result = samples::disordered_carbon(600);
  for (std::size_t i = 0; i < result.atoms.size(); i += 5) result.atoms.elements[i] = Element::Na;
  return result;
}

bool is_cut(std::string_view potential) {
  return potential != "charge-equilibration" && potential != "nep";
}

/// Every potential of the registry that can be cut, with what its elements allow. Crowds have more bonds than sp2
/// knows.
std::vector<Case> cases() {
  std::vector<Case> result;
  for (const PotentialEntry& entry : potentials()) {
    const std::string name(entry.name);
    if (!is_cut(name)) continue;
    const bool of_file = entry.elements.empty();
    const bool takes_crowds = !name.starts_with("sp2");
    const auto knows = [&](Element element) { return of_file || std::ranges::count(entry.elements, element) > 0; };
    const auto add = [&](bool is_fit, CarbonStructure (*structure)()) {
      if (is_fit) result.push_back({name, structure});
    };
    const bool knows_carbon = knows(Element::C) && name != "embedded-atom";
    add(knows_carbon, small_graphite);
    add(knows_carbon, large_graphite);
    add(knows_carbon && takes_crowds, carbon);
    add(knows_carbon && takes_crowds && knows(Element::H), hydrocarbon);
    add(knows_carbon && !of_file && knows(Element::N), flake);
    add(knows_carbon && !of_file && knows(Element::Na), sodium_in_carbon);
    add(!knows_carbon, sodium);
  }
  return result;
}

class EveryDivisible : public testing::TestWithParam<Case> {};

TEST_P(EveryDivisible, gives_in_bricks_what_it_gives_in_one_piece) {
  const auto make = maker(GetParam().potential);
  const CarbonStructure structure = GetParam().structure();
  const samples::Answer whole = samples::evaluate_whole(*make(structure), structure.atoms);
  for (const int bricks : {1, 3, 8}) {
    Divided divided(structure, make, bricks);
    EXPECT_LT(samples::difference(whole, samples::evaluate_divided(divided)), 1e-10) << bricks << " bricks";
  }
}

std::string case_name(const testing::TestParamInfo<Case>& tested) {
  std::string name = tested.param.potential;
  std::ranges::replace_if(
      name, [](char c) { return c == '-' || c == '+'; }, '_');
  return name + "_" + std::to_string(tested.index);
}

INSTANTIATE_TEST_SUITE_P(DividedPotential, EveryDivisible, testing::ValuesIn(cases()), case_name);

/// A potential that claims to look less far than it does.
class ShortSighted final : public Potential {
 public:
  ShortSighted(std::unique_ptr<Potential> inner, double share) : inner_(std::move(inner)), share_(share) {}
  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override {
    return inner_->evaluate(atoms, forces);
  }
  double cutoff() const override { return inner_->cutoff(); }
  std::string_view name() const override { return inner_->name(); }
  std::optional<Reach> reach() const override { return Reach{.distance = share_ * inner_->reach()->distance}; }
  void set_centres(std::size_t n) override { inner_->set_centres(n); }

 private:
  std::unique_ptr<Potential> inner_;
  double share_;
};

TEST(DividedPotential, cuts_all_potentials_but_two) {
  for (const PotentialEntry& entry : potentials()) {
    const CarbonStructure atom{{Cell::cubic(30), {{}}, {entry.elements.size() == 1 ? entry.elements[0] : Element::C}},
                               BondGraph(1, {})};
    if (entry.name == "embedded-atom") continue;  // its file knows sodium alone
    EXPECT_EQ(samples::make_tested(entry.name, atom)->reach().has_value(), is_cut(entry.name)) << entry.name;
  }
}

TEST(DividedPotential, is_wrong_with_halos_that_are_too_thin) {
  const CarbonStructure structure = carbon();
  for (const auto& [name, share] :
       {std::pair{"tersoff", 0.1}, {"rebo", 0.3}, {"edip-carbon", 0.3}, {"lennard-jones", 0.6}}) {
    const samples::Answer whole = samples::evaluate_whole(*maker(name)(structure), structure.atoms);
    Divided divided(
        structure,
        [&](const CarbonStructure& part) { return std::make_unique<ShortSighted>(maker(name)(part), share); }, 4);
    EXPECT_GT(samples::difference(whole, samples::evaluate_divided(divided)), 1e-6) << name;
  }
}

TEST(DividedPotential, follows_atoms_that_migrate_between_bricks) {
  Divided divided(carbon(), maker("tersoff"), 4);
  const DynamicsOptions hot{.ensemble = Ensemble::Nvt, .temperature = 8000, .time = 1e-13, .heat_time = 1e-14};
  std::vector<Vector3> forces(divided.own.size());
  divided.potential.evaluate(divided.own, forces);
  const std::vector<std::uint32_t> before = divided.potential.centres();
  run_dynamics(divided.share(), hot);
  EXPECT_GT(divided.potential.cuts(), 3u);
  EXPECT_NE(divided.potential.centres(), before);
  CarbonStructure end{divided.share().whole(), divided.whole.bonds};
  const samples::Answer whole = samples::evaluate_whole(*maker("tersoff")(end), end.atoms);
  EXPECT_LT(samples::difference(whole, samples::evaluate_divided(divided)), 1e-9);
}

TEST(DividedPotential, follows_a_cell_that_changes_its_lengths) {
  Divided divided(large_graphite(), maker("sp2-bonded+lennard-jones"), 4);
  samples::evaluate_divided(divided);
  for (const double factor : {1.01, 0.96}) {
    const auto& [a, b, c] = divided.own.cell.vectors();
    divided.own.cell = Cell(factor * a, b, c * (2 - factor));
    for (Vector3& r : divided.own.positions) {
      const Vector3 f = Cell(a, b, c).to_fractional(r);
      r = divided.own.cell.to_cartesian(f);
    }
    CarbonStructure now{divided.share().whole(), divided.whole.bonds};
    const samples::Answer whole = samples::evaluate_whole(*maker("sp2-bonded+lennard-jones")(now), now.atoms);
    EXPECT_LT(samples::difference(whole, samples::evaluate_divided(divided)), 1e-10) << factor;
  }
}

}  // namespace
}  // namespace cardhouse
