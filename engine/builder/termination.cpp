#include "engine/builder/termination.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "engine/base/contracts.hpp"
#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {
namespace {

using Geometry = TerminationGeometry;

constexpr auto no_atom = Sp2Network::no_atom;
constexpr double probe_length = 1.2;  // where the room of a direction is judged [angstrom]
constexpr double degree = std::numbers::pi / 180;
constexpr std::array<double, 5> tilts{0, 35 * degree, -35 * degree, 70 * degree, -70 * degree};  // estimate
constexpr double sight = 3.0;                                        // how far contacts are looked for [angstrom]
constexpr std::array<double, 5> wanted_room{1.7, 1.4, 1.1, 0.8, 0};  // least contact, pass by pass [angstrom]

enum class Group { Carbonyl, Hydroxyl, Hydrogen };

template <class Value>
void shuffle(std::vector<Value>& values, Stream& stream) {
  for (std::size_t last = values.size(); last > 1; --last) std::swap(values[last - 1], values[stream.below(last)]);
}

// Sites in the order in which a weighted draw takes them; as they are when all are alike.
std::vector<std::uint32_t> drawn(const std::vector<std::uint32_t>& sites, const std::vector<double>& preference,
                                 Stream& stream) {
  if (preference.empty()) return sites;
  const double least = 1e-12 * *std::max_element(preference.begin(), preference.end());
  std::vector<std::pair<double, std::uint32_t>> keys;
  for (const std::uint32_t site : sites)
    keys.emplace_back(stream.exponential() / std::max(preference[site], least), site);
  std::sort(keys.begin(), keys.end());
  std::vector<std::uint32_t> order;
  for (const auto& key : keys) order.push_back(key.second);
  return order;
}

Vector3 any_perpendicular(const Vector3& unit) {
  return normalized(cross(unit, std::abs(unit.x) < 0.7 ? Vector3{1, 0, 0} : Vector3{0, 1, 0}));
}

// Outward bisector of the two bonds of an edge atom and the normal of their plane.
struct Outward {
  Vector3 direction;
  Vector3 normal;
};

Outward outward_at(const Sp2Network& network, std::uint32_t atom) {
  std::vector<Vector3> bonds;
  for (const std::uint32_t other : network.neighbours[atom])
    if (other != no_atom)
      bonds.push_back(normalized(network.cube.separation(network.positions[atom], network.positions[other])));
  EXPECTS(bonds.size() == 2);
  const Vector3 sum = bonds[0] + bonds[1], area = cross(bonds[0], bonds[1]);
  const Vector3 direction = norm(sum) > 1e-3 ? -normalized(sum) : any_perpendicular(bonds[0]);
  return {direction, norm(area) > 1e-3 ? normalized(area) : any_perpendicular(direction)};
}

std::vector<std::uint32_t> edge_sites(const Sp2Network& network) {
  std::vector<std::uint32_t> sites;
  for (std::uint32_t atom = 0; atom < network.size(); ++atom)
    if (network.is_edge(atom)) sites.push_back(atom);
  return sites;
}

// Every edge site with its possible directions; a probe is one direction of one site.
struct Probes {
  Probes(const Sp2Network& network, std::vector<std::uint32_t> edges) : sites(std::move(edges)) {
    for (const std::uint32_t site : sites) {
      const Outward outward = outward_at(network, site);
      for (const double angle : tilts) {
        directions.push_back(std::cos(angle) * outward.direction + std::sin(angle) * outward.normal);
        points.push_back(network.cube.wrap(network.positions[site] + probe_length * directions.back()));
      }
    }
  }

  std::uint32_t site_of(std::size_t probe) const { return sites[probe / tilts.size()]; }

