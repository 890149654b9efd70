#!/usr/bin/env python3
"""Efficiency of sodium in domains and sectors on many ranks, from constants measured on few (README.md, Parallel sodium).

Prints strong scaling of a fixed network and weak scaling at fixed sites a rank, one cubic domain a rank. Constants are
options; what each means, and where its default comes from, stands in README.md.

    python3 benchmarks/sectors_model.py
    python3 benchmarks/sectors_model.py --hops 0.5 --latency 5e-6
"""

import argparse
import math
import sys

SECTORS = 8
NEIGHBOURS = 7  # that hear of one sector: across three faces, three edges and a corner


def event_cost(sites, constants):
    """Processor time of a hop [s]: what it takes in cache, and waiting for memory as the working set leaves it."""
    points = constants.event
    if sites <= points[0][0]:
        return points[0][1]
    for (low, cost), (high, next_cost) in zip(points, points[1:]):
        if sites <= high:
            share = math.log(sites / low) / math.log(high / low)
            return cost + share * (next_cost - cost)
    return points[-1][1]


def ghosts(sites, constants):
    """Sites of other domains that one domain holds: a shell of the halo's thickness."""
    edge = (sites / constants.density) ** (1 / 3)
    return constants.density * ((edge + 2 * constants.halo) ** 3 - edge**3)


def fits(sites, constants):
    """Whether both halves of the domain are as thick as the separation of sectors."""
    return (sites / constants.density) ** (1 / 3) >= 2 * constants.separation


def cycle(sites, ranks, constants):
    """Parts of the time of one cycle on the slowest rank [s]."""
    hops = constants.filling * sites * constants.hops
    work = hops * event_cost(sites, constants)
    if ranks == 1:
        return {"work": work, "imbalance": 0, "ghosts": 0, "latency": 0, "bytes": 0, "sectors": 0}
    events = max(hops / SECTORS, 1e-9)
    spread = math.sqrt(2 * math.log(ranks) * constants.bunching / events) + constants.load
    told = ghosts(sites, constants) * constants.filling * constants.hops * constants.net
    return {
        "work": work,
        "imbalance": work * spread,
        "ghosts": told * constants.ghost,
        "latency": SECTORS * NEIGHBOURS * constants.latency,
        "bytes": 8 * told * constants.values / constants.bandwidth,
        "sectors": SECTORS * constants.sector,
    }


def efficiency(sites, ranks, constants):
    """Against the same number of sites a rank on one rank, so that the cache counts neither for nor against."""
    parts = cycle(sites, ranks, constants)
    return parts["work"] / sum(parts.values())


def table(title, rows, constants):
    print(title)
    print(f"{'sites':>8} {'ranks':>6} {'sites a rank':>12} {'ghosts':>7} {'imbalance':>9} {'ghost work':>10} "
          f"{'messages':>8} {'efficiency':>10}")
    for total, ranks in rows:
        sites = total / ranks
        if ranks > 1 and not fits(sites, constants):
            print(f"{total:8.0e} {ranks:6d} {sites:12.3g}  domains too thin")
            continue
        parts = cycle(sites, ranks, constants)
        whole = sum(parts.values())
        shell = ghosts(sites, constants) / sites if ranks > 1 else 0
        messages = parts["latency"] + parts["bytes"] + parts["sectors"]
        print(f"{total:8.0e} {ranks:6d} {sites:12.3g} {100 * shell:6.0f}% {100 * parts['imbalance'] / whole:8.1f}% "
              f"{100 * parts['ghosts'] / whole:9.1f}% {100 * messages / whole:7.2f}% "
              f"{100 * efficiency(sites, ranks, constants):9.0f}%")
    print()


def arguments(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--filling", type=float, default=0.5, help="sodium a site")
    add("--density", type=float, default=0.0189, help="sites a cubic angstrom")
    add("--halo", type=float, default=14.1, help="thickness of the ghost shell [angstrom]")
    add("--separation", type=float, default=19.9, help="of sectors of one number [angstrom]")
    add("--hops", type=float, default=0.2, help="of a sodium a cycle")
    add("--event", type=str, default="1e4:5e-6,1e5:8.8e-6,1e6:13.6e-6", help="sites a rank : processor time of a hop [s]")
    add("--ghost", type=float, default=2.5e-6, help="processor time of one told site [s]")
    add("--net", type=float, default=0.5, help="told sites a hop of sodium in the shell")
    add("--values", type=float, default=2.0, help="doubles a told site")
    add("--latency", type=float, default=2e-6, help="of one message [s]")
    add("--bandwidth", type=float, default=1e10, help="of one rank [byte/s]")
    add("--sector", type=float, default=2e-6, help="of starting and ending a sector [s]")
    add("--bunching", type=float, default=4.0, help="variance over mean of the events of a sector")
    add("--load", type=float, default=0.02, help="lasting imbalance of domains")
    constants = parser.parse_args(words)
    constants.event = [tuple(float(x) for x in point.split(":")) for point in constants.event.split(",")]
    return constants


def main(words):
    constants = arguments(words)
    table("strong scaling", [(total, ranks) for total in (1e6, 1e9) for ranks in (1, 2, 8, 64, 1000, 10000)], constants)
    table("weak scaling", [(each * ranks, ranks) for each in (1e4, 1e5) for ranks in (1, 8, 100, 1000, 10000)], constants)


if __name__ == "__main__":
    main(sys.argv[1:])
