"""Figures of a run, ready for a paper. Each function takes a Run and returns a matplotlib figure, or None when the run
has nothing to show by it; `write` and `write_all` put them into files. The look is set in style.py alone."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import matplotlib.pyplot as plt

from . import atoms, electrochemistry, pyrolysis, scattering, texture
from .style import STYLE


@dataclass
class FigureEntry:
    draw: Callable
    needs: list[str]  # of a group "a|b" one is enough
    summary: str


ATOMS = ["build/structure|relax/structure"]
CHAR = ["carbonize/thermogravimetry"]
FIGURES = {name: FigureEntry(*entry) for name, entry in {
    "dqdv": (electrochemistry.differential_capacity, ["ocv/discharge"], "differential capacity against voltage"),
    "pdf": (scattering.pair_distribution, ["describe/pair_distribution"], "reduced pair distribution function"),
    "picture": (atoms.picture, ATOMS, "the carbon in 3-D, its sodium by class"),
    "pores": (texture.pore_sizes, ["describe/pore_sizes"], "pore size distribution, open and closed"),
    "rings": (texture.rings, ["describe/rings"], "rings of the network by size"),
    "saxs": (scattering.small_angles, ["describe/small_angles"], "small-angle scattering"),
    "slice": (atoms.slice_of, ATOMS, "a slice through the carbon, its sodium by class"),
    "tga": (pyrolysis.against_temperature, CHAR, "mass and gases against temperature"),
    "tga_time": (pyrolysis.against_time, CHAR, "the same against time"),
    "van_krevelen": (pyrolysis.van_krevelen, CHAR, "H/C against O/C of the char"),
    "voltage": (electrochemistry.voltage, ["ocv/discharge"], "voltage against capacity, sodium by class"),
    "xrd": (scattering.diffraction, ["describe/diffraction|describe/pattern_fit"], "X-ray diffractogram"),
}.items()}


def has_data(run, name):
    return all(any(run.has(choice) for choice in need.split("|")) for need in FIGURES[name].needs)


def draw(run, name):
    """The figure of that name. Raises KeyError when there is no such figure or the run lacks its data."""
    if name not in FIGURES:
        raise KeyError(f"no figure '{name}'; there are {', '.join(FIGURES)}")
    if not has_data(run, name):
        raise KeyError(f"figure '{name}' needs {' and '.join(FIGURES[name].needs)}, which {run.path} does not hold")
    figure = FIGURES[name].draw(run)
    if figure is None:
        raise KeyError(f"figure '{name}' would say nothing about {run.path}")
    return figure


def write(run, name, path):
    """Draws one figure into a file; the ending of its name chooses the format. Returns the name."""
    return _save(draw(run, name), Path(path))


def write_all(run, folder, names=(), ending="png"):
    """Draws every figure that the run holds data for, or those of the names, into `folder`; returns the files."""
    written = []
    for name in names or FIGURES:
        figure = FIGURES[name].draw(run) if has_data(run, name) else None
        if figure is not None:
            written.append(_save(figure, Path(folder) / f"{name}.{ending}"))
    return written


def _save(figure, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    with plt.rc_context(STYLE):
        figure.savefig(path)
    plt.close(figure)
    return str(path)
