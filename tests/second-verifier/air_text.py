"""Reads the constraints as the text of spec/air/ (§5.5), to compare them with those of air.py."""

from collections import namedtuple

from field import add, lift, mul, sub

OPERATIONS = {"add": add, "sub": sub, "mul": mul}

AirText = namedtuple("AirText", "columns public_columns nodes constraints")


def read_air_text(text):
    columns, public_columns, nodes, constraints = [], [], [], []
    for line in text.splitlines():
        kind, *words = line.split(" ")
        if kind == "column":
            columns.append(words[1])
        elif kind == "publicColumn":
            public_columns.append(words[0])
        elif kind == "node":
            nodes.append(words[1:])
        elif kind == "constraint":
            constraints.append((words[0], words[1], int(words[2])))
    return AirText(columns, public_columns, nodes, constraints)


def evaluate_air_text(air, row, next_row, public, challenges, phi_value):
    """The value of each constraint, by name; `row` and the other mappings go from names to values."""
    values = []
    for kind, *words in air.nodes:
        if kind == "column":
            name = air.columns[int(words[0])]
            values.append(row[name] if words[2] == "0" else next_row[name])
        elif kind == "publicColumn":
            values.append(public[words[0]])
        elif kind == "challenge":
            values.append(challenges[words[0]])
        elif kind == "publicValue":
            values.append(phi_value)
        elif kind == "constant":
            values.append(lift(int(words[0])))
        else:
            values.append(OPERATIONS[kind](values[int(words[0])], values[int(words[1])]))
    return {name: values[node] for name, _, node in air.constraints}
