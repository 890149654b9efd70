#include "engine/structure/termination.hpp"

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
  Terminator(const Sp2Network& network, std::vector<std::uint32_t> shuffled_edges)
      : network_(network),
        cell_(Cell::cubic(network.cube.edge)),
        probes_(network, std::move(shuffled_edges)),
        to_atoms_(cell_, probes_.points, network.positions, sight),
        to_probes_(cell_, probes_.points, sight),
        placed_(probes_.points.size()),
        used_(network.size(), 0),
        atoms_{cell_, network.positions, std::vector<Element>(network.size(), Element::C)},
        bonds_(network.bonds()) {}

  void add_groups(const std::vector<Group>& groups) {
    std::size_t next = 0;
    for (const double room : wanted_room)
      for (std::size_t place = 0; place < probes_.sites.size() && next < groups.size(); ++place) {
        if (used_[probes_.sites[place]]) continue;
        const auto choice = direction_with(room, place);
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
  std::vector<char> used_;                          // network atoms that carry a group or were replaced
  Atoms atoms_;
  std::vector<Bond> bonds_;
  double closest_contact_ = sight;
};

std::vector<Group> groups_in_order(const SurfaceGroups& groups) {
  std::vector<Group> list(groups.carbonyl, Group::Carbonyl);
  list.insert(list.end(), groups.hydroxyl, Group::Hydroxyl);
  list.insert(list.end(), groups.hydrogen, Group::Hydrogen);
  return list;
}

std::vector<std::uint32_t> inner_sites(const Sp2Network& network) {
  std::vector<std::uint32_t> sites;
  for (std::uint32_t atom = 0; atom < network.size(); ++atom)
    if (network.coordination(atom) == 3) sites.push_back(atom);
  return sites;
}

}  // namespace

TerminatedCarbon terminate(const Sp2Network& network, const SurfaceGroups& groups, Stream& stream) {
  EXPECTS(network.size() == groups.carbons + groups.ether + groups.nitrogens());
  std::vector<std::uint32_t> edges = edge_sites(network), inner = inner_sites(network);
  EXPECTS(edges.size() >= groups.edge_sites() && inner.size() >= groups.graphitic);
  shuffle(edges, stream);
  shuffle(inner, stream);
  Terminator terminator(network, edges);
  terminator.add_groups(groups_in_order(groups));
  terminator.replace(edges, Element::O, groups.ether);
  terminator.replace(edges, Element::N, groups.pyridinic);
  terminator.replace(inner, Element::N, groups.graphitic);
  return std::move(terminator).result();
}

}  // namespace cardhouse
