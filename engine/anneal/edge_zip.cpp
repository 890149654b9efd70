#include "engine/anneal/edge_zip.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr int smallest_new_ring = 5;

std::optional<std::uint32_t> hydrogen_of(const CarbonNetwork& network, std::uint32_t atom) {
  for (const std::uint32_t other : network.of(atom))
    if (network.element(other) == Element::H) return other;
  return {};
}

// The hydrogens that leave when a pair joins.
std::vector<std::uint32_t> leaving_atoms(const CarbonNetwork& network, const EdgePair& pair) {
  if (!pair.with_hydrogen) return {};
  return {*hydrogen_of(network, pair.a), *hydrogen_of(network, pair.b)};
}

// Where an edge atom points, and the normal of its two bonds.
struct Outlook {
  Vector3 outward;
  Vector3 normal;
};

Outlook outlook_of(const CarbonNetwork& network, std::uint32_t atom) {
  std::array<Vector3, 2> arms{};
  std::size_t found = 0;
  for (const std::uint32_t other : network.of(atom))
    if (is_inner(network, other)) arms[found++] = normalized(network.separation(atom, other));
  return {-normalized(arms[0] + arms[1]), normalized(cross(arms[0], arms[1]))};
}

}  // namespace

bool is_joinable(const CarbonNetwork& network, std::uint32_t atom) {
  if (!network.present(atom) || network.element(atom) != Element::C) return false;
  const auto others = network.of(atom);
  const auto inner =
      std::count_if(others.begin(), others.end(), [&](std::uint32_t other) { return is_inner(network, other); });
  return inner == 2 && (others.size() == 2 || (others.size() == 3 && hydrogen_of(network, atom)));
}

bool faces(const CarbonNetwork& network, const EdgePair& pair, const EdgeZipOptions& options) {
  const Vector3 apart = network.separation(pair.a, pair.b);
  if (norm(apart) > (pair.with_hydrogen ? options.reach : options.bare_reach)) return false;
  const Outlook a = outlook_of(network, pair.a), b = outlook_of(network, pair.b);
  if (std::abs(dot(a.normal, b.normal)) < std::cos(options.largest_tilt)) return false;
  const Vector3 direction = normalized(apart);
  constexpr double least_cosine = 0.5;  // within 60 degrees of where the edge points (estimate)
  if (dot(a.outward, direction) < least_cosine || -dot(b.outward, direction) < least_cosine) return false;
  BondSearch search;
  const std::array<std::uint32_t, 2> ends{pair.a, pair.b};
  return !search.distance(network, ends, {}, smallest_new_ring - 2);
}

EdgePairs::EdgePairs(std::size_t atoms, double temperature, const EdgeZipOptions& options)
    : temperature_(temperature), options_(options), tree_(atoms), entries_(atoms), smaller_partners_(atoms) {
  EXPECTS(temperature > 0);
}

EdgePair EdgePairs::pick(Stream& stream) const {
  const auto& entries = entries_[tree_.pick(stream.uniform())];
  double left = 0;
  for (const Entry& entry : entries) left += entry.rate;
  left *= stream.uniform();
  for (const Entry& entry : entries)
    if ((left -= entry.rate) < 0) return entry.pair;
  return entries.back().pair;
}

void EdgePairs::update_rate(std::uint32_t atom) {
  double sum = 0;
  for (const Entry& entry : entries_[atom]) sum += entry.rate;
  tree_.set(atom, sum);
}

void EdgePairs::forget(std::uint32_t atom) {
  if (entries_[atom].empty() && smaller_partners_[atom].empty()) return;
  for (const Entry& entry : entries_[atom]) std::erase(smaller_partners_[entry.pair.b], atom);
  entries_[atom].clear();
  update_rate(atom);
  for (const std::uint32_t smaller : smaller_partners_[atom]) {
    std::erase_if(entries_[smaller], [&](const Entry& entry) { return entry.pair.b == atom; });
    update_rate(smaller);
  }
  smaller_partners_[atom].clear();
}

double EdgePairs::rate_of(Annealer& annealer, const EdgePair& pair) const {
  const double strain = std::max(0.0, annealer.strain_of_bond(pair.a, pair.b, leaving_atoms(annealer.network(), pair)));
  if (strain > options_.bond_energy) return 0;
  const RateLaw& law = pair.with_hydrogen ? options_.hydrogen_loss : options_.recombination;
  return law.at(temperature_) * std::exp(-strain / (constants::boltzmann * temperature_));
}

void EdgePairs::add_pairs_of(Annealer& annealer, std::uint32_t atom) {
  const CarbonNetwork& network = annealer.network();
  if (!is_joinable(network, atom)) return;
  const bool with_hydrogen = hydrogen_of(network, atom).has_value();
  const std::vector<std::uint32_t> near(annealer.near().of(atom).begin(), annealer.near().of(atom).end());
  for (const std::uint32_t other : near) {
    if (!is_joinable(network, other) || hydrogen_of(network, other).has_value() != with_hydrogen) continue;
    const EdgePair pair{std::min(atom, other), std::max(atom, other), with_hydrogen};
    if (!faces(network, pair, options_)) continue;
    const double rate = rate_of(annealer, pair);
    if (rate <= 0) continue;
    entries_[pair.a].push_back({pair, rate});
    smaller_partners_[pair.b].push_back(pair.a);
    update_rate(pair.a);
  }
}

void EdgePairs::refresh(Annealer& annealer, std::span<const std::uint32_t> atoms) {
  for (const std::uint32_t atom : atoms) {
    forget(atom);
    add_pairs_of(annealer, atom);
  }
}

std::vector<std::uint32_t> zip(Annealer& annealer, const EdgePair& pair) {
  for (const std::uint32_t atom : leaving_atoms(annealer.network(), pair)) annealer.remove(atom);
  annealer.close_bond(pair.a, pair.b);
  return annealer.last_changed();
}

}  // namespace cardhouse
