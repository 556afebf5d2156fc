"""Types of the members of JSON files (spec §7.4). Each function returns the value, or raises BadJson."""

import re

from canonical_json import BadJson

DIGEST = re.compile(r"[0-9a-f]{64}")
UNITS = re.compile(r"0|[1-9][0-9]{0,39}")
TIME = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z")

# First and last code points of the characters that no name contains, as of Unicode 17.0.
UNPRINTABLE = [
    (0x0000, 0x001F), (0x007F, 0x009F),  # Cc
    (0x00AD, 0x00AD), (0x0600, 0x0605), (0x061C, 0x061C), (0x06DD, 0x06DD), (0x070F, 0x070F),  # Cf, to 0xE007F
    (0x0890, 0x0891), (0x08E2, 0x08E2), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x2064), (0x2066, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0x110BD, 0x110BD),
    (0x110CD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0001, 0xE0001),
    (0xE0020, 0xE007F),
    (0x2028, 0x2028), (0x2029, 0x2029),  # Zl, Zp
    (0xD800, 0xDFFF),  # Cs
    (0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD),  # Co
    (0xFDD0, 0xFDEF),  # noncharacters, and the last two of each plane
    *[(plane * 0x10000 + 0xFFFE, plane * 0x10000 + 0xFFFF) for plane in range(17)],
]


def require_json(condition, where, expected):
    if not condition:
        raise BadJson(f"{where}: expected {expected}")


def members(value, where, names):
    """An object with exactly these members."""
    require_json(isinstance(value, dict), where, "an object")
    require_json(sorted(value) == sorted(names), where, "exactly the members " + ", ".join(sorted(names)))
    return value


def items(value, where, least, most):
    require_json(isinstance(value, list) and least <= len(value) <= most, where, f"a list of {least} to {most} items")
    return value


def string(value, where):
    require_json(isinstance(value, str), where, "a text")
    return value


def constant(value, where, expected):
    require_json(value == expected, where, expected)


def integer(value, where, least, most):
    require_json(isinstance(value, int) and least <= value <= most, where, f"an integer from {least} to {most}")
    return value


def digest(value, where):
    require_json(DIGEST.fullmatch(string(value, where)), where, "64 lower-case hexadecimal digits")
    return bytes.fromhex(value)


def units(value, where):
    require_json(UNITS.fullmatch(string(value, where)), where, "an amount in units")
    return int(value)


def is_unprintable(character):
    return any(first <= ord(character) <= last for first, last in UNPRINTABLE)


def name(value, where):
    string(value, where)
    require_json(1 <= len(value) <= 128, where, "1 to 128 characters")
    require_json(not any(map(is_unprintable, value)), where, "a text without unprintable characters")
    return value


def time(value, where):
    found = TIME.fullmatch(string(value, where))
    require_json(found, where, "a time like 2026-01-31T23:59:59Z")
    year, month, day, hour, minute, second = map(int, found.groups())
    is_leap_year = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = [31, 29 if is_leap_year else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    require_json(1 <= month <= 12 and 1 <= day <= days[month - 1], where, "a date of the calendar")
    require_json(hour <= 23 and minute <= 59 and second <= 59, where, "a time of the day")
    return value
