"""Keyed hash, encodings, transcript and proof of work (spec §3.1, §3.2, §3.4, §3.5)."""

from functools import lru_cache

from blake3 import blake3_derive_key, blake3_keyed
from field import P


@lru_cache(maxsize=None)
def key_of(purpose):
    """The key of a purpose (§3.1)."""
    return blake3_derive_key("solvent/1 " + purpose, b"")


def keyed_hash(purpose, message, size=32):
    """The keyed hash with a purpose (§3.1)."""
    return blake3_keyed(key_of(purpose), message, size)


def u32(number):
    return number.to_bytes(4, "little")


def el(element):
    return u32(element)


def els(elements):
    return b"".join(el(a) for a in elements)


def ext(element):
    return els(element)


def exts(elements):
    return b"".join(ext(a) for a in elements)


def text(string):
    """Raises UnicodeEncodeError for a lone surrogate, which UTF-8 cannot encode."""
    utf8 = string.encode("utf-8")
    return u32(len(utf8)) + utf8


class Transcript:
    """Turns what the prover has sent into challenges (§3.4)."""

    def __init__(self, protocol):
        self.state = bytes(32)
        self.absorb("/protocol", text(protocol))

    def absorb(self, label, data):
        self.state = keyed_hash("transcript absorb", self.state + text(label) + u32(len(data)) + data)

    def squeeze(self, label):
        self.state = keyed_hash("transcript squeeze", self.state + text(label))
        return Output(self.state)


class Output:
    """What is drawn from one state of a transcript: a digest, or a stream of numbers."""

    def __init__(self, state):
        self.state = state
        self.numbers = self.stream()

    def digest(self):
        return keyed_hash("transcript output", self.state)

    def stream(self):
        k = 0
        while True:
            block = keyed_hash("transcript output", self.state + u32(k), 1024)
            for i in range(0, len(block), 4):
                yield int.from_bytes(block[i : i + 4], "little")
            k += 1

    def integer(self, bits):
        return next(self.numbers) % 2**bits

    def element(self):
        while True:
            number = self.integer(31)
            if number < P:
                return number

    def extension(self):
        return tuple(self.element() for _ in range(5))

    def extensions(self, count):
        return [self.extension() for _ in range(count)]

    def extension_outside_base(self):
        while True:
            element = self.extension()
            if any(element[1:]):
                return element


def is_proof_of_work(seed, nonce, bits):
    """Whether a nonce is a proof of work for a seed (§3.5)."""
    digest = keyed_hash("proof of work", seed + u32(nonce))
    return int.from_bytes(digest[:4], "little") % 2**bits == 0
