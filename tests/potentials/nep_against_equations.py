#!/usr/bin/python3
"""Compares neuroevolution potentials with their equations by a second road, in plain Python.

usage: nep_against_equations.py evaluate_structure source_folder
Three-body terms are double sums of Legendre polynomials here, not sums over spherical harmonics; the four-body term is
the trace of a cube of a tensor, Chebyshev polynomials are cosines. Networks of random numbers cover the variants of the
file. Ends with 77 (skipped) when numpy is not installed, which the comparison needs.
"""

import itertools
import math
import random
import sys
import tempfile

from lammps_reference import evaluate, graphite, np, rattled, skewed, Structure

RADII = {"C": 0.75, "H": 0.32}  # covalent, Grimme 2010, doi:10.1063/1.3382344
CHARGES = {"C": 6, "H": 1}


class Model:
    """Random numbers in every place of a nep.txt."""

    def __init__(self, header, cutoffs, shape, terms, zbl=None):
        self.version = int(header[3])
        self.elements = header.split()[2:]
        self.cutoffs = cutoffs if len(cutoffs) > 1 else cutoffs * len(self.elements)
        self.n_radial, self.n_angular, self.b_radial, self.b_angular, self.neurons = shape
        self.terms, self.zbl = terms, zbl
        draw = random.Random(header + str(zbl)).gauss
        numbers = lambda n, width: [draw(0, width) for _ in range(n)]
        rows = terms[0] + sum(term > 0 for term in terms[1:])
        self.size = self.n_radial + 1 + (self.n_angular + 1) * rows
        networks = 1 if self.version == 3 else len(self.elements)
        self.networks = [(numbers(self.neurons * self.size, 0.4), numbers(self.neurons, 0.5), numbers(self.neurons, 1))
                         for _ in range(networks)]
        self.bias = draw(0, 1)
        pairs = len(self.elements) ** 2
        self.radial = numbers((self.n_radial + 1) * (self.b_radial + 1) * pairs, 0.5)
        self.angular = numbers((self.n_angular + 1) * (self.b_angular + 1) * pairs, 0.5)
        self.scalers = [0.2 + abs(x) for x in numbers(self.size, 0.2)]
        flat = [x for network in self.networks for part in network for x in part]
        flat += [self.bias] + self.radial + self.angular + self.scalers
        lines = [header] + (["zbl " + " ".join(map(str, zbl))] if zbl else [])
        lines += ["cutoff " + " ".join(f"{r} {a}" for r, a in cutoffs) + " 500 100",
                  f"n_max {self.n_radial} {self.n_angular}", f"basis_size {self.b_radial} {self.b_angular}",
                  "l_max " + " ".join(map(str, terms)), f"ANN {self.neurons} 0"]
        self.text = "\n".join(lines + [f"{x:.15e}" for x in flat]) + "\n"


def radial_functions(model, r, cutoff, coefficients, size, basis, i, j):
    """g_n(r) for n = 0 ... size."""
    if r >= cutoff:
        return [0.0] * (size + 1)
    switch = 0.5 + 0.5 * math.cos(math.pi * r / cutoff)
    x = 2 * (r / cutoff - 1) ** 2 - 1
    f = [switch] + [0.5 * (math.cos(k * math.acos(x)) + 1) * switch for k in range(1, basis + 1)]
    n_types = len(model.elements)
    place = lambda n, k: ((n * (basis + 1) + k) * n_types + i) * n_types + j
    return [sum(coefficients[place(n, k)] * f[k] for k in range(basis + 1)) for n in range(size + 1)]


def legendre(order, x):
    return {1: x, 2: (3 * x * x - 1) / 2, 3: (5 * x**3 - 3 * x) / 2, 4: (35 * x**4 - 30 * x * x + 3) / 8}[order]


def invariants(model, neighbours):
    """Rows of one angular function; neighbours are (g, unit vector)."""
    rows = []
    for order in range(1, model.terms[0] + 1):
        rows.append((2 * order + 1) / (4 * math.pi) * sum(
            g * h * legendre(order, sum(a * b for a, b in zip(u, v))) for (g, u) in neighbours for (h, v) in neighbours))
    terms = list(model.terms[1:]) + [0, 0]
    if terms[0]:
        q = [[sum(g * (u[a] * u[b] - (a == b) / 3) for g, u in neighbours) for b in range(3)] for a in range(3)]
        cube = sum(q[a][b] * q[b][c] * q[c][a] for a in range(3) for b in range(3) for c in range(3))
        rows.append(-36 * 0.007499480826664 * cube)  # of the file format; the trace is a^3/36 round an axis
    if terms[1]:
        v = [sum(g * u[a] for g, u in neighbours) for a in range(3)]
        rows.append(7 / 15 * (3 / (4 * math.pi)) ** 2 * sum(x * x for x in v) ** 2)
    return rows


