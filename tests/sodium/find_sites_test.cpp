#include "engine/sodium/find_sites.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "engine/base/errors.hpp"
#include "engine/sodium/occupation.hpp"
#include "engine/sodium/site_links.hpp"
#include "engine/sodium/site_report.hpp"
#include "tests/sodium/carbon_samples.hpp"
#include "tests/sodium/synthetic_networks.hpp"

namespace cardhouse {
namespace {

using namespace samples;
using testing::HasSubstr;

SiteNetwork sites_of(Atoms atoms) {
  return find_sites(bonded(std::move(atoms)), parameters());
}

// All galleries of this stack are 3.8 wide: the cell is twice that high.
Atoms graphite(double shift) {
  return stack(4, 3, 7.6, {{1, 0}, {4.8, shift}});
}
constexpr std::size_t hexagons = 2 * 4 * 3;  // in each sheet of it

std::vector<double> sorted_energies(const SiteNetwork& network) {
  std::vector<double> energies;
  for (const Site& site : network.sites) energies.push_back(site.energy);
  std::sort(energies.begin(), energies.end());
  return energies;
}

std::size_t count_kind(const SiteNetwork& network, SiteClass kind) {
  return report_sites(network).of(kind);
}

void expect_same_but_for_size(const SiteNetwork& one, const SiteNetwork& other, std::size_t times) {
  const SiteReport a = report_sites(one);
  const SiteReport b = report_sites(other);
  for (std::size_t kind = 0; kind < a.count.size(); ++kind) EXPECT_EQ(b.count[kind], times * a.count[kind]) << kind;
  EXPECT_EQ(b.links, times * a.links);
  const std::vector<double> energies = sorted_energies(one);
  const std::vector<double> others = sorted_energies(other);
  ASSERT_EQ(others.size(), times * energies.size());
  for (std::size_t i = 0; i < others.size(); ++i) EXPECT_NEAR(others[i], energies[i / times], 1e-9);
}

TEST(FindSites, eclipsed_graphite_has_one_gallery_site_for_each_pair_of_hexagons) {
  const SiteNetwork network = sites_of(graphite(0));
  EXPECT_EQ(count_kind(network, SiteClass::Gallery), 2 * hexagons);
  EXPECT_EQ(network.sites.size(), 2 * hexagons);
  for (const Site& site : network.sites) {
    EXPECT_NEAR(site.spacing, 3.8, 1e-9);
    EXPECT_NEAR(std::min(std::abs(site.position.z - 2.9), std::abs(site.position.z - 6.7)), 0, 1e-9);
    EXPECT_NEAR(site.wall_distance, std::hypot(1.9, bond), 1e-9);
    EXPECT_NEAR(site.curvature, 0, 1e-9);
  }
}

TEST(FindSites, staggered_graphite_has_a_gallery_site_over_each_hexagon_of_either_sheet) {
  // No hexagon faces a hexagon: their centres are a bond apart, more than the merging distance.
  const SiteNetwork network = sites_of(graphite(1));
  EXPECT_EQ(count_kind(network, SiteClass::Gallery), 4 * hexagons);
  for (const Site& site : network.sites) {
    EXPECT_NEAR(site.spacing, 3.8, 1e-9);
    EXPECT_NEAR(std::min(std::abs(site.position.z - 2.9), std::abs(site.position.z - 6.7)), 0, 1e-9);
  }
}

TEST(FindSites, galleries_have_the_energy_of_their_spacing_whatever_stands_beside_them) {
  const SiteParameters p = parameters();
  const auto level = [&](double spacing) { return p.energies.gallery(spacing) + p.energies.gallery_shift; };
  for (const Site& site : sites_of(graphite(0)).sites) EXPECT_NEAR(site.energy, level(3.8), 1e-9);
  const SiteNetwork uneven = sites_of(stack(4, 3, 7.6, {{1, 0}, {4.7, 0}}));  // two galleries, 3.7 and 3.9 wide
  const std::vector<double> energies = sorted_energies(uneven);
  EXPECT_NEAR(energies.front(), level(3.9), 1e-9);
  EXPECT_NEAR(energies.back(), level(3.7), 1e-9);
}

TEST(FindSites, graphite_of_natural_spacing_stays_closed) {
  const SiteNetwork network = sites_of(stack(4, 3, 6.7, {{1, 0}, {4.35, 1}}));
  const SiteReport report = report_sites(network);
  EXPECT_EQ(report.links, 0u);
  EXPECT_EQ(report.isolated, network.sites.size());
  for (const Site& site : network.sites) EXPECT_GT(site.energy, 0);
}

TEST(FindSites, a_lone_sheet_has_terrace_sites_on_both_faces_and_no_pore) {
  const SiteNetwork network = sites_of(stack(4, 3, 60, {{30, 0}}));
  EXPECT_EQ(network.sites.size(), 2 * hexagons);
  EXPECT_EQ(count_kind(network, SiteClass::Terrace), 2 * hexagons);
  for (const Site& site : network.sites) {
    EXPECT_NEAR(std::abs(site.position.z - 30), 2.4, 1e-9);
    EXPECT_NEAR(site.energy, 0.5, 1e-12);
    EXPECT_EQ(site.spacing, 0);
    EXPECT_EQ(site.patch, -1);
  }
}

// Two sheets, eclipsed or not, 5.5 apart on one side and out of reach of each other on the other.
TEST(FindSites, a_slit_of_5_5_angstrom_is_one_plane_of_sites_that_both_faces_bind) {
  const SiteEnergies e = parameters().energies;
  for (const double shift : {0.0, 1.0}) {
    const SiteNetwork network = sites_of(stack(4, 3, 60, {{20, 0}, {25.5, shift}}));
    EXPECT_EQ(count_kind(network, SiteClass::Slit), (shift == 0 ? 1 : 2) * hexagons);
    EXPECT_EQ(count_kind(network, SiteClass::Terrace), 2 * hexagons);  // on the outside
    EXPECT_EQ(network.sites.size(), (shift == 0 ? 3 : 4) * hexagons);
    const double share = std::exp(-1.1 / e.gallery_fade);
    for (const Site& site : network.sites) {
      if (site.kind != SiteClass::Slit) continue;
      EXPECT_NEAR(site.position.z, 22.75, 1e-9);
      EXPECT_NEAR(site.gallery_share, share, 1e-9);
      EXPECT_NEAR(site.energy, e.faces(5.5) + share * (e.gallery(4.4) + e.gallery_shift - e.faces(4.4)), 1e-9);
      EXPECT_EQ(site.spacing, 0);
      EXPECT_EQ(site.patch, -1);
      EXPECT_EQ(site.charge, e.charge);
    }
  }
}

TEST(FindSites, a_slit_of_6_5_angstrom_is_two_planes_of_sites_each_over_its_own_face) {
  const SiteEnergies e = parameters().energies;
  const SiteNetwork network = sites_of(stack(4, 3, 60, {{20, 0}, {26.5, 0}}));
  EXPECT_EQ(count_kind(network, SiteClass::Slit), 2 * hexagons);
  EXPECT_EQ(count_kind(network, SiteClass::Terrace), 2 * hexagons);
  EXPECT_EQ(network.sites.size(), 4 * hexagons);
  const double share = std::exp(-2.1 / e.gallery_fade);
  const double second_face = e.faces.one_face(6.5 - 2.4);
  for (const Site& site : network.sites) {
    if (site.kind != SiteClass::Slit) continue;
    EXPECT_NEAR(std::min(std::abs(site.position.z - 22.4), std::abs(site.position.z - 24.1)), 0, 1e-9);
    EXPECT_NEAR(site.energy, 0.5 + second_face + share * (e.gallery(4.4) + e.gallery_shift - e.faces(4.4)), 1e-9);
  }
}

// A gallery that opens beside the narrowest slit: a lone sodium costs in the slit what it does in a gallery of 4.4,
// which has the level of the galleries without their opening.
TEST(FindSites, lone_sodium_finds_no_step_between_a_gallery_and_a_slit) {
  const SiteEnergies e = parameters().energies;
  HamiltonianTerms terms{};
  terms.host_electrons = terms.repulsion = false;
  const SodiumParameters p = synthetic::parameters(terms);
  const SiteNetwork network = sites_of(stack(4, 3, 60, {{20, 0}, {23.7, 0}, {28.1001, 0}}));
  ASSERT_EQ(count_kind(network, SiteClass::Slit), hexagons);
  const double opened = CollectiveGroup::gallery_opening({1, p.opening.reference_spacing}, p.opening).energy(1);
  const Hamiltonian hamiltonian(network, p);
  for (std::size_t i = 0; i < network.sites.size(); ++i) {
    if (network.sites[i].kind != SiteClass::Slit) continue;
    EXPECT_NEAR(hamiltonian.site_energy(i), e.gallery(4.4) + e.gallery_shift - opened, 1e-3);
  }
}

TEST(FindSites, a_slit_pore_has_walls_and_a_core_of_two_layers_or_more) {
  const SiteNetwork network = sites_of(stack(7, 4, 12, {{0, 0}}));
  std::set<long> heights;
  double covered = 0;
  for (const Site& site : network.sites) {
    ASSERT_TRUE(in_pore(site.kind));
    EXPECT_EQ(site.kind == SiteClass::PoreWall, site.covered_area > 0);
    EXPECT_GE(site.wall_distance, 2.79);
    EXPECT_NEAR(site.charge, samples::parameters().energies.charge * std::exp(-(site.wall_distance - 2.5) / 1.5),
                1e-12);
    EXPECT_EQ(site.energy, 0);
    covered += site.covered_area;
    if (site.kind == SiteClass::PoreCore) heights.insert(std::lround(site.position.z * 1000));
  }
  EXPECT_NEAR(covered, 2 * 2 * 7 * 4 * parameters().geometry.hollow_area, 1e-9);
  EXPECT_GE(heights.size(), 2u);
  EXPECT_EQ(report_sites(network).components, 1u);
}

// Whatever the lattice of sodium makes of the width between the walls.
TEST(FindSites, a_filled_pore_costs_the_wetting_of_its_walls_and_nothing_else) {
  SodiumParameters p = synthetic::parameters();
  p.terms.shared_reservoir = false;  // else it also charges its walls
  for (const double width : {8.0, 12.0, 13.1, 14.2, 16.0, 20.0}) {
    const SiteNetwork network = sites_of(stack(10, 6, width, {{0, 0}}));
    const Hamiltonian hamiltonian(network, p);
    const double energy = hamiltonian.energy(std::vector<std::uint8_t>(hamiltonian.size(), 1));
    EXPECT_NEAR(energy, p.wetting_energy * 2 * 2 * 10 * 6 * parameters().geometry.hollow_area, 1e-6) << width;
    EXPECT_LT(std::abs(energy) / static_cast<double>(hamiltonian.size()), 0.1) << width;
  }
}

TEST(FindSites, a_lone_atom_on_a_pore_wall_costs_what_it_does_on_a_terrace) {
  const SiteNetwork network = sites_of(stack(7, 4, 12, {{0, 0}}));
  const Hamiltonian hamiltonian(network, synthetic::parameters());
  const Occupation empty(hamiltonian);
  for (std::size_t i = 0; i < network.sites.size(); ++i) {
    if (network.sites[i].kind != SiteClass::PoreWall) continue;
    EXPECT_EQ(network.sites[i].energy, 0);
    EXPECT_NEAR(empty.insertion_energy(i), parameters().energies.terrace, 1e-9);
  }
}

TEST(FindSites, a_monovacancy_is_one_defect_site_on_either_face) {
  const Atoms sheet = stack(6, 4, 60, {{30, 0}});
  const SiteNetwork network = sites_of(without(sheet, 20));
  std::size_t found = 0;
  for (const Site& site : network.sites) {
    if (site.kind != SiteClass::Defect) continue;
    ++found;
    const Vector3 away = network.cell.minimum_image(site.position - sheet.positions[20]);
    EXPECT_LT(std::hypot(away.x, away.y), 0.01);
    EXPECT_NEAR(site.energy, -0.85, 1e-12);
    EXPECT_EQ(site.charge, 0.85);
  }
  EXPECT_EQ(found, 2u);
  EXPECT_EQ(count_kind(network, SiteClass::Edge), 0u);                // the hole counts, not its rim
  EXPECT_EQ(count_kind(network, SiteClass::Terrace), 2u * (48 - 3));  // three hexagons are gone
}

TEST(FindSites, a_vacancy_in_a_gallery_lowers_the_gallery_site) {
  const SiteParameters p = parameters();
  const SiteNetwork network = sites_of(without(stack(6, 4, 3.8, {{0, 0}}), 20));
  std::size_t found = 0;
  for (const Site& site : network.sites) {
    if (site.kind != SiteClass::Defect) continue;
    ++found;
    EXPECT_GT(site.spacing, 0);
    EXPECT_GE(site.patch, 0);
    EXPECT_NEAR(site.energy, p.energies.gallery(3.8) + p.energies.gallery_shift + p.energies.gallery_vacancy, 1e-6);
  }
  EXPECT_EQ(found, 1u);  // over the hole, which in this stack faces its own image
}

TEST(FindSites, a_stone_wales_defect_is_two_pentagons_and_two_heptagons_on_either_face) {
  const Atoms sheet = stack(6, 4, 60, {{30, 0}});
  // The flipped bond keeps its length, so that the turned atoms stay within reach of their new neighbours only.
  const CarbonStructure flat = bonded(sheet);
  const Bond turned = flat.bonds.bonds()[30];
  const SiteNetwork network = sites_of(stone_wales(sheet, turned[0], turned[1]));
  EXPECT_EQ(count_kind(network, SiteClass::Defect), 8u);
  EXPECT_EQ(network.sites.size(), 2u * 48);
  for (const Site& site : network.sites)
    EXPECT_NEAR(site.energy, site.kind == SiteClass::Defect ? 0.5 - 0.22 : 0.5, 1e-12);
}

TEST(FindSites, the_rim_of_a_ribbon_binds_by_what_ends_it) {
  struct Case {
    Element end;
    double bond;
    double energy;
  };
  for (const Case& c : {Case{Element::H, 1.09, 0.5 - 0.26}, Case{Element::O, 1.23, 0.5 - 0.8}}) {
    const SiteNetwork network = sites_of(ribbon(5, 6, c.end, c.bond));
    EXPECT_EQ(network.sites.size(), 2u * 5 * 5);  // five rows of five hexagons, two faces
    EXPECT_EQ(count_kind(network, SiteClass::Edge), 2u * 2 * 5);
    EXPECT_EQ(count_kind(network, SiteClass::Terrace), 2u * 3 * 5);
    for (const Site& site : network.sites)
      EXPECT_NEAR(site.energy, site.kind == SiteClass::Edge ? c.energy : 0.5, 1e-12);
  }
}

// Two ribbons over each other between two sheets: galleries that open into a slit.
Atoms open_gallery() {
  Atoms one = ribbon(5, 6, Element::H, 1.09);
  Atoms atoms{Cell::orthorhombic(5 * lattice, one.cell.vectors()[1].y, 80), {}, {}};
  for (const double z : {30.0, 33.8})
    for (std::size_t i = 0; i < one.size(); ++i) atoms.add(one.elements[i], one.positions[i] + Vector3{0, 0, z});
  return atoms;
}

TEST(FindSites, an_edge_ring_between_layers_takes_the_energy_of_its_gallery) {
  const SiteEnergies e = parameters().energies;
  const SiteNetwork network = sites_of(open_gallery());
  EXPECT_EQ(network.sites.size(), 25u + 2 * 25u);
  for (const Site& site : network.sites) {
    EXPECT_NEAR(site.energy,
                in_gallery(site)               ? e.gallery(3.8) + e.gallery_shift
                : site.kind == SiteClass::Edge ? 0.5 - 0.26
                                               : 0.5,
                1e-9);
  }
}

TEST(FindSites, a_gallery_site_one_hop_from_a_pore_is_a_mouth) {
  // A sheet with a ribbon over it, in a pore: beyond the rim of the ribbon the sheet is pore wall.
  const int nx = 5;
  Atoms atoms{Cell::orthorhombic(nx * lattice, 8 * row, 25), {}, {}};
  add_sheet(atoms, nx, 8, {});
  const Atoms cover = ribbon(nx, 8, Element::H, 1.09);
  for (std::size_t i = 0; i < cover.size(); ++i)
    atoms.add(cover.elements[i], cover.positions[i] + Vector3{0, bond, 3.8});
  const SiteNetwork network = sites_of(atoms);
  std::size_t mouths = 0;
  for (std::uint32_t i = 0; i < network.sites.size(); ++i) {
    const bool next_to_pore = std::any_of(network.links.begin(), network.links.end(), [&](const SiteLink& link) {
      return (link.first == i && !in_gallery(network.sites[link.second])) ||
             (link.second == i && !in_gallery(network.sites[link.first]));
    });
    const Site& site = network.sites[i];
    EXPECT_EQ(site.kind == SiteClass::Mouth, next_to_pore && in_gallery(site)) << i;
    mouths += site.kind == SiteClass::Mouth ? 1 : 0;
  }
  EXPECT_GE(mouths, 2u * nx - 2);  // nearly the whole rim, on both sides
  EXPECT_GT(count_kind(network, SiteClass::Gallery), 0u);
  EXPECT_EQ(report_sites(network).components, 1u);
}

TEST(FindSites, twice_the_cell_has_twice_the_sites) {
  const Atoms small = without(stack(7, 5, 12.87, {{0, 0}}), 11);  // three bcc cells high
  expect_same_but_for_size(sites_of(small), sites_of(doubled(small, 2)), 2);
  const Atoms galleries = graphite(0);
  for (int axis = 0; axis < 3; ++axis)
    expect_same_but_for_size(sites_of(galleries), sites_of(doubled(galleries, axis)), 2);
}

TEST(FindSites, moving_the_structure_moves_the_sites_with_it) {
  const Atoms atoms = without(stack(7, 5, 12, {{0, 0}}), 11);
  const Vector3 shift{3.217, -15.55, 5.01};
  const SiteNetwork before = sites_of(atoms);
  const SiteNetwork after = sites_of(translated(atoms, shift));
  expect_same_but_for_size(before, after, 1);
  for (std::size_t i = 0; i < before.sites.size(); ++i) {
    const Vector3 moved = after.sites[i].position - before.sites[i].position - shift;
    EXPECT_NEAR(norm(before.cell.minimum_image(moved)), 0, 1e-6) << i;
    EXPECT_EQ(before.sites[i].kind, after.sites[i].kind);
    EXPECT_EQ(before.sites[i].patch, after.sites[i].patch);
  }
}

TEST(FindSites, every_site_keeps_its_distance_and_has_a_domain) {
  const SiteParameters p = parameters();
  const SiteNetwork network = find_sites(bonded(without(stack(7, 5, 12, {{0, 0}, {3.7, 0.4}}), 11)), p);
  for (const Site& site : network.sites) {
    EXPECT_GE(site.wall_distance, in_gallery(site) ? p.geometry.gallery_clearance : p.geometry.clearance);
    ASSERT_GE(site.domain, 0);
    ASSERT_LT(static_cast<std::size_t>(site.domain), network.domains.size());
    EXPECT_EQ(site.patch >= 0, in_gallery(site));
  }
}

std::string message_of(const CarbonStructure& structure) {
  try {
    find_sites(structure, parameters());
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(FindSites, refuses_structures_without_carbon_bonds_or_room_and_says_why) {
  const Cell cell = Cell::cubic(20);
  EXPECT_THAT(message_of(bonded({cell, {{0, 0, 0}, {0, 0, 0.96}}, {Element::O, Element::H}})), HasSubstr("no carbon"));
  EXPECT_THAT(message_of(bonded({cell, {{0, 0, 0}, {0, 0, 5}}, {Element::C, Element::C}})), HasSubstr("no bonds"));
  EXPECT_THAT(message_of(bonded({cell, {{0, 0, 0}, {0, 0, 0.3}}, {Element::C, Element::C}})), HasSubstr("apart"));
  EXPECT_THAT(message_of(bonded({cell, {{0, 0, 0}, {0, 0, 1.4}, {5, 5, 5}}, {Element::C, Element::C, Element::Na}})),
              HasSubstr("already holds sodium"));
  EXPECT_THAT(message_of({Atoms{cell, {{0, 0, 0}, {0, 0, 1.4}}, {Element::C, Element::C}}, BondGraph(3, {{0, 1}})}),
              HasSubstr("bonds"));
}

TEST(FindSites, eight_thousand_atoms_take_seconds) {
  // A generous limit: it catches a cost that grows faster than the number of atoms, not a slow machine.
  const CarbonStructure structure =
      bonded(stack(24, 12, 26.6, {{0, 0}, {3.8, 0}, {7.6, 1}, {11.4, 0}, {15.2, 0.5}, {19, 0}, {22.8, 0.3}}));
  const auto start = std::chrono::steady_clock::now();
  const SiteNetwork network = find_sites(structure, parameters());
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  EXPECT_GT(network.sites.size(), 4000u);
  EXPECT_LT(seconds, 10);
  RecordProperty("seconds", std::to_string(seconds));
}

}  // namespace
}  // namespace cardhouse
