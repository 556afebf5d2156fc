"""The command line of the second verifier.

    python3 verify.py report FOLDER [--preset toy|production]
    python3 verify.py inclusion FOLDER FILE --account ID [--preset …] [--manifest-digest HEX] [--balances FILE]

FOLDER holds the manifest and the proofs (spec §10.4), or `manifest.json` and `segment-NNNN.bin` as in vectors/. The
file of balances is a JSON object from symbols to amounts in units, as text. Exits with 0 if all checks passed, with 1
if one failed, with 2 for bad usage or unreadable input.
"""

import argparse
import json
import pathlib
import sys

from inclusion import verify_inclusion
from parameters import PRESETS
from report import verify_report
from verdicts import verdict_of


def arguments():
    parser = argparse.ArgumentParser(description="Verifies reports and inclusion files of Solvent, from spec/ alone.")
    commands = parser.add_subparsers(dest="command", required=True)
    report = commands.add_parser("report")
    inclusion = commands.add_parser("inclusion")
    for command in (report, inclusion):
        command.add_argument("folder", type=pathlib.Path)
        command.add_argument("--preset", choices=PRESETS, default="production")
    inclusion.add_argument("file", type=pathlib.Path)
    inclusion.add_argument("--account", required=True)
    inclusion.add_argument("--manifest-digest", type=bytes.fromhex)
    inclusion.add_argument("--balances", type=pathlib.Path)
    return parser.parse_args()


def read_manifest_file(folder):
    published = folder / "sum_proof_data.json"
    return (published if published.exists() else folder / "manifest.json").read_bytes()


def proof_reader(folder):
    def read_proof(number):
        name = f"segment-{number:04}.bin"
        for path in (folder / "proofs" / name, folder / name):
            if path.exists():
                return path.read_bytes()
        return None

    return read_proof


def print_verdict(verdict, subject):
    if not verdict["ok"]:
        print(f"{verdict['step']} {verdict['code']} {verdict['detail']}".rstrip())
    print(f"{subject} validation {'passed' if verdict['ok'] else 'failed'}")


def main():
    options = arguments()
    preset = PRESETS[options.preset]
    manifest = read_manifest_file(options.folder)
    verdict = verdict_of(lambda: verify_report(manifest, proof_reader(options.folder), preset))
    print_verdict(verdict, "Total sum and non-negative constraint")
    if options.command == "report" or not verdict["ok"]:
        return 0 if verdict["ok"] else 1

    report = verdict["proven"]
    balances = None
    if options.balances is not None:
        balances = {symbol: int(units) for symbol, units in json.loads(options.balances.read_bytes()).items()}
    data = options.file.read_bytes()
    verdict = verdict_of(
        lambda: verify_inclusion(data, report, options.account, preset, options.manifest_digest, balances)
    )
    print_verdict(verdict, "Inclusion constraint")
    if verdict["ok"]:
        for symbol, units in sorted(verdict["proven"].sums.items()):
            print(f"{symbol} {units}")
        print("compared with the balances given" if balances is not None else "not compared: please confirm the sums")
    return 0 if verdict["ok"] else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        sys.exit(2)
