"""Runs every vector under vectors/ against this verifier.

    python3 run_vectors.py [FILE …]

Prints each case that disagrees, and `N vectors agree, M disagree`; exits with 1 if any disagrees. Fails on a file that
it does not know.
"""

import json
import pathlib
import sys
import time
from functools import partial

import full_report_vectors
import primitive_vectors
import report_vectors

VECTORS = pathlib.Path(__file__).resolve().parents[2] / "vectors"


# What makes the folder a package.
PACKAGE = {"package.json", "turbo.json"}


def vector_paths():
    paths = (path.relative_to(VECTORS) for path in VECTORS.rglob("*.json"))
    return sorted(VECTORS / path for path in paths if path.parts[0] != "schemas" and str(path) not in PACKAGE)


def files_named(path, content):
    """The files beside a vector file that it names, and that are no vectors themselves."""
    names = [content.get("manifest"), *content.get("proofs", []), *(case.get("file") for case in content["cases"])]
    names += content.get("files", {}).values()
    return {path.parent / name for name in names if name is not None}


def check_file(path, content):
    """The ids of the cases that disagree."""
    kind = content["kind"]
    if kind in primitive_vectors.CHECKS:
        check = primitive_vectors.CHECKS[kind]
    elif kind in full_report_vectors.CHECKS:
        check = partial(full_report_vectors.CHECKS[kind], content)
    else:
        folder = report_vectors.ReportFolder(path, {"proofs": [], **content})
        check = partial(report_vectors.CHECKS[kind], folder)
    return [case["id"] for case in content["cases"] if not check(case)]


def main():
    paths = [pathlib.Path(name).resolve() for name in sys.argv[1:]] or vector_paths()
    contents = {path: json.loads(path.read_bytes()) for path in paths}
    vectors = {path: content for path, content in contents.items() if "kind" in content}
    # Wallets, and whole reports, which need them, are verified by classes of their own (§1.6).
    others = {"wallet", "wallet-list", "wallet-challenge", "wallet-sums", "coin", "address", "document", "full-report"}
    ours = {path: content for path, content in vectors.items() if content["kind"] not in others}
    named = set().union(*(files_named(path, content) for path, content in vectors.items()))
    if not sys.argv[1:]:
        unknown = set(VECTORS.rglob("*.bin")) | set(contents) - set(vectors)
        for path in sorted(unknown - named):
            sys.exit(f"{path.relative_to(VECTORS)}: no vector file, and none names it")

    agree = disagree = 0
    for path, content in ours.items():
        name = path.relative_to(VECTORS) if path.is_relative_to(VECTORS) else path.name
        started = time.perf_counter()
        wrong = check_file(path, content)
        for case in wrong:
            print(f"{name}: {case} disagrees")
        disagree += len(wrong)
        agree += len(content["cases"]) - len(wrong)
        print(f"{name}: {len(content['cases'])} in {time.perf_counter() - started:.1f} s")
    print(f"{agree} vectors agree, {disagree} disagree")
    return 1 if disagree else 0


if __name__ == "__main__":
    sys.exit(main())