def repulsion(model, r, first, second):
    inner, outer = model.zbl[:2]
    if len(model.zbl) == 3:
        inner, outer = 0.0, min(outer, model.zbl[2] * (RADII[first] + RADII[second]) / 0.75)
    if r >= outer:
        return 0.0
    x = r * 2.134563 * (CHARGES[first] ** 0.23 + CHARGES[second] ** 0.23)
    phi = (0.18175 * math.exp(-3.1998 * x) + 0.50986 * math.exp(-0.94229 * x) + 0.28022 * math.exp(-0.4029 * x) +
           0.02817 * math.exp(-0.20162 * x))
    switch = 1.0 if r < inner else 0.5 + 0.5 * math.cos(math.pi * (r - inner) / (outer - inner))
    return switch * 14.399645 * CHARGES[first] * CHARGES[second] / r * phi


def energy_of(model, cell, symbols, positions):
    total = 0.0
    shifts = [[sum(n[a] * cell[a][x] for a in range(3)) for x in range(3)]
              for n in itertools.product(range(-2, 3), repeat=3)]
    for i, centre in enumerate(positions):
        a = model.elements.index(symbols[i])
        q = [0.0] * (model.n_radial + 1)
        angular = [[] for _ in range(model.n_angular + 1)]
        for j, other in enumerate(positions):
            b = model.elements.index(symbols[j])
            radial_cut, angular_cut = (0.5 * (x + y) for x, y in zip(model.cutoffs[a], model.cutoffs[b]))
            for shift in shifts:
                d = [other[x] + shift[x] - centre[x] for x in range(3)]
                r = math.sqrt(sum(x * x for x in d))
                if r < 1e-9 or r >= radial_cut:
                    continue
                g = radial_functions(model, r, radial_cut, model.radial, model.n_radial, model.b_radial, a, b)
                q = [x + y for x, y in zip(q, g)]
                if model.zbl:
                    total += 0.5 * repulsion(model, r, symbols[i], symbols[j])
                if r >= angular_cut:
                    continue
                g = radial_functions(model, r, angular_cut, model.angular, model.n_angular, model.b_angular, a, b)
                for n, value in enumerate(g):
                    angular[n].append((value, [x / r for x in d]))
        rows = [invariants(model, neighbours) for neighbours in angular]
        q += [row[k] for k in range(len(rows[0])) for row in rows]
        weights, thresholds, outputs = model.networks[0 if model.version == 3 else a]
        for n in range(model.neurons):
            field = sum(weights[n * model.size + d] * model.scalers[d] * q[d] for d in range(model.size))
            total += outputs[n] * math.tanh(field - thresholds[n])
        total -= model.bias
    return total


MODELS = [
    Model("nep4 1 C", [(5, 4)], (3, 2, 5, 4, 7), (4, 2, 1)),
    Model("nep4 2 C H", [(5, 3.5), (4, 3)], (2, 3, 6, 3, 6), (4, 2, 0)),
    Model("nep3 2 H C", [(4.5, 3)], (3, 2, 5, 4, 5), (3, 0, 0)),
    Model("nep4_zbl 2 C H", [(4, 3)], (1, 1, 3, 2, 3), (2, 1, 1), (1.0, 2.0)),
    Model("nep3_zbl 2 C H", [(4, 3)], (1, 0, 3, 2, 3), (1, 0, 1), (0.7, 1.4, 0.7)),
]


def main(program, _):
    structure = skewed(rattled(graphite((2, 1, 1), spacing=3.1), 0.1, 5))
    for model in MODELS:
        symbols = [model.elements[k % len(model.elements)] for k in range(len(structure.symbols))]
        sample = Structure(structure.cell, symbols, structure.positions)
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write(model.text)
            file.flush()
            ours = evaluate(program, "nep", file.name, sample).energy
        theirs = energy_of(model, sample.cell.tolist(), symbols, sample.positions.tolist())
        print(f"{model.text.splitlines()[0]}: {theirs:.10f} eV, difference {ours - theirs:.2g}")
        if not abs(ours - theirs) < 1e-9 * max(1, abs(theirs)):
            sys.exit("differs from the equations")


main(*sys.argv[1:])
