"""Inclusion files and their verification (spec §7.3, §8.4: steps I1 to I7)."""

import base64
import re
from collections import namedtuple

import fields
from canonical_json import BadJson, read_canonical_json
from commitments import els, ext, keyed_hash, text
from field import P, generator, log2
from folding import check_layers, plan_layers
from merkle import carried_numbers, root_of_opening
from parameters import carry_rows
from proof import BadBytes, Reader, read_layers, words_of_segment
from verdicts import Rejection, require

MAX_INCLUSION_SIZE = 2**23
MASK = re.compile(r"[0-9a-f]{40}")
BASE64_CHARACTERS = re.compile(r"[A-Za-z0-9+/]*={0,2}")

Entry = namedtuple("Entry", "asset amount")
Row = namedtuple("Row", "index entries salt mask")
InclusionFile = namedtuple("InclusionFile", "manifest segment nonce rows openings")
Openings = namedtuple("Openings", "siblings plans layers")


def read_entry(value, where):
    fields.members(value, where, ["asset", "amount"])
    asset = fields.integer(value["asset"], where + "/asset", 0, 4096)
    return Entry(asset, fields.units(value["amount"], where + "/amount"))


def read_row(value, where):
    fields.members(value, where, ["index", "entries", "salt", "mask"])
    index = fields.integer(value["index"], where + "/index", 0, 2**19 - 1)
    entries = fields.items(value["entries"], where + "/entries", 4, 4)
    mask = fields.string(value["mask"], where + "/mask")
    fields.require_json(MASK.fullmatch(mask), where + "/mask", "40 lower-case hexadecimal digits")
    return Row(
        index,
        [read_entry(entry, f"{where}/entries/{e}") for e, entry in enumerate(entries)],
        fields.digest(value["salt"], where + "/salt"),
        bytes.fromhex(mask),
    )


def read_inclusion_file(data):
    """The content of an inclusion file (§7.3), masks and openings as they are; raises BadJson."""
    if len(data) > MAX_INCLUSION_SIZE:
        raise BadJson(f"expected at most 2^23 bytes, got {len(data)}")
    names = ["format", "manifest", "segment", "nonce", "rows", "openings"]
    value = fields.members(read_canonical_json(data), "inclusion file", names)
    fields.constant(value["format"], "/format", "solvent-inclusion/1")
    openings = fields.string(value["openings"], "/openings")
    fields.require_json(BASE64_CHARACTERS.fullmatch(openings), "/openings", "characters of base64")
    rows = fields.items(value["rows"], "/rows", 1, 1024)
    return InclusionFile(
        fields.digest(value["manifest"], "/manifest"),
        fields.integer(value["segment"], "/segment", 0, 4095),
        fields.digest(value["nonce"], "/nonce"),
        [read_row(row, f"/rows/{i}") for i, row in enumerate(rows)],
        openings,
    )


def check_rows(rows, shape, asset_count):
    """The first part of I3: what is said of rows and entries."""
    previous = -1
    for row in rows:
        where = f"row {row.index}"
        require(carry_rows(asset_count) <= row.index < shape.active_rows, "I3", "row-index", where)
        require(row.index > previous, "I3", "row-order", where)
        previous = row.index
        for entry in row.entries:
            require(entry.asset <= asset_count, "I3", "row-asset", where)
            require(entry.amount < 2**70, "I3", "row-amount", where)
            require(entry.asset != 0 or entry.amount == 0, "I3", "row-unused", where)


def read_masks(rows):
    masks = {}
    for row in rows:
        try:
            masks[row.index] = Reader(row.mask).extension()
        except BadBytes as error:
            raise Rejection("I3", "row-mask", f"row {row.index}: {error}") from None
    return masks


def decode_base64(openings):
    """Base64 with padding and unused bits 0 (RFC 4648 §4), so that there is one text for one string of bytes."""
    try:
        data = base64.b64decode(openings, validate=True)
    except ValueError:
        raise BadBytes("expected base64") from None
    if base64.b64encode(data).decode() != openings:
        raise BadBytes("expected base64 with padding and unused bits 0")
    return data


