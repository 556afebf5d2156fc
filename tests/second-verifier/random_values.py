"""Odd values for the members of JSON files, and odd bytes: what mutants are made from."""

import json
import random

from commitments import u32
from field import P

ODD_NUMBERS = [
    -1, 0, 1, 2, 4, 7, 18, 19, 1023, 1024, 1535, 1536, 2047, 2048, 4095, 4096, 4097, 8192, 2**19 - 1, 2**19, 2**31,
    2**53, 1.5,
]
ODD_UNITS = [0, 1, 1023, 2**60, 2**70 - 1, 2**70, P * 2**60 - 1, P * 2**60, 10**40 - 1, 10**40]
ODD_TIMES = [
    "0000-01-01T00:00:00Z", "0000-02-29T00:00:00Z", "0004-02-29T12:00:00Z", "1900-02-29T00:00:00Z",
    "2000-02-29T23:59:59Z", "2023-02-29T00:00:00Z", "2024-02-29T00:00:00Z", "2026-00-10T00:00:00Z",
    "2026-13-10T00:00:00Z", "2026-06-31T00:00:00Z", "2026-06-00T00:00:00Z", "2026-12-31T24:00:00Z",
    "2026-12-31T23:60:00Z", "2026-12-31T23:59:60Z", "9999-12-31T23:59:59Z", "2026-01-31t23:59:59z",
    "2026-01-31T23:59:59.0Z", "+2026-01-31T23:59:59Z", "12026-01-31T23:59:59Z", "2026-1-31T23:59:59Z",
    "２026-01-31T23:59:59Z", "2026-01-31T23:59:59Z\n", "2026-01-31 23:59:59Z", "2026-01-31T23:59:59",
]
# At and beside the ends of the ranges of characters that names do not contain.
ODD_CODE_POINTS = [
    0x1F, 0x20, 0x22, 0x5C, 0x7E, 0x7F, 0x9F, 0xA0, 0xAC, 0xAD, 0xAE, 0x300, 0x5FF, 0x600, 0x605, 0x606, 0x61B, 0x61C,
    0x6DD, 0x70F, 0x88F, 0x890, 0x891, 0x892, 0x8E2, 0x180E, 0x200A, 0x200B, 0x200F, 0x2010, 0x2028, 0x2029, 0x202A,
    0x202E, 0x202F, 0x205F, 0x2060, 0x2064, 0x2065, 0x2066, 0x206F, 0x2070, 0x3000, 0xD7FF, 0xE000, 0xF8FF, 0xF900,
    0xFDCF, 0xFDD0, 0xFDEF, 0xFDF0, 0xFEFF, 0xFFF8, 0xFFF9, 0xFFFB, 0xFFFC, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x110BD,
    0x110CD, 0x1342F, 0x13430, 0x13438, 0x13439, 0x1343F, 0x13440, 0x1BCA0, 0x1BCA3, 0x1D172, 0x1D173, 0x1D17A,
    0x1F600, 0x1FFFE, 0x2FFFF, 0xE0000, 0xE0001, 0xE0002, 0xE0020, 0xE007F, 0xE0080, 0xEFFFD, 0xEFFFE, 0xF0000,
    0xFFFFD, 0x100000, 0x10FFFD, 0x10FFFF,
]


