"""The shipped biomass rules give the yields and gases computed once, by other code, from the published constants."""

import csv
import pathlib
import sys

try:
    import tomllib  # noqa: F401  (needs Python 3.11)
except ImportError:
    sys.exit(77)

import mean_field

HERE = pathlib.Path(__file__).parent
MATERIALS = {
    "cellulose": {"CELL": 1.0},
    "ligc": {"LIGC": 1.0},
    "ligo": {"LIGO": 1.0},
    "xyhw": {"XYHW": 1.0},
    "softwood": {"CELL": 0.44, "GMSW": 0.26, "LIGC": 0.12, "LIGH": 0.12, "LIGO": 0.06},
}
YIELD_TOLERANCE = 0.01  # of the initial mass
ELEMENT_TOLERANCE = 1.0  # wt%
TEMPERATURE_TOLERANCE = 3.0  # K

faults = []


def rows(name):
    lines = [line for line in (HERE / name).read_text().splitlines() if not line.startswith("#")]
    return list(csv.reader(lines))[1:]


def expect_near(what, value, expected, tolerance):
    if not abs(value - expected) <= tolerance:
        faults.append(f"{what}: {value:.4g}, expected {expected:.4g} within {tolerance:g}")


def ramp(library, material, rate_per_minute=5.0):
    """Temperatures and amounts from 100 to 1000 degC."""
    steps = mean_field.heat(library, MATERIALS[material], rate_per_minute, 1000.0)
    return [(celsius, dict(amounts)) for celsius, amounts in steps]


def check_yields(library, ramps):
    for material, celsius, mass, *elements in rows("biomass_yields.csv"):
        amounts = next(amounts for at, amounts in ramps[material] if at >= float(celsius))
        left = library.elements(amounts)
        total = sum(left.values())
        where = f"{material} at {celsius} degC"
        expect_near(f"yield of {where}", total, float(mass), YIELD_TOLERANCE)
        for element, share in zip("CHO", elements):
            expect_near(f"{element} of {where}", 100 * left[element] / total, float(share), ELEMENT_TOLERANCE)


def check_gases(ramps):
    for material, gas, *expected in rows("biomass_gases.csv"):
        total = ramps[material][-1][1][gas]
        for share, celsius in zip((0.1, 0.5, 0.9), expected):
            found = next(at for at, amounts in ramps[material] if amounts[gas] >= share * total)
            expect_near(f"{share} of {gas} of {material}", found, float(celsius), TEMPERATURE_TOLERANCE)


def check_heating_rates(library):
    for material, rate_per_minute, mass in rows("biomass_heating_rates.csv"):
        left = library.elements(ramp(library, material, float(rate_per_minute))[-1][1])
        where = f"{material} at {rate_per_minute} K/min"
        expect_near(f"yield of {where}", sum(left.values()), float(mass), YIELD_TOLERANCE)


def check_mass(library, ramps):
    for material, steps in ramps.items():
        total = sum(library.mass(name) * amount for name, amount in steps[-1][1].items())
        expect_near(f"total mass of {material}", total, 1.0, 1e-9)


def main(inputs):
    library = mean_field.Library(pathlib.Path(inputs) / "rules", ["cellulose", "hemicellulose", "lignin", "late_loss"])
    ramps = {material: ramp(library, material) for material in MATERIALS}
    check_yields(library, ramps)
    check_gases(ramps)
    check_heating_rates(library)
    check_mass(library, ramps)
    print("\n".join(faults) or "all yields, elements and gases as expected")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
