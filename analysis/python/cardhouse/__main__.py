"""Commands: `python3 -m cardhouse plots run.h5 folder` draws all figures, or those named after the folder (`tga`,
`van_krevelen` ...); `python3 -m cardhouse summary run.h5` prints."""

import argparse
import sys

from . import open_run


def main():
    parser = argparse.ArgumentParser(prog="python3 -m cardhouse", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    plots = commands.add_parser("plots", help="draw every figure the run holds data for")
    plots.add_argument("file")
    plots.add_argument("folder")
    plots.add_argument("figures", nargs="*", help="names of figures, without .png; all when left out")
    summary = commands.add_parser("summary", help="print the summary table")
    summary.add_argument("file")
    arguments = parser.parse_args()
    try:
        run = open_run(arguments.file)
    except (OSError, ValueError) as error:
        sys.exit(f"cardhouse: {error}")
    if arguments.command == "summary":
        for row in run.summary():
            error = f" +- {row.error:.2g}" if row.error >= 0 else ""
            print(f"{row.quantity}: {row.value:.5g}{error} {row.unit} {row.remark}".rstrip())
        return
    from .plots import FIGURES, write_all  # matplotlib takes a second to load

    for name in set(arguments.figures) - set(FIGURES):
        sys.exit(f"cardhouse: no figure '{name}'; there are {', '.join(FIGURES)}")
    for path in write_all(run, arguments.folder, arguments.figures):
        print(path)


if __name__ == "__main__":
    main()
