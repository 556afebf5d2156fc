"""BLAKE3 as in the paper [BLAKE3]: keyed_hash and derive_key, with output of any length."""

import struct
from functools import lru_cache

IV = (
    0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
    0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
)
PERMUTATION = (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)
COLUMNS_AND_DIAGONALS = (
    (0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
    (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14),
)

CHUNK_START = 1
CHUNK_END = 2
PARENT = 4
ROOT = 8
KEYED_HASH = 16
DERIVE_KEY_CONTEXT = 32
DERIVE_KEY_MATERIAL = 64

BLOCK_SIZE = 64
CHUNK_SIZE = 1024
MASK = 0xFFFFFFFF


def compress(chaining_value, block, counter, block_length, flags):
    """The 16 words that the compression function gives; `block` is 16 words."""
    v = list(chaining_value) + [
        IV[0], IV[1], IV[2], IV[3],
        counter & MASK, counter >> 32, block_length, flags,
    ]
    for round_number in range(7):
        for i, (a, b, c, d) in enumerate(COLUMNS_AND_DIAGONALS):
            va = (v[a] + v[b] + block[2 * i]) & MASK
            x = v[d] ^ va
            vd = (x >> 16 | x << 16) & MASK
            vc = (v[c] + vd) & MASK
            x = v[b] ^ vc
            vb = (x >> 12 | x << 20) & MASK
            v[a] = va = (va + vb + block[2 * i + 1]) & MASK
            x = vd ^ va
            v[d] = vd = (x >> 8 | x << 24) & MASK
            v[c] = vc = (vc + vd) & MASK
            x = vb ^ vc
            v[b] = (x >> 7 | x << 25) & MASK
        block = [block[k] for k in PERMUTATION]
    return tuple([v[i] ^ v[i + 8] for i in range(8)] + [v[i + 8] ^ chaining_value[i] for i in range(8)])


def words_of(block):
    """A block of at most 64 bytes, completed by zeros, as 16 little-endian words."""
    return struct.unpack("<16I", block.ljust(BLOCK_SIZE, b"\0"))


@lru_cache(maxsize=1 << 16)
def last_block_of_chunk(key, chunk, chunk_number, mode):
    """Everything that the last compression of a chunk needs. (Remembered, since many vectors share most bytes.)"""
    chaining_value = key
    blocks = [chunk[i : i + BLOCK_SIZE] for i in range(0, len(chunk), BLOCK_SIZE)] or [b""]
    start = CHUNK_START
    for block in blocks[:-1]:
        chaining_value = compress(chaining_value, words_of(block), chunk_number, BLOCK_SIZE, mode | start)[:8]
        start = 0
    return (chaining_value, words_of(blocks[-1]), chunk_number, len(blocks[-1]), mode | start | CHUNK_END)


@lru_cache(maxsize=1 << 16)
def first_half(*inputs):
    """The chaining value of a compression that is not the root."""
    return compress(*inputs)[:8]


def last_compression(key, message, first_chunk, mode):
    """The inputs of the compression at the root of a message's tree, without the flag ROOT."""
    if len(message) <= CHUNK_SIZE:
        return last_block_of_chunk(key, message, first_chunk, mode)
    # The left subtree is the largest complete one that leaves something to the right.
    left_size = CHUNK_SIZE
    while 2 * left_size < len(message):
        left_size *= 2
    left = first_half(*last_compression(key, message[:left_size], first_chunk, mode))
    right = first_half(*last_compression(key, message[left_size:], first_chunk + left_size // CHUNK_SIZE, mode))
    return (key, left + right, 0, BLOCK_SIZE, mode | PARENT)


def output(key, message, size, mode):
    """`size` bytes of output of a hash in some mode."""
    chaining_value, block, _, block_length, flags = last_compression(key, message, 0, mode)
    result = b""
    counter = 0
    while len(result) < size:
        result += struct.pack("<16I", *compress(chaining_value, block, counter, block_length, flags | ROOT))
        counter += 1
    return result[:size]


def blake3_keyed(key, message, size=32):
    """BLAKE3 in keyed_hash mode; the key has 32 bytes."""
    return output(struct.unpack("<8I", key), message, size, KEYED_HASH)


def blake3_derive_key(context, material, size=32):
    """BLAKE3 in derive_key mode; the context is text."""
    context_key = output(IV, context.encode(), 32, DERIVE_KEY_CONTEXT)
    return output(struct.unpack("<8I", context_key), material, size, DERIVE_KEY_MATERIAL)
