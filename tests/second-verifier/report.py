"""Manifests and the verification of a report (spec §7.5, §8.2: steps M1 to M5)."""

from collections import namedtuple

import fields
from canonical_json import BadJson, read_canonical_json
from commitments import keyed_hash
from parameters import AIR_DIGEST, MAX_PROOF_SIZE, Asset, Context, Statement, is_within_limits, preset_digest
from proof import verify_segment
from verdicts import Rejection, require

MAX_MANIFEST_SIZE = 2**24

Segment = namedtuple("Segment", "rows accounts_root header_digest proof_digest totals")
Manifest = namedtuple("Manifest", "preset air context assets segments totals")

MANIFEST_MEMBERS = (
    "format preset air exchange reportId snapshotTime previousManifest assets segments totals".split()
)


def read_totals(value, where):
    return [fields.units(total, f"{where}/{i}") for i, total in enumerate(fields.items(value, where, 1, 4096))]


def read_asset(value, where):
    fields.members(value, where, ["symbol", "decimals"])
    symbol = fields.name(value["symbol"], where + "/symbol")
    return Asset(symbol, fields.integer(value["decimals"], where + "/decimals", 0, 18))


def read_segment(value, where):
    fields.members(value, where, ["rows", "accountsRoot", "headerDigest", "proofDigest", "totals"])
    return Segment(
        fields.integer(value["rows"], where + "/rows", 2**11, 2**19),
        fields.digest(value["accountsRoot"], where + "/accountsRoot"),
        fields.digest(value["headerDigest"], where + "/headerDigest"),
        fields.digest(value["proofDigest"], where + "/proofDigest"),
        read_totals(value["totals"], where + "/totals"),
    )


def read_previous_manifest(value):
    return b"" if value is None else fields.digest(value, "/previousManifest")


def read_manifest(data):
    """The manifest of a file (§7.5); raises BadJson."""
    if len(data) > MAX_MANIFEST_SIZE:
        raise BadJson(f"expected at most 2^24 bytes, got {len(data)}")
    value = fields.members(read_canonical_json(data), "manifest", MANIFEST_MEMBERS)
    fields.constant(value["format"], "/format", "solvent-liabilities/1")
    context = Context(
        fields.name(value["exchange"], "/exchange"),
        fields.name(value["reportId"], "/reportId"),
        fields.time(value["snapshotTime"], "/snapshotTime"),
        read_previous_manifest(value["previousManifest"]),
    )
    assets = fields.items(value["assets"], "/assets", 1, 4096)
    segments = fields.items(value["segments"], "/segments", 1, 4096)
    return Manifest(
        fields.digest(value["preset"], "/preset"),
        fields.digest(value["air"], "/air"),
        context,
        [read_asset(asset, f"/assets/{i}") for i, asset in enumerate(assets)],
        [read_segment(segment, f"/segments/{i}") for i, segment in enumerate(segments)],
        read_totals(value["totals"], "/totals"),
    )


def is_symbol(symbol):
    """Whether a text is a symbol (§4.1)."""
    return 1 <= len(symbol) <= 32 and all(0x21 <= ord(c) <= 0x7E and c not in "\"'," for c in symbol)


def are_assets(assets):
    """Whether a list of assets is as in §4.1."""
    symbols = [asset.symbol for asset in assets]
    return all(map(is_symbol, symbols)) and all(a < b for a, b in zip(symbols, symbols[1:]))


def statement_of(manifest, number):
    segment = manifest.segments[number]
    return Statement(
        manifest.context, number, len(manifest.segments), segment.rows, manifest.assets, segment.totals
    )


def check_totals(manifest):
    """Step M4."""
    require(len(manifest.totals) == len(manifest.assets), "M4", "totals", "one total for each asset")
    for i, total in enumerate(manifest.totals):
        found = sum(segment.totals[i] for segment in manifest.segments)
        require(total == found, "M4", "totals", f"asset {i + 1}: the segments' totals add up to {found}, not {total}")


Report = namedtuple("Report", "preset digest assets totals segments")  # segments: VerifiedSegment of each


def verify_report(data, read_proof, preset):
    """Steps M1 to M5 (§8.2): raises Rejection, or returns the verified report.

    `read_proof(number)` gives the bytes of a proof file, or None if there is none.
    """
    try:
        manifest = read_manifest(data)
    except BadJson as error:
        raise Rejection("M1", "manifest-encoding", str(error)) from None

    require(manifest.preset == preset_digest(preset), "M2", "preset-digest")
    require(manifest.air.hex() == AIR_DIGEST, "M2", "air-digest")

    require(are_assets(manifest.assets), "M3", "assets")
    statements = [statement_of(manifest, number) for number in range(len(manifest.segments))]
    for statement in statements:
        require(is_within_limits(statement), "M3", "statement-limits", f"segment {statement.segment}")

    check_totals(manifest)

    verified = []
    for statement, segment in zip(statements, manifest.segments):
        where = f"segment {statement.segment}"
        proof = read_proof(statement.segment)
        require(proof is not None, "M5", "proof-missing", where)
        require(len(proof) <= MAX_PROOF_SIZE, "M5", "proof-size", where)
        require(keyed_hash("proof file", proof) == segment.proof_digest, "M5", "proof-digest", where)
        verified.append(verify_segment(statement, segment.accounts_root, segment.header_digest, proof, preset))
    return Report(preset, keyed_hash("manifest", data), manifest.assets, manifest.totals, verified)
