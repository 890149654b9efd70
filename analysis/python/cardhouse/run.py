"""A run file as named tables, curves, structures, frames and the summary. See engine/io/FORMAT.md for the layout."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import h5py
import numpy as np

from .curves import Curves
from .frames import Frames
from .names import class_names, symbols_of

FORMAT_VERSION = 1  # the newest that this reader knows; older ones are read too


class ForeignFile(ValueError):
    """The file is no run of Cardhouse, or of a version that this reader does not know."""


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


class Tables(Mapping):
    """All tables of the complete stages by name, "stage/table", each read when it is asked for."""

    def __init__(self, run):
        self._run = run

    @cached_property
    def _names(self):
        found = []

        def visit(name, item):
            if isinstance(item, h5py.Group) and "columns" in item.attrs:
                found.append(name)

        for stage in self._run.stages:
            self._run.stage(stage).visititems(lambda name, item, stage=stage: visit(f"{stage}/{name}", item))
        return found

    def __iter__(self):
        return iter(self._names)

    def __len__(self):
        return len(self._names)

    def __contains__(self, name):
        return name in self._names

    def __getitem__(self, name):
        return self._run.table(name)


@dataclass
class Structure:
    """Cell (3,3) with rows as vectors, positions (N,3) in angstrom, atomic numbers (N), bonds (B,2)."""

    cell: np.ndarray
    positions: np.ndarray
    numbers: np.ndarray
    bonds: np.ndarray

    @property
    def elements(self):
        """Symbols of the elements."""
        return symbols_of(self.numbers)


@dataclass
class Sodium:
    """Sodium in the carbon: positions (n,3) in angstrom, the name of each one's site class."""

    positions: np.ndarray
    classes: np.ndarray


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
    error: float  # one sigma; negative: none
    unit: str
    remark: str

    def __str__(self):
        error = f" +- {self.error:.2g}" if self.error >= 0 else ""
        unit = "" if self.unit == "1" else f" {self.unit}"
        return f"{self.quantity}: {self.value:.5g}{error}{unit}"


class Summary(list):
    """Rows in the order of the run; `summary["d002"]` is the row of that quantity."""

    def __getitem__(self, key):
        if not isinstance(key, str):
            return super().__getitem__(key)
        for row in self:
            if row.quantity == key:
                return row
        raise KeyError(f"no quantity '{key}'; there are {', '.join(row.quantity for row in self)}")

    def __contains__(self, key):
        return any(row.quantity == key for row in self) if isinstance(key, str) else super().__contains__(key)

    def __str__(self):
        return "\n".join(f"{row} {f'({row.remark})' if row.remark else ''}".rstrip() for row in self)


