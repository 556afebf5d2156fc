"""Completes a table and names the constraints that it violates on H (spec §4.2, §4.3, §5.2 to §5.4, §5.6)."""

import json
from functools import lru_cache

import air
from field import ZERO, add, invert, lift, mul, scale, total
from parameters import Shape, carry_rows

UNUSED_ROW = {name: ZERO for name in air.COLUMNS}


def put_entry(row, e, asset, limbs):
    row[f"asset_{e}"] = lift(asset)
    for i, limb in enumerate(limbs):
        row[f"limb_{e}_{i}"] = lift(limb)


def user_rows(shape, asset_count, entries, carries):
    rows = [dict(UNUSED_ROW) for _ in range(shape.rows)]
    for index, e, asset, amount in entries:
        put_entry(rows[index], e, asset, [int(amount) // 1024**i % 1024 for i in range(7)])
    for number, limbs in enumerate(carries):
        index, e = divmod(number, 4)
        put_entry(rows[index], e, air.carry_asset(e, index, asset_count), [*limbs, 0])
    return rows


def public_rows(shape, asset_count):
    """The public columns on each row (§5.3)."""
    rows = []
    for i in range(shape.rows):
        carrying = i < carry_rows(asset_count)
        row = {"T": lift(i % 1024), "s": lift(1 if carrying else 0)}
        for e in air.ENTRIES:
            row[f"carry_asset_{e}"] = lift(air.carry_asset(e, i, asset_count) if carrying else 0)
        rows.append(row)
    return rows


def count_lookups(rows, shape):
    """Sets m (§5.2)."""
    counts = [0] * 1024
    for row in rows[: shape.active_rows]:
        for name in air.LIMB_COLUMNS:
            counts[row[name][0]] += 1
    for row, count in zip(rows, counts):
        row["m"] = lift(count)


@lru_cache(maxsize=1 << 12)
def remembered_inverse(denominator):
    return invert(denominator)


def add_fractions(rows, public, challenges, shape):
    """Sets phi_1 to phi_11 and acc."""
    acc = ZERO
    for i in range(shape.active_rows):
        row = rows[i]
        values = [mul(n, remembered_inverse(d)) for n, d in air.fractions(row, public[i], challenges)]
        for k in range(11):
            row[f"phi_{k + 1}"] = total(values[3 * k : 3 * k + 3])
        row["acc"] = acc
        acc = add(acc, total(values))
    rows[shape.active_rows]["acc"] = acc


@lru_cache(maxsize=4)
def completed_rows(table):
    """A table, given as JSON, as rows with all columns as they should be. (Remembered, since cases share tables.)"""
    row_count, asset_count, entries, carries, challenges = json.loads(table)
    shape = Shape(row_count)
    rows = user_rows(shape, asset_count, entries, carries)
    count_lookups(rows, shape)
    add_fractions(rows, public_rows(shape, asset_count), by_name(challenges), shape)
    return rows


def changed_rows(rows, changes):
    rows = list(rows)
    for item in changes:
        for i in range(item["from"], item["to"] + 1):
            changed = add(rows[i][item["column"]], tuple(item["add"]))
            rows[i] = {**rows[i], item["column"]: changed}
    return rows


def by_name(challenges):
    return {name: tuple(value) for name, value in challenges.items()}


def rows_of_set(row_set, shape):
    return {
        "active": range(shape.active_rows),
        "first": [0],
        "end": [shape.active_rows],
        "all": range(shape.rows),
    }[row_set]


def violations_of(case):
    """The violated constraints with their rows, by constraint."""
    shape = Shape(case["rowCount"])
    challenges = by_name(case["challenges"])
    asset_count = len(case["totals"])
    table = [case["rowCount"], asset_count, case["entries"], case["carries"], case["challenges"]]
    rows = changed_rows(completed_rows(json.dumps(table)), case["changes"])
    public = public_rows(shape, asset_count)

    totals = [int(amount) for amount in case["totals"]]
    phi_value = air.phi_of_totals(totals, challenges["beta1"], challenges["gamma"])
    values = []
    for i, row in enumerate(rows):
        following = rows[(i + 1) % shape.rows]
        values.append(air.constraint_values(row, following["acc"], public[i], challenges, phi_value))
    return [
        (name, i)
        for number, (name, row_set) in enumerate(zip(air.CONSTRAINTS, air.ROW_SETS))
        for i in rows_of_set(row_set, shape)
        if values[i][number] != ZERO
    ]
