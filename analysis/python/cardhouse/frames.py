"""The trajectory of a run frame by frame: carbon, and the sodium that moves in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .names import class_names, symbols_of

UNKNOWN = "unknown"  # class of sodium that sits at no site of the stored network


@dataclass
class Frame:
    """Positions (n,3) in angstrom, elements as symbols (n), cell (3,3), time [s], and what else was noted with the
    frame. Sodium comes last; `sodium_classes` names the site class of each."""

    positions: np.ndarray
    elements: np.ndarray
    ids: np.ndarray
    cell: np.ndarray
    time: float
    step: int
    observables: dict
    sodium_classes: np.ndarray

    @property
    def sodium(self):
        """Positions of the sodium."""
        return self.positions[len(self.positions) - len(self.sodium_classes):]


class Frames(Sequence):
    """`frames[0]`, `len(frames)`, `for frame in frames`: each is read when it is asked for."""

    def __init__(self, file, run):
        self._file, self._run = file, run
        self._group = file.get("particles/trajectory")

    def __len__(self):
        return 0 if self._group is None else int(self._file["cardhouse"].attrs["trajectory_frames"])

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(f"frame {index} of {len(self)}")
        return self._read(index % len(self))

    def _read(self, index):
        group = self._group
        ids = group["id/value"][index]
        there = ids != -1
        positions = group["position/value"][index][there]
        host = int(group.attrs["host_atoms"])
        return Frame(positions=positions, elements=self._species[there], ids=ids[there],
                     cell=group["box/edges/value"][index], time=float(group["position/time"][index]),
                     step=int(group["position/step"][index]), observables=self._observables(index),
                     sodium_classes=self._classes(positions[host:]))

    @cached_property
    def _species(self):
        return symbols_of(self._group["species"][()])

    def _observables(self, index):
        group = self._file.get("observables", {})
        return {name: group[name]["value"][index].item() for name in group}

    @cached_property
    def _sites(self):
        """{position to a thousandth of an angstrom: class}; sodium of the stage transport sits on sites."""
        if not self._run.has("sites/network/sites"):
            return {}
        table = self._run.table("sites/network/sites")
        places = np.stack([table[axis] for axis in "xyz"], axis=1)
        return dict(zip(map(_place, places), class_names(table)))

    def _classes(self, sodium):
        return np.array([self._sites.get(_place(position), UNKNOWN) for position in sodium], dtype=str)


def _place(position):
    return tuple(np.rint(1000 * np.asarray(position)).astype(int))