class Run:
    """One run file, opened for reading; data are read when they are asked for. Use it as a context or call close()."""

    def __init__(self, path):
        self.path = str(path)
        self._file = _opened(self.path)
        self._stages = self._file["cardhouse/stages"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __repr__(self):
        return f"<cardhouse.Run {self.path}: {', '.join(self.stages)}>"

    def close(self):
        self._file.close()

    @property
    def stages(self):
        """Names of the stages that are complete, in the order in which they ran."""
        complete = [name for name, group in self._stages.items() if int(group.attrs.get("complete", 0)) == 1]
        return sorted(complete, key=lambda name: int(self._stages[name].attrs["order"]))

    def stage(self, name):
        """The HDF5 group of a stage, for what this reader has no name for."""
        return self._item(name)

    @cached_property
    def deck_text(self):
        """The deck, word for word."""
        return _text(self._file["cardhouse/run/deck"][()])

    @cached_property
    def deck(self):
        """The deck as nested dictionaries (Python 3.11 or newer)."""
        import tomllib

        return tomllib.loads(self.deck_text)

    @cached_property
    def origin(self):
        """Where the file comes from: version, git_hash, build, seed, ranks, threads, deck_name."""
        group = self._file["cardhouse/run"]
        return {name: _plain(group[name][()]) for name in group if name != "deck"}

    @cached_property
    def tables(self):
        """{"stage/table": Table}."""
        return Tables(self)

    @cached_property
    def curves(self):
        """{name: Curve}, see curves.py for the names."""
        return Curves(self)

    @cached_property
    def frames(self):
        """The frames of the trajectory, a sequence; empty when the run has none."""
        return Frames(self._file, self)

    def has(self, name):
        """Whether a complete stage, or something in one ("ocv/discharge"), is there."""
        return name.split("/")[0] in self.stages and name in self._stages

    def table(self, name):
        group = self._item(name)
        if "columns" not in group.attrs:
            raise KeyError(f"'{name}' is no table; there are {', '.join(self.tables)}")
        order = [_text(c) for c in group.attrs["columns"]]
        texts = {key: {c: _text(group[c].attrs.get(key, "")) for c in order} for key in ("unit", "meaning")}
        return Table({c: group[c][()] for c in order}, texts["unit"], texts["meaning"])

    def scalar(self, name):
        return self._item(name)[()]

    def text(self, name):
        return _text(self._item(name)[()])

    def structure(self, name=None):
        """The structure of that name; without one what the last of build, anneal and relax left."""
        if name is None:
            left = [f"{stage}/structure" for stage in ("relax", "anneal", "build") if self.has(f"{stage}/structure")]
            if not left:
                raise KeyError(f"{self.path} holds no structure")
            name = left[0]
        group = self._item(name)
        return Structure(*(group[part][()] for part in ("cell", "positions", "elements", "bonds")))

    def sodium(self):
        """The sodium of the stage ocv at the end of its discharge."""
        filled = self.table("ocv/filled")
        return Sodium(np.stack([filled[axis] for axis in "xyz"], axis=1), class_names(filled))

    def gases(self):
        """The gases that escaped during carbonize, by falling mass."""
        table = self.table("carbonize/thermogravimetry")
        steps = np.diff(table["time"])
        found = [Gas(name[4:], table[name], np.concatenate([[0.0], np.diff(table[name]) / steps]))
                 for name in table.names if name.startswith("gas_")]
        return sorted((gas for gas in found if gas.escaped[-1] > 0), key=lambda gas: -gas.escaped[-1])

    def summary(self):
        """The summary rows of all complete stages."""
        rows = Summary()
        for stage in self.stages:
            if "summary" not in self._stages[stage]:
                continue
            for line in _text(self._stages[stage]["summary"][()]).splitlines():
                quantity, value, error, unit, *remark = line.split("\t")
                rows.append(SummaryRow(quantity, float(value), float(error), unit, remark[0] if remark else ""))
        return rows

    def _item(self, name):
        if name not in self._stages:
            raise KeyError(f"{self.path} holds no '{name}'; its stages are {', '.join(self.stages) or 'none'}")
        return self._stages[name]


def open_run(path):
    """Opens a run file for reading. Raises FileNotFoundError, or ForeignFile with the reason."""
    return Run(path)


def _opened(path):
    if not Path(path).is_file():
        raise FileNotFoundError(f"there is no file '{path}'")
    try:
        file = h5py.File(path, "r")
    except OSError as error:
        raise ForeignFile(f"{path}: cannot be read as HDF5 ({error})") from None
    problem = _foreignness(file)
    if problem:
        file.close()
        raise ForeignFile(f"{path}: {problem}")
    return file


def _foreignness(file):
    if "cardhouse" not in file or "format_version" not in file["cardhouse"].attrs:
        return "not a run file of Cardhouse (no /cardhouse with a format version)"
    version = int(file["cardhouse"].attrs["format_version"])
    if version > FORMAT_VERSION:
        return f"has format version {version}, this reader knows up to {FORMAT_VERSION}: use a newer Cardhouse"
    if version < 1:
        return f"has format version {version}, older than any that was published"
    return None if "cardhouse/stages" in file else "has no stages"


def _text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def _plain(value):
    return value.decode() if isinstance(value, bytes) else value.item() if hasattr(value, "item") else value
