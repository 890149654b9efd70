#include "engine/io/read_cell.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

Cell right_handed(const NumberedLines& lines, const Vector3& a, const Vector3& b, const Vector3& c) {
  try {
    return Cell(a, b, c);
  } catch (const InputError& error) {
    lines.fail(error.what());
  }
}

}  // namespace

Cell cell_at_line(const NumberedLines& lines, const Vector3& a, const Vector3& b, const Vector3& c) {
  constexpr double least_width = 0.5;
  const Cell cell = right_handed(lines, a, b, c);
  const Vector3& widths = cell.widths();
  const double narrowest = std::min({widths.x, widths.y, widths.z});
  if (!(narrowest >= least_width)) {
    lines.fail(
        fmt::format("the cell is only {:.3g} angstrom thin (its vectors are short or nearly in one plane)", narrowest),
        "give lengths in angstrom, and the shortest vectors of the lattice");
  }
  return cell;
}

}  // namespace cardhouse
