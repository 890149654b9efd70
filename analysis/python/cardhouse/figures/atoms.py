"""Pictures of the atoms: a slice, and the whole cell in 3-D, with the sodium coloured by its class of site."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from matplotlib.collections import EllipseCollection, LineCollection
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D

from .style import CARBON, CLASS_COLOURS, ELEMENT_COLOURS, beside_legend, class_colour, styled

SODIUM_RADIUS = 1.02  # [angstrom] of the ion, six-coordinated (Shannon 1976, doi:10.1107/S0567739476001551)
ATOM_RADIUS = 0.45  # [angstrom] other elements than carbon; a size for the eye
UNCLASSED = "sodium"


@dataclass
class Scene:
    """What is drawn: atoms inside the cell, bonds from start to end (some leave the cell), sodium with its class."""

    cell: np.ndarray
    atoms: np.ndarray
    elements: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    sodium: np.ndarray
    classes: np.ndarray


@styled
def slice_of(run, thickness=8.0):
    """A slice [angstrom] through the middle of the carbon, seen along z."""
    scene = scene_of(run)
    middle = scene.cell[2, 2] / 2
    near = lambda points: np.abs(points[:, 2] - middle) < thickness / 2  # noqa: E731
    bonds = near(scene.starts) & near(scene.ends)
    figure, (axes, aside) = beside_legend(height=4.4)
    segments = np.stack([scene.starts[bonds][:, :2], scene.ends[bonds][:, :2]], axis=1)
    axes.add_collection(LineCollection(segments, colors=CARBON, linewidths=0.7, capstyle="round"))
    _spheres(axes, scene.sodium[near(scene.sodium)], SODIUM_RADIUS,
             [class_colour(name) for name in scene.classes[near(scene.sodium)]], 3)
    for element in np.unique(scene.elements[near(scene.atoms)]):
        if element != "C":
            chosen = near(scene.atoms) & (scene.elements == element)
            _spheres(axes, scene.atoms[chosen], ATOM_RADIUS, [_element_colour(element)] * chosen.sum(), 4)
    _frame(axes, scene.cell)
    _legend(aside, scene, near(scene.sodium), near(scene.atoms))
    axes.set_title(f"slice of {thickness / 10:g} nm", loc="left", fontsize=7)
    return figure


@styled
def picture(run, azimuth=35.0, elevation=20.0):
    """The whole cell in parallel projection from these angles [degree]. What lies behind fades."""
    scene = scene_of(run)
    turn = _rotation(azimuth, elevation)
    centre = scene.cell.sum(axis=0) / 2
    starts, ends, atoms, sodium = ((points - centre) @ turn.T for points in
                                   (scene.starts, scene.ends, scene.atoms, scene.sodium))
    figure, (axes, aside) = beside_legend()
    corners = (np.array(list(product((0, 1), repeat=3))) @ scene.cell - centre) @ turn.T
    low, high = corners[:, 2].min(), corners[:, 2].max()
    layers = np.linspace(low - 2, high + 2, 41)
    other = scene.elements != "C"
    for number, (bottom, top) in enumerate(zip(layers, layers[1:])):
        fog = 0.82 * (1 - (number + 1) / (len(layers) - 1))  # 0 in front
        inside = lambda points: (points[:, 2] >= bottom) & (points[:, 2] < top)  # noqa: E731
        bonds = inside((starts + ends) / 2)
        segments = np.stack([starts[bonds][:, :2], ends[bonds][:, :2]], axis=1)
        axes.add_collection(LineCollection(segments, colors=[_faded("#555555", fog)], linewidths=0.45, zorder=number,
                                           rasterized=True, capstyle="round"))
        here = inside(atoms) & other
        _spheres(axes, atoms[here], ATOM_RADIUS, [_faded(_element_colour(e), fog) for e in scene.elements[here]],
                 number + 0.3)
        here = inside(sodium)
        _spheres(axes, sodium[here], SODIUM_RADIUS, [_faded(class_colour(c), 0.6 * fog) for c in scene.classes[here]],
                 number + 0.6)
    _box(axes, scene.cell, centre, turn, len(layers))
    axes.set_xlim(corners[:, 0].min() - 2, corners[:, 0].max() + 2)
    axes.set_ylim(corners[:, 1].min() - 2, corners[:, 1].max() + 2)
    axes.set_aspect("equal")
    axes.axis("off")
    _scale_bar(axes)
    _legend(aside, scene, np.full(len(sodium), True), np.full(len(atoms), True))
    return figure


def scene_of(run):
    """The carbon that the run left, wrapped into its cell, with the sodium of its discharge or its own."""
    carbon = run.structure()
    inverse = np.linalg.inv(carbon.cell)
    wrapped = ((carbon.positions @ inverse) % 1.0) @ carbon.cell
    first, second = carbon.bonds[:, 0], carbon.bonds[:, 1]
    between = (carbon.positions[second] - carbon.positions[first]) @ inverse
    shifts = (between - np.rint(between)) @ carbon.cell
    leaves = np.linalg.norm(wrapped[first] + shifts - wrapped[second], axis=1) > 0.01
    # A bond that leaves the cell is drawn as two halves, one at either side.
    starts = np.concatenate([wrapped[first], wrapped[second][leaves]])
    ends = np.concatenate([wrapped[first] + np.where(leaves, 0.5, 1.0)[:, None] * shifts,
                           wrapped[second][leaves] - 0.5 * shifts[leaves]])
    elements = carbon.elements
    if run.has("ocv/filled"):
        found = run.sodium()
        sodium, classes = ((found.positions @ inverse) % 1.0) @ carbon.cell, found.classes
    else:
        sodium, classes = wrapped[elements == "Na"], np.full((elements == "Na").sum(), UNCLASSED)
    host = elements != "Na"
    return Scene(carbon.cell, wrapped[host], elements[host], starts, ends, sodium, classes)


def _spheres(axes, centres, radius, colours, zorder):
    """Discs with a rim and a highlight, of a size in angstrom."""
    if len(centres) == 0:
        return
    centres = centres[:, :2]
    shade = [_faded(colour, 0.0, darker=0.72) for colour in colours]
    light = [_faded(colour, 0.55) for colour in colours]
    for width, offset, faces, edges in ((2 * radius, 0.0, colours, shade), (0.5 * radius, 0.33 * radius, light, light)):
        size = np.full(len(centres), width)
        axes.add_collection(EllipseCollection(
            size, size, np.zeros(len(centres)), units="xy", offsets=centres + [-offset, offset], facecolors=faces,
            edgecolors=edges, linewidths=0.3, offset_transform=axes.transData, zorder=zorder))


def _faded(colour, share, darker=1.0):
    """Towards white by that share, and darker by that factor."""
    return tuple(darker * (c + share * (1 - c)) for c in to_rgb(colour))


def _element_colour(element):
    return ELEMENT_COLOURS.get(element, "#66A61E")


def _rotation(azimuth, elevation):
    """Rows are the directions to the right, upwards and towards the eye."""
    a, e = np.radians(azimuth), np.radians(elevation)
    towards = np.array([np.cos(e) * np.sin(a), -np.cos(e) * np.cos(a), np.sin(e)])
    right = np.array([np.cos(a), np.sin(a), 0.0])
    return np.stack([right, np.cross(towards, right), towards])


def _box(axes, cell, centre, turn, front):
    """The edges of the cell: those behind under the atoms, those in front over them."""
    corners = {c: (np.array(c) @ cell - centre) @ turn.T for c in product((0, 1), repeat=3)}
    farthest = min(corners, key=lambda c: corners[c][2])
    for one, two in product(corners, repeat=2):
        if one < two and sum(a != b for a, b in zip(one, two)) == 1:
            behind = farthest in (one, two)
            axes.plot(*np.stack([corners[one], corners[two]])[:, :2].T, color="#555555", lw=0.6,
                      ls=":" if behind else "-", zorder=-1 if behind else front)


def _scale_bar(axes):
    left, bottom = axes.get_xlim()[0] + 1, axes.get_ylim()[0] + 1
    axes.plot([left, left + 10], [bottom, bottom], color="black", lw=1.5, solid_capstyle="butt", zorder=1000)
    axes.annotate("1 nm", (left + 5, bottom), xytext=(0, 3), textcoords="offset points", ha="center", fontsize=7)


def _frame(axes, cell):
    axes.set_xlim(0, cell[:, 0].sum())
    axes.set_ylim(0, cell[:, 1].sum())
    axes.set_aspect("equal")
    axes.set_xlabel("x (Å)")
    axes.set_ylabel("y (Å)")
    axes.spines[["top", "right"]].set_visible(True)


def _legend(axes, scene, sodium, atoms):
    """Classes and elements that are seen, with their numbers."""
    entries = []
    present = [name for name in (*CLASS_COLOURS, *sorted(set(scene.classes) - set(CLASS_COLOURS)))
               if (scene.classes[sodium] == name).any()]
    for name in present:
        number = (scene.classes[sodium] == name).sum()
        text = f"Na, {name} ({number})" if name != UNCLASSED else f"Na ({number})"
        entries.append((text, class_colour(name), 6))
    for element in sorted(set(scene.elements[atoms]) - {"C"}):
        entries.append((f"{element} ({(scene.elements[atoms] == element).sum()})", _element_colour(element), 3.5))
    handles = [Line2D([], [], marker="o", ls="", ms=size, mfc=colour, mec=_faded(colour, 0, 0.72), mew=0.4, label=text)
               for text, colour, size in entries]
    axes.axis("off")
    if handles:
        axes.legend(handles=handles, loc="upper left", borderaxespad=0, borderpad=0)
