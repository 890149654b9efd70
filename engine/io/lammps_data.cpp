#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "engine/base/errors.hpp"
#include "engine/io/numbered_lines.hpp"
#include "engine/io/read_cell.hpp"
#include "engine/io/structure_files.hpp"
#include "engine/io/structure_group.hpp"
#include "engine/io/text_file.hpp"

namespace cardhouse {

namespace {

constexpr double mass_tolerance = 0.5;  ///< [dalton]

bool lies_as_lammps_wants(const Cell& cell) {
  const auto& [a, b, c] = cell.vectors();
  return a.y == 0 && a.z == 0 && b.z == 0 && a.x > 0 && b.y > 0 && c.z > 0;
}

/// The same cell turned so that a lies along x and b in the xy plane (docs.lammps.org/Howto_triclinic.html).
Cell turned(const Cell& cell) {
  const auto& [a, b, c] = cell.vectors();
  const Vector3 along = normalized(a);
  const double bx = dot(b, along);
  const double by = norm(cross(along, b));
  const double cx = dot(c, along);
  const double cy = (dot(b, c) - bx * cx) / by;
  return Cell({norm(a), 0, 0}, {bx, by, 0}, {cx, cy, cell.volume() / (norm(a) * by)});
}

Atoms as_lammps_wants(const Atoms& atoms) {
  if (lies_as_lammps_wants(atoms.cell)) return atoms;
  Atoms result{turned(atoms.cell), atoms.positions, atoms.elements};
  for (auto& position : result.positions) position = result.cell.to_cartesian(atoms.cell.to_fractional(position));
  return result;
}

std::string_view without_comment(std::string_view line) {
  return line.substr(0, line.find('#'));
}

std::string_view comment_of(std::string_view line) {
  const std::size_t hash = line.find('#');
  const auto parts = hash == std::string_view::npos ? std::vector<std::string_view>() : words(line.substr(hash + 1));
  return parts.empty() ? std::string_view() : parts.front();
}

struct NumberedAtom {
  std::int64_t id;
  std::int64_t type;
  Vector3 position;
};

/// A data file as far as it has been read.
class LammpsData {
 public:
  explicit LammpsData(const std::string& path) : lines_(NumberedLines::from_file(path)) {}

  StructureFrame read() {
    lines_.next();
    while (const auto line = lines_.next()) take(*line);
    return assembled();
  }

 private:
  enum class Section { Header, Masses, Atoms, Other };

  void take(std::string_view line) {
    const auto parts = words(without_comment(line));
    if (parts.empty()) return;
    if (std::isalpha(static_cast<unsigned char>(parts.front().front()))) return start_section(parts.front(), line);
    if (section_ == Section::Header) take_header(parts);
    if (section_ == Section::Masses) take_mass(parts, comment_of(line));
    if (section_ == Section::Atoms) take_atom(parts);
  }

  void start_section(std::string_view name, std::string_view line) {
    section_ = name == "Masses" ? Section::Masses : name == "Atoms" ? Section::Atoms : Section::Other;
    if (section_ != Section::Atoms) return;
    const std::string_view style = comment_of(line);
    if (!style.empty() && style != "atomic" && style != "charge")
      lines_.fail("atom style '" + std::string(style) + "' is not read", "known: atomic, charge");
    position_column_ = style == "charge" ? 3 : 2;
  }

  void take_header(const std::vector<std::string_view>& parts) {
    const auto ends = [&](std::initializer_list<std::string_view> keywords) {
      return parts.size() == 2 * keywords.size() &&
             std::equal(keywords.begin(), keywords.end(), parts.begin() + static_cast<std::ptrdiff_t>(keywords.size()));
    };
    if (parts.size() == 2 && parts[1] == "atoms") announced_ = lines_.integer(parts[0]);
    if (ends({"xlo", "xhi"})) bounds_[0] = {lines_.real(parts[0]), lines_.real(parts[1])};
    if (ends({"ylo", "yhi"})) bounds_[1] = {lines_.real(parts[0]), lines_.real(parts[1])};
    if (ends({"zlo", "zhi"})) bounds_[2] = {lines_.real(parts[0]), lines_.real(parts[1])};
    if (ends({"xy", "xz", "yz"})) tilt_ = {lines_.real(parts[0]), lines_.real(parts[1]), lines_.real(parts[2])};
  }

  void take_mass(const std::vector<std::string_view>& parts, std::string_view comment) {
    if (parts.size() != 2) lines_.fail("expected a type and its mass");
    const double mass = lines_.real(parts[1]);
    try {
      elements_[lines_.integer(parts[0])] = comment.empty() ? element_of_mass(mass) : element_from_symbol(comment);
    } catch (const InputError& error) {
      lines_.fail(error.what());
    }
  }

