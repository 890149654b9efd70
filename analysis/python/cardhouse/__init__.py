"""Reading and plotting the run files of Cardhouse.

    >>> import cardhouse
    >>> run = cardhouse.open("quickstart-output/run.h5")
    >>> run.table("ocv/discharge")["voltage"]
"""

from .run import Run, Table, open_run

open = open_run  # noqa: A001  (cardhouse.open reads well and hides the builtin only inside this package)

__all__ = ["Run", "Table", "open", "open_run"]
