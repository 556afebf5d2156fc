"""Changes golden files at random and writes the mutants with this verifier's verdicts, for another one to compare.

    python3 mutants.py SEED COUNT

Writes one JSON object a line: first the files that mutants start from, then mutants. Bytes are in base64; a file that
is not in a mutant is as in the first line, and null is a missing file. The same seed gives the same mutants.
"""

import base64
import json
import pathlib
import string
import sys

import faults
from canonical_json import BadJson
from commitments import is_proof_of_work, keyed_hash, u32
from inclusion import verify_inclusion
from parameters import PRESETS, Shape, is_within_limits
from proof import BadBytes, Reader, read_header, replay
from random_values import RandomValues, canonical_json
from report import read_manifest, statement_of, verify_report
from verdicts import verdict_of

TOY = pathlib.Path(__file__).resolve().parents[2] / "vectors" / "toy"
LEDGER = json.loads((TOY / "ledger.json").read_bytes())
ACCOUNTS = {f"inclusion-{number}.json": case for number, case in enumerate(LEDGER["cases"])}
MANIFEST = "manifest.json"
PROOFS = ["segment-0000.bin", "segment-0001.bin"]
GOLDEN = {name: (TOY / name).read_bytes() for name in [MANIFEST, *PROOFS, *ACCOUNTS]}

ROOTS = 8 + 4 * 32
OPENED = ROOTS + 50 * 20
LAYER_ROOTS = OPENED + Shape(2048).folds * 64
NONCE = LAYER_ROOTS + 2 * Shape(2048).final_degree_bound * 20
# Where the parts of a proof file end, so that each is met often.
PARTS = [8, ROOTS, OPENED, LAYER_ROOTS, NONCE, NONCE + 4]