  std::vector<std::uint32_t> sites;
  std::vector<Vector3> directions;
  std::vector<Vector3> points;
};

// Builds the structure: the network first, then one group after another.
class Terminator {
 public:
  Terminator(const Sp2Network& network, const std::vector<std::uint32_t>& shuffled_edges)
      : network_(network),
        cell_(Cell::cubic(network.cube.edge)),
        probes_(network, shuffled_edges),
        to_atoms_(cell_, probes_.points, network.positions, sight),
        to_probes_(cell_, probes_.points, sight),
        placed_(probes_.points.size()),
        place_of_(network.size(), no_atom),
        used_(network.size(), 0),
        atoms_{cell_, network.positions, std::vector<Element>(network.size(), Element::C)},
        bonds_(network.bonds()) {
    for (std::uint32_t place = 0; place < probes_.sites.size(); ++place) place_of_[probes_.sites[place]] = place;
  }

  // The groups in their order on the edge sites in theirs, the roomy ones first.
  void add_groups(const std::vector<Group>& groups, const std::vector<std::uint32_t>& sites) {
    std::size_t next = 0;
    for (const double room : wanted_room)
      for (const std::uint32_t site : sites) {
        if (next == groups.size()) return;
        if (used_[site]) continue;
        const auto choice = direction_with(room, place_of_[site]);
        if (!choice) continue;
        closest_contact_ = std::min(closest_contact_, choice->contact);
        add_group(groups[next++], choice->probe);
      }
    ENSURES(next == groups.size());
  }

  // Replaces carbons of the list, in its order, that carry no group; neighbours of a heteroatom only when all else
  // fails.
  void replace(const std::vector<std::uint32_t>& candidates, Element element, std::size_t number) {
    for (const bool beside_hetero : {false, true})
      for (const std::uint32_t atom : candidates) {
        if (number == 0) return;
        if (used_[atom] || (!beside_hetero && has_hetero_neighbour(atom))) continue;
        atoms_.elements[atom] = element;
        used_[atom] = 1;
        --number;
      }
    ENSURES(number == 0);
  }

  TerminatedCarbon result() && {
    const std::size_t size = atoms_.size();
    return {{std::move(atoms_), BondGraph(size, std::move(bonds_))}, closest_contact_};
  }

 private:
  struct Choice {
    std::size_t probe;
    double contact;
  };

  // The least tilted direction of a site with this much room, if there is one.
  std::optional<Choice> direction_with(double room, std::size_t place) const {
    for (std::size_t probe = place * tilts.size(); probe < (place + 1) * tilts.size(); ++probe) {
      const double here = contact(probe, probes_.points[probe]);
      if (here >= room) return Choice{probe, here};
    }
    return std::nullopt;
  }

  // Distance from a point near a probe to the nearest atom other than the carbon of the probe.
  double contact(std::size_t probe, const Vector3& point) const {
    double nearest = sight;
    for (const Neighbour& atom : to_atoms_.of(probe))
      if (atom.index != probes_.site_of(probe))
        nearest = std::min(nearest, network_.cube.distance(point, network_.positions[atom.index]));
    for (const Neighbour& other : to_probes_.of(probe))
      for (const std::uint32_t terminator : placed_[other.index])
        nearest = std::min(nearest, network_.cube.distance(point, atoms_.positions[terminator]));
    return nearest;
  }

  void add_group(Group group, std::size_t probe) {
    const std::uint32_t carbon = probes_.site_of(probe);
    used_[carbon] = 1;
    if (group == Group::Hydrogen)
      attach(Element::H, probe, carbon, Geometry::carbon_hydrogen * probes_.directions[probe]);
    if (group == Group::Carbonyl)
      attach(Element::O, probe, carbon, Geometry::carbon_carbonyl * probes_.directions[probe]);
    if (group != Group::Hydroxyl) return;
    const Vector3 hydrogen = hydroxyl_hydrogen(probe);
    const std::uint32_t oxygen =
        attach(Element::O, probe, carbon, Geometry::carbon_hydroxyl * probes_.directions[probe]);
    attach(Element::H, probe, oxygen, hydrogen);
  }

  std::uint32_t attach(Element element, std::size_t probe, std::uint32_t to, const Vector3& bond) {
    const auto atom = static_cast<std::uint32_t>(atoms_.size());
    atoms_.add(element, network_.cube.wrap(atoms_.positions[to] + bond));
    bonds_.push_back({to, atom});
    placed_[probe].push_back(atom);
    return atom;
  }

