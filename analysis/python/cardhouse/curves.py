"""Named curves of a run: what a paper would plot, with units, labels and errors.

The names below stand for the curves that have one in a laboratory. Every other table whose first column rises or falls
steadily gives one curve for each further column, called "<table>.<column>" ("stack_spacings.share"): a new descriptor
has its curves without a line here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass
class Curve:
    """y against x. Errors are one sigma, None where there are none. Units as in the file ("1": pure number)."""

    name: str
    x: np.ndarray
    y: np.ndarray
    x_name: str
    y_name: str
    x_unit: str
    y_unit: str
    x_error: np.ndarray | None = None
    y_error: np.ndarray | None = None
    source: str = ""  # the table it is from

    @property
    def x_label(self):
        return label(self.x_name, self.x_unit)

    @property
    def y_label(self):
        return label(self.y_name, self.y_unit)

    def __len__(self):
        return len(self.x)


@dataclass
class Recipe:
    table: str
    x: str
    y: str
    x_error: str = ""
    y_error: str = ""


RECIPES = {
    "discharge": Recipe("ocv/discharge", "capacity", "voltage", x_error="capacity_error"),
    "charge": Recipe("ocv/charge", "capacity", "voltage", x_error="capacity_error"),
    "dqdv_discharge": Recipe("ocv/discharge", "voltage", "incremental_capacity"),
    "dqdv_charge": Recipe("ocv/charge", "voltage", "incremental_capacity"),
    "layer_spacing": Recipe("ocv/discharge", "capacity", "spacing", y_error="spacing_error"),
    "entropy": Recipe("ocv/discharge", "capacity", "entropy", y_error="entropy_error"),
    "xrd": Recipe("describe/diffraction", "two_theta", "intensity"),
    "structure_factor": Recipe("describe/diffraction", "q", "structure_factor", y_error="structure_factor_error"),
    "saxs": Recipe("describe/small_angles", "q", "intensity"),
    "pdf": Recipe("describe/pair_distribution", "r", "reduced_x_ray"),
    "pdf_neutron": Recipe("describe/pair_distribution", "r", "reduced_neutron"),
    "rings": Recipe("describe/rings", "size", "per_carbon", y_error="error"),
    "tga": Recipe("carbonize/thermogravimetry", "temperature", "mass_fraction"),
    "displacement": Recipe("transport/displacement", "time", "tracer"),
    "displacement_jump": Recipe("transport/displacement", "time", "jump"),
}
PORES = {"pores_total": "total", "pores_open": "open", "pores_closed": "closed"}  # volume per diameter
GAS = "gas_"  # gas_H2O: rate against temperature


class Curves(Mapping):
    """{name: Curve}; a curve is read when it is asked for."""

    def __init__(self, run):
        self._run = run

    def __iter__(self):
        named = [name for name, recipe in RECIPES.items() if self._run.has(f"{recipe.table}/{recipe.y}")]
        if self._run.has("describe/pore_sizes"):
            named += PORES
        if self._run.has("carbonize/thermogravimetry"):
            named += [GAS + gas.name for gas in self._run.gases()]
        return iter(named + self._unnamed())

    def __len__(self):
        return sum(1 for _ in self)

    def __getitem__(self, name):
        if name not in set(self):
            raise KeyError(f"no curve '{name}'; there are {', '.join(self)}")
        if name in RECIPES:
            return _from_table(name, RECIPES[name], self._run)
        if name in PORES:
            return _pore_curve(name, PORES[name], self._run)
        if name.startswith(GAS):
            return _gas_curve(name, self._run)
        short, column = name.rsplit(".", 1)
        return _from_table(name, _plain_recipe(self._tables()[short], column, self._run), self._run)

    def _tables(self):
        """Tables that are curves by their shape: {last part of the name: name}."""
        return {name.split("/", 1)[1]: name for name in self._run.tables if _is_curve(self._run.table(name))}

    def _unnamed(self):
        taken = {(recipe.table, recipe.y) for recipe in RECIPES.values()}
        taken |= {("describe/pore_sizes", column) for column in ("diameter_high", *PORES.values())}
        return [f"{short}.{column}" for short, name in self._tables().items()
                for column in self._run.table(name).names[1:]
                if (name, column) not in taken and not column.startswith(GAS) and not column.endswith("error")]


def label(name, unit):
    """'capacity (mAh/g)', for an axis."""
    return name.replace("_", " ") + (f" ({unit})" if unit not in ("", "1") else "")


def _is_curve(table):
    if len(table.names) < 2 or len(table) < 2:
        return False
    steps = np.diff(table[table.names[0]])
    return bool(np.all(steps > 0) or np.all(steps < 0))


def _plain_recipe(table_name, column, run):
    table = run.table(table_name)
    error = next((name for name in (f"{column}_error", "error") if name in table), "")
    return Recipe(table_name, table.names[0], column, y_error=error)


def _from_table(name, recipe, run):
    table = run.table(recipe.table)
    errors = [table[column] if column in table else None for column in (recipe.x_error, recipe.y_error)]
    return Curve(name, table[recipe.x], table[recipe.y], recipe.x, recipe.y, table.unit(recipe.x), table.unit(recipe.y),
                 *errors, source=recipe.table)


def _pore_curve(name, column, run):
    """Volume per mass and diameter, at the middle of each bin."""
    table = run.table("describe/pore_sizes")
    low, high = table["diameter_low"], table["diameter_high"]
    unit = f"{table.unit(column)}/{table.unit('diameter_low')}"
    return Curve(name, (low + high) / 2, table[column] / (high - low), "pore_diameter", f"{column}_pore_volume",
                 table.unit("diameter_low"), unit, None, table[f"{column}_error"] / (high - low), "describe/pore_sizes")


def _gas_curve(name, run):
    table = run.table("carbonize/thermogravimetry")
    gas = next(gas for gas in run.gases() if GAS + gas.name == name)
    return Curve(name, table["temperature"], gas.rate, "temperature", f"{gas.name}_rate", "K", "1/s",
                 source="carbonize/thermogravimetry")