class Mutator(RandomValues):
    def proof(self, data):
        """Changes a proof file: one time of two what follows the nonce."""
        starts = [0, *PARTS]
        number = self.choice(self.random.randrange(len(starts)), len(PARTS))
        end = [*PARTS, len(data)][number]
        return self.bytes(data, 4 * (self.random.randrange(starts[number], end) // 4))

    def faulty(self, possible, data, said=None):
        """A JSON file, and what its holder says, with one to three faults."""
        value = json.loads(data)
        for fault in self.random.sample(possible, self.choice(1, 2, 2, 3)):
            fault(value, said)
        return canonical_json(value)

    def report(self):
        """The files of a report, changed; then, mostly, with right digests, as an attacker would make them."""
        files = {name: GOLDEN[name] for name in [MANIFEST, *PROOFS]}
        manifest = files[MANIFEST]
        name = self.random.choice(PROOFS)
        kind = self.random.choices(
            ["json", "faults", "spelling", "bytes", "proof", "missing", "swap"], [6, 3, 1, 1, 10, 0.3, 0.3]
        )[0]
        if kind == "json":
            files[MANIFEST] = self.json(manifest)
        elif kind == "faults":
            files[MANIFEST] = self.faulty(faults.MANIFEST_FAULTS, manifest)
        elif kind == "spelling":
            files[MANIFEST] = self.spelling(manifest)
        elif kind == "bytes":
            files[MANIFEST] = self.bytes_anywhere(manifest)
        elif kind == "proof":
            files[name] = self.proof(files[name])
        elif kind == "missing":
            files[name] = None
        else:
            files[PROOFS[0]], files[PROOFS[1]] = files[PROOFS[1]], files[PROOFS[0]]
        if kind != "faults" and self.random.random() < 0.9:
            repair(files, work=self.random.random() < 0.7)
        return files

    def inclusion(self):
        """An inclusion file's name, bytes, and what its holder says, changed."""
        name = self.random.choice(list(ACCOUNTS))
        account = ACCOUNTS[name]
        data = GOLDEN[name]
        said = {"accountId": account["accountId"], "preset": "toy", "manifestDigest": None, "balances": None}
        if self.random.random() < 0.5:
            said["manifestDigest"] = keyed_hash("manifest", GOLDEN[MANIFEST]).hex()
            said["balances"] = dict(account["balances"])
        kind = self.random.choices(
            ["json", "faults", "spelling", "bytes", "openings", "said"], [6, 6, 1, 1, 6, 3]
        )[0]
        if kind == "json":
            data = self.json(data)
        elif kind == "faults":
            data = self.faulty(faults.INCLUSION_FAULTS, data, said)
        elif kind == "spelling":
            data = self.spelling(data)
        elif kind == "bytes":
            data = self.bytes_anywhere(data)
        elif kind == "openings":
            data = self.openings(data)
        else:
            self.holder(said)
        return name, data, said

    def openings(self, data):
        value = json.loads(data)
        text = value["openings"]
        place = self.random.randrange(len(text) + 1)
        letter = self.random.choice(string.ascii_letters + string.digits + "+/==-_ \n")
        other_bytes = base64.b64encode(self.bytes_anywhere(base64.b64decode(text))).decode()
        odd = ["", "=", "==", "===", "A", "A=", "A==", "A===", "AA", "AB==", "AAA=", "AAAA", "é"]
        value["openings"] = self.choice(
            other_bytes,
            other_bytes,
            other_bytes,
            text[:place] + letter + text[place + 1 :],
            text[:place] + letter + text[place:],
            text[:place],
            text.rstrip("="),
            text + self.choice("=", "==", "===", "====", "A", "A=", "AA==", "AB==", "AAA="),
            self.random.choice(odd),
        )
        return canonical_json(value)

    def holder(self, said):
        """Changes what the holder says."""
        account, balances = said["accountId"], said["balances"] or {}
        more = {symbol: str(int(units) + 1) for symbol, units in balances.items()}
        odd = ["", "a" * 256, "a" * 257, "é" * 128, "é" * 129, account + "\ud800", "\udc00", "😀", account + " "]
        change = {
            "accountId": self.choice(*odd, account.upper(), account + "\u0301"),
            "preset": "production",
            "manifestDigest": self.digest(),
            "balances": self.choice({}, more, {**balances, "OTHER": "0"}, {**balances, "OTHER": "1"}),
        }
        name = self.random.choice(list(change))
        said[name] = change[name]


def repair(files, work):
    """Makes the digests of the manifest right for the proofs; with `work`, the nonces too."""
    try:
        manifest = read_manifest(files[MANIFEST])
    except BadJson:
        return
    value = json.loads(files[MANIFEST])
    for number, segment in enumerate(manifest.segments[: len(PROOFS)]):
        statement = statement_of(manifest, number)
        name = PROOFS[number]
        if files[name] is None or not is_within_limits(statement):
            continue
        value["segments"][number].update(digests_of_header(files, name, statement, work))
        value["segments"][number]["proofDigest"] = keyed_hash("proof file", files[name]).hex()
    files[MANIFEST] = canonical_json(value)


def digests_of_header(files, name, statement, work):
    try:
        header = read_header(Reader(files[name]), Shape(statement.rows))
    except BadBytes:
        return {}
    challenges = replay(PRESETS["toy"], statement, header)
    if work and statement.rows == 2048:
        nonce = next(n for n in range(2**32) if is_proof_of_work(challenges.grinding_seed, n, 4))
        files[name] = files[name][:NONCE] + u32(nonce) + files[name][NONCE + 4 :]
    return {"accountsRoot": header.roots.h0.hex(), "headerDigest": challenges.header_digest.hex()}


def plain(verdict):
    if verdict["ok"]:
        return {"ok": True}
    return {"ok": False, "step": verdict["step"], "code": verdict["code"]}


def base64_of(data):
    return None if data is None else base64.b64encode(data).decode()


def changed(files):
    return {name: base64_of(data) for name, data in files.items() if data != GOLDEN[name]}


def proof_of(files, number):
    return files[PROOFS[number]] if number < len(PROOFS) else None


def report_mutant(mutator):
    files = mutator.report()
    verdict = verdict_of(lambda: verify_report(files[MANIFEST], lambda i: proof_of(files, i), PRESETS["toy"]))
    return {"kind": "report", "files": changed(files), "verdict": plain(verdict)}


def inclusion_mutant(mutator, report):
    name, data, said = mutator.inclusion()
    digest, balances = said["manifestDigest"], said["balances"]
    verdict = verdict_of(
        lambda: verify_inclusion(
            data,
            report,
            said["accountId"],
            PRESETS[said["preset"]],
            None if digest is None else bytes.fromhex(digest),
            None if balances is None else {symbol: int(units) for symbol, units in balances.items()},
        )
    )
    return {"kind": "inclusion", "file": name, "files": changed({name: data}), **said, "verdict": plain(verdict)}


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    print(json.dumps({"kind": "golden", "files": {name: base64_of(data) for name, data in GOLDEN.items()}}))
    report = verify_report(GOLDEN[MANIFEST], lambda i: proof_of(GOLDEN, i), PRESETS["toy"])
    for i in range(count):
        mutator = Mutator(f"{seed}/{i}")
        mutant = report_mutant(mutator) if i % 2 == 0 else inclusion_mutant(mutator, report)
        print(json.dumps({"id": f"{seed}/{i}", **mutant}))


if __name__ == "__main__":
    main()
