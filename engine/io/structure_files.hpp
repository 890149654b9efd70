#pragma once
// Structures as other programs write and read them: extended XYZ (libAtoms/extxyz specification,
// github.com/libAtoms/extxyz) and LAMMPS data files (docs.lammps.org/read_data.html). Lengths in angstrom. Malformed
// files throw InputError with file and line.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/structure/atoms.hpp"

namespace cardhouse {

/// Atoms with their identities and free key=value remarks (extended XYZ only).
struct StructureFrame {
  Atoms atoms;
  std::vector<std::int64_t> ids;            ///< one for every atom
  std::map<std::string, std::string> info;  ///< keys without spaces; values as text
};

/// Ids 0, 1, 2, ... and no remarks.
StructureFrame as_frame(const Atoms& atoms);

/// One frame: count, `Lattice="..." Properties=species:S:1:pos:R:3:id:I:1 pbc="T T T" key=value ...`, one line an atom.
/// Numbers read back to the same doubles. EXPECTS one id for every atom, and keys and values without double quotes.
std::string extended_xyz_text(const StructureFrame& frame);
/// Writes the frames one after another; the number of atoms may differ between them. Replaces the file in one step.
void write_extended_xyz(const std::string& path, const std::vector<StructureFrame>& frames);
/// All frames of a file. Without an `id` column the ids are 0, 1, 2, ...; other columns are passed over. The cell must
/// be given and periodic along all three vectors.
std::vector<StructureFrame> read_extended_xyz(const std::string& path);

/// Atom style `atomic`: types by ascending atomic number with the symbol as comment, ids from 1. LAMMPS wants the first
/// cell vector along x and the second in the xy plane: a cell that lies differently is turned, together with its atoms.
std::string lammps_data_text(const Atoms& atoms);
void write_lammps_data(const std::string& path, const Atoms& atoms);
/// Atom styles `atomic` and `charge`, orthogonal and triclinic boxes; atoms in the order of their ids, positions from
/// the corner of the box. The element of a type is the comment behind its mass or, without one, the element of that
/// mass (within 0.5 dalton). Other sections are passed over.
StructureFrame read_lammps_data(const std::string& path);

/// The last frame of an extended XYZ file (.xyz, .extxyz) or a LAMMPS data file (.data, .lmp, .lammps).
/// Throws InputError for another extension.
StructureFrame read_structure_file(const std::string& path);

}  // namespace cardhouse