  static Element element_of_mass(double mass) {
    for (const auto& [name, number] : element_enumeration())
      if (std::abs(standard_mass(element_from_number(number)) - mass) < mass_tolerance)
        return element_from_number(number);
    throw InputError(fmt::format("no known element has mass {}", mass),
                     "write its symbol behind the mass: \"1 12.011  # C\"");
  }

  void take_atom(const std::vector<std::string_view>& parts) {
    const std::size_t columns = position_column_ + 3;
    if (parts.size() != columns && parts.size() != columns + 3)
      lines_.fail(
          fmt::format("{} columns where an atom has {}, or {} with image flags", parts.size(), columns, columns + 3));
    const auto at = [&](std::size_t axis) { return lines_.real(parts[position_column_ + axis]); };
    atoms_.push_back({lines_.integer(parts[0]), lines_.integer(parts[1]), {at(0), at(1), at(2)}});
    if (!elements_.contains(atoms_.back().type))
      lines_.fail(fmt::format("atom type {} has no mass above", atoms_.back().type), "put section Masses before Atoms");
    if (!ids_.insert(atoms_.back().id).second) lines_.fail(fmt::format("atom {} occurs twice", atoms_.back().id));
  }

  Cell cell() const {
    for (const auto& bound : bounds_)
      if (!bound) lines_.fail("the box is not complete", "give xlo xhi, ylo yhi and zlo zhi");
    const auto length = [&](std::size_t axis) { return bounds_[axis]->second - bounds_[axis]->first; };
    return cell_at_line(lines_, {length(0), 0, 0}, {tilt_.x, length(1), 0}, {tilt_.y, tilt_.z, length(2)});
  }

  StructureFrame assembled() {
    if (announced_ != static_cast<std::int64_t>(atoms_.size()))
      lines_.fail(fmt::format("{} atoms where the header announces {}", atoms_.size(), announced_));
    StructureFrame frame{{cell(), {}, {}}, {}, {}};
    const Vector3 corner{bounds_[0]->first, bounds_[1]->first, bounds_[2]->first};
    std::sort(atoms_.begin(), atoms_.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    for (const auto& atom : atoms_) {
      frame.atoms.add(elements_.at(atom.type), atom.position - corner);
      frame.ids.push_back(atom.id);
    }
    return frame;
  }

  NumberedLines lines_;
  Section section_ = Section::Header;
  std::size_t position_column_ = 2;
  std::int64_t announced_ = -1;
  std::array<std::optional<std::pair<double, double>>, 3> bounds_;
  Vector3 tilt_;  ///< xy, xz, yz
  std::map<std::int64_t, Element> elements_;
  std::vector<NumberedAtom> atoms_;
  std::set<std::int64_t> ids_;
};

}  // namespace

std::string lammps_data_text(const Atoms& original) {
  const Atoms atoms = as_lammps_wants(original);
  const std::set<Element> kinds(atoms.elements.begin(), atoms.elements.end());
  const auto& [a, b, c] = atoms.cell.vectors();
  std::string text = fmt::format("Cardhouse structure, lengths in angstrom\n\n{} atoms\n{} atom types\n\n",
                                 atoms.size(), kinds.size());
  auto out = std::back_inserter(text);
  fmt::format_to(out, "0 {} xlo xhi\n0 {} ylo yhi\n0 {} zlo zhi\n", a.x, b.y, c.z);
  if (b.x != 0 || c.x != 0 || c.y != 0) fmt::format_to(out, "{} {} {} xy xz yz\n", b.x, c.x, c.y);
  text += "\nMasses\n\n";
  std::map<Element, int> types;
  for (const Element element : kinds) {
    const int type = types.emplace(element, static_cast<int>(types.size()) + 1).first->second;
    fmt::format_to(out, "{} {}  # {}\n", type, standard_mass(element), symbol(element));
  }
  text += "\nAtoms # atomic\n\n";
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Vector3& p = atoms.positions[i];
    fmt::format_to(out, "{} {} {} {} {}\n", i + 1, types.at(atoms.elements[i]), p.x, p.y, p.z);
  }
  return text;
}

void write_lammps_data(const std::string& path, const Atoms& atoms) {
  replace_text_file(path, lammps_data_text(atoms));
}

StructureFrame read_lammps_data(const std::string& path) {
  return LammpsData(path).read();
}

}  // namespace cardhouse
