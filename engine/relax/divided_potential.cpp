#include "engine/relax/divided_potential.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr double skin = 1.6;                  // of the halos [angstrom]; twice that of the lists within a brick
constexpr std::size_t numbers_of_a_part = 8;  // energy, virial, reach

}  // namespace

double halo_width(const Reach& reach, double longest_bond) {
  return std::max(reach.distance + reach.outer_bonds * longest_bond, reach.bonds * longest_bond);
}

DividedPotential::DividedPotential(const CarbonStructure& whole, const AtomDivision& division, Make make,
                                   const Potential& alike)
    : whole_(whole),
      division_(division),
      make_(std::move(make)),
      name_(alike.name()),
      cutoff_(alike.cutoff()),
      reach_(alike.reach().value_or(Reach{})),
      wanted_(reach_) {
  EXPECTS(alike.reach().has_value());
}

Evaluation DividedPotential::evaluate(const Atoms& own, std::span<Vector3> forces) {
  EXPECTS(own.size() == division_.own().size() && forces.size() == own.size());
  if (division_.ranks().any(!reference_.keeps_apart(own, halo_ + skin, halo_))) cut(own);
  for (;;) {
    const Evaluation total = evaluate_parts(own, forces);
    if (wanted_.distance <= reach_.distance) return total;
    reach_ = wanted_;
    cut(own);
  }
}

void DividedPotential::cut(const Atoms& own) {
  ++cuts_;
  reference_.record(own);
  const CarbonStructure now{division_.gather(own), whole_.bonds};
  const WrappedPlaces wrapped(now.atoms.cell, now.atoms.positions);
  const std::vector<Brick> bricks = cut_into_bricks(now.atoms.cell, wrapped.places, division_.bricks());
  halo_ = halo_width(reach_, longest_bond(now));
  parts_.clear();
  std::vector<std::uint32_t> held;
  for (int b = division_.first_brick(); b < division_.end_brick(); ++b) {
    BrickAtoms atoms(bricks[static_cast<std::size_t>(b)], now, wrapped, halo_ + skin);
    held.insert(held.end(), atoms.ids().begin(), atoms.ids().end());
    auto potential = make_(atoms.structure());
    potential->set_centres(atoms.centres());
    parts_.push_back({std::move(atoms), std::move(potential)});
  }
  exchange_ = std::make_unique<AtomExchange>(division_, held);
  held_positions_.resize(held.size());
  held_forces_.resize(held.size());
}

Evaluation DividedPotential::evaluate_parts(const Atoms& own, std::span<Vector3> forces) {
  exchange_->fetch(own.positions, held_positions_);
  std::vector<double> sums;
  for (std::size_t first = 0; Part & part : parts_) {
    const std::size_t size = part.atoms.size();
    part.atoms.move(own.cell, std::span(held_positions_).subspan(first, size));
    const auto [energy, w] =
        part.potential->evaluate(part.atoms.structure().atoms, std::span(held_forces_).subspan(first, size));
    sums.insert(sums.end(), {energy, w.xx, w.yy, w.zz, w.xy, w.xz, w.yz, part.potential->reach()->distance});
    first += size;
  }
  exchange_->add_up(held_forces_, forces);
  return sum_over_bricks(division_.ranks().gather(sums));
}

/// Adds what each brick found in the order of the bricks; learns the reach.
Evaluation DividedPotential::sum_over_bricks(std::span<const double> parts) {
  Evaluation total;
  for (std::size_t k = 0; k < parts.size(); k += numbers_of_a_part) {
    const double* p = &parts[k];
    total += {p[0], {p[1], p[2], p[3], p[4], p[5], p[6]}};
    wanted_.distance = std::max(wanted_.distance, p[7]);
  }
  return total;
}

std::size_t DividedPotential::ghosts() const {
  std::size_t sum = 0;
  for (const Part& part : parts_) sum += part.atoms.size() - part.atoms.centres();
  return sum;
}

std::vector<std::uint32_t> DividedPotential::centres() const {
  std::vector<std::uint32_t> all;
  for (const Part& part : parts_) {
    const auto centres = part.atoms.ids().first(part.atoms.centres());
    all.insert(all.end(), centres.begin(), centres.end());
  }
  return all;
}

}  // namespace cardhouse
