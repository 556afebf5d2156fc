"""The constraints, written from the words of spec §5.4, and what they need (§5.1 to §5.3).

All values are elements of F here. `row` and the other mappings go from names (§5.2, §5.3) to values.
"""

from functools import lru_cache

from field import ONE, P, ZERO, add, generator, inv, invert, lift, log2, mul, power, product, scale, sub, total
from parameters import carry_rows, total_limbs

ENTRIES = range(4)
LIMBS = range(7)

USER_COLUMNS = [name for e in ENTRIES for name in [f"asset_{e}"] + [f"limb_{e}_{i}" for i in LIMBS]]
LIMB_COLUMNS = [name for name in USER_COLUMNS if name.startswith("limb")]
AUXILIARY_COLUMNS = [f"phi_{k}" for k in range(1, 12)] + ["acc"]
COLUMNS = USER_COLUMNS + ["m"] + AUXILIARY_COLUMNS
PUBLIC_COLUMNS = ["T", "s"] + [f"carry_asset_{e}" for e in ENTRIES]
ROW_SETS = ["active"] * 12 + ["first", "end"] + ["all"] * 4
CONSTRAINTS = [f"C{i}" for i in range(1, 19)]


@lru_cache(maxsize=4)
def powers(gamma, count=8):
    result = [ONE]
    while len(result) < count:
        result.append(mul(result[-1], gamma))
    return result


@lru_cache(maxsize=8)
def carry_weights(odd, gamma):
    """ν_{e,0} … ν_{e,6}: the weights of the limbs of an entry on a carry row (§4.3), for odd or even e."""
    gammas = powers(gamma)
    weights = []
    for carry in (3, 4, 5) if odd else (0, 1, 2):
        kappa = sub(gammas[carry + 1], scale(gammas[carry], 1024))
        weights += [kappa, scale(kappa, 1024)]
    return weights + [ZERO]


@lru_cache(maxsize=1 << 12)
def entry_numerator(odd, limbs, s, gamma):
    """n_e of an entry with these limbs. (Remembered, as what follows, since most rows of a test's table are alike.)"""
    result = ZERO
    for limb, usual, carrying in zip(limbs, powers(gamma), carry_weights(odd, gamma)):
        weight = add(usual, mul(s, sub(carrying, usual)))
        result = add(result, mul(weight, limb))
    return result


@lru_cache(maxsize=1 << 12)
def fraction_constraint(phi, first, second, third):
    """φ·d₁d₂d₃ − (n₁d₂d₃ + n₂d₁d₃ + n₃d₁d₂), for fractions as pairs (n, d)."""
    (n1, d1), (n2, d2), (n3, d3) = first, second, third
    numerators = total([product(n1, d2, d3), product(n2, d1, d3), product(n3, d1, d2)])
    return sub(product(phi, d1, d2, d3), numerators)


def fractions(row, public, challenges):
    """The 33 pairs of numerator and denominator of a row, in the order in which φ_1 … φ_11 take them."""
    beta0, beta1, gamma = challenges["beta0"], challenges["beta1"], challenges["gamma"]
    limbs = [(ONE, sub(beta0, row[name])) for name in LIMB_COLUMNS]
    table = (sub(ZERO, row["m"]), sub(beta0, public["T"]))
    entries = []
    for e in ENTRIES:
        numerator = entry_numerator(e % 2 == 1, tuple(row[f"limb_{e}_{i}"] for i in LIMBS), public["s"], gamma)
        entries.append((numerator, sub(beta1, row[f"asset_{e}"])))
    return limbs + [table] + entries


def constraint_values(row, next_acc, public, challenges, phi_value):
    """The values of C1 to C18 on a row, or at a point; `phi_value` is Φ."""
    thirds = fractions(row, public, challenges)
    phis = [row[f"phi_{k}"] for k in range(1, 12)]
    values = [fraction_constraint(phi, *thirds[3 * k : 3 * k + 3]) for k, phi in enumerate(phis)]
    values.append(sub(sub(next_acc, row["acc"]), total(phis)))
    values.append(row["acc"])
    values.append(sub(row["acc"], phi_value))
    for e in ENTRIES:
        values.append(mul(public["s"], sub(row[f"asset_{e}"], public[f"carry_asset_{e}"])))
    return values


@lru_cache(maxsize=1)
def table_coefficients():
    """The polynomial of degree below 1024 that is i at ω_10^i (§5.3)."""
    omega_inverse = inv(generator(10))
    half = inv(2)
    return [1023 * half % P] + [inv((pow(omega_inverse, k, P) - 1) % P) for k in range(1, 1024)]


def carry_asset(e, row, asset_count):
    """The asset of entry e of a carry row (§4.3)."""
    asset = 2 * row + 1 if e < 2 else 2 * row + 2
    return asset if asset <= asset_count else 0


def public_columns_at(x, shape, asset_count):
    """The public columns at a point x outside H (§5.3)."""
    y = power(x, shape.rows // 1024)
    table = ZERO
    for coefficient in reversed(table_coefficients()):
        table = add(mul(table, y), lift(coefficient))

    g = generator(log2(shape.rows))
    vanishing = sub(power(x, shape.rows), ONE)
    sums = {name: ZERO for name in PUBLIC_COLUMNS[1:]}
    for j in range(carry_rows(asset_count)):
        g_j = pow(g, j, P)
        lagrange = mul(vanishing, scale(invert(sub(x, lift(g_j))), g_j * inv(shape.rows)))
        sums["s"] = add(sums["s"], lagrange)
        for e in ENTRIES:
            name = f"carry_asset_{e}"
            sums[name] = add(sums[name], scale(lagrange, carry_asset(e, j, asset_count)))
    return {"T": table, **sums}


def divisors_at(x, shape):
    """Z(x) of each row set (§5.1)."""
    g = generator(log2(shape.rows))
    everything = sub(power(x, shape.rows), ONE)
    random_rows = ONE
    for i in range(shape.active_rows, shape.rows):
        random_rows = mul(random_rows, sub(x, lift(pow(g, i, P))))
    return {
        "active": mul(everything, invert(random_rows)),
        "first": sub(x, ONE),
        "end": sub(x, lift(pow(g, shape.active_rows, P))),
        "all": everything,
    }


def phi_of_totals(totals, beta1, gamma):
    """Φ (§5.3)."""
    result = ZERO
    for a, amount in enumerate(totals, start=1):
        numerator = total(scale(power_of_gamma, t) for power_of_gamma, t in zip(powers(gamma), total_limbs(amount)))
        result = add(result, mul(numerator, invert(sub(beta1, lift(a)))))
    return result
