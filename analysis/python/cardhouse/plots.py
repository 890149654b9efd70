"""Plots of one run: each function draws one figure from a Run and returns it."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

from . import carbonize_plots as char  # noqa: E402

# One colour for each site class, the same in every plot (Okabe & Ito, safe for the colour blind).
CLASS_COLOURS = {
    "defect": "#D55E00",
    "edge": "#E69F00",
    "terrace": "#F0E442",
    "gallery": "#0072B2",
    "slit": "#999999",
    "mouth": "#56B4E9",
    "pore wall": "#009E73",
    "pore core": "#CC79A7",
}
ELEMENT_COLOURS = {1: "#BBBBBB", 6: "#404040", 7: "#3050F8", 8: "#D02020", 11: "#AB5CF2"}


def _figure(width=6.0, height=4.2):
    figure, axes = plt.subplots(figsize=(width, height), constrained_layout=True)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def voltage(run):
    """Voltage against capacity, both ways where there are both, with the share of each site class below the discharge curve."""
    discharge = run.table("ocv/discharge")
    curves = [(discharge, "discharge", "-")]
    if run.has("ocv/charge"):
        curves.append((run.table("ocv/charge"), "charge", "--"))
    figure, (top, bottom) = plt.subplots(2, 1, figsize=(6.0, 6.4), constrained_layout=True, sharex=True)
    for table, name, style in curves:
        top.errorbar(table["capacity"], table["voltage"], xerr=table["capacity_error"], fmt=style, color="black",
                     elinewidth=0.8, label=name)
    top.set_ylabel("voltage vs Na/Na$^+$ [V]")
    top.set_ylim(0, 2)
    top.legend(frameon=False)
    classes = [c for c in CLASS_COLOURS if c.replace(" ", "_") in discharge]
    order = np.argsort(discharge["capacity"], kind="stable")
    bottom.stackplot(discharge["capacity"][order], [discharge[c.replace(" ", "_")][order] for c in classes],
                     labels=classes, colors=[CLASS_COLOURS[c] for c in classes])
    bottom.set_xlabel("capacity [mAh/g]")
    bottom.set_ylabel("sodium by site class [mAh/g]")
    bottom.legend(frameon=False, loc="upper left", fontsize=8)
    return figure


def diffraction(run):
    """XRD as a laboratory with copper radiation would see it."""
    table = run.table("describe/diffraction")
    figure, axes = _figure()
    chosen = (table["two_theta"] > 8) & (table["two_theta"] < 60)
    axes.plot(table["two_theta"][chosen], table["intensity"][chosen], color="black")
    axes.set_xlabel(r"2$\theta$ (Cu K$\alpha$) [degree]")
    axes.set_ylabel("intensity per atom [electrons$^2$]")
    return figure


def pore_sizes(run):
    """Pore volume by diameter of the largest inscribed sphere, open and closed."""
    table = run.table("describe/pore_sizes")
    figure, axes = _figure()
    low, high = table["diameter_low"], table["diameter_high"]
    diameter, width = (low + high) / 2, (high - low) * 0.9
    axes.bar(diameter, table["closed"], width, color=CLASS_COLOURS["pore core"], label="closed")
    axes.bar(diameter, table["open"], width, bottom=table["closed"], color=CLASS_COLOURS["gallery"], label="open")
    axes.set_xlabel(f"pore diameter [{table.unit('diameter_low')}]")
    axes.set_ylabel(f"volume in a bin [{table.unit('total')}]")
    axes.legend(frameon=False)
    return figure


def atoms(run, thickness=8.0):
    """A slice through the carbon with its sodium at full charge, looking along z."""
    carbon = run.structure()
    figure, axes = _figure(7.4, 6.0)
    inverse = np.linalg.inv(carbon.cell)
    wrapped = ((carbon.positions @ inverse) % 1.0) @ carbon.cell
    centre = carbon.cell[2, 2] / 2
    shown = np.abs(wrapped[:, 2] - centre) < thickness / 2
    first, second = carbon.bonds[:, 0], carbon.bonds[:, 1]
    ends = wrapped[second] - wrapped[first]
    near = (np.linalg.norm(ends, axis=1) < 2.5) & shown[first] & shown[second]
    lines = np.stack([wrapped[first[near]][:, :2], wrapped[second[near]][:, :2]], axis=1)
    axes.add_collection(matplotlib.collections.LineCollection(lines, colors="#404040", linewidths=0.8))
    for number in np.unique(carbon.numbers[shown]):
        if number != 6:
            chosen = shown & (carbon.numbers == number)
            axes.scatter(*wrapped[chosen][:, :2].T, s=10, color=ELEMENT_COLOURS.get(int(number), "#888888"), zorder=3)
    if run.has("ocv/filled"):
        _draw_sodium(axes, run.table("ocv/filled"), centre, thickness)
    axes.autoscale_view()
    axes.margins(0.01)
    axes.set_aspect("equal")
    axes.set_xlabel("x [angstrom]")
    axes.set_ylabel("y [angstrom]")
    return figure


def _draw_sodium(axes, filled, centre, thickness):
    inside = np.abs(filled["z"] - centre) < thickness / 2
    names = list(filled.meaning("site_class").split(": ", 1)[1].split(", "))
    for index, name in enumerate(names):
        chosen = inside & (filled["site_class"] == index)
        if chosen.any():
            axes.scatter(filled["x"][chosen], filled["y"][chosen], s=70, color=CLASS_COLOURS[name], edgecolors="white",
                         linewidths=0.5, label=f"Na, {name}", zorder=2)
    axes.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))


FIGURES = {
    "voltage": (voltage, ["ocv/discharge"]),
    "xrd": (diffraction, ["describe/diffraction"]),
    "pores": (pore_sizes, ["describe/pore_sizes"]),
    "tga": (char.against_temperature, ["carbonize/thermogravimetry"]),
    "tga_time": (char.against_time, ["carbonize/thermogravimetry"]),
    "van_krevelen": (char.van_krevelen, ["carbonize/thermogravimetry"]),
    "atoms": (atoms, ["build/structure"]),
}


def write_all(run, folder, names=()):
    """Draws every figure whose data the run holds into `folder`, or those of the names; returns the names of the files."""
    written = []
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, (draw, needs) in FIGURES.items():
        if (names and name not in names) or not all(run.has(need) for need in needs):
            continue
        figure = draw(run)
        if figure is None:  # it would say nothing new about this run
            continue
        path = Path(folder) / f"{name}.png"
        figure.savefig(path, dpi=150)
        plt.close(figure)
        written.append(str(path))
    return written
