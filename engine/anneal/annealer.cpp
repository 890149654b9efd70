#include "engine/anneal/annealer.hpp"

#include <cmath>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr double near_slack = 1.0;  // of the lists of near atoms [angstrom]

}  // namespace

Annealer::Annealer(const CarbonStructure& structure, const AnnealerOptions& options)
    : options_(options),
      network_(structure),
      near_(network_, layer_contact_distance + Patch::contact_margin, near_slack),
      terms_(structure.atoms) {}

std::vector<std::uint32_t> Annealer::all_atoms() const {
  std::vector<std::uint32_t> atoms;
  for (std::uint32_t atom = 0; atom < network_.size(); ++atom)
    if (network_.present(atom)) atoms.push_back(atom);
  return atoms;
}

// Energy of the patch of free_atoms_ as it stands.
double Annealer::present_energy() {
  patch_.assign(network_, near_, terms_, free_atoms_);
  forces_.resize(free_atoms_.size());
  return patch_.evaluate(patch_.start(), forces_);
}

double Annealer::energy() {
  free_atoms_ = all_atoms();
  return present_energy();
}

double Annealer::relax_all(int steps, double force_tolerance) {
  free_atoms_ = all_atoms();
  constexpr int round_steps = 40;  // contacts are looked up anew after so many
  double energy = 0;
  for (int done = 0; done < steps || done == 0;) {
    patch_.assign(network_, near_, terms_, free_atoms_);
    PatchMinimiser options = options_.minimiser;
    options.max_steps = std::min(round_steps, steps - done);
    options.force_tolerance = force_tolerance;
    const PatchMinimum minimum = minimise_patch(patch_, options, positions_);
    settle();
    energy = minimum.energy;
    done += minimum.evaluations;
    if (minimum.evaluations <= options.max_steps) break;
  }
  return energy;
}

void Annealer::move(std::uint32_t atom, const Vector3& position) {
  network_.place(atom, position);
  near_.follow(network_, atom);
}

// Puts the free atoms where positions_ says.
void Annealer::settle() {
  for (std::size_t i = 0; i < free_atoms_.size(); ++i) move(free_atoms_[i], positions_[i]);
}

void Annealer::enact(const BondFlip& flip) {
  apply(network_, flip);
  near_.follow(network_, flip.a);
  near_.follow(network_, flip.b);
}

// Bonds of usual length, and the sheet not folded over: the reverse flip must be possible.
bool Annealer::is_sound(const BondFlip& flip) const {
  for (const std::uint32_t atom : {flip.a, flip.b})
    for (const std::uint32_t other : network_.of(atom))
      if (norm(network_.separation(atom, other)) > options_.longest_bond) return false;
  return is_crosswise(network_, reverse(flip));
}

bool Annealer::try_flip(Stream& stream) {
  ++counts_.tried;
  const auto flip = propose_flip(network_, stream);
  if (!flip || !rings_allowed(network_, *flip, options_.rings, search_)) {
    ++counts_.impossible;
    return false;
  }
  const std::array<std::uint32_t, 2> ends{flip->a, flip->b};
  free_atoms_ = search_.within(network_, ends, options_.first_patch_bonds);
  const double threshold = present_energy() + options_.thermal_energy * stream.exponential();
  const Vector3 place_a = network_.position(flip->a), place_b = network_.position(flip->b);
  enact(*flip);
  if (relaxes_below(*flip, threshold)) {
    ++counts_.accepted;
    return true;
  }
  enact(reverse(*flip));
  for (const auto& [atom, place] : {std::pair{flip->a, place_a}, std::pair{flip->b, place_b}}) move(atom, place);
  return false;
}

// Looks at the small patch first; what it cannot rule out relaxes in the larger one.
bool Annealer::relaxes_below(const BondFlip& flip, double threshold) {
  patch_.assign(network_, near_, terms_, free_atoms_);
  const double limit = threshold + options_.later_gain;
  const PatchMinimum first = minimise_patch(patch_, options_.minimiser, limit, positions_);
  counts_.evaluations += static_cast<std::uint64_t>(first.evaluations);
  if (first.rejected || first.energy > limit) {
    ++(first.rejected ? counts_.rejected_early : counts_.rejected);
    return false;
  }
  const std::array<std::uint32_t, 2> ends{flip.a, flip.b};
  const std::vector<std::uint32_t> first_atoms = free_atoms_;
  const std::vector<Vector3> first_positions = positions_;
  free_atoms_ = search_.within(network_, ends, options_.patch_bonds);
  positions_.clear();
  for (const std::uint32_t atom : free_atoms_) positions_.push_back(network_.position(atom));
  const std::vector<Vector3> unrelaxed = positions_;
  for (std::size_t i = 0; i < first_atoms.size(); ++i) move(first_atoms[i], first_positions[i]);
  if (relaxes_in_larger_patch(flip, threshold - first.energy)) return true;
  positions_ = unrelaxed;
  settle();
  return false;
}

// Whether relaxing further brings the energy down to `above` from where it is, and leaves a sound network.
bool Annealer::relaxes_in_larger_patch(const BondFlip& flip, double above) {
  const double threshold = present_energy() + above;
  const PatchMinimum minimum = minimise_patch(patch_, options_.minimiser, threshold, positions_);
  counts_.evaluations += static_cast<std::uint64_t>(minimum.evaluations);
  if (minimum.rejected) {
    ++counts_.rejected_early;
    return false;
  }
  settle();
  if (minimum.energy < threshold && is_sound(flip)) return true;
  ++counts_.rejected;
  return false;
}

double Annealer::strain_of_bond(std::uint32_t a, std::uint32_t b, std::span<const std::uint32_t> leaving) {
  const std::array<std::uint32_t, 2> ends{a, b};
  std::vector<std::uint32_t> hosts;
  for (const std::uint32_t atom : leaving) {
    EXPECTS(network_.degree(atom) == 1);
    hosts.push_back(network_.of(atom)[0]);
    remove(atom);
  }
  network_.connect(a, b);
  free_atoms_ = search_.within(network_, ends, options_.patch_bonds);
  network_.disconnect(a, b);
  const double before = present_energy();
  network_.connect(a, b);
  patch_.assign(network_, near_, terms_, free_atoms_);
  const double after = minimise_patch(patch_, options_.minimiser, positions_).energy;
  network_.disconnect(a, b);
  for (std::size_t i = 0; i < leaving.size(); ++i) {
    network_.restore(leaving[i]);
    network_.connect(leaving[i], hosts[i]);
    near_.restore(network_, leaving[i]);
  }
  return after - before;
}

void Annealer::close_bond(std::uint32_t a, std::uint32_t b) {
  const std::array<std::uint32_t, 2> ends{a, b};
  network_.connect(a, b);
  free_atoms_ = search_.within(network_, ends, options_.patch_bonds);
  patch_.assign(network_, near_, terms_, free_atoms_);
  minimise_patch(patch_, options_.minimiser, positions_);
  settle();
}

void Annealer::remove(std::uint32_t atom) {
  network_.remove(atom);
  near_.remove(atom);
}

}  // namespace cardhouse
