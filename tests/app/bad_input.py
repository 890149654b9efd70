#!/usr/bin/env python3
"""Every kind of wrong input: exit code 2, one message naming file, line, key, reason and suggestion, nothing left behind."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM, SOURCE = sys.argv[1], Path(sys.argv[2])
GOOD = (SOURCE / "inputs/runs/tiny.toml").read_text(encoding="utf-8")

# name: (text to replace, replacement, what the message must say)
CASES = {
    "unknown key": ("atoms = 1200", "atomes = 1200", r"deck\.toml:\d+: build\.atomes: unknown key.*did you mean 'atoms'"),
    "unknown table": ("[ocv]", "[ovc]", r"deck\.toml:\d+: ovc: unknown key.*'ocv'"),
    "unknown stage": ('"describe"', '"desribe"', r"deck\.toml:\d+: run\.stages: unknown stage 'desribe', did you mean 'describe'"),
    "missing stage": ('"build", ', "", r"run\.stages: stage 'relax' needs the result of 'build'"),
    "wrong unit": ('"298.15 K"', '"298.15 angstrom"', r"deck\.toml:\d+: ocv\.temperature: .*temperature.*expected"),
    "unknown unit": ('"10 K/min"', '"10 K/mni"', r"deck\.toml:\d+: carbonize\.step.*rate: .*unknown unit.*min"),
    "bare number": ('"298.15 K"', "298.15", r"deck\.toml:\d+: ocv\.temperature: bare number 298.15.*temperature.*unit"),
    "negative time": ('"1 h"', '"-1 h"', r"deck\.toml:\d+: carbonize\.step.*hold: .*negative"),
    "no atoms": ("atoms = 1200", "atoms = 0", r"deck\.toml:\d+: build\.atoms: .*0"),
    "more than all handles": ("atoms = 1200", "atoms = 1200\nhandles_removed = 1.5",
                              r"deck\.toml:\d+: build\.handles_removed: 1\.5 is outside 0 to 1"),
    "unknown precursor": ('"phenolic_resin"', '"phenolic_resine"', r"deck\.toml:\d+: carbonize\.precursor: .*did you mean 'phenolic_resin'"),
    "unknown treatment": ('[[carbonize.step]]', '[[carbonize.step]]\ntreatment = "citric_acd"\n[[carbonize.step]]',
                          r"deck\.toml:\d+: carbonize\.step.*treatment: unknown treatment 'citric_acd', did you mean 'citric_acid'"),
    "too much of a treatment": ('[[carbonize.step]]',
                                '[[carbonize.step]]\ntreatment = "citric_acid"\namount = "90 %"\n[[carbonize.step]]',
                                r"deck\.toml:\d+: carbonize\.step.*amount: the amount lies outside"),
    "pulse through raw feed": ('[[carbonize.step]]', '[[carbonize.step]]\ntreatment = "flash_pulse"\n[[carbonize.step]]',
                               r"deck\.toml:\d+: carbonize\.step.*: the feed does not conduct: .*Joule heating needs 1 S/m.*, .+"),
    "unknown potential": ('"sp2-bonded+lennard-jones"', '"tersov"', r"deck\.toml:\d+: relax\.potential: unknown potential 'tersov'"),
    "impossible spacing": ('from = "carbonize"', 'from = "targets"\ninterlayer_spacing = "1 angstrom"',
                           r"deck\.toml:\d+: build\.interlayer_spacing: .*"),
    "impossible density": ('from = "carbonize"', 'from = "targets"\ndensity = "9 g/cm3"', r"deck\.toml:\d+: build\.density: .*"),
    "not TOML": ("[build]", "[build", r"deck\.toml:\d+"),
    "unfinished text": ('name = "tiny"', 'name = "tiny', r"deck\.toml:\d+"),
}


def call(*arguments, **options):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=120, **options)


def check(name, result, pattern, folder, problems):
    message = result.stderr.strip()
    if result.returncode != 2:
        problems.append(f"{name}: exit code {result.returncode}, not 2\n{message}")
    if len(message.splitlines()) != 1 or not re.search(pattern, message):
        problems.append(f"{name}: the message is not one line saying /{pattern}/:\n{message}")
    left = [p.name for p in folder.iterdir() if p.name != "deck.toml"]
    if left:
        problems.append(f"{name}: left behind {left}")


def run_cases():
    problems = []
    for name, (old, new, pattern) in CASES.items():
        with tempfile.TemporaryDirectory() as where:
            folder = Path(where)
            assert old in GOOD, f"{name}: the good deck holds no {old!r}"
            (folder / "deck.toml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
            check(name, call("run", "deck.toml", cwd=folder), pattern, folder, problems)
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where)
        check("missing deck", call("run", "deck.toml", cwd=folder), r"deck\.toml.*(not|no such)", folder, problems)
        for line, said in (("run deck.toml --seed -1", "--seed"), ("run deck.toml --threads 0", "--threads"),
                           ("chekc deck.toml", "unknown command 'chekc', did you mean 'check'")):
            result = call(*line.split(), cwd=folder)
            if result.returncode != 1 or said not in result.stderr:
                problems.append(f"{line}: exit code {result.returncode}\n{result.stderr}")
        check("missing run file", call("resume", "run.h5", cwd=folder), r"run\.h5", folder, problems)
    return problems + unbalanced_rule() + own_rules() + truncated_file() + said_once_by_all_ranks()


def said_once_by_all_ranks():
    """What every rank finds is said by the root, and the exit code comes through mpirun."""
    with tempfile.TemporaryDirectory() as where:
        (Path(where) / "deck.toml").write_text(GOOD.replace("atoms = 1200", "atomes = 1200"), encoding="utf-8")
        environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
                           OMP_NUM_THREADS="1")
        result = subprocess.run(["mpirun", "--oversubscribe", "-n", "3", PROGRAM, "run", "deck.toml"], cwd=where,
                                timeout=120, capture_output=True, text=True, env=environment)
    said = result.stderr.count("unknown key")
    if said == 1 and result.returncode == 2:
        return []
    return [f"on three ranks: said {said} times, exit code {result.returncode}"]


def unbalanced_rule():
    """A rule library that loses an atom is refused by name of the rule and element."""
    problems = []
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where)
        data = folder / "data"
        subprocess.run(["cp", "-r", str(SOURCE / "inputs"), str(data)], check=True)
        library = data / "rules/sugars.toml"
        text = library.read_text(encoding="utf-8")
        assert "3 H2O" in text
        library.write_text(text.replace("3 H2O", "2 H2O", 1), encoding="utf-8")
        (folder / "deck.toml").write_text(GOOD.replace("phenolic_resin", "sucrose"), encoding="utf-8")
        result = subprocess.run([PROGRAM, "run", "deck.toml"], capture_output=True, text=True, timeout=120, cwd=folder,
                                env={"CARDHOUSE_DATA": str(data), "PATH": "/usr/bin:/bin"})
        if result.returncode != 2 or not re.search(r"sugars\.toml:\d+: .*(H|O)", result.stderr):
            problems.append(f"unbalanced rule: exit code {result.returncode}\n{result.stderr}")
        if (folder / "tiny-output").exists():
            problems.append("unbalanced rule: left an output folder")
    return problems


OWN_RULES = """[[species]]
name = "RESIDUE"
formula = "C6H2"
state = "solid"
source = "estimate: for this test"

