#!/usr/bin/env python3
"""Runs that fail in the middle, and stages repeated with other settings: messages, exit codes, and what the file says.

Usage: failed_run.py <program>
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import h5py
except ImportError:
    print("skipped: h5py is not installed")
    sys.exit(77)

PROGRAM = sys.argv[1]
DECK = """[run]
name = "graphite"
stages = ["build", "sites", "transport"]
[build]
from = "file"
structure_file = "{file}"
[transport]
capacity = "{capacity}"
hops = 2000
replicas = 2
"""
TOO_MUCH = r"^cardhouse: deck\.toml:8: transport\.capacity: so many sodium do not fit on the sites, take a smaller \w+$"


def opened_graphite():
    """Cell and positions [angstrom] of four AA-stacked layers, 3.8 apart, bonds of 1.42."""
    bond, spacing, across, along = 1.42, 3.8, 6, 4
    a, b = bond * 3**0.5, 3 * bond
    motif = [(0, 0), (a / 2, bond / 2), (a / 2, 1.5 * bond), (0, 2 * bond)]
    atoms = [(i * a + x, j * b + y, k * spacing)
             for i in range(across) for j in range(along) for k in range(4) for x, y in motif]
    return (across * a, along * b, 4 * spacing), atoms


def xyz(cell, atoms):
    lines = [str(len(atoms)), 'Lattice="{} 0 0 0 {} 0 0 0 {}" Properties=species:S:1:pos:R:3'.format(*cell)]
    return "\n".join(lines + ["C {} {} {}".format(*atom) for atom in atoms]) + "\n"


def lammps(cell, atoms):
    box = "".join(f"0 {length} {axis}lo {axis}hi\n" for axis, length in zip("xyz", cell))
    rows = "".join(f"{i + 1} 1 {x} {y} {z}\n" for i, (x, y, z) in enumerate(atoms))
    return f"opened graphite\n\n{len(atoms)} atoms\n1 atom types\n\n{box}\nMasses\n\n1 12.011\n\nAtoms\n\n{rows}"


def call(folder, *arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=120, cwd=folder)


def marks(path):
    """The marks of the run and of its stages, and whether there is a trajectory."""
    with h5py.File(path, "r") as file:
        stages = {name: int(group.attrs["complete"]) for name, group in file["cardhouse/stages"].items()}
        return int(file["cardhouse"].attrs["complete"]), stages, "particles/trajectory" in file


def refused(result, pattern):
    lines = result.stderr.strip().splitlines()
    assert result.returncode == 2, f"exit code {result.returncode}\n{result.stderr}"
    assert len(lines) == 1 and re.search(pattern, lines[0]), f"not one line saying /{pattern}/:\n{result.stderr}"


def went_well(result):
    assert result.returncode == 0, result.stderr


def write(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")


def a_stage_that_fails_leaves_an_incomplete_file(folder):
    write(folder, "deck.toml", DECK.format(file="carbon.xyz", capacity="900 mAh/g"))
    refused(call(folder, "run", "deck.toml", "--output", "out/"), TOO_MUCH)
    incomplete = (0, {"build": 1, "sites": 1, "transport": 0}, False)
    assert marks(folder / "out/run.h5") == incomplete, marks(folder / "out/run.h5")
    refused(call(folder, "resume", "out/run.h5"), TOO_MUCH)
    assert marks(folder / "out/run.h5") == incomplete, marks(folder / "out/run.h5")


def a_stage_with_other_settings_completes_it(folder):
    run, other = folder / "out/run.h5", '[transport]\ncapacity = "100 mAh/g"\nreplicas = 2\nhops = 2000\n'
    write(folder, "other.toml", other + "hopps = 3\n")
    refused(call(folder, "stage", "transport", str(run), "--deck", "other.toml"), r"other\.toml:5: .*hopps: unknown key")
    write(folder, "other.toml", other)
    result = call(folder, "stage", "transport", str(run), "--deck", "other.toml", "--quiet")
    went_well(result)
    assert "transport: done" not in result.stdout, "--quiet is not quiet"
    assert marks(run) == (1, {"build": 1, "sites": 1, "transport": 1}, True), marks(run)
    with h5py.File(run, "r") as file:
        assert file["cardhouse/stages/transport/deck"][()].decode() == other, "the file hides the settings of the stage"
        assert "deck" not in file["cardhouse/stages/sites"]
    went_well(call(folder, "stage", "report", str(run)))
    assert marks(run)[0] == 1, "repeating the last stage leaves an incomplete file"
    went_well(call(folder / "out", "resume", "run.h5"))


def a_mistake_is_found_before_results_are_discarded(folder):
    run = folder / "out/run.h5"
    before = marks(run)
    refused(call(folder, "stage", "sites", str(run), "--deck", "missing.toml"), r"missing\.toml: cannot read")
    write(folder, "other.toml", '[sites]\nstructure_file = "missing.xyz"\n')
    refused(call(folder, "stage", "sites", str(run), "--deck", "other.toml"), r"other\.toml:2: sites\.structure_file")
    assert marks(run) == before, marks(run)
    went_well(call(folder, "stage", "sites", str(run)))
    assert marks(run) == (0, {"build": 1, "sites": 1}, False), f"later results stay: {marks(run)}"
    with h5py.File(run, "r+") as file:
        del file["cardhouse/stages/sites"]
    refused(call(folder, "stage", "ocv", str(run)), "stage 'ocv' needs the result of 'sites'")


def an_earlier_output_steps_aside(folder):
    write(folder, "deck.toml", DECK.format(file="carbon.data", capacity="100 mAh/g"))
    went_well(call(folder, "run", "deck.toml", "--output", "out/"))
    assert marks(folder / "out/run.h5")[0] == 1
    assert marks(folder / "out.previous/run.h5")[0] == 0
    write(folder, "deck.toml", DECK.format(file="../carbon.data", capacity="100 mAh/g"))
    refused(call(folder / "out", "run", "../deck.toml", "--output", "."), "holds an earlier output")


def sites_from_a_file_serve_transport(folder):
    deck = DECK.format(file="carbon.data", capacity="100 mAh/g").replace('"build", ', "").replace('from = "file"\n', "")
    write(folder, "deck.toml", deck.replace("[build]", "[sites]"))
    went_well(call(folder, "run", "deck.toml", "--output", "short"))
    assert marks(folder / "short/run.h5") == (1, {"sites": 1, "transport": 1}, True)


def a_wrong_structure_is_refused_at_once(folder):
    cell, atoms = opened_graphite()
    write(folder, "carbon.xyz", xyz(cell, atoms + [(atoms[7][0] + 0.1, *atoms[7][1:])]))
    write(folder, "carbon.txt", "0\n")
    write(folder, "sodium.xyz", xyz(cell, atoms[:1]).replace("C ", "Na "))
    for file, pattern in (("carbon.xyz", r"carbon\.xyz: atoms 7 \(C\) and 384 \(C\) are 0\.1 angstrom apart"),
                          ("carbon.txt", r"carbon\.txt: unknown kind of structure file"),
                          ("sodium.xyz", r"sodium\.xyz: holds no carbon"), ("none.xyz", r"deck\.toml:6: .*no file")):
        write(folder, "deck.toml", DECK.format(file=file, capacity="100 mAh/g"))
        refused(call(folder, "run", "deck.toml", "--output", "never"), pattern)
    write(folder, "deck.toml", DECK.replace("structure_file", "#").format(file="", capacity="100 mAh/g"))
    refused(call(folder, "check", "deck.toml"), r"deck\.toml:4: build\.structure_file: missing key")
    assert not (folder / "never").exists(), "a deck that was refused left a folder"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="odd name ") as where:
        top = Path(where)
        write(top, "carbon.xyz", xyz(*opened_graphite()))
        write(top, "carbon.data", lammps(*opened_graphite()))
        for story in (a_stage_that_fails_leaves_an_incomplete_file, a_stage_with_other_settings_completes_it,
                      a_mistake_is_found_before_results_are_discarded, an_earlier_output_steps_aside,
                      sites_from_a_file_serve_transport, a_wrong_structure_is_refused_at_once):
            story(top)
            print(story.__name__.replace("_", " "))
