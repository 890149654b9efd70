#include "engine/sodium/hamiltonian.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/base/constants.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

using synthetic::empty;
using synthetic::parameters;
using synthetic::site;

HamiltonianTerms only(bool HamiltonianTerms::*term) {
  HamiltonianTerms terms = HamiltonianTerms::none();
  terms.*term = true;
  return terms;
}

double energy_of(const SiteNetwork& network, const HamiltonianTerms& terms, std::vector<std::uint8_t> occupied) {
  return Hamiltonian(network, parameters(terms)).energy(occupied);
}

SiteNetwork pair_at(double distance, SiteClass kind, double charge) {
  SiteNetwork network = empty(60);
  network.sites = {site({10, 10, 10}, kind, -0.1, charge), site({10 + distance, 10, 10}, kind, -0.2, charge)};
  return network;
}

TEST(Hamiltonian, adds_site_energies_when_every_term_is_off) {
  const SiteNetwork network = pair_at(1.0, SiteClass::Terrace, 0.8);
  EXPECT_DOUBLE_EQ(energy_of(network, HamiltonianTerms::none(), {1, 1}), -0.3);
  EXPECT_DOUBLE_EQ(energy_of(network, HamiltonianTerms::none(), {0, 1}), -0.2);
}

TEST(Hamiltonian, repels_charges_as_a_screened_coulomb_law) {
  const auto terms = only(&HamiltonianTerms::repulsion);
  const auto law = [](double r) { return 0.64 * constants::coulomb / (5 * r) * std::exp(-r / 5); };
  EXPECT_NEAR(energy_of(pair_at(4.3, SiteClass::Gallery, 0.8), terms, {1, 1}) + 0.3, law(4.3) - law(12), 6e-8);
  EXPECT_NEAR(law(4.3), 0.18, 0.005);
  EXPECT_NEAR(energy_of(pair_at(12.1, SiteClass::Gallery, 0.8), terms, {1, 1}) + 0.3, 0, 1e-12);
  for (const SiteClass pore : {SiteClass::PoreCore, SiteClass::PoreWall})  // there sodium is metal
    EXPECT_NEAR(energy_of(pair_at(4.3, pore, 0.8), terms, {1, 1}) + 0.3, 0, 1e-12);
}

TEST(Hamiltonian, counts_periodic_images_of_a_lone_charge) {
  SiteNetwork network = empty(8.0);
  network.sites = {site({1, 1, 1}, SiteClass::Gallery, 0, 1.0)};
  const auto v = [&](double r) { return screened_repulsion(r, parameters().repulsion); };
  EXPECT_NEAR(energy_of(network, only(&HamiltonianTerms::repulsion), {1}), 3 * v(8) + 6 * v(8 * std::sqrt(2.0)), 1e-6);
}

TEST(Hamiltonian, forbids_cores_that_overlap) {
  const auto terms = only(&HamiltonianTerms::exclusion);
  EXPECT_EQ(energy_of(pair_at(2.9, SiteClass::Gallery, 0.8), terms, {1, 1}), std::numeric_limits<double>::infinity());
  EXPECT_NEAR(energy_of(pair_at(3.1, SiteClass::Gallery, 0.8), terms, {1, 1}), -0.3, 1e-12);
}

TEST(Hamiltonian, gives_bulk_bcc_sodium_the_energy_zero) {
  const SiteNetwork network = synthetic::bcc(4);
  const Hamiltonian h(network, parameters());
  EXPECT_NEAR(bond_weight(4.29, parameters().metal), 0.5, 1e-12);
  EXPECT_NEAR(h.energy(std::vector<std::uint8_t>(h.size(), 1)), 0, 1e-8);
}

TEST(Hamiltonian, gives_a_lone_atom_the_cohesive_energy) {
  const SiteNetwork network = synthetic::bcc(4);
  const Hamiltonian h(network, parameters());
  std::vector<std::uint8_t> one(h.size(), 0);
  one[5] = 1;
  EXPECT_NEAR(h.energy(one), 1.113, 1e-12);
}

