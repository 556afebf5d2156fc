"""Checks of the vectors of reports and inclusion files. Each function says whether a case agrees with this verifier."""

import json
from functools import lru_cache

from inclusion import read_inclusion_file, verify_inclusion
from parameters import PRESETS, Shape, carry_rows
from proof import Reader, read_header, replay
from random_values import canonical_json
from report import read_manifest, statement_of, verify_report
from verdicts import verdict_of

# The file that an edit names, as a key of the files of a case.
MANIFEST = "manifest"
INCLUSION = "inclusion"


def set_member(value, pointer, replacement=None):
    """Sets the member at a JSON pointer, or removes it if there is no replacement."""
    *path, last = pointer.split("/")[1:]
    for step in path:
        value = value[int(step) if isinstance(value, list) else step]
    key = int(last) if isinstance(value, list) else last
    if replacement is None:
        del value[key]
    else:
        value[key] = replacement[0]


def edit(data, change):
    """The bytes of a file after one edit (vectors/README.md), or None for no file."""
    if "missing" in change:
        return None
    if "splice" in change:
        start = change["splice"] if change["splice"] >= 0 else len(data) + change["splice"]
        inserted = bytes.fromhex(change["insert"]) * change.get("repeat", 1)
        return data[:start] + inserted + data[start + change["delete"] :]
    value = json.loads(data)
    if "set" in change:
        set_member(value, change["set"], [change["value"]])
    else:
        set_member(value, change["remove"])
    return canonical_json(value)


class ReportFolder:
    """A vector file about a report, with the files that it names."""

    def __init__(self, path, content):
        self.folder = path.parent
        self.content = content
        self.files = {MANIFEST: self.read(content["manifest"])}
        for number, name in enumerate(content["proofs"]):
            self.files[f"proof-{number}"] = self.read(name)

    def read(self, name):
        return (self.folder / name).read_bytes()

    def edited(self, case, files):
        for change in case["edits"]:
            files[change["file"]] = edit(files[change["file"]], change)
        return files

    def verify_report(self, case):
        files = self.edited(case, dict(self.files))
        preset = PRESETS[case.get("preset", self.content["preset"])]
        return verdict_of(lambda: verify_report(files[MANIFEST], lambda i: files.get(f"proof-{i}"), preset))

    @lru_cache(maxsize=None)
    def unedited_report(self):
        files = self.files
        preset = PRESETS[self.content["preset"]]
        return verify_report(files[MANIFEST], lambda i: files.get(f"proof-{i}"), preset)

    def verify_inclusion(self, case, shown):
        file = self.edited(case, {INCLUSION: self.read(case["file"])})[INCLUSION]
        preset = PRESETS[case.get("preset", self.content["preset"])]
        digest = bytes.fromhex(case["manifestDigest"]) if "manifestDigest" in case else None
        balances = None
        if "balances" in case:
            balances = {symbol: int(units) for symbol, units in case["balances"].items()}
        report = None if case.get("unverified") else self.unedited_report()
        return verdict_of(
            lambda: verify_inclusion(file, report, case["accountId"], preset, digest, balances, shown)
        )


def is_expected_rejection(case, verdict):
    return not verdict["ok"] and (verdict["step"], verdict["code"]) == (case["step"], case["code"])


def check_report(folder, case):
    verdict = folder.verify_report(case)
    if case["result"] == "invalid":
        return is_expected_rejection(case, verdict)
    if not verdict["ok"]:
        return False
    report = verdict["proven"]
    return report.digest.hex() == case["digest"] and report.totals == [int(total) for total in case["totals"]]


def check_inclusion(folder, case):
    shown = []
    if "together" in case:
        first = next(other for other in folder.content["cases"] if other["id"] == case["together"])
        shown.append(folder.verify_inclusion(first, [])["proven"])
    verdict = folder.verify_inclusion(case, shown)
    if case["result"] == "invalid":
        return is_expected_rejection(case, verdict)
    if not verdict["ok"] or verdict["proven"].compared != ("balances" in case):
        return False
    return verdict["proven"].sums == {symbol: int(units) for symbol, units in case["sums"].items()}


def check_challenges(folder, case):
    manifest = read_manifest(folder.files[MANIFEST])
    statement = statement_of(manifest, case["segment"])
    header = read_header(Reader(folder.files[f"proof-{case['segment']}"]), Shape(statement.rows))
    found = replay(PRESETS[folder.content["preset"]], statement, header)
    return {
        "beta0": list(found.beta0),
        "beta1": list(found.beta1),
        "gamma": list(found.gamma),
        "alphas": [list(alpha) for alpha in found.alphas],
        "zeta": list(found.z),
        "lambdas": [list(factor) for factor in found.lambdas],
        "foldChallenges": [list(challenge) for challenge in found.folds],
        "headerDigest": found.header_digest.hex(),
        "grindingSeed": found.grinding_seed.hex(),
        "nonce": header.nonce,
        "queries": found.queries,
    }.items() <= case.items()


def check_ledger(folder, case):
    """The account's rows are as many and where §4.2 and §4.5 say, as in its file, and all balances are the totals."""
    manifest = read_manifest(folder.files[MANIFEST])
    symbols = [asset.symbol for asset in manifest.assets]
    sums = {symbol: 0 for symbol in symbols}
    for other in folder.content["cases"]:
        for symbol, units in other["balances"].items():
            sums[symbol] += int(units)
    shape = Shape(manifest.segments[case["segment"]].rows)
    rows = case["rows"]
    file = read_inclusion_file(folder.read(f"inclusion-{case['id'].split('-')[1]}.json"))
    return (
        [sums[symbol] for symbol in symbols] == manifest.totals
        and len(rows) == max(1, -(-len(case["balances"]) // 4))
        and all(carry_rows(len(symbols)) <= row < shape.active_rows for row in rows)
        and file.segment == case["segment"]
        and file.nonce.hex() == case["nonce"]
        and [row.index for row in file.rows] == rows
    )


CHECKS = {
    "challenges": check_challenges,
    "inclusion": check_inclusion,
    "ledger": check_ledger,
    "report": check_report,
}
