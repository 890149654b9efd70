"""Pores and rings."""

import numpy as np

from .style import BLACK, BLUE, GREY, PALE, PINK, label, panels, styled


@styled
def pore_sizes(run):
    """Pore volume per diameter of the largest sphere that covers a place: open, closed, and too narrow for helium."""
    total, opened, closed = (run.curves[f"pores_{kind}"] for kind in ("total", "open", "closed"))
    edges = run.table("describe/pore_sizes")
    steps = np.append(edges["diameter_low"], edges["diameter_high"][-1])
    figure, axes = panels()
    parts = [("closed", closed.y, PINK), ("open", opened.y, BLUE),
             ("too narrow for helium", total.y - opened.y - closed.y, PALE)]
    floor = np.zeros(len(total))
    for text, height, colour in parts:
        if height.max() > 1e-9:
            axes.stairs(floor + height, steps, baseline=floor, fill=True, color=colour, label=text)
        floor = floor + height
    axes.errorbar(total.x, total.y, yerr=total.y_error, fmt="none", ecolor=BLACK, elinewidth=0.6)
    filled = np.nonzero(total.y > 0)[0]
    axes.set_xlim(0, steps[filled[-1] + 1] * 1.05 if len(filled) else steps[-1])
    axes.set_ylim(0, None)
    axes.set_xlabel(label("pore diameter", total.x_unit))
    axes.set_ylabel(label("dV/dd", total.y_unit))
    axes.legend()
    return figure


@styled
def rings(run):
    """Shortest-path rings per carbon atom by size, hexagons apart in colour."""
    curve = run.curves["rings"]
    figure, axes = panels()
    axes.bar(curve.x, curve.y, 0.75, yerr=curve.y_error, color=np.where(curve.x == 6, BLUE, GREY),
             error_kw={"elinewidth": 0.6, "ecolor": BLACK})
    whole = curve.y.sum()
    for size, number in zip(curve.x, curve.y):
        if whole > 0 and number > 0.001 * whole:
            axes.annotate(f"{100 * number / whole:.1f} %", (size, number), xytext=(0, 3), textcoords="offset points",
                          ha="center", fontsize=6)
    axes.set_xticks(curve.x)
    axes.set_ylim(0, 1.1 * curve.y.max() if curve.y.max() > 0 else 1)
    axes.set_xlabel("Atoms of the ring")
    axes.set_ylabel("Rings per carbon atom")
    return figure
