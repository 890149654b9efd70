#include "engine/sodium/site_energies.hpp"

#include <algorithm>
#include <cmath>

namespace cardhouse {
namespace {

double stronger(double a, double b) {
  return std::abs(b) > std::abs(a) ? b : a;
}

double dopant_energy(Dopant dopant, const SiteEnergies& energies) {
  switch (dopant) {
    case Dopant::None:
      return 0;
    case Dopant::GraphiticNitrogen:
      return energies.graphitic_nitrogen;
    case Dopant::Fluorine:
      return energies.fluorine;
    case Dopant::Boron:
      return energies.boron;
    case Dopant::Sulfur:
      return energies.sulfur;
    case Dopant::PyrrolicNitrogen:
      return energies.pyrrolic_nitrogen;
    case Dopant::Phosphorus:
      return energies.phosphorus;
    case Dopant::PyridinicNitrogen:
      return energies.pyridinic_nitrogen;
  }
  return 0;
}

double termination_energy(Termination termination, const SiteEnergies& energies) {
  switch (termination) {
    case Termination::None:
      return 0;
    case Termination::BareOrHydrogen:
      return energies.edge_hydrogen;
    case Termination::SingleOxygen:
      return energies.edge_single_oxygen;
    case Termination::DoubleOxygen:
      return energies.edge_double_oxygen;
  }
  return 0;
}

double ring_energy_in_gallery(const RingFace& face, const SiteEnergies& energies) {
  if (face.is_vacancy) return energies.gallery_vacancy;
  return face.ring.size() != 6 ? energies.gallery_polygon : 0;
}

double ring_energy_on_wall(const RingFace& face, const SiteEnergies& energies) {
  if (face.is_vacancy && face.ring.size() == 8) return energies.wall_divacancy - energies.terrace;
  if (face.ring.size() > 8) return energies.wall_vacancy - energies.terrace;
  return face.ring.size() != 6 ? energies.wall_polygon : 0;
}

}  // namespace

double gallery_share(const Hollow& hollow, const SiteEnergies& energies) {
  if (!hollow.in_slit()) return 0;
  return std::exp(-std::max(0.0, hollow.slit - energies.gallery_end) / energies.gallery_fade);
}

double hollow_energy(const HollowSurroundings& surroundings, const SiteEnergies& energies) {
  const Hollow& hollow = surroundings.hollow;
  double between = 0;  // what the rings add in a gallery
  double free = 0;     // and on a free face
  for (const std::uint32_t index : hollow.faces) {
    const RingFace& face = surroundings.faces[index];
    const double dopant = dopant_energy(face.dopant, energies);
    between = stronger(stronger(between, dopant), ring_energy_in_gallery(face, energies));
    free = stronger(stronger(free, dopant), ring_energy_on_wall(face, energies));
    free = stronger(free, termination_energy(face.termination, energies));
  }
  const double spacing = hollow.in_gallery() ? hollow.spacing : energies.gallery_end;
  const double oxygen = surroundings.near_oxygen ? energies.gallery_oxygen : 0;
  const double gallery = energies.gallery(spacing) + energies.gallery_shift + between + oxygen;
  if (hollow.in_gallery()) return gallery;
  if (!hollow.in_slit()) return energies.terrace + free;
  const double share = gallery_share(hollow, energies);
  return energies.faces(hollow.slit) + (1 - share) * free + share * (gallery - energies.faces(energies.gallery_end));
}

double hollow_charge(const HollowSurroundings& surroundings, const SiteEnergies& energies) {
  double charge = energies.charge;
  for (const std::uint32_t index : surroundings.hollow.faces) {
    const RingFace& face = surroundings.faces[index];
    const bool oxygen = face.termination >= Termination::SingleOxygen;
    if (face.is_vacancy) charge = std::max(charge, energies.charge_vacancy);
    if (oxygen || face.dopant != Dopant::None) charge = std::max(charge, energies.charge_heteroatom);
  }
  return charge;
}

double pore_charge(double distance, const SiteEnergies& energies) {
  const double beyond = std::max(0.0, distance - energies.charge_decay_start);
  return energies.charge * std::exp(-beyond / energies.charge_decay_length);
}

}  // namespace cardhouse
