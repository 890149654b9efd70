"""Diffraction, small angles, pair distribution."""

import numpy as np

from .style import BLACK, BLUE, GREY, PALE, RED, label, panels, plain_logarithm, styled

COPPER = 1.5406  # [angstrom] K alpha 1 (Hoelzer et al. 1997, doi:10.1103/PhysRevA.56.4554), of the file's two_theta
LATTICE = 2.461  # [angstrom] of graphite, in its layers (Trucano & Chen 1975, doi:10.1038/258136a0)
SHELLS = {"1.42": 1.42, "2.46": 2.46, "2.84": 2.84}  # neighbours in graphene [angstrom]


@styled
def diffraction(run):
    """The diffractogram of the carbon; of a measured pattern its points and the fitted profile."""
    if run.has("describe/pattern_fit"):
        return _pattern(run.table("describe/pattern_fit"))
    figure, axes = panels()
    curve = run.curves["xrd"]
    shown = (curve.x > 10) & (curve.x < 90)
    angle, intensity = curve.x[shown], curve.y[shown]
    axes.plot(angle, intensity, color=BLACK)
    axes.set_xlim(10, 90)
    axes.set_ylim(0, 1.18 * intensity[angle > 15].max())
    for index, spacing in _reflections(run).items():
        place = np.degrees(2 * np.arcsin(COPPER / (2 * spacing)))
        top = np.argmax(np.where(np.abs(angle - place) < 6, intensity, 0))
        axes.annotate(index, (angle[top], intensity[top]), xytext=(0, 4), textcoords="offset points",
                      ha="center", fontsize=7)
    axes.set_xlabel(r"2$\theta$, Cu K$\alpha$ (°)")
    axes.set_ylabel("Intensity per atom (electrons$^2$)")
    return figure


def _reflections(run):
    """Of the layers where the run found them, (10) and (11) where graphite has them."""
    summary = run.summary()
    found = {"(002)": 10 * summary["d002"].value} if "d002" in summary else {}
    return {**found, "(10)": LATTICE * 3**0.5 / 2, "(11)": LATTICE / 2}


def _pattern(table):
    figure, axes = panels()
    axes.plot(table["two_theta"], table["intensity"], "o", ms=2, mfc="none", mew=0.5, color=GREY, label="measured")
    axes.plot(table["two_theta"], table["model"], color=RED, label="turbostratic profile")
    rest = table["intensity"] - table["model"]
    shift = table["intensity"].min() - 1.3 * np.abs(rest).max()
    axes.plot(table["two_theta"], rest + shift, color=BLUE, lw=0.7, label="difference, shifted")
    axes.set_xlabel(r"2$\theta$ (°)")
    axes.set_ylabel("Intensity")
    axes.set_yticks([])
    axes.legend()
    return figure


@styled
def small_angles(run):
    """Intensity per atom against q, both logarithmic, shell by shell of wave vectors with its error."""
    table = run.table("describe/small_angles")
    positive = table["intensity"] > 0
    q, intensity = table["q"][positive], table["intensity"][positive]
    figure, axes = panels()
    error = None
    if "structure_factor_error" in table:
        error = intensity * table["structure_factor_error"][positive] / table["structure_factor"][positive]
        error = np.stack([np.minimum(error, 0.95 * intensity), error])  # a logarithm has no place below zero
    axes.errorbar(10 * q, intensity, yerr=error, fmt="o", ms=2.2, color=BLACK, ecolor=PALE, elinewidth=0.7)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.autoscale_view()
    steps = np.outer(10.0 ** np.arange(-3, 6), [1, 2, 5]).ravel()
    plain_logarithm(axes.xaxis, steps)
    plain_logarithm(axes.yaxis, steps)
    axes.set_xlabel(label("q", "1/nm"))
    axes.set_ylabel("Intensity per atom (electrons$^2$)")
    return figure


@styled
def pair_distribution(run, longest=10.0):
    """G(r) weighted by electrons, with the distances of neighbours in graphene."""
    curve = run.curves["pdf"]
    figure, axes = panels()
    shown = (curve.x > 0.8) & (curve.x < min(longest, curve.x.max()))
    axes.axhline(0, color=PALE, lw=0.6)
    axes.plot(curve.x[shown], curve.y[shown], color=BLACK, lw=0.8)
    for text, distance in SHELLS.items():
        axes.axvline(distance, color=PALE, lw=0.6, ls=":", zorder=0)
        axes.annotate(f"{text} Å", (distance, 1.0), xycoords=("data", "axes fraction"), xytext=(2, -2),
                      textcoords="offset points", rotation=90, va="top", fontsize=6, color=GREY)
    axes.set_xlim(1, min(longest, curve.x.max()))
    axes.set_xlabel(label("distance r", "angstrom"))
    axes.set_ylabel(label("G(r)", "1/angstrom2"))
    return figure
