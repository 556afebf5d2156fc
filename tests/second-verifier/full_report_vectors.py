"""Checks of the vectors of ratios, anchors and chains of reports."""

from full_report import is_at_least, percent, ratio_of, read_anchor, verify_chain
from report_vectors import edit
from verdicts import verdict_of


def check_chain(content, case):
    files = {name: text.encode() for name, text in content["texts"].items()}
    for change in case["edits"]:
        files[change["file"]] = edit(files[change["file"]], change)
    verdict = verdict_of(
        lambda: verify_chain(files["reports.json"], lambda folder, name: files.get(f"{folder}/{name}"))
    )
    if case["result"] == "valid":
        return verdict["ok"] and verdict["proven"] == case["digests"]
    return not verdict["ok"] and (verdict["step"], verdict["code"]) == (case["step"], case["code"])


def check_ratio(_, case):
    held, owed, decimals = ratio_of(case["reserves"], case["liabilities"])
    enough = "least" not in case or is_at_least(held, owed, case["least"])
    if case["result"] == "invalid":
        return not enough
    shortfall = [str(max(owed - held, 0)), decimals]
    found = [str(held), str(owed)], percent(held, owed), shortfall
    return enough and found == (case["fraction"], case["percent"], case["shortfall"])


def check_anchor(_, case):
    return read_anchor(case["text"]) == case.get("digest")


CHECKS = {"chain": check_chain, "ratio": check_ratio, "anchor": check_anchor}
