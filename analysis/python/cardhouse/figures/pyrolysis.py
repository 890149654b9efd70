"""What a laboratory would draw of a pyrolysis: TGA-MS against temperature and time, and the van Krevelen path."""

import re

import numpy as np

from .style import BLACK, COLUMN, GREY, LINES, PALE, RED, panels, styled

ATOMIC_MASSES = {"H": 1.008, "C": 12.011, "N": 14.007, "O": 15.999, "S": 32.06, "Cl": 35.45, "F": 18.998, "P": 30.974}
LIGHT = 47.0  # [g/mol]: what a mass spectrometer behind a cold trap still sees
FLASH = 100.0 / 60  # [K/s]: faster heating than any furnace tube stands


@styled
def against_temperature(run):
    """Mass left and rates of the gases against temperature."""
    celsius = run.table("carbonize/thermogravimetry")["temperature"] - 273.15
    figure, mass = _panels(run, celsius)
    figure.axes[-1].set_xlabel("Temperature (°C)")
    mass.set_xlim(celsius.min(), celsius.max())
    return figure


@styled
def against_time(run):
    """The same against time with the temperature above, for programmes that are not one steady ramp; else None."""
    table = run.table("carbonize/thermogravimetry")
    heating = np.diff(table["temperature"]) / np.diff(table["time"])
    if heating.min() > 0 and heating.max() < 1.5 * heating.min():
        return None
    flash = _has_flash(table)
    along = np.arange(len(table), dtype=float) if flash else table["time"] / 3600
    figure, mass = _panels(run, along)
    lowest = figure.axes[-1]
    mass.set_xlim(along[0], along[-1])
    furnace = mass.twinx()
    furnace.plot(along, table["temperature"] - 273.15, color=RED, lw=0.9, ls=":")
    furnace.set_ylabel("Temperature (°C)", color=RED)
    furnace.spines["right"].set_visible(True)
    if flash:
        _stretch(lowest, table["time"])
    lowest.set_xlabel("Time, stretched where the temperature moves fast" if flash else "Time (h)")
    return figure


@styled
def van_krevelen(run, every=100):
    """H/C against O/C of what is solid or trapped, with the highest temperature so far marked on the way [degree C]."""
    table = run.table("carbonize/thermogravimetry")
    across, up = table["oxygen_per_carbon"], table["hydrogen_per_carbon"]
    celsius = np.maximum.accumulate(table["temperature"] - 273.15)
    figure, axes = panels(width=COLUMN, height=2.8)
    axes.plot(across, up, color=PALE, zorder=1)
    points = axes.scatter(across, up, c=celsius, cmap="inferno", vmax=1.1 * celsius[-1], s=4, lw=0, zorder=2)
    figure.colorbar(points, ax=axes, label="Temperature (°C)")
    axes.set_xlim(0, 1.12 * max(across.max(), 0.05))
    axes.set_ylim(0, 1.08 * max(up.max(), 0.1))
    for mark in _marks(celsius, across / axes.get_xlim()[1], up / axes.get_ylim()[1], every):
        place = [np.interp(mark, celsius, values) for values in (across, up)]
        axes.plot(*place, "o", mfc="white", mec=BLACK, mew=0.7, zorder=3)
        axes.annotate(f"{mark:.0f}", place, xytext=(5, -2), textcoords="offset points", fontsize=6)
    axes.set_xlabel("O/C (atoms per atom)")
    axes.set_ylabel("H/C (atoms per atom)")
    return figure


def molar_mass(name):
    """Of a gas whose name is its formula [g/mol]; None for other names."""
    parts = re.findall(r"([A-Z][a-z]?)(\d*)", name)
    if "".join(a + n for a, n in parts) != name or any(a not in ATOMIC_MASSES for a, _ in parts):
        return None
    return sum(ATOMIC_MASSES[a] * int(n or 1) for a, n in parts)


def gas_label(name):
    """C2H4 with subscripts, names of compounds in small letters, abbreviations as they are."""
    if molar_mass(name):
        return re.sub(r"(\d+)", r"$_{\1}$", name)
    return name.replace("_", " ").lower() if len(name) > 4 else name


def _panels(run, along):
    """Mass; light gases as a mass spectrometer counts them; everything heavier, which condenses in the cold, by mass."""
    table, gases = run.table("carbonize/thermogravimetry"), run.gases()
    light = sorted((gas for gas in gases if (molar_mass(gas.name) or 1e9) < LIGHT),
                   key=lambda gas: -gas.escaped[-1] / molar_mass(gas.name))
    heavy = [gas for gas in gases if gas not in light]
    groups = [(light, "Light gases (mmol g$^{-1}$ min$^{-1}$)", lambda gas: 6e4 * gas.rate / molar_mass(gas.name)),
              (heavy, "Heavier volatiles (% min$^{-1}$)", lambda gas: 6000 * gas.rate)]
    groups = [group for group in groups if group[0]]
    figure, (mass, *below) = panels(1 + len(groups), height=1.9 + 1.8 * len(groups))
    mass.plot(along, 100 * table["mass_fraction"], color=BLACK)
    mass.set_ylabel("Mass (% of the precursor)")
    mass.set_ylim(0, None)
    flash = _has_flash(table)
    for axes, (chosen, label, rate) in zip(below, groups):
        _draw_rates(axes, along, [(gas_label(gas.name), rate(gas)) for gas in chosen], flash)
        axes.set_ylabel(label)
    figure.align_ylabels()
    return figure, mass


def _draw_rates(axes, along, curves, flash):
    """The most important gases, the rest together. A flash blows out in milliseconds what a furnace takes hours for: then
    only a logarithm shows both."""
    lines = [(*curve, colour, "-") for curve, colour in zip(curves, LINES)]
    if len(curves) > len(lines):
        lines.append(("others", sum(rate for _, rate in curves[len(lines):]), GREY, "--"))
    for label, rate, colour, style in lines:
        axes.plot(along, np.where(rate > 0, rate, np.nan) if flash else rate, style, color=colour, label=label)
    highest = max(rate.max() for _, rate, _, _ in lines)
    if flash:
        axes.set_yscale("log")
        axes.set_ylim(max(1e-4, 1e-9 * highest), 3 * highest)
    else:
        axes.set_ylim(0, 1.05 * highest)
    axes.legend(ncol=2)


def _has_flash(table):
    return (np.diff(table["temperature"]) / np.diff(table["time"])).max() > FLASH


def _stretch(axes, time):
    """Ticks at evenly spread rows, each with the time since the start or, within a flash, since the tick before."""
    rows = np.linspace(0, len(time) - 1, 9).astype(int)
    labels = ["0"]
    for before, row in zip(rows, rows[1:]):
        step = time[row] - time[before]
        labels.append(f"{time[row] / 3600:.3g} h" if step > 60 else f"+{_short(step)}")
    axes.set_xticks(rows, labels, fontsize=5.5)


def _short(seconds):
    return f"{seconds:.2g} s" if seconds >= 0.1 else f"{1000 * seconds:.2g} ms"


def _marks(celsius, across, up, every):
    """The start and the multiples of `every` that do not lie on top of the mark before."""
    marks = [celsius[0]]
    place = np.array([across[0], up[0]])
    for mark in np.arange(every * np.ceil(celsius[0] / every), celsius[-1], every):
        here = np.array([np.interp(mark, celsius, across), np.interp(mark, celsius, up)])
        if np.hypot(*(here - place)) > 0.06:
            marks.append(mark)
            place = here
    return marks
