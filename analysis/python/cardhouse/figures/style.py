"""How every figure looks: sizes, lines, colours, labels. The one place to change it.

Widths are those of a journal column (89 mm) and 1.5 columns; colours are those of Okabe & Ito, which people who are
colour blind can tell apart. Letters stay letters in PDF and SVG.
"""

from functools import wraps

import matplotlib.pyplot as plt
from matplotlib import rc_context
from matplotlib.ticker import FixedLocator, FormatStrFormatter, NullFormatter

COLUMN, WIDE = 3.5, 5.2  # [inch]
BLACK, GREY, PALE = "#000000", "#888888", "#CCCCCC"
ORANGE, SKY, GREEN, YELLOW, BLUE, RED, PINK = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00",
                                               "#CC79A7")
LINES = [BLUE, RED, GREEN, PINK, ORANGE, SKY]  # without yellow, which is hard to see as a line

# One colour for each site class, the same in every figure; others are grey.
CLASS_COLOURS = {"defect": RED, "edge": ORANGE, "terrace": YELLOW, "gallery": BLUE, "slit": GREY, "mouth": SKY,
                 "pore wall": GREEN, "pore core": PINK}
ELEMENT_COLOURS = {"H": "#DDDDDD", "N": "#3050F8", "O": "#C02020", "S": "#B8A000", "P": "#FF8000", "B": "#FFB5B5",
                   "Na": "#AB5CF2"}
CARBON = "#3A3A3A"

STYLE = {
    "axes.grid": False, "axes.labelsize": 8, "axes.linewidth": 0.6, "axes.spines.right": False,
    "axes.spines.top": False, "axes.titlesize": 8, "axes.prop_cycle": plt.cycler(color=LINES),
    "errorbar.capsize": 0, "figure.constrained_layout.use": True, "figure.dpi": 150,
    "font.family": "sans-serif", "font.sans-serif": ["Helvetica", "Arial", "Liberation Sans", "DejaVu Sans"],
    "font.size": 8, "legend.fontsize": 7, "legend.frameon": False, "legend.handlelength": 1.5,
    "legend.labelspacing": 0.35, "lines.linewidth": 1.1, "lines.markersize": 3.5, "mathtext.default": "regular",
    "pdf.fonttype": 42, "savefig.dpi": 300, "svg.fonttype": "none", "xtick.direction": "out", "xtick.labelsize": 7,
    "xtick.major.width": 0.6, "xtick.minor.width": 0.4, "ytick.labelsize": 7, "ytick.major.width": 0.6,
    "ytick.minor.width": 0.4,
}

UNITS = {"1/angstrom": "Å$^{-1}$", "1/angstrom2": "Å$^{-2}$", "angstrom": "Å", "angstrom2": "Å$^{2}$", "degree": "°",
         "mAh/g": "mAh g$^{-1}$", "mAh/(g V)": "mAh g$^{-1}$ V$^{-1}$", "cm3/g": "cm$^{3}$ g$^{-1}$",
         "cm3/g/nm": "cm$^{3}$ g$^{-1}$ nm$^{-1}$", "electrons2": "electrons$^{2}$", "1/nm": "nm$^{-1}$"}


def styled(draw):
    """A drawing function whose figure has the style, whatever the settings around it."""

    @wraps(draw)
    def in_style(*arguments, **options):
        with rc_context(STYLE):
            return draw(*arguments, **options)

    return in_style


def panels(rows=1, width=COLUMN, height=2.6, **options):
    """A figure of panels below each other that share their x axis, and the panels: one alone, or a list."""
    figure, axes = plt.subplots(rows, 1, figsize=(width, height), sharex=True, squeeze=False, **options)
    return (figure, axes[0, 0]) if rows == 1 else (figure, list(axes[:, 0]))


def beside_legend(width=WIDE, height=4.1):
    """A figure of one panel and, to its right, an empty one for the legend."""
    return plt.subplots(1, 2, figsize=(width, height), gridspec_kw={"width_ratios": [4, 1]})


def plain_logarithm(axis, ticks):
    """A logarithmic axis that writes 2, 5, 10 instead of powers."""
    low, high = axis.get_view_interval()
    axis.set_major_locator(FixedLocator([tick for tick in ticks if low <= tick <= high]))
    axis.set_major_formatter(FormatStrFormatter("%g"))
    axis.set_minor_formatter(NullFormatter())


def label(name, unit):
    """'Capacity (mAh g⁻¹)'; symbols like q and dV/dd stay as they are."""
    text = name[0].upper() + name[1:] if name[1:2].islower() else name
    return text if unit in ("", "1") else f"{text} ({UNITS.get(unit, unit)})"


def class_colour(name):
    return CLASS_COLOURS.get(name, "#666666")
