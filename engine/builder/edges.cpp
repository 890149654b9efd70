#include "engine/builder/edges.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

constexpr auto no_atom = Sp2Network::no_atom;

using Neighbours = std::vector<std::array<std::uint32_t, 3>>;

std::vector<std::uint32_t> by_increasing_order(std::span<const double> order) {
  std::vector<std::uint32_t> atoms(order.size());
  for (std::uint32_t atom = 0; atom < atoms.size(); ++atom) atoms[atom] = atom;
  std::stable_sort(atoms.begin(), atoms.end(), [&](std::uint32_t a, std::uint32_t b) { return order[a] < order[b]; });
  return atoms;
}

Neighbours without_long_bonds(const Sp2Network& network, double longest) {
  Neighbours neighbours = network.neighbours;
  for (std::size_t atom = 0; atom < network.size(); ++atom)
    for (std::uint32_t& other : neighbours[atom])
      if (network.cube.distance(network.positions[atom], network.positions[other]) > longest) other = no_atom;
  return neighbours;
}

// A network with some atoms taken away.
class Remainder {
 public:
  Remainder(const Neighbours& neighbours, std::span<const std::uint32_t> deleted)
      : neighbours_(neighbours), kept_(neighbours.size(), 1) {
    for (const std::uint32_t atom : deleted) kept_[atom] = 0;
  }

  bool keeps(std::uint32_t atom) const { return atom != no_atom && kept_[atom]; }

  int degree(std::uint32_t atom) const {
    const auto& three = neighbours_[atom];
    return keeps(three[0]) + keeps(three[1]) + keeps(three[2]);
  }

  // Deletes atoms with fewer than two neighbours until there are none.
  void prune() {
    std::vector<std::uint32_t> open;
    for (std::uint32_t atom = 0; atom < kept_.size(); ++atom) open.push_back(atom);
    while (!open.empty()) {
      const std::uint32_t atom = open.back();
      open.pop_back();
      if (!kept_[atom] || degree(atom) >= 2) continue;
      kept_[atom] = 0;
      for (const std::uint32_t other : neighbours_[atom])
        if (keeps(other)) open.push_back(other);
    }
  }

  void drop_fragments_below(std::size_t smallest) {
    std::vector<char> seen(kept_.size(), 0);
    for (std::uint32_t atom = 0; atom < kept_.size(); ++atom) {
      if (!kept_[atom] || seen[atom]) continue;
      const std::vector<std::uint32_t> fragment = fragment_of(atom, seen);
      if (fragment.size() >= smallest) continue;
      for (const std::uint32_t member : fragment) kept_[member] = 0;
    }
  }

  std::size_t atoms() const { return static_cast<std::size_t>(std::count(kept_.begin(), kept_.end(), 1)); }

  std::size_t edges() const {
    std::size_t number = 0;
    for (std::uint32_t atom = 0; atom < kept_.size(); ++atom) number += kept_[atom] && degree(atom) == 2;
    return number;
  }

 private:
  std::vector<std::uint32_t> fragment_of(std::uint32_t first, std::vector<char>& seen) const {
    std::vector<std::uint32_t> fragment{first};
    seen[first] = 1;
    for (std::size_t reached = 0; reached < fragment.size(); ++reached)
      for (const std::uint32_t other : neighbours_[fragment[reached]])
        if (keeps(other) && !seen[other]) {
          seen[other] = 1;
          fragment.push_back(other);
        }
    return fragment;
  }

  const Neighbours& neighbours_;
  std::vector<char> kept_;
};

Remainder cut(const Neighbours& neighbours, std::span<const std::uint32_t> deleted, const EdgeOptions& options) {
  Remainder remainder(neighbours, deleted);
  remainder.prune();
  remainder.drop_fragments_below(options.smallest_fragment);
  return remainder;
}

