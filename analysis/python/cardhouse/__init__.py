"""Reading and drawing what Cardhouse writes: run files and the `description.h5` of `cardhouse describe`.

    >>> import cardhouse
    >>> run = cardhouse.open("run.h5")
    >>> curve = run.curves["discharge"]
    >>> curve.x, curve.x_unit, curve.y, curve.y_unit

Reading needs h5py and numpy; `cardhouse.figures` needs matplotlib. The layout of the file: engine/io/FORMAT.md.
"""

from .curves import Curve
from .frames import Frame
from .run import FORMAT_VERSION, ForeignFile, Run, Structure, SummaryRow, Table, open_run

open = open_run  # noqa: A001  (cardhouse.open reads well and hides the builtin only inside this package)

__all__ = ["FORMAT_VERSION", "Curve", "ForeignFile", "Frame", "Run", "Structure", "SummaryRow", "Table", "open",
           "open_run"]