  // The O-H bond that leaves most room among six positions round the C-O bond.
  Vector3 hydroxyl_hydrogen(std::size_t probe) const {
    const Vector3 axis = probes_.directions[probe], first = any_perpendicular(axis), second = cross(axis, first);
    const Vector3 oxygen = network_.positions[probes_.site_of(probe)] + Geometry::carbon_hydroxyl * axis;
    Vector3 best;
    double room = -1;
    for (int turn = 0; turn < 6; ++turn) {
      const double angle = turn * std::numbers::pi / 3;
      const Vector3 sideways = std::cos(angle) * first + std::sin(angle) * second;
      const Vector3 bond = Geometry::oxygen_hydrogen *
                           (std::sin(Geometry::hydroxyl_angle) * sideways - std::cos(Geometry::hydroxyl_angle) * axis);
      const double here = contact(probe, network_.cube.wrap(oxygen + bond));
      if (here > room + 1e-9) best = bond, room = here;
    }
    return best;
  }

  bool has_hetero_neighbour(std::uint32_t atom) const {
    const auto& three = network_.neighbours[atom];
    return std::any_of(three.begin(), three.end(),
                       [&](std::uint32_t other) { return other != no_atom && atoms_.elements[other] != Element::C; });
  }

  const Sp2Network& network_;
  Cell cell_;
  Probes probes_;
  NeighbourList to_atoms_;
  NeighbourList to_probes_;
  std::vector<std::vector<std::uint32_t>> placed_;  // terminators that stand on a probe
  std::vector<std::uint32_t> place_of_;             // of an edge atom among the sites of the probes
  std::vector<char> used_;                          // network atoms that carry a group or were replaced
  Atoms atoms_;
  std::vector<Bond> bonds_;
  double closest_contact_ = sight;
};

std::vector<Group> oxygen_groups(const SurfaceGroups& groups) {
  std::vector<Group> list(groups.carbonyl, Group::Carbonyl);
  list.insert(list.end(), groups.hydroxyl, Group::Hydroxyl);
  return list;
}

bool has_one_each(const SitePreferences& preferences, std::size_t atoms) {
  for (const auto* list : {&preferences.hydrogen, &preferences.oxygen, &preferences.nitrogen})
    if (!list->empty() && list->size() != atoms) return false;
  return true;
}

std::vector<std::uint32_t> inner_sites(const Sp2Network& network) {
  std::vector<std::uint32_t> sites;
  for (std::uint32_t atom = 0; atom < network.size(); ++atom)
    if (network.coordination(atom) == 3) sites.push_back(atom);
  return sites;
}

}  // namespace

TerminatedCarbon terminate(const Sp2Network& network, const SurfaceGroups& groups, const SitePreferences& preferences,
                           Stream& stream) {
  EXPECTS(has_one_each(preferences, network.size()));
  EXPECTS(network.size() == groups.carbons + groups.ether + groups.nitrogens());
  std::vector<std::uint32_t> edges = edge_sites(network), inner = inner_sites(network);
  EXPECTS(edges.size() >= groups.edge_sites() && inner.size() >= groups.graphitic);
  shuffle(edges, stream);
  shuffle(inner, stream);
  Terminator terminator(network, edges);
  const auto add_hydrogen = [&] {
    terminator.add_groups(std::vector<Group>(groups.hydrogen, Group::Hydrogen),
                          drawn(edges, preferences.hydrogen, stream));
  };
  const std::vector<std::uint32_t> oxygen_sites = drawn(edges, preferences.oxygen, stream);
  terminator.add_groups(oxygen_groups(groups), oxygen_sites);
  if (preferences.empty()) add_hydrogen();  // what replaces carbon takes the crowded sites
  terminator.replace(oxygen_sites, Element::O, groups.ether);
  terminator.replace(drawn(edges, preferences.nitrogen, stream), Element::N, groups.pyridinic);
  if (!preferences.empty()) add_hydrogen();
  terminator.replace(drawn(inner, preferences.nitrogen, stream), Element::N, groups.graphitic);
  return std::move(terminator).result();
}

}  // namespace cardhouse
