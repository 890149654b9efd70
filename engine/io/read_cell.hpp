#pragma once

#include "engine/io/numbered_lines.hpp"
#include "engine/structure/cell.hpp"

namespace cardhouse {

/// The cell with these vectors, which stand at the present line of a file. Throws InputError there when they are not
/// right-handed, and when the cell is thinner than half an angstrom: no atom fits into it, and the images of one within
/// the reach of a bond would be without number.
Cell cell_at_line(const NumberedLines& lines, const Vector3& a, const Vector3& b, const Vector3& c);

}  // namespace cardhouse
