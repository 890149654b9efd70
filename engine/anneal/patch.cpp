#include "engine/anneal/patch.hpp"

#include "engine/base/contracts.hpp"
#include "potentials/bonded_terms.hpp"

namespace cardhouse {

void Patch::assign(const CarbonNetwork& network, const NearAtoms& near, TermTable& terms,
                   std::span<const std::uint32_t> free_atoms) {
  for (const std::uint32_t atom : atoms_)
    if (atom < local_.size()) local_[atom] = none;
  local_.resize(network.size(), none);
  atoms_.clear(), positions_.clear(), bond_of_slot_.clear();
  bonds_.clear(), angles_.clear(), planes_.clear(), contacts_.clear();
  free_count_ = free_atoms.size();
  for (const std::uint32_t atom : free_atoms) {
    EXPECTS(network.present(atom) && local_[atom] == none);
    local(network, atom);
  }
  for (std::uint32_t centre = 0; centre < free_count_; ++centre)
    for (std::size_t slot = 0; slot < network.degree(atoms_[centre]); ++slot) spoke(network, terms, centre, slot);
  const std::size_t centres = atoms_.size();  // free atoms and their neighbours
  for (std::uint32_t centre = 0; centre < centres; ++centre) add_centre(network, terms, centre);
  for (std::size_t i = 0; i < free_count_; ++i) {
    add_chain_contacts(network, atoms_[i]);
    add_layer_contacts(network, near, atoms_[i]);
  }
  vectors_.resize(bonds_.size());
}

std::uint32_t Patch::local(const CarbonNetwork& network, std::uint32_t atom) {
  if (local_[atom] != none) return local_[atom];
  local_[atom] = static_cast<std::uint32_t>(atoms_.size());
  atoms_.push_back(atom);
  positions_.push_back(network.position(atom));
  bond_of_slot_.push_back({none, none, none, none});
  return local_[atom];
}

// The bond in a slot of an atom, seen from it.
Patch::Spoke Patch::spoke(const CarbonNetwork& network, TermTable& terms, std::uint32_t centre, std::size_t slot) {
  const std::uint32_t atom = atoms_[centre], other = network.of(atom)[slot];
  if (const std::uint32_t bond = bond_of_slot_[centre][slot]; bond != none)
    return {bond, bonds_[bond].from == centre ? 1.0 : -1.0};
  const std::uint32_t far = local(network, other);
  const auto bond = static_cast<std::uint32_t>(bonds_.size());
  const auto back = network.of(other);
  std::size_t back_slot = 0;
  while (back[back_slot] != atom) ++back_slot;
  bond_of_slot_[centre][slot] = bond_of_slot_[far][back_slot] = bond;
  const Vector3 plain = positions_[far] - positions_[centre];
  bonds_.push_back(
      {centre, far, network.cell().minimum_image(plain) - plain,
       terms.bond({network.element(atom), network.degree(atom)}, {network.element(other), network.degree(other)}),
       is_free(centre) || is_free(far)});
  return {bond, 1.0};
}

void Patch::add_centre(const CarbonNetwork& network, TermTable& terms, std::uint32_t centre) {
  const std::uint32_t atom = atoms_[centre];
  const auto others = network.of(atom);
  const BondedAtom bonded{network.element(atom), others.size()};
  const auto moves = [&](std::uint32_t other) { return local_[other] != none && is_free(local_[other]); };
  for (std::size_t p = 0; p < others.size(); ++p)
    for (std::size_t q = p + 1; q < others.size(); ++q) {
      if (!is_free(centre) && !moves(others[p]) && !moves(others[q])) continue;
      const Spoke first = spoke(network, terms, centre, p);
      const Spoke second = spoke(network, terms, centre, q);
      angles_.push_back({first, second, terms.angle(network.element(others[p]), bonded, network.element(others[q]))});
    }
  if (others.size() == 3)
    planes_.push_back(
        {spoke(network, terms, centre, 0), spoke(network, terms, centre, 1), spoke(network, terms, centre, 2)});
}

// Ends of chains of three bonds that begin at a free atom; a chain between two free atoms is found from both.
void Patch::add_chain_contacts(const CarbonNetwork& network, std::uint32_t atom) {
  for (const std::uint32_t second : network.of(atom))
    for (const std::uint32_t third : network.of(second)) {
      if (third == atom) continue;
      for (const std::uint32_t end : network.of(third)) {
        if (end == second || end == atom || network.bonded(atom, end)) continue;
        if (local_[end] != none && is_free(local_[end]) && end < atom) continue;
        add_contact(network, {atom, end}, contact_distance, contact_stiffness);
      }
    }
}

void Patch::add_layer_contacts(const CarbonNetwork& network, const NearAtoms& near, std::uint32_t atom) {
  search_.within(network, {&atom, 1}, 3);
  for (const std::uint32_t other : near.of(atom)) {
    if (search_.reached(other)) continue;
    if (local_[other] != none && is_free(local_[other]) && other < atom) continue;
    const bool hydrogen = network.element(atom) == Element::H || network.element(other) == Element::H;
    const double reach = hydrogen ? hydrogen_contact_distance : layer_contact_distance;
    add_contact(network, {atom, other}, reach, layer_contact_stiffness);
  }
}

void Patch::add_contact(const CarbonNetwork& network, std::array<std::uint32_t, 2> atoms, double reach,
                        double stiffness) {
  const Vector3 plain = network.position(atoms[1]) - network.position(atoms[0]);
  const Vector3 nearest = network.cell().minimum_image(plain);
  const double margin = reach + contact_margin;
  if (squared_norm(nearest) >= margin * margin) return;
  const std::uint32_t first = local(network, atoms[0]), second = local(network, atoms[1]);
  contacts_.push_back({first, second, nearest - plain, reach, stiffness});
}

double Patch::evaluate(std::span<const Vector3> positions, std::span<Vector3> forces) {
  EXPECTS(positions.size() == free_count_ && forces.size() == free_count_);
  std::copy(positions.begin(), positions.end(), positions_.begin());
  gradients_.assign(bonds_.size(), {});
  double energy = 0;
  for (std::size_t b = 0; b < bonds_.size(); ++b) {
    const BondPart& bond = bonds_[b];
    vectors_[b] = positions_[bond.to] - positions_[bond.from] + bond.image;
    if (bond.counted) energy += bonded::bond_energy(bond.term, vectors_[b], gradients_[b]);
  }
  for (const auto& [first, second, term] : angles_) {
    std::array<Vector3, 2> slopes;
    energy +=
        bonded::angle_energy(term, first.sign * vectors_[first.bond], second.sign * vectors_[second.bond], slopes);
    gradients_[first.bond] += first.sign * slopes[0];
    gradients_[second.bond] += second.sign * slopes[1];
  }
  for (const auto& spokes : planes_) {
    std::array<Vector3, 3> arms, slopes;
    for (std::size_t k = 0; k < 3; ++k) arms[k] = spokes[k].sign * vectors_[spokes[k].bond];
    energy += bonded::plane_energy(arms, slopes);
    for (std::size_t k = 0; k < 3; ++k) gradients_[spokes[k].bond] += spokes[k].sign * slopes[k];
  }
  push_back_forces(forces);
  for (const ContactPart& contact : contacts_) {
    const Vector3 apart = positions_[contact.second] - positions_[contact.first] + contact.image;
    Vector3 slope;
    energy += bonded::contact_energy({contact.reach, contact.stiffness}, apart, slope);
    forces[contact.first] += slope;  // the first atom of a contact is always free
    if (is_free(contact.second)) forces[contact.second] -= slope;
  }
  return energy;
}

void Patch::push_back_forces(std::span<Vector3> forces) const {
  std::fill(forces.begin(), forces.end(), Vector3{});
  for (std::size_t b = 0; b < bonds_.size(); ++b) {
    if (is_free(bonds_[b].from)) forces[bonds_[b].from] += gradients_[b];
    if (is_free(bonds_[b].to)) forces[bonds_[b].to] -= gradients_[b];
  }
}

}  // namespace cardhouse
