"""The base field, the challenge field F and domains (spec §2.1, §2.2, §2.3).

Elements of F_p are integers in [0, p); elements of F are tuples of five of them, constant term first.
"""

from functools import lru_cache

P = 2**31 - 2**24 + 1
ROOT_OF_UNITY = 1791270792  # of order 2^24

ZERO = (0, 0, 0, 0, 0)
ONE = (1, 0, 0, 0, 0)
X = (0, 1, 0, 0, 0)


def inv(a):
    """The inverse in F_p; raises ZeroDivisionError for 0."""
    if a == 0:
        raise ZeroDivisionError("0 has no inverse in F_p")
    return pow(a, P - 2, P)


def lift(a):
    """An element of F_p as one of F."""
    return (a % P, 0, 0, 0, 0)


def add(a, b):
    return tuple([(x + y) % P for x, y in zip(a, b)])


def sub(a, b):
    return tuple([(x - y) % P for x, y in zip(a, b)])


def scale(a, factor):
    """a ∈ F times an element of F_p, or any other integer."""
    return tuple([x * factor % P for x in a])


def mul(a, b):
    """The product in F, by the formulas of §2.2."""
    a0, a1, a2, a3, a4 = a
    b0, b1, b2, b3, b4 = b
    c0 = a0 * b0
    c1 = a0 * b1 + a1 * b0
    c2 = a0 * b2 + a1 * b1 + a2 * b0
    c3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0
    c4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0
    c5 = a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1
    c6 = a2 * b4 + a3 * b3 + a4 * b2
    c7 = a3 * b4 + a4 * b3
    c8 = a4 * b4
    return (
        (c0 + c5 - c8) % P,
        (c1 + c6) % P,
        (c2 - c5 + c7 + c8) % P,
        (c3 - c6 + c8) % P,
        (c4 - c7) % P,
    )


def total(elements):
    """The sum of elements of F."""
    result = ZERO
    for element in elements:
        result = add(result, element)
    return result


def product(*elements):
    result = ONE
    for element in elements:
        result = mul(result, element)
    return result


def power(a, exponent):
    result = ONE
    while exponent > 0:
        if exponent % 2 == 1:
            result = mul(result, a)
        a = mul(a, a)
        exponent //= 2
    return result


# Raising to the p-th power is linear: it maps X^i to X^(ip).
X_TO_P = power(X, P)
IMAGES = [power(X_TO_P, i) for i in range(5)]


def frobenius(a):
    """a^p."""
    return total(scale(image, coefficient) for image, coefficient in zip(IMAGES, a))


def invert(a):
    """The inverse in F, by the norm a^(1 + p + p² + p³ + p⁴) ∈ F_p [IT]; raises ZeroDivisionError for 0."""
    conjugates = ONE
    conjugate = a
    for _ in range(4):
        conjugate = frobenius(conjugate)
        conjugates = mul(conjugates, conjugate)
    return scale(conjugates, inv(mul(a, conjugates)[0]))


def evaluate(coefficients, x):
    """The polynomial with coefficients in F, constant term first, at x ∈ F_p."""
    result = ZERO
    for coefficient in reversed(coefficients):
        result = add(scale(result, x), coefficient)
    return result


@lru_cache(maxsize=None)
def generator(k):
    """ω_k, the generator of the subgroup of order 2^k."""
    return pow(ROOT_OF_UNITY, 2 ** (24 - k), P)


def log2(size):
    return size.bit_length() - 1


def point(size, shift, position):
    """The point at a position of the domain of some order and shift."""
    return shift * pow(generator(log2(size)), position, P) % P
