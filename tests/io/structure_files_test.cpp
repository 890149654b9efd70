#include "engine/io/structure_files.hpp"

#include <gmock/gmock.h>

#include "engine/base/errors.hpp"
#include "engine/io/text_file.hpp"
#include "tests/io/sample_structures.hpp"
#include "tests/scratch_folder.hpp"

namespace cardhouse {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;
using testing::ThrowsMessage;

/// The message of the error that reading this text gives, without the path.
template <class Read>
std::string complaint(const std::string& text, Read read) {
  const ScratchFolder folder;
  const std::string path = folder.with_text("file", text);
  try {
    read(path);
  } catch (const InputError& error) {
    const std::string message = error.what();
    return message.starts_with(path + ":") ? message.substr(path.size() + 1) : "without the file: " + message;
  }
  return "no complaint";
}

std::string xyz_complaint(const std::string& text) {
  return complaint(text, read_extended_xyz);
}
std::string lammps_complaint(const std::string& text) {
  return complaint(text, read_lammps_data);
}

void expect_equal(const Atoms& a, const Atoms& b) {
  EXPECT_EQ(a.cell.vectors(), b.cell.vectors());
  EXPECT_EQ(a.positions, b.positions);
  EXPECT_EQ(a.elements, b.elements);
}

Atoms triclinic() {
  Atoms atoms = sodiated(small_host(), {0, 3});
  atoms.positions[0] = {1.0 / 3, -2.0 / 7, 1e-17};
  return atoms;
}

TEST(ExtendedXyz, reads_back_to_the_last_bit_what_it_wrote) {
  const ScratchFolder folder;
  StructureFrame first = as_frame(triclinic()), second = as_frame(small_host().atoms);
  first.ids = {9, 8, 7, 6, 5, 4, 3, 2};
  first.info = {{"Time", "0.25"}, {"note", "two words"}, {"empty", ""}, {"voltage", "0.1"}};
  write_extended_xyz(folder.path("a.xyz"), {first, second});
  const auto frames = read_extended_xyz(folder.path("a.xyz"));
  ASSERT_EQ(frames.size(), 2u);
  expect_equal(frames[0].atoms, first.atoms);
  expect_equal(frames[1].atoms, second.atoms);
  EXPECT_EQ(frames[0].ids, first.ids);
  EXPECT_EQ(frames[0].info, first.info);
}

TEST(ExtendedXyz, writes_the_header_other_programs_expect) {
  Atoms atoms{Cell::orthorhombic(4, 5, 6), {}, {}};
  atoms.add(Element::Na, {0.5, 1, -2});
  EXPECT_EQ(extended_xyz_text(as_frame(atoms)),
            "1\nLattice=\"4 0 0 0 5 0 0 0 6\" Properties=species:S:1:pos:R:3:id:I:1 pbc=\"T T T\"\nNa 0.5 1 -2 0\n");
}

TEST(ExtendedXyz, passes_over_columns_it_does_not_know) {
  const ScratchFolder folder;
  const std::string path = folder.with_text(
      "a.xyz",
      "2\r\nProperties=charge:R:1:pos:R:3:species:S:1:forces:R:3 converged Lattice='4 0 0 0 4 0 0 0 4'\r\n"
      "0.5 1 2 3 C 0 0 0\r\n-1 +4 5e0 6 Na 0 0 0\r\n\r\n");
  const auto frame = read_extended_xyz(path).at(0);
  EXPECT_THAT(frame.atoms.elements, ElementsAre(Element::C, Element::Na));
  EXPECT_EQ(frame.atoms.positions[1], (Vector3{4, 5, 6}));
  EXPECT_THAT(frame.ids, ElementsAre(0, 1));
  EXPECT_EQ(frame.info.at("converged"), "T");
}

TEST(ExtendedXyz, names_the_line_of_every_mistake) {
  const std::string cell = "Lattice=\"4 0 0 0 4 0 0 0 4\"";
  EXPECT_THAT(xyz_complaint(""), HasSubstr("holds no structure"));
  EXPECT_THAT(xyz_complaint("two\n"), StartsWith("1: 'two' is not an integer"));
  EXPECT_THAT(xyz_complaint("-1\n"), StartsWith("1: expected the number of atoms"));
  EXPECT_THAT(xyz_complaint("1\n"), StartsWith("2: the file ends before the comment line"));
  EXPECT_THAT(xyz_complaint("1\nno cell here\nC 0 0 0\n"), StartsWith("2: no cell (Lattice with nine numbers)"));
  EXPECT_THAT(xyz_complaint("1\nLattice=\"4 0 0 0 4 0 0 0\"\nC 0 0 0\n"), StartsWith("2: no cell"));
  EXPECT_THAT(xyz_complaint("1\nLattice=\"4 0 0 0 4 0 0 0 -4\"\nC 0 0 0\n"), StartsWith("2: "));
  EXPECT_THAT(xyz_complaint("1\nLattice=\"4 0 0 0 4 0 0 1e9 4\"\nC 0 0 0\n"), HasSubstr("angstrom thin"));
  EXPECT_THAT(xyz_complaint("1\nLattice=\"4 0 0\nC 0 0 0\n"), StartsWith("2: the value of 'Lattice' has no closing"));
  EXPECT_THAT(xyz_complaint("1\n" + cell + " pbc=\"T T F\"\nC 0 0 0\n"), StartsWith("2: the cell is not periodic"));
  EXPECT_THAT(xyz_complaint("1\n" + cell + " Properties=species:S:1\nC\n"), StartsWith("2: Properties names no"));
  EXPECT_THAT(xyz_complaint("1\n" + cell + " Properties=species:S\nC\n"),
              StartsWith("2: Properties 'species:S' is not"));
  EXPECT_THAT(xyz_complaint("1\n" + cell + " Properties=species:S:1:pos:R:2\nC 0 0\n"),
              StartsWith("2: property 'pos'"));
  EXPECT_THAT(xyz_complaint("2\n" + cell + "\nC 0 0 0\nC 0 0 x\n"), StartsWith("4: 'x' is not a number"));
  EXPECT_THAT(xyz_complaint("1\n" + cell + "\nC 0 0 nan\n"), StartsWith("3: 'nan' is not a number"));
  EXPECT_THAT(xyz_complaint("1\n" + cell + "\nC 0 0\n"), StartsWith("3: 3 columns where Properties announces 4"));
  EXPECT_THAT(xyz_complaint("1\n" + cell + "\nXx 0 0 0\n"), StartsWith("3: "));
  EXPECT_THAT(xyz_complaint("2\n" + cell + "\nC 0 0 0\n"), StartsWith("4: the file ends before atom 2 of 2"));
}

TEST(LammpsData, reads_back_to_the_last_bit_what_it_wrote) {
  const ScratchFolder folder;
  const Atoms atoms = triclinic();
  write_lammps_data(folder.path("a.data"), atoms);
  const StructureFrame frame = read_lammps_data(folder.path("a.data"));
  expect_equal(frame.atoms, atoms);
  EXPECT_THAT(frame.ids, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
}

TEST(LammpsData, writes_what_read_data_expects) {
  Atoms atoms{Cell::orthorhombic(4, 5, 6), {}, {}};
  atoms.add(Element::Na, {0.5, 1, -2});
  atoms.add(Element::C, {0, 0, 0});
  EXPECT_EQ(
      lammps_data_text(atoms),
      "Cardhouse structure, lengths in angstrom\n\n2 atoms\n2 atom types\n\n0 4 xlo xhi\n0 5 ylo yhi\n0 6 zlo zhi\n"
      "\nMasses\n\n1 12.011  # C\n2 22.99  # Na\n\nAtoms # atomic\n\n1 2 0.5 1 -2\n2 1 0 0 0\n");
}

TEST(LammpsData, turns_a_cell_that_lies_differently_and_keeps_all_distances) {
  const ScratchFolder folder;
  Atoms atoms{Cell({0, 0, 7}, {8, 0, 1}, {0.5, 9, 2}), {}, {}};
  atoms.add(Element::C, {1, 2, 3});
  atoms.add(Element::O, {2.5, -1, 4});
  atoms.add(Element::H, {0, 6, -3});
  write_lammps_data(folder.path("a.data"), atoms);
  const Atoms read = read_lammps_data(folder.path("a.data")).atoms;
  EXPECT_NEAR(read.cell.volume(), atoms.cell.volume(), 1e-9);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) {
      const double before = norm(atoms.cell.minimum_image(atoms.positions[i] - atoms.positions[j]));
      EXPECT_NEAR(norm(read.cell.minimum_image(read.positions[i] - read.positions[j])), before, 1e-9);
      EXPECT_NEAR(dot(read.cell.vectors()[i], read.cell.vectors()[j]),
                  dot(atoms.cell.vectors()[i], atoms.cell.vectors()[j]), 1e-9);
    }
}

TEST(LammpsData, reads_what_other_programs_write) {
  const ScratchFolder folder;
  const std::string path = folder.with_text(
      "a.data",
      "made elsewhere\n\n3 atoms\n2 atom types\n1 bonds\n\n-1 9 xlo xhi # box\n-2.0 8.0 ylo yhi\n0 10 zlo "
      "zhi\n\nMasses\n\n"
      "1 12.01\n2 22.9898 # Na\n\nAtoms # charge\n\n3 1 0.0 1 1 1 0 0 1\n1 2 1.0 -1 -2 0 0 0 0\n2 1 0.0 2 2 2 0 0 0\n"
      "\nVelocities\n\n1 0 0 0\n2 0 0 0\n3 0 0 0\n");
  const StructureFrame frame = read_lammps_data(path);
  EXPECT_THAT(frame.ids, ElementsAre(1, 2, 3));
  EXPECT_THAT(frame.atoms.elements, ElementsAre(Element::Na, Element::C, Element::C));
  EXPECT_EQ(frame.atoms.positions[0], (Vector3{0, 0, 0}));
  EXPECT_EQ(frame.atoms.positions[2], (Vector3{2, 3, 1}));
  EXPECT_EQ(frame.atoms.cell.vectors()[1], (Vector3{0, 10, 0}));
}

TEST(LammpsData, names_the_line_of_every_mistake) {
  const std::string head = "c\n1 atoms\n0 4 xlo xhi\n0 4 ylo yhi\n0 4 zlo zhi\nMasses\n\n1 12.011\n\n";
  EXPECT_THAT(lammps_complaint(head + "Atoms\n\n1 1 0 0 zero\n"), StartsWith("12: 'zero' is not a number"));
  EXPECT_THAT(lammps_complaint(head + "Atoms\n\n1 1 0 0\n"), StartsWith("12: 4 columns where an atom has 5"));
  EXPECT_THAT(lammps_complaint(head + "Atoms\n\n1 2 0 0 0\n"), StartsWith("12: atom type 2 has no mass above"));
  EXPECT_THAT(lammps_complaint(head + "Atoms\n\n1 1 0 0 0\n1 1 0 0 0\n"), StartsWith("13: atom 1 occurs twice"));
  EXPECT_THAT(lammps_complaint(head + "Atoms # full\n"), StartsWith("10: atom style 'full' is not read"));
  EXPECT_THAT(lammps_complaint(head + "Atoms\n"), HasSubstr("0 atoms where the header announces 1"));
  EXPECT_THAT(lammps_complaint("c\nMasses\n\n1 999\n"), StartsWith("4: no known element has mass 999"));
  EXPECT_THAT(lammps_complaint("c\n0 atoms\n0 4 xlo xhi\n"), HasSubstr("the box is not complete"));
  EXPECT_THAT(lammps_complaint("c\n0 atoms\n0 x xlo xhi\n"), StartsWith("3: 'x' is not a number"));
}

TEST(StructureFiles, are_told_apart_by_their_extension) {
  const ScratchFolder folder;
  const Atoms atoms = triclinic();
  write_lammps_data(folder.path("a.lmp"), atoms);
  write_extended_xyz(folder.path("a.extxyz"), {as_frame(small_host().atoms), as_frame(atoms)});
  expect_equal(read_structure_file(folder.path("a.lmp")).atoms, atoms);
  expect_equal(read_structure_file(folder.path("a.extxyz")).atoms, atoms);
  EXPECT_THAT([&] { read_structure_file(folder.path("a.cif")); },
              ThrowsMessage<InputError>(HasSubstr("unknown kind of structure file '.cif', known: .xyz")));
  EXPECT_THAT([&] { read_structure_file(folder.path("a.xyz")); },
              ThrowsMessage<InputError>(HasSubstr("cannot be read")));
}

}  // namespace
}  // namespace cardhouse