TEST(Hamiltonian, gives_a_100_surface_its_broken_bonds) {
  const SiteNetwork network = synthetic::bcc(6);
  const Hamiltonian h(network, parameters());
  std::vector<std::uint8_t> slab(h.size(), 0);
  for (std::size_t i = 0; i < h.size(); ++i) slab[i] = network.sites[i].position.z < 3.9 * 4.29;
  const double second_layer = 11 - 0.5;  // the first loses 4 of 8 near and 1 of 6 second neighbours
  const double expected = 2 * 36 * 1.113 * (2 - std::sqrt((11 - 4.5) / 11) - std::sqrt(second_layer / 11));
  EXPECT_NEAR(h.energy(slab), expected, 1e-8);
}

TEST(Hamiltonian, binds_sodium_in_pores_by_its_coordination_whatever_its_charge) {
  const auto terms = only(&HamiltonianTerms::metal);
  for (const double charge : {0.0, 0.8}) {
    EXPECT_NEAR(energy_of(pair_at(3.7, SiteClass::PoreWall, charge), terms, {1, 1}) + 0.3,
                2 * 0.5 * (1 - std::sqrt(1 / 5.0)), 1e-12);
    EXPECT_NEAR(energy_of(pair_at(3.7, SiteClass::PoreCore, charge), terms, {1, 1}) + 0.3,
                2 * 1.113 * (1 - std::sqrt(1 / 5.0)), 1e-12);
    EXPECT_NEAR(energy_of(pair_at(3.7, SiteClass::Gallery, charge), terms, {1, 1}) + 0.3, 0, 1e-12);
  }
}

TEST(Hamiltonian, wets_walls_by_covered_area) {
  SiteNetwork network = pair_at(20, SiteClass::PoreWall, 0);
  network.sites[0].covered_area = 13;
  EXPECT_NEAR(energy_of(network, only(&HamiltonianTerms::wetting), {1, 1}), -0.3 - 0.0051 * 13, 1e-12);
}

/// (110) planes of bcc sodium, a = 4.29 angstrom, 24 atoms each: the first is on a wall, the last is bare.
SiteNetwork film_on_a_wall(int planes) {
  constexpr double a = 4.29;
  const double depth = a / std::sqrt(2.0);
  const double width = a * std::sqrt(2.0);
  SiteNetwork network = empty(1);
  network.cell = Cell::orthorhombic(3 * width, 4 * a, planes * depth + 20);
  for (int plane = 0; plane < planes; ++plane)
    for (int x = 0; x < 6; ++x)
      for (int y = 0; y < 4; ++y) {
        Site s = site({width / 2 * x, a * (y + 0.5 * ((x + plane) % 2)), depth * plane},
                      plane == 0 ? SiteClass::PoreWall : SiteClass::PoreCore);
        s.covered_area = plane == 0 ? a * width / 2 : 0;
        network.sites.push_back(s);
      }
  return network;
}

TEST(Hamiltonian, gives_a_metal_that_covers_its_wall_the_wetting_energy_alone) {
  const SiteNetwork network = film_on_a_wall(6);
  const Hamiltonian h(network, parameters());
  const std::vector<std::uint8_t> all(h.size(), 1);
  EXPECT_NEAR(h.energy(all), -0.0051 * 24 * 4.29 * 4.29 * std::sqrt(2.0) / 2, 1e-8);
  std::vector<std::uint8_t> thinner = all;
  for (std::size_t i = h.size() - 24; i < h.size(); ++i) thinner[i] = 0;
  EXPECT_NEAR(h.energy(thinner) - h.energy(all), 24 * 1.113 * (1 - std::sqrt(8 / 11.0)), 1e-8);  // a bare (110) face
}

TEST(Hamiltonian, gives_a_lone_wall_atom_its_energy_from_first_principles) {
  SiteNetwork network = film_on_a_wall(6);
  const Hamiltonian h(network, parameters());
  std::vector<std::uint8_t> one(h.size(), 0);
  one[3] = 1;
  EXPECT_NEAR(h.energy(one), 0.50, 1e-12);
  network.sites[3].curvature = 0.1;  // is in the wetting energy already
  EXPECT_NEAR(Hamiltonian(network, parameters()).energy(one), 0.50, 1e-12);
}

