#pragma once
// Numbers of the site catalogue. They live in inputs/sodium/site_parameters.toml, each with its source; nothing here
// has a value of its own.

#include <string>
#include <vector>

#include "engine/base/deck.hpp"
#include "engine/sodium/two_faces.hpp"

namespace cardhouse {

/// A curve through tabulated points, straight between them and constant beyond the first and the last.
struct TabulatedCurve {
  std::vector<double> at;  ///< rising
  std::vector<double> value;
  double operator()(double x) const;
};

/// Where sites are looked for. Lengths [angstrom].
struct SiteGeometry {
  double height = 0;             ///< of sodium above a free ring
  double clearance = 0;          ///< least distance of a site on a free face to any atom
  double gallery_clearance = 0;  ///< the same in a gallery; the crowding itself is in the energy against spacing
  double ray_radius = 0;         ///< atoms this close to the ring normal make up the opposite wall
  double gallery_narrowest = 0;  ///< spacing below which there is no room
  double gallery_widest = 0;     ///< spacing up to which two faces make a gallery
  double steepest_wall = 0;      ///< angle to a ring from which a wall turns its edge, not its face [rad]
  double slit_split = 0;         ///< up to which sodium in a slit stands midway, from `faces` of the energies
  double pore_narrowest = 0;     ///< distance of opposite walls from which a slit is a pore
  double pore_widest = 0;        ///< how far an opposite wall is looked for
  double merge_distance = 0;     ///< sites closer than this are one
  double edge_distance = 0;      ///< from a ring centre to an edge carbon that makes it an edge ring
  double oxygen_distance = 0;    ///< within which oxygen lowers a gallery site
  double metal_lattice = 0;      ///< bcc lattice constant of sodium
  double metal_distance = 0;     ///< least distance of a pore site to any atom
  double metal_separation = 0;   ///< least distance of a pore site to hollows that face no pore
  double link_reach = 0;         ///< longest hop
  double link_clearance = 0;     ///< least distance of a hop's straight path to any atom, outside galleries
  double atom_area = 0;          ///< of a sheet, per lattice atom [angstrom^2]
  double hollow_area = 0;        ///< of a sheet, per hexagon [angstrom^2]
  double electrolyte_probe = 0;  ///< radius of a solvated sodium ion
  double patch_area = 0;         ///< of a piece of gallery that opens as one [angstrom^2]
};

/// Energies against bcc sodium at zero host charge [eV] and charges [e].
struct SiteEnergies {
  double terrace = 0;               ///< hexagon with a free face
  TabulatedCurve gallery;           ///< against spacing, before the shift
  double gallery_shift = 0;         ///< what defects and donated electrons add to it, the same in every carbon
  double gallery_shift_lowest = 0;  ///< window in which it is calibrated
  double gallery_shift_highest = 0;
  double gallery_end = 0;      ///< spacing at which the curve of galleries ends: `gallery_widest` [angstrom]
  double gallery_fade = 0;     ///< length over which its level fades beyond [angstrom]
  TwoFaces faces;              ///< what it fades to
  double gallery_vacancy = 0;  ///< added over a ring of eight or more in a gallery
  double gallery_polygon = 0;  ///< added over any other ring that is no hexagon in a gallery
  double gallery_oxygen = 0;   ///< added in a gallery near oxygen
  double wall_vacancy = 0;     ///< on a free face, over a ring of nine or more: itself, not added
  double wall_divacancy = 0;   ///< on a free face, over an octagon: itself, not added
  double wall_polygon = 0;     ///< added on a free face over any other ring that is no hexagon
  double edge_hydrogen = 0;    ///< added on a free face beside an H-terminated or bare edge
  double edge_single_oxygen = 0;
  double edge_double_oxygen = 0;
  double graphitic_nitrogen = 0;  ///< added over a ring that holds one; likewise below
  double pyrrolic_nitrogen = 0;
  double pyridinic_nitrogen = 0;
  double sulfur = 0;
  double fluorine = 0;
  double phosphorus = 0;
  double boron = 0;
  double charge = 0;  ///< donated by sodium on a layer
  double charge_vacancy = 0;
  double charge_heteroatom = 0;    ///< beside oxygen or over a heteroatom
  double charge_decay_start = 0;   ///< distance up to which a pore atom donates `charge` [angstrom]
  double charge_decay_length = 0;  ///< of the exponential beyond [angstrom]
};

/// Kinetically resolved barriers [eV].
struct HopBarriers {
  TabulatedCurve gallery;         ///< against spacing
  TabulatedCurve mouth;           ///< gallery to anything else, against spacing
  double narrowest = 0;           ///< spacing below which sodium neither enters nor moves [angstrom]
  double pore = 0;                ///< between core sites, and between core and wall
  double terrace_ordered = 0;     ///< between hexagons of free faces
  double terrace_disordered = 0;  ///< the same when either is a defect or an edge
};

struct SiteParameters {
  SiteGeometry geometry;
  SiteEnergies energies;
  HopBarriers barriers;
};

/// Reads tables [geometry], [energies], [barriers]; every entry is { value, source }, curves { spacing, energy, source
/// }. Throws InputError when an entry, its unit or its source is missing, or when the values contradict each other.
SiteParameters read_site_parameters(const DeckTable& root);
/// The same from a file; unknown keys are errors.
SiteParameters load_site_parameters(const std::string& path);

}  // namespace cardhouse
