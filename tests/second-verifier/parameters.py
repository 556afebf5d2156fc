"""Presets, the shape of a segment, statements and their limits (spec §2.4, §2.5, §4.8, §6.1)."""

from collections import namedtuple

from commitments import el, keyed_hash, text, u32
from field import P, log2

PROTOCOL = "solvent-liabilities/1"
AIR_DIGEST = "2d158be9756897fbb3a32a066b45dbcfb14b1bc75d1afa799a498b74c42d637a"
FOLDING_FACTOR = 8
MAX_PROOF_SIZE = 2**20

Preset = namedtuple("Preset", "queries zero_bits")
PRESETS = {"production": Preset(160, 20), "toy": Preset(8, 4)}


def preset_text(preset):
    return (
        f"protocol {PROTOCOL}\n"
        "field KoalaBear\n"
        "extension X^5+X^2-1\n"
        "hash BLAKE3\n"
        "blowUp 4\n"
        "foldingFactor 8\n"
        "maxFinalDegreeBound 128\n"
        "quotientChunks 4\n"
        "quotientBlinding 256\n"
        f"queryCount {preset.queries}\n"
        f"grindingBits {preset.zero_bits}\n"
    )


def preset_digest(preset):
    return keyed_hash("preset", preset_text(preset).encode())


class Shape:
    """What follows from the number of rows N alone (§2.4)."""

    def __init__(self, n):
        self.rows = n
        self.domain_size = 4 * n
        self.random_rows = max(512, n // 128)
        self.active_rows = n - self.random_rows
        self.folds = 0
        while n // FOLDING_FACTOR**self.folds > 128:
            self.folds += 1
        self.final_degree_bound = n // FOLDING_FACTOR**self.folds
        self.chunk_length = n - 256

    def query_bits(self):
        return log2(self.domain_size)


Context = namedtuple("Context", "exchange report_id snapshot_time previous_manifest")
Asset = namedtuple("Asset", "symbol decimals")
Statement = namedtuple("Statement", "context segment segment_count rows assets totals")


def carry_rows(asset_count):
    """M, the number of carry rows (§4.3)."""
    return (asset_count + 1) // 2


def is_within_limits(statement):
    """Whether a statement is within the limits of §4.8."""
    n, k, a = statement.rows, statement.segment_count, len(statement.assets)
    if n not in [2**i for i in range(11, 20)]:
        return False
    if len(statement.context.previous_manifest) not in (0, 32):
        return False
    if not (1 <= k <= 2**20 and 0 <= statement.segment < k):
        return False
    if not (1 <= a <= 4096 and k * a <= 2**20):
        return False
    if not all(0 <= asset.decimals <= 18 for asset in statement.assets):
        return False
    if len(statement.totals) != a:
        return False
    if not all(0 <= total < P * 2**60 for total in statement.totals):
        return False
    active = Shape(n).active_rows
    return carry_rows(a) < active and 4 * active * 1023 + 2**20 < P and 28 * active < P


def total_limbs(total):
    """t_0 … t_6 of a total (§5.3)."""
    return [total // 1024**i % 1024 for i in range(6)] + [total // 2**60]


def encode_assets(assets):
    return u32(len(assets)) + b"".join(text(asset.symbol) + u32(asset.decimals) for asset in assets)


def encode_totals(totals):
    return b"".join(el(limb) for total in totals for limb in total_limbs(total))


def absorb_statement(transcript, preset, statement):
    """Absorbs the digests of the parameters and the statement (§6.2)."""
    transcript.absorb("/preset", preset_digest(preset))
    transcript.absorb("/air", bytes.fromhex(AIR_DIGEST))
    transcript.absorb("/context/exchange", text(statement.context.exchange))
    transcript.absorb("/context/report-id", text(statement.context.report_id))
    transcript.absorb("/context/snapshot-time", text(statement.context.snapshot_time))
    transcript.absorb("/context/previous-manifest", statement.context.previous_manifest)
    transcript.absorb("/segment/number", u32(statement.segment))
    transcript.absorb("/segment/count", u32(statement.segment_count))
    transcript.absorb("/segment/rows", u32(statement.rows))
    transcript.absorb("/assets", encode_assets(statement.assets))
    transcript.absorb("/totals", encode_totals(statement.totals))
