"""Voltage and differential capacity."""

import numpy as np

from .style import BLACK, CLASS_COLOURS, RED, class_colour, label, panels, styled

WAYS = {"discharge": (BLACK, "-", "sodium in"), "charge": (RED, "--", "sodium out")}


@styled
def voltage(run):
    """Voltage against capacity, both ways where there are both; below, the sodium of the discharge by site class."""
    figure, (top, bottom) = panels(2, height=4.2)
    for name, (colour, style, text) in WAYS.items():
        if name not in run.curves:
            continue
        curve = run.curves[name]
        top.errorbar(curve.x, curve.y, xerr=curve.x_error, fmt=style, color=colour, elinewidth=0.6, label=text)
    top.set_ylabel(label("voltage vs Na/Na$^+$", "V"))
    top.set_ylim(0, 2)
    top.legend()
    _stack(bottom, run.table("ocv/discharge"))
    figure.align_ylabels()
    return figure


def _stack(axes, table):
    order = np.argsort(table["capacity"], kind="stable")
    capacity = table["capacity"][order]
    found = [name for name in table.names if name.replace("_", " ") in CLASS_COLOURS
             and table[name].max() > 0.002 * capacity.max()]
    names = [name.replace("_", " ") for name in found]
    axes.stackplot(capacity, [table[name][order] for name in found], labels=names, linewidth=0,
                   colors=[class_colour(name) for name in names])
    axes.set_xlim(0, 1.02 * capacity.max())
    axes.set_ylim(0, None)
    axes.set_xlabel(label("capacity", "mAh/g"))
    axes.set_ylabel(label("sodium by site class", "mAh/g"))
    handles, texts = axes.get_legend_handles_labels()
    axes.legend(handles[::-1], texts[::-1], loc="upper left")  # in the order of the areas


@styled
def differential_capacity(run):
    """-dQ/dV from the fluctuations of the sodium content, both ways; the part below 0.3 V enlarged."""
    figure, axes = panels(height=2.8)
    inset = axes.inset_axes([0.45, 0.42, 0.53, 0.55])
    for name, (colour, style, text) in WAYS.items():
        if f"dqdv_{name}" not in run.curves:
            continue
        curve = run.curves[f"dqdv_{name}"]
        for place in (axes, inset):
            place.plot(curve.x, curve.y, style, color=colour, label=text)
    axes.set_xlim(0, 2)
    axes.set_ylim(0, None)
    inset.set_xlim(0, 0.3)
    inset.set_ylim(0, None)
    inset.tick_params(labelsize=6)
    axes.set_xlabel(label("voltage vs Na/Na$^+$", "V"))
    axes.set_ylabel(label("$-$dQ/dV", "mAh/(g V)"))
    axes.legend(loc="lower right", bbox_to_anchor=(1, 0.09))
    return figure
