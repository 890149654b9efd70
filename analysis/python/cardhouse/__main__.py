"""Commands on run files: `plot` draws figures, `summary` prints the numbers, `curves` lists or prints the curves.

  python3 -m cardhouse plot voltage run.h5 -o voltage.pdf
  python3 -m cardhouse plot all run.h5 -o folder --format svg
  python3 -m cardhouse plot list
  python3 -m cardhouse summary run.h5
  python3 -m cardhouse curves run.h5 xrd > xrd.csv

Exit codes: 0 done, 1 wrong command line, 2 wrong input.
"""

import argparse
import sys

from . import open_run


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(1, f"cardhouse: {message}\n")


def parse():
    parser = Parser(prog="cardhouse", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    plot = commands.add_parser("plot", help="draw figures")
    plot.add_argument("names", nargs="+", metavar="figure ... file", help="names of figures or `all`, and a run file; "
                      "or `list`")
    plot.add_argument("-o", "--output", help="a file (.pdf, .svg, .png), or a folder for several figures")
    plot.add_argument("--format", default="png", choices=["pdf", "png", "svg"], help="of figures in a folder")
    summary = commands.add_parser("summary", help="print the summary")
    summary.add_argument("file")
    curves = commands.add_parser("curves", help="list the curves, or print one as CSV")
    curves.add_argument("file")
    curves.add_argument("name", nargs="?")
    return parser.parse_args()


def fail(message, code=2):
    print(f"cardhouse: {message}", file=sys.stderr)
    sys.exit(code)


def plot(names, output, ending):
    import matplotlib

    matplotlib.use("Agg")  # before pyplot: no window is opened
    from . import figures  # matplotlib takes a second to load

    if names == ["list"]:
        for name, figure in figures.FIGURES.items():
            print(f"{name:<13} {figure.summary}")
        return
    *chosen, file = names
    unknown = [name for name in chosen if name not in (*figures.FIGURES, "all")]
    if unknown or not chosen:
        fail(f"no figure '{unknown[0]}'; there are all, {', '.join(figures.FIGURES)}" if unknown else
             "name a figure and a run file, like `plot voltage run.h5`", 1)
    with open_run(file) as run:
        if chosen == ["all"]:
            written = figures.write_all(run, output or ".", ending=ending)
        elif len(chosen) == 1 and output:
            written = [figures.write(run, chosen[0], output)]
        else:
            written = [figures.write(run, name, f"{output or '.'}/{name}.{ending}") for name in chosen]
    for path in written:
        print(path)


def print_curves(run, name):
    if name is None:
        for curve in run.curves.values():
            print(f"{curve.name:<32} {curve.y_label} against {curve.x_label}, {len(curve)} points")
        return
    curve = run.curves[name]
    columns = [(f"{curve.x_name} [{curve.x_unit}]", curve.x), (f"{curve.y_name} [{curve.y_unit}]", curve.y)]
    columns += [(f"{part}_error [{unit}]", values) for part, unit, values in
                ((curve.x_name, curve.x_unit, curve.x_error), (curve.y_name, curve.y_unit, curve.y_error))
                if values is not None]
    print(",".join(name for name, _ in columns))
    for row in zip(*(values for _, values in columns)):
        print(",".join(repr(float(value)) for value in row))


def main():
    arguments = parse()
    try:
        if arguments.command == "plot":
            return plot(arguments.names, arguments.output, arguments.format)
        with open_run(arguments.file) as run:
            if arguments.command == "summary":
                print(run.summary())
            else:
                print_curves(run, arguments.name)
    except BrokenPipeError:  # the reader of our output, like `head`, has seen enough
        sys.stderr.close()
    except (KeyError, OSError, ValueError) as error:
        fail(error.args[0] if isinstance(error, KeyError) else error)


if __name__ == "__main__":
    main()
