"""What numbers in a run file stand for: elements and site classes by name."""

import numpy as np

SYMBOLS = {1: "H", 5: "B", 6: "C", 7: "N", 8: "O", 9: "F", 11: "Na", 12: "Mg", 13: "Al", 14: "Si", 15: "P", 16: "S",
           17: "Cl", 19: "K", 20: "Ca", 25: "Mn", 26: "Fe", 28: "Ni", 30: "Zn"}


def symbols_of(numbers):
    return np.array([SYMBOLS.get(int(number), f"Z{int(number)}") for number in numbers])


def class_names(table):
    """The site class of every row by name: the meaning of the column lists them."""
    names = np.array(table.meaning("site_class").split(": ", 1)[1].split(", "))
    return names[table["site_class"].astype(int)]