TEST(Hamiltonian, bonds_metal_to_sodium_on_defects_of_the_wall_but_not_through_the_wall) {
  const auto terms = only(&HamiltonianTerms::metal);
  SiteNetwork network = pair_at(3.7, SiteClass::PoreCore, 0);
  network.sites[1].kind = SiteClass::Defect;
  EXPECT_NEAR(energy_of(network, terms, {1, 1}) + 0.3, 1.113 * (1 - std::sqrt(1 / 5.0)), 1e-12);
  network.sites[1].spacing = 3.8;
  EXPECT_NEAR(energy_of(network, terms, {1, 1}) + 0.3, 1.113, 1e-12);
}

TEST(Hamiltonian, favours_concave_walls) {
  SiteNetwork network = pair_at(20, SiteClass::Terrace, 0);
  network.sites[1].curvature = 0.1;
  EXPECT_NEAR(energy_of(network, only(&HamiltonianTerms::curvature), {1, 1}), -0.3 - 0.07, 1e-12);
  network.sites[1].kind = SiteClass::Gallery;
  EXPECT_NEAR(energy_of(network, only(&HamiltonianTerms::curvature), {1, 1}), -0.3, 1e-12);
}

TEST(Hamiltonian, shares_host_electrons_within_a_domain) {
  SiteNetwork network = pair_at(20, SiteClass::Terrace, 0.8);
  network.domains = {{100}, {100}};
  network.sites[0].domain = 0;
  network.sites[1].domain = 0;
  const auto terms = only(&HamiltonianTerms::host_electrons);
  const CollectiveGroup group = CollectiveGroup::host_electrons({100}, parameters().host_electrons);
  EXPECT_NEAR(energy_of(network, terms, {1, 1}), -0.3 + group.energy(1.6), 1e-7);
  network.sites[1].domain = 1;
  EXPECT_NEAR(energy_of(network, terms, {1, 1}), -0.3 + 2 * group.energy(0.8), 1e-7);
  network.sites[1].kind = SiteClass::PoreWall;  // without a shared reservoir metal keeps its electrons
  EXPECT_NEAR(energy_of(network, terms, {1, 1}), -0.3 + group.energy(0.8), 1e-7);
}

/// A pore of (110) planes on a wall, and beside it a gallery of sites that share the wall's domain.
SiteNetwork film_and_gallery(int planes, double area, int galleries) {
  SiteNetwork network = film_on_a_wall(planes);
  network.domains = {{area}};
  for (Site& s : network.sites)
    if (s.kind == SiteClass::PoreWall) s.domain = 0;
  const double top = norm(network.cell.vectors()[2]) - 8;
  for (int i = 0; i < galleries; ++i) {
    network.sites.push_back(site({2.0 + 3.1 * (i % 5), 2.0 + 3.1 * (i / 5 % 5), top}, SiteClass::Gallery, -0.4, 0.8));
    network.sites.back().spacing = 3.8;
    network.sites.back().domain = 0;
  }
  return network;
}

TEST(Hamiltonian, gives_a_lone_wall_atom_of_a_neutral_domain_its_energy_from_first_principles_with_a_shared_reservoir) {
  for (const double area : {100.0, 1000.0, 1e6}) {
    const SiteNetwork network = film_and_gallery(6, area, 0);
    const Hamiltonian h(network, parameters());
    ASSERT_GT(h.electrons(3), 0.1);
    std::vector<std::uint8_t> one(h.size(), 0);
    one[3] = 1;
    EXPECT_NEAR(h.energy(one), 0.50, 1e-12) << area;
  }
}

// Electrons that lift the mean level during the filling to the reference; then the host pays nothing beyond the
// wetting.
TEST(Hamiltonian, fills_a_pore_at_gibbs_and_thomson_when_the_host_is_at_the_reference_level) {
  const SodiumParameters p = parameters();
  for (const double area : {400.0, 4000.0}) {
    SiteNetwork network = film_and_gallery(6, area, 1);
    const double contact =
        24 * rounded_for_exact_sums(p.shared_reservoir.contact_density * 4.29 * 4.29 / std::sqrt(2.0));
    const CollectiveGroup host = CollectiveGroup::host_electrons({area}, p.host_electrons);
    double low = 0;
    double high = 0.1 * area;
    for (int step = 0; step < 100; ++step) {
      const double middle = (low + high) / 2;
      (host.change(middle, contact) < p.shared_reservoir.reference_level * contact ? low : high) = middle;
    }
    // The electrons of the galleries, put into the offset: the film sees nothing else of them.
    SodiumParameters charged = p;
    charged.host_electrons.offset_density += low / area;
    const Hamiltonian h(network, charged);
    std::vector<std::uint8_t> film(h.size(), 1);
    film.back() = 0;
    EXPECT_NEAR(h.energy(film), p.wetting_energy * 24 * 4.29 * 4.29 / std::sqrt(2.0), 1e-6) << area;
  }
}