bool has_enough_edges(const Remainder& remainder, const EdgeOptions& options) {
  const double wanted = options.edge_fraction * static_cast<double>(remainder.atoms());
  return static_cast<double>(remainder.edges()) >= wanted + static_cast<double>(options.spare);
}

// How many of the `candidates`, from the front, have to go for enough edges.
std::size_t number_to_delete(const Neighbours& neighbours, std::span<const std::uint32_t> candidates,
                             const EdgeOptions& options) {
  const auto enough = [&](std::size_t number) {
    const Remainder remainder = cut(neighbours, candidates.first(number), options);
    return remainder.atoms() > 0 && has_enough_edges(remainder, options);
  };
  if (enough(0)) return 0;
  std::size_t low = 0, high = 1;
  while (high < candidates.size() && !enough(high)) low = high, high *= 2;
  if (high >= candidates.size())
    throw InputError("the layers cannot carry " + std::to_string(options.edge_fraction) + " edge atoms per atom",
                     "ask for less hydrogen and oxygen per carbon or for a larger cell");
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (enough(middle) ? high : low) = middle;
  }
  return high;
}

bool is_whole(const Ring& ring, const Neighbours& neighbours, const Remainder& remainder) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const auto& three = neighbours[ring[i]];
    const std::uint32_t next = ring[(i + 1) % ring.size()];
    if (!remainder.keeps(ring[i]) || std::find(three.begin(), three.end(), next) == three.end()) return false;
  }
  return true;
}

Sp2Network renumbered(const Sp2Network& network, const Neighbours& neighbours, const Remainder& remainder) {
  Sp2Network result{network.cube, {}, {}, {}};
  std::vector<std::uint32_t> number(network.size(), no_atom);
  std::uint32_t next = 0;
  for (std::uint32_t atom = 0; atom < network.size(); ++atom)
    if (remainder.keeps(atom)) number[atom] = next++;
  for (std::uint32_t atom = 0; atom < network.size(); ++atom) {
    if (!remainder.keeps(atom)) continue;
    auto three = neighbours[atom];
    for (std::uint32_t& other : three) other = other == no_atom ? no_atom : number[other];
    result.positions.push_back(network.positions[atom]);
    result.neighbours.push_back(three);
  }
  for (Ring ring : network.rings) {
    if (!is_whole(ring, neighbours, remainder)) continue;
    for (std::uint32_t& atom : ring) atom = number[atom];
    result.rings.push_back(std::move(ring));
  }
  return result;
}

}  // namespace

std::vector<double> layer_order(const Sp2Network& network, const ScalarGrid& field) {
  std::vector<double> order(network.size(), 1);
  for (const Ring& ring : network.rings)
    for (const std::uint32_t atom : ring) order[atom] += std::abs(static_cast<double>(ring.size()) - 6);
  for (std::size_t atom = 0; atom < network.size(); ++atom)
    order[atom] = norm(field.sample(network.positions[atom]).gradient) / order[atom];
  return order;
}

std::vector<double> led_by_density(std::span<const double> order, std::span<const double> density) {
  if (density.empty()) return {order.begin(), order.end()};
  EXPECTS(density.size() == order.size() && *std::min_element(density.begin(), density.end()) > 0);
  const std::vector<std::uint32_t> atoms = by_increasing_order(order);
  std::vector<double> led(order.size());
  for (std::size_t rank = 0; rank < atoms.size(); ++rank)
    led[atoms[rank]] = (static_cast<double>(rank) + 0.5) / density[atoms[rank]];
  return led;
}

Sp2Network cut_edges(const Sp2Network& network, std::span<const double> order, const EdgeOptions& options) {
  EXPECTS(order.size() == network.size());
  const Neighbours neighbours = without_long_bonds(network, options.longest_bond);
  const std::vector<std::uint32_t> candidates = by_increasing_order(order);
  const std::size_t number = number_to_delete(neighbours, candidates, options);
  return renumbered(network, neighbours, cut(neighbours, std::span(candidates).first(number), options));
}

}  // namespace cardhouse
