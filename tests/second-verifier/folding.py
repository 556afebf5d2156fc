"""The two words, folding, and the way through the layers (spec §6.7, §6.8, §6.9)."""

from collections import namedtuple

from commitments import exts
from field import P, ZERO, add, evaluate, generator, inv, invert, lift, mul, point, scale, sub, total
from merkle import root_of_opening
from verdicts import require

LayerPlan = namedtuple("LayerPlan", "size fibres missing")  # missing: positions at which values are sent


def fibre_positions(fibre, size):
    return [fibre + k * size // 8 for k in range(8)]


def plan_layers(domain_size, folds, known):
    """Which fibres are opened and which values are sent in each layer (§6.9), for increasing known positions."""
    plans = []
    for i in range(folds):
        size = domain_size // 8**i
        fibres = sorted({position % (size // 8) for position in known})
        known = set(known)
        missing = [p for fibre in fibres for p in fibre_positions(fibre, size) if p not in known]
        plans.append(LayerPlan(size, fibres, missing))
        known = fibres
    return plans


class Words:
    """Computes G₁ and G₂ at points of F_p from what is committed there (§6.7)."""

    def __init__(self, z, g, opened, lambdas):
        self.z = z
        self.gz = scale(z, g)
        self.lambdas = lambdas
        self.opened_user = self.combine(opened, range(0, 32))
        self.opened_rest = self.combine(opened, [*range(32, 45), *range(46, 50)])
        self.opened_next = self.combine(opened, [45])

    def combine(self, values, openings):
        """Σ λ_t · v_t over some openings, for values by opening."""
        return total(mul(self.lambdas[t], values[t]) for t in openings)

    def first(self, x, user, mask):
        """G₁ at x, from the user columns and R₁ there."""
        committed = total(scale(self.lambdas[t], user[t]) for t in range(32))
        return add(mask, mul(sub(committed, self.opened_user), invert(sub(lift(x), self.z))))

    def second(self, x, m, auxiliary, mask, chunks):
        """G₂ at x, from m, φ₁ … φ₁₁ and acc, R₂, and the chunks there."""
        values = dict(zip(range(50), [None] * 32 + [lift(m), *auxiliary, auxiliary[-1], *chunks], strict=True))
        rest = sub(self.combine(values, [*range(32, 45), *range(46, 50)]), self.opened_rest)
        following = sub(self.combine(values, [45]), self.opened_next)
        at_z = mul(rest, invert(sub(lift(x), self.z)))
        at_gz = mul(following, invert(sub(lift(x), self.gz)))
        return add(mask, add(at_z, at_gz))


def fold(x, values, challenge):
    """The value at x^8 of the folded word, from those at x, xζ, …, xζ^7 (§6.8)."""
    zeta_inverse = inv(generator(3))
    b_over_x = scale(challenge, inv(x))
    factor = lift(inv(8))
    result = ZERO
    for k in range(8):
        inner = total(scale(u, pow(zeta_inverse, m * k, P)) for m, u in enumerate(values))
        result = add(result, mul(factor, inner))
        factor = mul(factor, b_over_x)
    return result


def check_layers(step, trees, shift, plans, layers, roots, challenges, words, final_polynomials):
    """Checks that words, by position of layer 0, pass through the layers to the final polynomials (§6.9)."""
    for i, (plan, layer, root, challenge) in enumerate(zip(plans, layers, roots, challenges, strict=True)):
        values = {**words, **layer.sent}
        fibres = {fibre: [values[p] for p in fibre_positions(fibre, plan.size)] for fibre in plan.fibres}
        leaves = {fibre: b"".join(exts(place) for place in places) for fibre, places in fibres.items()}
        found = root_of_opening(trees.format(i), plan.size // 8, leaves, layer.siblings)
        require(found == root, step, "layer-opening", f"layer {i}")
        words = {}
        for fibre, places in fibres.items():
            x = point(plan.size, shift, fibre)
            words[fibre] = [fold(x, word, challenge) for word in zip(*places)]
        shift = pow(shift, 8, P)
    last_size = plans[-1].size // 8
    for position, values in words.items():
        x = point(last_size, shift, position)
        for number, (value, polynomial) in enumerate(zip(values, final_polynomials, strict=True), start=1):
            expected = evaluate(polynomial, x)
            require(value == expected, step, "final-polynomial", f"word {number} at position {position}")