def canonical_json(value):
    """The canonical form of JSON, for values as in the formats of §7."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class RandomValues:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def choice(self, *options):
        return self.random.choice(options)

    def one_of(self, *options):
        """Calls one of some functions."""
        return self.random.choice(options)()

    def digest(self):
        return self.choice("0" * 64, self.random.randbytes(32).hex())

    def text(self):
        letters = "".join(chr(self.random.choice(ODD_CODE_POINTS)) for _ in range(self.random.randrange(3)))
        length = self.choice(0, 1, 8, 31, 32, 33, 63, 64, 127, 128, 129)
        return self.choice("", "a" * length, "𝄞" * length, letters, "A" + letters)

    def number(self):
        return self.random.choice(ODD_NUMBERS)

    def units(self):
        value = str(self.random.choice(ODD_UNITS))
        return self.choice(value, value, value, "0" + value, "-1", "1.0", "", "１")

    def any_value(self):
        return self.one_of(
            self.digest, self.text, self.number, self.units, lambda: self.choice(None, True, [], {}, ["0"])
        )

    def like(self, value):
        """A value that could take another's place, mostly of its kind."""
        if self.random.random() < 0.15:
            return self.any_value()
        if isinstance(value, int):
            return self.choice(self.number(), value + 1, value - 1)
        if isinstance(value, list):
            return self.list_like(value)
        if isinstance(value, str):
            return self.text_like(value)
        return self.any_value()

    def text_like(self, value):
        if value.isdigit() and len(value) < 41:
            return self.choice(self.units(), str(int(value) + 1), str(max(0, int(value) - 1)))
        if value.endswith("Z") and len(value) == 20:
            return self.random.choice(ODD_TIMES)
        if len(value) in (40, 64):
            last = self.random.choice("0123456789abcdefA")
            return self.choice(self.digest(), value[:-1] + last, value[:-1], value.upper(), value[:-8] + "0100007f")
        return self.choice(self.text(), value + self.text())

    def list_like(self, value):
        items = list(value)
        place = self.random.randrange(len(items))
        return self.choice(
            items[:place] + items[place + 1 :],
            items[:place] + items[place:][:1] + items[place:],
            items[::-1],
            items * self.choice(0, 2, 3),
        )

    def json(self, data):
        """Changes one member of a JSON file."""
        value = json.loads(data)
        parent, key = {"": value}, ""
        while isinstance(parent[key], (dict, list)) and parent[key] and (key == "" or self.random.random() < 0.8):
            parent = parent[key]
            key = self.random.choice(list(parent) if isinstance(parent, dict) else range(len(parent)))
        fate = self.random.random()
        if fate < 0.05 and isinstance(parent, dict):
            del parent[key]
        elif fate < 0.1 and isinstance(parent, dict):
            parent[self.choice("note", "a", "zz", "Ω")] = self.any_value()
        else:
            parent[key] = self.like(parent[key])
        return canonical_json(value)

    def spelling(self, data):
        """Changes the spelling of a JSON file, mostly without changing what a lenient reader would see."""
        text = data.decode()
        value = json.loads(data)
        spellings = [
            text + "\n", " " + text, text + "{}", "\ufeff" + text, text[:-1], text.replace('"', "'"),
            text.replace(":", ": ", 1), text.replace(",", " ,", 1), text.replace("}", ",}", 1),
            text.replace("2048", "2048.0", 1), text.replace("2048", "2.048e3", 1), text.replace(":0", ":-0", 1),
            text.replace("a", "\\u0061", 1), text.replace("/", "\\/", 1), text.replace("☃", "\ud83d", 1),
            json.dumps(dict(reversed(value.items())), ensure_ascii=False, separators=(",", ":")),
            json.dumps(value, sort_keys=True, separators=(",", ":")),
            text.replace("{", '{"air":"",', 1), "[" * 20000, '{"a":' * 20000, "null", "[]", "{}", "0", '""',
        ]
        return self.random.choice(spellings).encode("utf-8", "surrogatepass")

    def bytes(self, data, place):
        """Changes some bytes at a place, or the length."""
        some = self.random.randbytes(self.choice(1, 4, 20, 32))
        number = u32(self.choice(P - 1, P, 2**32 - 1))
        changes = [
            lambda: data[:place] + bytes([data[place] ^ 1 << self.random.randrange(8)]) + data[place + 1 :],
            lambda: data[:place] + some + data[place + len(some) :],
            lambda: data[:place] + number + data[place + 4 :],
            lambda: data[:place] + data[place + 32 : place + 64] + data[place : place + 32] + data[place + 64 :],
            lambda: data[:place] + some + data[place:],
            lambda: data[:place] + data[place + len(some) :],
            lambda: data[:place],
            lambda: data + some,
        ]
        return self.random.choices(changes, [6, 4, 3, 3, 1, 1, 1, 1])[0]()

    def bytes_anywhere(self, data):
        return self.bytes(data, self.random.randrange(len(data)))