TEST(Hamiltonian, makes_a_filled_pore_dearer_by_its_contact_charge_when_the_host_is_fuller) {
  const SodiumParameters p = parameters();
  const SiteNetwork network = film_and_gallery(6, 4000, 20);
  const Hamiltonian h(network, p);
  const std::size_t film = h.size() - 20;
  const auto energy = [&](bool filled, bool galleries) {
    std::vector<std::uint8_t> occupied(h.size(), galleries);
    for (std::size_t i = 0; i < film; ++i) occupied[i] = filled;
    return h.energy(occupied);
  };
  double contact = 0;
  for (std::size_t i = 0; i < film; ++i) contact += h.electrons(i);
  const CollectiveGroup host = CollectiveGroup::host_electrons({4000}, p.host_electrons);
  const double coupling = host.change(16 * rounded_for_exact_sums(0.8) / 0.8, contact) - host.change(0, contact);
  const double found = energy(true, true) - energy(false, true) - energy(true, false) + energy(false, false);
  EXPECT_GT(coupling, 0.05);
  EXPECT_NEAR(found, coupling, 1e-6);
}

TEST(Hamiltonian, couples_no_pore_to_galleries_without_the_shared_reservoir) {
  SodiumParameters p = parameters();
  p.terms.shared_reservoir = false;
  const SiteNetwork network = film_and_gallery(3, 4000, 20);
  const Hamiltonian h(network, p);
  for (std::size_t i = 0; i + 20 < h.size(); ++i) EXPECT_EQ(h.electrons(i), 0);
}

double lone_opening() {
  const OpeningParameters p = parameters().opening;
  return CollectiveGroup::gallery_opening({1, p.reference_spacing}, p).energy(1);
}

TEST(Hamiltonian, opens_galleries_by_the_number_of_sodium) {
  SiteNetwork network = pair_at(20, SiteClass::Gallery, 0);
  network.patches = {{300, 3.6}};
  network.sites[0].patch = network.sites[1].patch = 0;
  const CollectiveGroup group = CollectiveGroup::gallery_opening({300, 3.6}, parameters().opening);
  const auto opening = only(&HamiltonianTerms::opening);
  EXPECT_NEAR(energy_of(network, opening, {1, 1}), -0.3 + group.energy(2) - 2 * lone_opening(), 1e-12);
}

TEST(Hamiltonian, takes_the_share_of_a_slit_in_the_opening_off_its_level) {
  SiteNetwork network = pair_at(20, SiteClass::Gallery, 0);
  network.patches = {{300, 3.6}};
  network.sites[0].patch = 0;
  network.sites[1].kind = SiteClass::Slit;
  network.sites[1].gallery_share = 0.25;
  const double patch = CollectiveGroup::gallery_opening({300, 3.6}, parameters().opening).energy(1);
  EXPECT_LT(lone_opening(), 0);
  EXPECT_NEAR(energy_of(network, only(&HamiltonianTerms::opening), {1, 1}), -0.3 + patch - 1.25 * lone_opening(),
              1e-12);
  EXPECT_NEAR(energy_of(network, only(&HamiltonianTerms::curvature), {1, 1}), -0.3, 1e-12);
}

TEST(Hamiltonian, counts_opening_from_one_spacing_for_all_carbons) {
  SiteNetwork network = pair_at(20, SiteClass::Gallery, 0);
  network.patches = {{40, 3.5}, {40, parameters().opening.reference_spacing}};
  network.sites[0].patch = 0;
  network.sites[1].patch = 1;
  const auto opening = only(&HamiltonianTerms::opening);
  const double of_one = energy_of(network, opening, {0, 1});  // at the reference spacing: nothing but its level
  EXPECT_LT(energy_of(network, opening, {1, 0}), of_one - 0.1);
  network.sites[0].patch = 1;  // whatever the other galleries of the carbon are
  EXPECT_DOUBLE_EQ(energy_of(network, opening, {0, 1}), of_one);
}

}  // namespace
}  // namespace cardhouse
