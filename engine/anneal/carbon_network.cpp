#include "engine/anneal/carbon_network.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {

CarbonNetwork::CarbonNetwork(const CarbonStructure& structure)
    : atoms_(structure.atoms),
      neighbours_(structure.atoms.size()),
      present_(structure.atoms.size(), 1),
      bond_count_(structure.bonds.bonds().size()) {
  EXPECTS(structure.bonds.size() == atoms_.size());
  for (std::uint32_t atom = 0; atom < size(); ++atom) {
    const auto others = structure.bonds.of(atom);
    if (others.size() > most_bonds)
      throw InputError("atom " + std::to_string(atom) + " (" + std::string(symbol(element(atom))) + ") has " +
                           std::to_string(others.size()) + " bonds",
                       "annealing knows at most four");
    std::copy(others.begin(), others.end(), neighbours_[atom].atoms.begin());
    neighbours_[atom].number = static_cast<std::uint8_t>(others.size());
  }
}

bool CarbonNetwork::bonded(std::uint32_t a, std::uint32_t b) const {
  const auto others = of(a);
  return std::find(others.begin(), others.end(), b) != others.end();
}

void CarbonNetwork::connect(std::uint32_t a, std::uint32_t b) {
  EXPECTS(a != b && present(a) && present(b) && !bonded(a, b));
  EXPECTS(degree(a) < most_bonds && degree(b) < most_bonds);
  neighbours_[a].atoms[neighbours_[a].number++] = b;
  neighbours_[b].atoms[neighbours_[b].number++] = a;
  ++bond_count_;
}

void CarbonNetwork::drop(std::uint32_t from, std::uint32_t atom) {
  Neighbours& list = neighbours_[from];
  auto* const end = list.atoms.begin() + list.number;
  auto* const found = std::find(list.atoms.begin(), end, atom);
  EXPECTS(found != end);
  std::copy(found + 1, end, found);
  --list.number;
}

void CarbonNetwork::disconnect(std::uint32_t a, std::uint32_t b) {
  drop(a, b);
  drop(b, a);
  --bond_count_;
}

void CarbonNetwork::remove(std::uint32_t atom) {
  EXPECTS(present(atom));
  while (degree(atom) > 0) disconnect(atom, of(atom).back());
  present_[atom] = 0;
}

void CarbonNetwork::restore(std::uint32_t atom) {
  EXPECTS(!present(atom));
  present_[atom] = 1;
}

CarbonStructure CarbonNetwork::structure() const {
  Atoms atoms{cell(), {}, {}};
  std::vector<std::uint32_t> number(size(), 0);
  for (std::uint32_t atom = 0; atom < size(); ++atom) {
    if (!present(atom)) continue;
    number[atom] = static_cast<std::uint32_t>(atoms.size());
    atoms.add(element(atom), cell().wrap(position(atom)));
  }
  std::vector<Bond> bonds;
  for (std::uint32_t atom = 0; atom < size(); ++atom)
    for (const std::uint32_t other : of(atom))
      if (atom < other) bonds.push_back({number[atom], number[other]});
  const std::size_t n_atoms = atoms.size();
  return {std::move(atoms), BondGraph(n_atoms, std::move(bonds))};
}

bool is_inner(const CarbonNetwork& network, std::uint32_t atom) {
  int others = 0;
  for (const std::uint32_t other : network.of(atom)) others += network.element(other) != Element::H ? 1 : 0;
  return others >= 2;
}

void BondSearch::begin(const CarbonNetwork& network) {
  if (marks_.size() != network.size() || round_ == std::numeric_limits<std::uint32_t>::max()) {
    marks_.assign(network.size(), 0);
    steps_.resize(network.size());
    round_ = 0;
  }
  ++round_;
  found_.clear();
}

const std::vector<std::uint32_t>& BondSearch::within(const CarbonNetwork& network,
                                                     std::span<const std::uint32_t> sources, int limit) {
  begin(network);
  for (const std::uint32_t source : sources) {
    if (reached(source)) continue;
    marks_[source] = round_;
    steps_[source] = 0;
    found_.push_back(source);
  }
  for (std::size_t next = 0; next < found_.size(); ++next) {
    const std::uint32_t atom = found_[next];
    if (steps_[atom] >= limit) break;
    for (const std::uint32_t other : network.of(atom)) {
      if (reached(other)) continue;
      marks_[other] = round_;
      steps_[other] = static_cast<std::uint8_t>(steps_[atom] + 1);
      found_.push_back(other);
    }
  }
  return found_;
}

std::optional<int> BondSearch::distance(const CarbonNetwork& network, std::array<std::uint32_t, 2> ends,
                                        std::span<const std::uint32_t> avoided, int limit) {
  const auto [a, b] = ends;
  begin(network);
  for (const std::uint32_t atom : avoided) marks_[atom] = round_;
  marks_[a] = round_;
  steps_[a] = 0;
  found_.push_back(a);
  for (std::size_t next = 0; next < found_.size(); ++next) {
    const std::uint32_t atom = found_[next];
    if (atom == b) return steps_[atom];
    if (steps_[atom] >= limit) continue;
    for (const std::uint32_t other : network.of(atom)) {
      if (reached(other)) continue;
      marks_[other] = round_;
      steps_[other] = static_cast<std::uint8_t>(steps_[atom] + 1);
      if (other == b) return steps_[other];
      found_.push_back(other);
    }
  }
  return {};
}

}  // namespace cardhouse
