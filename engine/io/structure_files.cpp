#include "engine/io/structure_files.hpp"

#include <filesystem>
#include <numeric>

#include "engine/base/errors.hpp"

namespace cardhouse {

StructureFrame as_frame(const Atoms& atoms) {
  StructureFrame frame{atoms, std::vector<std::int64_t>(atoms.size()), {}};
  std::iota(frame.ids.begin(), frame.ids.end(), 0);
  return frame;
}

StructureFrame read_structure_file(const std::string& path) {
  const std::string extension = std::filesystem::path(path).extension();
  if (extension == ".xyz" || extension == ".extxyz") return read_extended_xyz(path).back();
  if (extension == ".data" || extension == ".lmp" || extension == ".lammps") return read_lammps_data(path);
  throw InputError({path, 0, {}}, "unknown kind of structure file '" + extension + "'",
                   "known: .xyz, .extxyz (extended XYZ), .data, .lmp, .lammps (LAMMPS data)");
}

}  // namespace cardhouse
