"""A run file as named tables, scalars, structures and the summary. See engine/io/FORMAT.md for the layout."""

from dataclasses import dataclass

import h5py
import numpy as np


class Table:
    """Columns of equal length; `table["voltage"]` is an array, `table.unit("voltage")` its unit."""

    def __init__(self, columns, units, meanings):
        self._columns, self._units, self._meanings = columns, units, meanings

    @property
    def names(self):
        return list(self._columns)

    def __getitem__(self, name):
        if name not in self._columns:
            raise KeyError(f"no column '{name}'; there are {', '.join(self._columns)}")
        return self._columns[name]

    def __contains__(self, name):
        return name in self._columns

    def __len__(self):
        return len(next(iter(self._columns.values()), []))

    def unit(self, name):
        return self._units[name]

    def meaning(self, name):
        return self._meanings[name]

    def label(self, name):
        """'voltage [V]', for an axis."""
        unit = self._units[name]
        return name.replace("_", " ") + (f" [{unit}]" if unit not in ("", "1") else "")


@dataclass
class Structure:
    """Cell (3,3) with rows as vectors, positions (N,3) in angstrom, atomic numbers (N), bonds (B,2)."""

    cell: np.ndarray
    positions: np.ndarray
    numbers: np.ndarray
    bonds: np.ndarray


@dataclass
class Gas:
    """What escaped so far [mass over that of the precursor], and its mean rate since the row before [1/s], row by row of
    carbonize/thermogravimetry."""

    name: str
    escaped: np.ndarray
    rate: np.ndarray


@dataclass
class SummaryRow:
    quantity: str
    value: float
    error: float  # negative: none
    unit: str
    remark: str


class Run:
    """One run file, opened for reading. Use it as a context or call close()."""

    def __init__(self, path):
        self._file = h5py.File(path, "r")
        if "cardhouse" not in self._file:
            raise ValueError(f"{path}: not a run file of Cardhouse (no group /cardhouse)")
        self._stages = self._file["cardhouse/stages"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._file.close()

    @property
    def stages(self):
        """Names of the stages that are complete, in the order in which they ran."""
        complete = [name for name, group in self._stages.items() if int(group.attrs.get("complete", 0)) == 1]
        return sorted(complete, key=lambda name: int(self._stages[name].attrs["order"]))

    def has(self, name):
        return name in self._stages

    def table(self, name):
        group = self._stages[name]
        order = [c.decode() if isinstance(c, bytes) else c for c in group.attrs.get("columns", list(group))]
        texts = {key: {c: _text(group[c].attrs.get(key, "")) for c in order} for key in ("unit", "meaning")}
        return Table({c: group[c][()] for c in order}, texts["unit"], texts["meaning"])

    def scalar(self, name):
        return self._stages[name][()]

    def text(self, name):
        return _text(self._stages[name][()])

    def structure(self, name=None):
        """The structure of that name; without one what the last of build, anneal and relax left."""
        last = next((stage for stage in ("relax", "anneal") if self.has(f"{stage}/structure")), "build")
        group = self._stages[name or f"{last}/structure"]
        return Structure(*(group[part][()] for part in ("cell", "positions", "elements", "bonds")))

    def gases(self):
        """The gases that escaped during carbonize, by falling mass."""
        table = self.table("carbonize/thermogravimetry")
        steps = np.diff(table["time"])
        found = [Gas(name[4:], table[name], np.concatenate([[0.0], np.diff(table[name]) / steps]))
                 for name in table.names if name.startswith("gas_")]
        return sorted((gas for gas in found if gas.escaped[-1] > 0), key=lambda gas: -gas.escaped[-1])

    def summary(self):
        rows = []
        for stage in self.stages:
            if "summary" not in self._stages[stage]:
                continue
            for line in _text(self._stages[stage]["summary"][()]).splitlines():
                quantity, value, error, unit, *remark = line.split("\t")
                rows.append(SummaryRow(quantity, float(value), float(error), unit, remark[0] if remark else ""))
        return rows


def open_run(path):
    """Opens a run file for reading."""
    return Run(path)


def _text(value):
    return value.decode() if isinstance(value, bytes) else str(value)
