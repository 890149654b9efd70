#pragma once
// The faces of the carbon network: rings that a sodium atom can sit over, with what is special about each.

#include <cstdint>
#include <vector>

#include "engine/sodium/site_parameters.hpp"
#include "engine/structure/rings.hpp"

namespace cardhouse {

/// What ends the sheet at a ring, weakest to strongest binding of sodium.
enum class Termination : std::uint8_t { None, BareOrHydrogen, SingleOxygen, DoubleOxygen };

/// The heteroatom of a ring; with several, the one listed last.
enum class Dopant : std::uint8_t {
  None,
  GraphiticNitrogen,
  Fluorine,
  Boron,
  Sulfur,
  PyrrolicNitrogen,
  Phosphorus,
  PyridinicNitrogen,
};

/// A ring of five to eight atoms, or the rim of a hole of nine to fourteen (a bare monovacancy has twelve, a divacancy
/// fourteen).
struct RingFace {
  Ring ring;
  RingPlane plane;
  std::vector<std::uint32_t> beside;  ///< faces that share a bond, ascending
  Termination termination = Termination::None;
  Dopant dopant = Dopant::None;

  /// Atoms are missing here: the rim of a hole, or the octagon of a 5-8-5 divacancy, known by two pentagons beside it
  /// (Banhart 2011, doi:10.1021/nn102598m). Other octagons only bend the sheet.
  bool is_vacancy = false;
  /// Missing atoms or a heteroatom: what binds sodium on its own, wherever it is.
  bool is_trap() const { return is_vacancy || dopant != Dopant::None; }
};

/// Atoms that make up the sheets: C, N, B, P, S. The others only end them.
bool is_lattice_element(Element element);

/// Normal of the sheet at every atom, sign arbitrary: of the plane through its three neighbours, or through itself and
/// its two. Zero where there is no such plane (one or four neighbours, or two in a line).
std::vector<Vector3> sheet_normals(const CarbonStructure& structure);

/// All faces in the order of find_rings. Left out: closed paths through the periodic cell, and rings across the sheets
/// instead of in them (round a neck, or through a crosslink between layers).
///
/// A ring is terminated when one of its carbons, or one within `edge_distance` of its centre, has fewer than three
/// lattice neighbours; bare carbons on the rim of a hole do not count, the hole does.
std::vector<RingFace> find_ring_faces(const CarbonStructure& structure, double edge_distance);

/// Curvature of the sheet at a face seen from the side of `up`, which is along its normal or against it: the mean over
/// the faces beside it of the turn of the normal per distance [1/angstrom]; positive on the concave side, 1/R inside a
/// sphere.
double curvature(const std::vector<RingFace>& faces, std::size_t face, const Vector3& up, const Cell& cell);

}  // namespace cardhouse
