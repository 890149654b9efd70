#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/io/numbered_lines.hpp"
#include "engine/io/read_cell.hpp"
#include "engine/io/structure_files.hpp"
#include "engine/io/text_file.hpp"

namespace cardhouse {

namespace {

/// Where the columns we use stand in an atom line.
struct Layout {
  std::optional<std::size_t> species;
  std::optional<std::size_t> position;
  std::optional<std::size_t> id;
  std::size_t columns = 0;
};

using Remarks = std::map<std::string, std::string>;

bool is_plain(const std::string& text) {
  return text.find_first_of("\"\n\r") == std::string::npos;
}

std::string quoted_if_needed(const std::string& text) {
  const bool bare = !text.empty() && text.find_first_of(" \t='{}[],\\") == std::string::npos;
  return bare ? text : '"' + text + '"';
}

/// key=value, key="a value", key='a value', key={a value}, and a bare key, which stands for true.
Remarks parse_remarks(std::string_view line, const NumberedLines& lines) {
  constexpr std::string_view blank = " \t";
  Remarks remarks;
  for (std::size_t at = line.find_first_not_of(blank); at != std::string_view::npos;
       at = line.find_first_not_of(blank, at)) {
    const std::size_t key_end = std::min(line.find_first_of(" \t=", at), line.size());
    const std::string key(line.substr(at, key_end - at));
    at = key_end;
    if (at == line.size() || line[at] != '=') {
      remarks[key] = "T";
      continue;
    }
    const char first = ++at < line.size() ? line[at] : ' ';
    const bool quoted = first == '"' || first == '\'' || first == '{';
    const std::size_t begin = at + quoted;
    const std::size_t end = quoted ? line.find(first == '{' ? '}' : first, begin) : line.find_first_of(blank, begin);
    if (quoted && end == std::string_view::npos) lines.fail("the value of '" + key + "' has no closing quote");
    remarks[key] = line.substr(begin, std::min(end, line.size()) - begin);
    at = std::min(end, line.size()) + quoted;
  }
  return remarks;
}

std::string taken(Remarks& remarks, const std::string& key, const std::string& fallback) {
  const auto node = remarks.extract(key);
  return node ? node.mapped() : fallback;
}

std::vector<std::string> split_at_colons(const std::string& text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == ':') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

Layout parse_properties(const std::string& properties, const NumberedLines& lines) {
  const auto parts = split_at_colons(properties);
  if (parts.size() % 3 != 0) lines.fail("Properties '" + properties + "' is not a list of name:type:columns");
  Layout layout;
  const auto claim = [&](std::optional<std::size_t>& place, std::size_t part, const char* type_and_columns) {
    if (parts[part + 1] + parts[part + 2] != type_and_columns)
      lines.fail("property '" + parts[part] + "' has an unusual type or number of columns");
    place = layout.columns;
  };
  for (std::size_t part = 0; part < parts.size(); part += 3) {
    if (parts[part] == "species") claim(layout.species, part, "S1");
    if (parts[part] == "pos") claim(layout.position, part, "R3");
    if (parts[part] == "id") claim(layout.id, part, "I1");
    const auto columns = lines.integer(parts[part + 2]);
    if (columns < 1) lines.fail("property '" + parts[part] + "' has no column");
    layout.columns += static_cast<std::size_t>(columns);
  }
  if (!layout.species || !layout.position) lines.fail("Properties names no 'species:S:1' or no 'pos:R:3'");
  return layout;
}

Cell parse_lattice(const std::string& lattice, const NumberedLines& lines) {
  const auto parts = words(lattice);
  if (parts.size() != 9)
    lines.fail("no cell (Lattice with nine numbers)", "add Lattice=\"ax ay az bx by bz cx cy cz\"");
  std::array<Vector3, 3> rows;
  for (int i = 0; i < 9; ++i)
    rows[static_cast<std::size_t>(i / 3)][i % 3] = lines.real(parts[static_cast<std::size_t>(i)]);
  return cell_at_line(lines, rows[0], rows[1], rows[2]);
}

void require_periodic(const std::string& pbc, const NumberedLines& lines) {
  const auto flags = words(pbc);
  const auto is_true = [](std::string_view flag) {
    return flag == "T" || flag == "1" || flag == "True" || flag == "true";
  };
  if (flags.size() != 3 || !std::all_of(flags.begin(), flags.end(), is_true))
    lines.fail("the cell is not periodic in all directions (pbc=\"" + pbc + "\")", "set pbc=\"T T T\"");
}

void parse_atom(std::string_view line, const Layout& layout, const NumberedLines& lines, StructureFrame& frame) {
  const auto parts = words(line);
  if (parts.size() != layout.columns)
    lines.fail(fmt::format("{} columns where Properties announces {}", parts.size(), layout.columns));
  const std::size_t at = *layout.position;
  try {
    frame.atoms.elements.push_back(element_from_symbol(parts[*layout.species]));
  } catch (const InputError& error) {
    lines.fail(error.what());
  }
  frame.atoms.positions.push_back({lines.real(parts[at]), lines.real(parts[at + 1]), lines.real(parts[at + 2])});
  frame.ids.push_back(layout.id ? lines.integer(parts[*layout.id]) : static_cast<std::int64_t>(frame.ids.size()));
}

StructureFrame read_frame(std::string_view count_line, NumberedLines& lines) {
  const auto counts = words(count_line);
  if (counts.size() != 1 || lines.integer(counts[0]) < 0) lines.fail("expected the number of atoms alone on this line");
  const auto count = lines.integer(counts[0]);
  Remarks remarks = parse_remarks(lines.expect("the comment line with the cell"), lines);
  const Layout layout = parse_properties(taken(remarks, "Properties", "species:S:1:pos:R:3"), lines);
  require_periodic(taken(remarks, "pbc", "T T T"), lines);
  StructureFrame frame{{parse_lattice(taken(remarks, "Lattice", ""), lines), {}, {}}, {}, {}};
  frame.info = std::move(remarks);
  for (std::int64_t atom = 0; atom < count; ++atom)
    parse_atom(lines.expect(fmt::format("atom {} of {}", atom + 1, count)), layout, lines, frame);
  return frame;
}

}  // namespace

std::string extended_xyz_text(const StructureFrame& frame) {
  const Atoms& atoms = frame.atoms;
  EXPECTS(frame.ids.size() == atoms.size());
  std::string text = fmt::format("{}\nLattice=\"", atoms.size());
  auto out = std::back_inserter(text);
  for (const auto& v : atoms.cell.vectors())
    fmt::format_to(out, "{}{} {} {}", text.ends_with('"') ? "" : " ", v.x, v.y, v.z);
  text += "\" Properties=species:S:1:pos:R:3:id:I:1 pbc=\"T T T\"";
  for (const auto& [key, value] : frame.info) {
    EXPECTS(!key.empty() && is_plain(key) && is_plain(value) && key.find_first_of(" \t=") == std::string::npos);
    text += ' ' + key + '=' + quoted_if_needed(value);
  }
  text += '\n';
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Vector3& p = atoms.positions[i];
    fmt::format_to(out, "{} {} {} {} {}\n", symbol(atoms.elements[i]), p.x, p.y, p.z, frame.ids[i]);
  }
  return text;
}

void write_extended_xyz(const std::string& path, const std::vector<StructureFrame>& frames) {
  std::string text;
  for (const auto& frame : frames) text += extended_xyz_text(frame);
  replace_text_file(path, text);
}

std::vector<StructureFrame> read_extended_xyz(const std::string& path) {
  NumberedLines lines = NumberedLines::from_file(path);
  std::vector<StructureFrame> frames;
  while (const auto line = lines.next())
    if (!words(*line).empty()) frames.push_back(read_frame(*line, lines));
  if (frames.empty()) lines.fail("holds no structure");
  return frames;
}

}  // namespace cardhouse