def leaf_of_row(row, rows):
    """The leaf of a row in H0 (§3.6)."""
    return 8 * (row % (rows // 8)) + row // (rows // 8)


def read_openings(openings, rows, shape):
    """The last part of I3: the openings, for rows in increasing order."""
    reader = Reader(decode_base64(openings))
    leaves = sorted(leaf_of_row(row.index, shape.rows) for row in rows)
    siblings = reader.digests(len(carried_numbers(shape.rows, leaves)))
    plans = plan_layers(shape.rows, shape.folds, [row.index for row in rows])
    layers = read_layers(reader, plans, 1)
    reader.end()
    return Openings(siblings, plans, layers)


def user_columns(row):
    """The 32 user columns of a row (§4.2)."""
    return [
        value
        for entry in row.entries
        for value in [entry.asset] + [entry.amount // 1024**i % 1024 for i in range(7)]
    ]


def account_tag(account_id, nonce):
    """The tag of an account (§4.6); raises ValueError for what cannot be an id."""
    utf8 = account_id.encode("utf-8")
    if not 1 <= len(utf8) <= 256:
        raise ValueError(f"expected 1 to 256 bytes, got {len(utf8)}")
    return keyed_hash("account", text(account_id) + nonce)


def check_accounts_path(file, openings, masks, account_id, segment):
    """Step I4."""
    try:
        tag = account_tag(account_id, file.nonce)
    except ValueError as error:
        raise Rejection("I4", "account-id", str(error)) from None
    n = segment.shape.rows
    leaves = {
        leaf_of_row(row.index, n): row.salt + tag + els(user_columns(row)) + ext(masks[row.index]) for row in file.rows
    }
    root = root_of_opening("H0", n, leaves, openings.siblings)
    require(root == segment.header.roots.h0, "I4", "accounts-path")


def check_folds(file, openings, masks, segment):
    """Step I5."""
    shape, header, challenges = segment.shape, segment.header, segment.challenges
    words = words_of_segment(shape, header, challenges)
    g = generator(log2(shape.rows))
    values = {
        row.index: [words.first(pow(g, row.index, P), user_columns(row), masks[row.index])] for row in file.rows
    }
    roots = [layer.rows for layer in header.layer_roots]
    finals = header.final_polynomials[:1]
    check_layers("I5", "fold H {}", 1, openings.plans, openings.layers, roots, challenges.folds, values, finals)


def check_balances(file, report, balances):
    """Step I6: the sums of the rows by symbol, compared if the holder gave a list of balances."""
    sums = {}
    for row in file.rows:
        for entry in row.entries:
            if entry.amount > 0:
                symbol = report.assets[entry.asset - 1].symbol
                sums[symbol] = sums.get(symbol, 0) + entry.amount
    if balances is not None:
        for symbol in {*sums, *balances}:
            found, expected = sums.get(symbol, 0), balances.get(symbol, 0)
            require(found == expected, "I6", "balances", f"{symbol}: the rows add up to {found}, not {expected}")
    return sums


Inclusion = namedtuple("Inclusion", "segment rows sums compared")


def verify_inclusion(data, report, account_id, preset, manifest_digest=None, balances=None, shown=()):
    """Steps I1 to I7 (§8.4): raises Rejection, or returns what was shown.

    `report` is a report verified in this run, or None; `balances` go from symbols to units, or are None;
    `shown` are the inclusions that the same person has shown for the same report before.
    """
    require(report is not None, "I1", "header-unverified")
    require(report.preset == preset, "I1", "preset")
    require(manifest_digest is None or manifest_digest == report.digest, "I1", "manifest-digest")

    try:
        file = read_inclusion_file(data)
    except BadJson as error:
        raise Rejection("I2", "inclusion-encoding", str(error)) from None
    require(file.manifest == report.digest, "I2", "other-report")
    require(file.segment < len(report.segments), "I2", "segment")

    segment = report.segments[file.segment]
    check_rows(file.rows, segment.shape, len(report.assets))
    masks = read_masks(file.rows)
    try:
        openings = read_openings(file.openings, file.rows, segment.shape)
    except BadBytes as error:
        raise Rejection("I3", "openings-encoding", str(error)) from None

    check_accounts_path(file, openings, masks, account_id, segment)
    check_folds(file, openings, masks, segment)
    sums = check_balances(file, report, balances)

    rows = [(file.segment, row.index) for row in file.rows]
    for other in shown:
        require(not set(rows) & set(other.rows), "I7", "shared-row")
    return Inclusion(file.segment, rows, sums, balances is not None)
