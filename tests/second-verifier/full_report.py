"""Reports, their chain, ratios and anchors (spec §14.1, §14.4, §14.6, §14.7)."""

import re
from fractions import Fraction

import fields
from canonical_json import BadJson, read_canonical_json
from commitments import keyed_hash
from report import read_manifest
from verdicts import Rejection, require

MAX_SIZE = 2**22
REPORT_MEMBERS = "format exchange reportId snapshotTime previousReport manifest blocks tokens files".split()
NETWORK = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BLOCK_HASH = re.compile(r"[0-9A-Za-z_+/=-]{1,128}")
TOKEN = re.compile(r"[!-~]{1,128}")
NAME = r"[a-z0-9][a-z0-9._-]{0,99}"
PATH = re.compile(rf"{NAME}(/{NAME}){{0,3}}")
FOLDER = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def matching(value, where, pattern):
    fields.require_json(pattern.fullmatch(fields.string(value, where)), where, pattern.pattern)
    return value


def objects(value, where, names, most):
    return [fields.members(item, f"{where}/{i}", names) for i, item in enumerate(fields.items(value, where, 0, most))]


def read_report(data):
    """The report of a file (§14.1), without the order of its lists; raises BadJson."""
    if len(data) > MAX_SIZE:
        raise BadJson("expected at most 2^22 bytes")
    value = fields.members(read_canonical_json(data), "report", REPORT_MEMBERS)
    fields.constant(value["format"], "/format", "solvent-report/1")
    fields.name(value["exchange"], "/exchange")
    fields.name(value["reportId"], "/reportId")
    fields.time(value["snapshotTime"], "/snapshotTime")
    if value["previousReport"] is not None:
        fields.digest(value["previousReport"], "/previousReport")
    fields.digest(value["manifest"], "/manifest")
    for block in objects(value["blocks"], "/blocks", ["network", "height", "hash"], 1024):
        matching(block["network"], "/network", NETWORK)
        fields.integer(block["height"], "/height", 0, 2**53 - 1)
        matching(block["hash"], "/hash", BLOCK_HASH)
    for token in objects(value["tokens"], "/tokens", ["network", "token", "asset", "decimals"], 4096):
        matching(token["network"], "/network", NETWORK)
        matching(token["token"], "/token", TOKEN)
        fields.name(token["asset"], "/asset")
        fields.integer(token["decimals"], "/decimals", 0, 38)
    for file in objects(value["files"], "/files", ["path", "size", "digest"], 8192):
        matching(file["path"], "/path", PATH)
        fields.integer(file["size"], "/size", 0, 2**40)
        fields.digest(file["digest"], "/digest")
    return value


def is_sorted(report):
    keys = [
        [block["network"] for block in report["blocks"]],
        [f"{token['network']} {token['token']}" for token in report["tokens"]],
        [file["path"] for file in report["files"]],
    ]
    return all(a < b for one in keys for a, b in zip(one, one[1:]))


def read_index(data):
    """The index of a directory of reports (§14.6); raises BadJson."""
    if len(data) > MAX_SIZE:
        raise BadJson("expected at most 2^22 bytes")
    value = fields.members(read_canonical_json(data), "index", ["format", "exchange", "reports"])
    fields.constant(value["format"], "/format", "solvent-reports/1")
    fields.name(value["exchange"], "/exchange")
    fields.items(value["reports"], "/reports", 1, 10_000)
    for entry in objects(value["reports"], "/reports", ["folder", "reportId", "snapshotTime", "report"], 10_000):
        matching(entry["folder"], "/folder", FOLDER)
        fields.name(entry["reportId"], "/reportId")
        fields.time(entry["snapshotTime"], "/snapshotTime")
        fields.digest(entry["report"], "/report")
    return value


def read_or_reject(read, data, step, code):
    try:
        return read(data)
    except BadJson as error:
        raise Rejection(step, code, str(error)) from None


def verify_chain(index_bytes, read_file):
    """Steps H1 to H4; returns the digests of the reports."""
    index = read_or_reject(read_index, index_bytes, "H1", "index-encoding")
    digests, manifests, ids, times = [], [], [], []
    for entry in index["reports"]:
        report_bytes = read_file(entry["folder"], "report.json")
        manifest_bytes = read_file(entry["folder"], "manifest.json")
        require(report_bytes is not None and manifest_bytes is not None, "H2", "report-missing")
        digest = keyed_hash("report", report_bytes).hex()
        require(digest == entry["report"], "H2", "report-digest")
        report = read_or_reject(read_report, report_bytes, "H2", "report-encoding")
        require(is_sorted(report), "H2", "report-order")
        manifest_digest = keyed_hash("manifest", manifest_bytes).hex()
        require(manifest_digest == report["manifest"], "H2", "manifest-digest")
        manifest = read_or_reject(read_manifest, manifest_bytes, "H2", "manifest-encoding")
        require(report["exchange"] == index["exchange"], "H3", "exchange")
        said = entry["reportId"], entry["snapshotTime"]
        require((report["reportId"], report["snapshotTime"]) == said, "H3", "index-entry")
        require(report["reportId"] not in ids, "H3", "report-id")
        require(not times or times[-1] < report["snapshotTime"], "H3", "time")
        require(report["previousReport"] == (digests[-1] if digests else None), "H4", "previous-report")
        previous = bytes.fromhex(manifests[-1]) if manifests else b""
        require(manifest.context.previous_manifest == previous, "H4", "previous-manifest")
        digests.append(digest)
        manifests.append(manifest_digest)
        ids.append(report["reportId"])
        times.append(report["snapshotTime"])
    return digests


def ratio_of(reserves, liabilities):
    """The exact sums of reserves and liabilities in the finest decimals, and those decimals (§14.3, §14.4)."""
    decimals = max([liabilities[1], *(part[1] for part in reserves)])
    held, owed = (
        sum(int(units) * 10 ** (decimals - own) for units, own in parts) for parts in (reserves, [liabilities])
    )
    return held, owed, decimals


def percent(held, owed):
    """A ratio in percent, rounded down to two decimals; None if nothing is owed."""
    if owed == 0:
        return None
    hundredths = held * 10_000 // owed
    return f"{hundredths // 100}.{hundredths % 100:02} %"


def is_at_least(held, owed, least):
    return owed == 0 or Fraction(held, owed) >= Fraction(int(least[0]), int(least[1]))


def read_anchor(anchor):
    """The digest in an anchor of any form, in hexadecimal, or None."""
    before = r"6a24534c5654|0x534c5654|Solvent report of [^\n]+: |"
    found = re.fullmatch(f"(?:{before})([0-9a-f]{{64}})", anchor.strip(), re.IGNORECASE)
    return found and found[1].lower()
