#pragma once
// Where sodium sits over the faces of the network: above each side of each ring, in the middle where two layers meet.

#include <vector>

#include "engine/sodium/ring_faces.hpp"

namespace cardhouse {

/// A place for sodium over one face, or between two.
struct Hollow {
  Vector3 position;                  ///< [angstrom]
  Vector3 normal;                    ///< of the sheet, away from it
  std::vector<std::uint32_t> faces;  ///< rings it was found from
  double spacing = 0;                ///< of the two faces, mean over `faces` that see a gallery; 0: no gallery
  int gallery_faces = 0;             ///< how many see one
  double slit = 0;                   ///< the same of a slit; 0: no slit [angstrom]
  double room = 0;                   ///< OppositeWall::room; 0: no wall within the widest pore [angstrom]
  double curvature = 0;              ///< [1/angstrom]

  bool in_gallery() const { return gallery_faces > 0; }
  bool in_slit() const { return !in_gallery() && slit > 0; }
};

/// Whether a hollow is on the wall of a pore rather than in a gallery, in a slit or on an open terrace.
bool faces_pore(const Hollow& hollow, const SiteGeometry& geometry);

/// Both sides of every face, in the order of the faces, those without room left out. What counts is the room between
/// the ring and what stands opposite: for parallel faces their distance, in a wedge the diameter of the sphere that
/// touches both, so that curved and tilted layers are judged by how near sodium comes to either.
/// - below gallery_narrowest: no place
/// - up to gallery_widest, between faces: midway; nothing but a bond across the gallery (an atom nearer than
///   gallery_clearance) forbids it, because the energy against spacing carries the crowding
/// - up to pore_narrowest, between faces, a slit: midway up to slit_split, as below beyond
/// - else: `height` above the ring, or midway if that is less, moved outward until no atom is nearer than `clearance`
/// The places of one gallery found from its two layers, and any others closer than merge_distance, become their mean.
std::vector<Hollow> find_hollows(const CarbonStructure& structure, const std::vector<RingFace>& faces,
                                 const SiteGeometry& geometry);

/// Replaces hollows closer than `distance` by their means, nearest pairs first, each with one partner at a time, until
/// none are left. A mean stands where the first of its members stood.
std::vector<Hollow> merge_close(std::vector<Hollow> hollows, double distance, const Cell& cell);

}  // namespace cardhouse
