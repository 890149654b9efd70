#include "engine/sodium/ring_faces.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/structure/neighbour_list.hpp"

namespace cardhouse {
namespace {

constexpr int smallest_face = 5;
constexpr int largest_polygon = 8;
constexpr int largest_hole = 14;
constexpr double in_sheet_cosine = 0.6;  // between a ring's normal and its atoms' sheet normals

Vector3 bond_vector(const Atoms& atoms, std::uint32_t from, std::uint32_t to) {
  return atoms.cell.minimum_image(atoms.positions[to] - atoms.positions[from]);
}

bool closes_in_space(const Ring& ring, const Atoms& atoms) {
  Vector3 sum;
  for (std::size_t i = 0; i < ring.size(); ++i) sum += bond_vector(atoms, ring[i], ring[(i + 1) % ring.size()]);
  return norm(sum) < 1e-3;
}

bool lies_in_sheet(const RingFace& face, const std::vector<Vector3>& normals) {
  double sum = 0;
  int counted = 0;
  for (const std::uint32_t atom : face.ring) {
    if (normals[atom] == Vector3{}) continue;
    sum += std::abs(dot(normals[atom], face.plane.normal));
    ++counted;
  }
  return counted == 0 || sum > in_sheet_cosine * counted;
}

void join_neighbours(std::vector<RingFace>& faces) {
  std::map<Bond, std::vector<std::uint32_t>> faces_at;
  for (std::uint32_t f = 0; f < faces.size(); ++f) {
    const Ring& ring = faces[f].ring;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const auto [low, high] = std::minmax(ring[i], ring[(i + 1) % ring.size()]);
      faces_at[{low, high}].push_back(f);
    }
  }
  for (const auto& [bond, members] : faces_at)
    for (const std::uint32_t a : members)
      for (const std::uint32_t b : members)
        if (a != b) faces[a].beside.push_back(b);
  for (RingFace& face : faces) {
    std::sort(face.beside.begin(), face.beside.end());
    face.beside.erase(std::unique(face.beside.begin(), face.beside.end()), face.beside.end());
  }
}

void mark_vacancies(std::vector<RingFace>& faces) {
  for (RingFace& face : faces) {
    const auto pentagons = std::count_if(face.beside.begin(), face.beside.end(),
                                         [&](std::uint32_t other) { return faces[other].ring.size() == 5; });
    face.is_vacancy = face.ring.size() > largest_polygon || (face.ring.size() == largest_polygon && pentagons >= 2);
  }
}

// How a carbon with fewer than three lattice neighbours is saturated.
Termination saturation(const CarbonStructure& structure, std::uint32_t atom) {
  auto strongest = Termination::BareOrHydrogen;
  for (const std::uint32_t other : structure.bonds.of(atom)) {
    if (structure.atoms.elements[other] != Element::O) continue;
    const bool carbonyl = structure.bonds.degree(other) == 1;
    strongest = std::max(strongest, carbonyl ? Termination::DoubleOxygen : Termination::SingleOxygen);
  }
  return strongest;
}

std::size_t lattice_degree(const CarbonStructure& structure, std::uint32_t atom) {
  std::size_t degree = 0;
  for (const std::uint32_t other : structure.bonds.of(atom))
    degree += is_lattice_element(structure.atoms.elements[other]) ? 1 : 0;
  return degree;
}

std::vector<Termination> find_terminations(const CarbonStructure& structure, const std::vector<RingFace>& faces) {
  std::vector<std::uint8_t> on_hole(structure.atoms.size(), 0);
  for (const RingFace& face : faces)
    if (face.ring.size() > largest_polygon)
      for (const std::uint32_t atom : face.ring) on_hole[atom] = 1;
  std::vector<Termination> terminations(structure.atoms.size(), Termination::None);
  for (std::uint32_t atom = 0; atom < structure.atoms.size(); ++atom) {
    if (structure.atoms.elements[atom] != Element::C || lattice_degree(structure, atom) >= 3) continue;
    if (on_hole[atom] && structure.bonds.degree(atom) < 3) continue;
    terminations[atom] = saturation(structure, atom);
  }
  return terminations;
}

void mark_terminations(const CarbonStructure& structure, double edge_distance, std::vector<RingFace>& faces) {
  const std::vector<Termination> terminations = find_terminations(structure, faces);
  std::vector<Vector3> centres;
  for (RingFace& face : faces) {
    centres.push_back(face.plane.centre);
    for (const std::uint32_t atom : face.ring) face.termination = std::max(face.termination, terminations[atom]);
  }
  const NeighbourList near(structure.atoms.cell, centres, structure.atoms.positions, edge_distance);
  for (std::size_t f = 0; f < faces.size(); ++f)
    for (const Neighbour& atom : near.of(f))
      faces[f].termination = std::max(faces[f].termination, terminations[atom.index]);
}

Dopant dopant_of(const CarbonStructure& structure, std::uint32_t atom, std::size_t ring_size) {
  switch (structure.atoms.elements[atom]) {
    case Element::N:
      if (ring_size == 5) return Dopant::PyrrolicNitrogen;
      return lattice_degree(structure, atom) < 3 ? Dopant::PyridinicNitrogen : Dopant::GraphiticNitrogen;
    case Element::B:
      return Dopant::Boron;
    case Element::P:
      return Dopant::Phosphorus;
    case Element::S:
      return Dopant::Sulfur;
    default:
      break;
  }
  for (const std::uint32_t other : structure.bonds.of(atom))
    if (structure.atoms.elements[other] == Element::F) return Dopant::Fluorine;
  return Dopant::None;
}

}  // namespace

