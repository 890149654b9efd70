#pragma once

#include "engine/app/stage.hpp"

namespace cardhouse {

/// The carbon that a stage works on: the file that its key `structure_file` names (extended XYZ or LAMMPS data, bonds
/// by distance), else the structure of the run file: relaxed, annealed or built, in this order. Throws InputError when
/// there is none.
CarbonStructure current_structure(const StageContext& context);

/// The carbon whose sites the run file holds: one from a file is stored with them.
CarbonStructure host_of_sites(const StageContext& context);

/// Throws InputError with the name of the file that the atoms are from when none is carbon or two are nearer
/// than `least_separation` [angstrom].
void require_sound(const Atoms& atoms, const std::string& path, double least_separation);

/// A file that io can read, with bonds by distance. Throws InputError with its name when it is malformed, holds no
/// carbon, or two of its atoms overlap.
CarbonStructure bonded_structure_file(const std::string& path);

/// What such a stage needs from others, and the check of its key: the file is read as a whole, so that a wrong one is
/// found before anything runs.
std::vector<std::string> needs_structure(const DeckTable& settings);
void check_structure_key(const DeckTable& settings);

}  // namespace cardhouse