[[rule]]
id = "mine"
in = "CHAR"
out = "RESIDUE"
A = "1e10 1/s"
E = "200 kJ/mol"
source = "estimate: for this test"
"""
SHORT = """[carbonize]
precursor = "phenolic_resin"
cells = 2
rules = ["mine.toml"]
[[carbonize.step]]
target = "400 degC"
rate = "50 K/min"
atmosphere = { Ar = 0.9, SO2 = 0.1 }
[report]
plots = false
"""


def own_rules():
    """A file of the user's own: refused unbalanced; in order but idle, it is told, as is a gas that nothing reacts with."""
    problems = []
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where)
        (folder / "deck.toml").write_text(SHORT, encoding="utf-8")
        (folder / "mine.toml").write_text(OWN_RULES, encoding="utf-8")
        result = call("carbonize", "deck.toml", cwd=folder)
        if result.returncode != 2 or not re.search(r"mine\.toml:\d+: .*mine.*(C|H)", result.stderr):
            problems.append(f"unbalanced rule of one's own: exit code {result.returncode}\n{result.stderr}")
        if (folder / "deck-output").exists():
            problems.append("unbalanced rule of one's own: left an output folder")
        balanced = OWN_RULES.replace('in = "CHAR"', 'in = "RESIDUE"').replace('out = "RESIDUE"', 'out = "6 CHAR + H2"')
        (folder / "mine.toml").write_text(balanced, encoding="utf-8")
        result = call("carbonize", "deck.toml", cwd=folder)
        for said in (r"rule 'mine' of .*mine(\.toml)? never fired", r"furnace gas 'SO2'.* acts like argon"):
            if result.returncode != 0 or not re.search("warning: .*" + said, result.stdout):
                problems.append(f"no warning /{said}/: exit code {result.returncode}\n{result.stdout}{result.stderr}")
        result = call("carbonize", "other.toml", cwd=folder)
        if result.returncode != 2 or "other.toml" not in result.stderr:
            problems.append(f"missing deck of carbonize: exit code {result.returncode}\n{result.stderr}")
        result = call("cases", "pitch_pre_oxidatoin_2026", cwd=folder)
        if result.returncode != 2 or "did you mean 'pitch_pre_oxidation_2026'" not in result.stderr:
            problems.append(f"unknown case: exit code {result.returncode}\n{result.stderr}")
    return problems


def truncated_file():
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where)
        (folder / "run.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + b"\0" * 40)
        problems = []
        result = call("resume", "run.h5", cwd=folder)
        if result.returncode != 2 or "run.h5" not in result.stderr:
            problems.append(f"truncated file: exit code {result.returncode}\n{result.stderr}")
        return problems


if __name__ == "__main__":
    found = run_cases()
    print("\n".join(found) if found else f"{len(CASES) + 13} kinds of wrong input are refused well")
    sys.exit(1 if found else 0)