bool is_lattice_element(Element element) {
  return element == Element::C || element == Element::N || element == Element::B || element == Element::P ||
         element == Element::S;
}

std::vector<Vector3> sheet_normals(const CarbonStructure& structure) {
  std::vector<Vector3> normals(structure.atoms.size());
  for (std::uint32_t atom = 0; atom < structure.atoms.size(); ++atom) {
    const auto bonded = structure.bonds.of(atom);
    if (bonded.size() != 2 && bonded.size() != 3) continue;
    const Vector3 a = bond_vector(structure.atoms, atom, bonded[0]);
    const Vector3 b = bond_vector(structure.atoms, atom, bonded[1]);
    const Vector3 origin = bonded.size() == 3 ? bond_vector(structure.atoms, atom, bonded[2]) : Vector3{};
    const Vector3 area = cross(a - origin, b - origin);
    if (norm(area) > 0.1) normals[atom] = normalized(area);
  }
  return normals;
}

std::vector<RingFace> find_ring_faces(const CarbonStructure& structure, double edge_distance) {
  const std::vector<Vector3> normals = sheet_normals(structure);
  std::vector<RingFace> faces;
  for (Ring& ring : find_rings(structure.bonds, largest_hole)) {
    if (ring.size() < smallest_face || !closes_in_space(ring, structure.atoms)) continue;
    RingFace face;
    face.plane = ring_plane(ring, structure.atoms);
    face.ring = std::move(ring);
    if (!lies_in_sheet(face, normals)) continue;
    for (const std::uint32_t atom : face.ring)
      face.dopant = std::max(face.dopant, dopant_of(structure, atom, face.ring.size()));
    faces.push_back(std::move(face));
  }
  join_neighbours(faces);
  mark_vacancies(faces);
  mark_terminations(structure, edge_distance, faces);
  return faces;
}

double curvature(const std::vector<RingFace>& faces, std::size_t face, const Vector3& up, const Cell& cell) {
  const RingFace& here = faces[face];
  if (here.beside.empty()) return 0;
  double sum = 0;
  for (const std::uint32_t index : here.beside) {
    const RingPlane& there = faces[index].plane;
    const Vector3 along = cell.minimum_image(there.centre - here.plane.centre);
    const Vector3 normal = dot(there.normal, up) < 0 ? -there.normal : there.normal;
    sum -= dot(normal - up, along) / squared_norm(along);
  }
  return sum / static_cast<double>(here.beside.size());
}

}  // namespace cardhouse
