"""Rules of inputs/rules integrated without fluctuations, cells or transport: what the lattice must give in the mean.

Volatile molecules leave at once. Over each step of half a kelvin every species, taken in an order in which reactants
come before products, decays by the exact exponential of its total rate, and what it becomes is there for the next.
"""

import math
import pathlib
import re
import statistics
import tomllib

GAS_CONSTANT = 8.314462618  # J/(mol K)
KILO = {"kcal/mol": 4184.0, "kJ/mol": 1000.0}
MASS = {"H": 1.008, "C": 12.011, "N": 14.007, "O": 15.999, "Na": 22.990, "Mg": 24.305, "Si": 28.085, "P": 30.974,
        "S": 32.06, "K": 39.098, "Ca": 40.078}


def joule(text):
    """Energy per mole of a text such as "45.0 kcal/mol"."""
    value, unit = text.split()
    return float(value) * KILO[unit]


def atoms(formula):
    """Atoms of each element in a formula such as "C6H10O5"."""
    count = {}
    for element, number in re.findall(r"([A-Z][a-z]?)(\d*)", formula):
        count[element] = count.get(element, 0) + int(number or 1)
    return count


def terms(text):
    """Coefficients by species of one side of a reaction."""
    split = [term.split() for term in text.split("+")]
    return {term[-1]: float(term[0]) if len(term) == 2 else 1.0 for term in split}


class Library:
    """Species and rules of named files and of all the files they need."""

    def __init__(self, folder, names):
        self.formula, self.state, self.rules = {}, {}, []
        self.seen = set()
        for name in names:
            self._load(pathlib.Path(folder), name)
        self.order = self._reactants_first()

    def _load(self, folder, name):
        if name in self.seen:
            return
        self.seen.add(name)
        table = tomllib.loads((folder / f"{name}.toml").read_text())
        for needed in table.get("needs", []):
            self._load(folder, needed)
        for species in table.get("species", []):
            self.formula[species["name"]] = atoms(species.get("formula", ""))
            self.state[species["name"]] = species["state"]
        for rule in table.get("rule", []):
            reactants = terms(rule["in"])
            if "gas" in rule or "catalyst" in rule or len(reactants) > 1:
                continue  # inert gas, no ash, one reactant: all that the reference runs have
            self.rules.append({"reactant": next(iter(reactants)), "taken": next(iter(reactants.values())),
                               "products": terms(rule["out"]), "A": float(rule["A"].split()[0]), "E": joule(rule["E"]),
                               "n": rule.get("n", 0), "spread": joule(rule.get("spread", "0 kJ/mol"))})

    def _reactants_first(self):
        """Species that react in the solid, in an order in which nothing is made of a later one."""
        products = {}
        for rule in self.rules:
            if self.state[rule["reactant"]] != "volatile":
                products.setdefault(rule["reactant"], set()).update(rule["products"])
        order = []

        def visit(name):
            if name in products and name not in order:
                for product in sorted(products[name]):
                    visit(product)
                order.append(name)

        for name in sorted(products):
            visit(name)
        return order[::-1]

    def mass(self, name):
        return sum(MASS[element] * number for element, number in self.formula[name].items())

    def elements(self, amounts):
        """Mass of each element in what is still in the solid."""
        total = {}
        for name, amount in amounts.items():
            if self.state[name] in ("solid", "trapped"):
                for element, number in self.formula[name].items():
                    total[element] = total.get(element, 0.0) + amount * number * MASS[element]
        return total


def rate(rule, kelvin, left):
    """Rate at which the reactant vanishes [1/s]; `left` is the share of it that is left, for a spread of barriers."""
    barrier = rule["E"]
    if rule["spread"]:
        barrier += rule["spread"] * statistics.NormalDist().inv_cdf(min(max(1 - left, 1e-3), 1 - 1e-3))
    return rule["A"] * kelvin ** rule["n"] * math.exp(-barrier / (GAS_CONSTANT * kelvin))


def heat(library, parts, rate_per_minute, end, start=100.0, step=0.5):
    """Yields (Celsius, amounts in mol for each gram of material) after each step of a ramp [Celsius, K/min]."""
    amounts = {name: 0.0 for name in library.formula}
    for name, share in parts.items():
        amounts[name] = share / library.mass(name)
    initial = dict(amounts)
    by_reactant = {name: [rule for rule in library.rules if rule["reactant"] == name] for name in library.order}
    seconds = step * 60.0 / rate_per_minute
    celsius = start
    while celsius < end:
        middle = celsius + 0.5 * step + 273.15
        celsius += step
        for name in library.order:
            amount = amounts[name]
            if amount <= 0.0:
                continue
            rates = [rate(rule, middle, amount / (initial[name] or 1.0)) for rule in by_reactant[name]]
            gone = -amount * math.expm1(-sum(rates) * seconds)
            amounts[name] -= gone
            for rule, share in zip(by_reactant[name], rates):
                events = gone * share / sum(rates) / rule["taken"] if gone else 0.0
                for product, coefficient in rule["products"].items():
                    amounts[product] += events * coefficient
        yield celsius, amounts
