"""Checks of the vectors of primitives. Each function says whether a case agrees with this verifier."""

import pathlib

import air
from air_text import evaluate_air_text, read_air_text
from commitments import Transcript, ext, is_proof_of_work, keyed_hash, text, u32
from field import P, evaluate, generator, inv, invert, lift, mul, point
from folding import Words, fold, plan_layers
from inclusion import account_tag, leaf_of_row
from merkle import carried_numbers, root_of_opening
from parameters import PRESETS, Asset, Context, Shape, Statement, is_within_limits, preset_text, total_limbs
from proof import BadBytes, Reader
from row_checker import violations_of

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
REFUSALS = (BadBytes, ValueError, ZeroDivisionError)


def result_of(function, *inputs):
    """What a function returns, or None where it refuses."""
    try:
        return function(*inputs)
    except REFUSALS:
        return None


def agrees(case, name, found):
    """Whether a result is that of a valid case, and None for an invalid one."""
    return found == (case[name] if case["result"] == "valid" else None)


def f(elements):
    """Elements of F as this program has them."""
    return tuple(elements)


def fs(lists):
    return [tuple(elements) for elements in lists]


def by_name(lists):
    return {name: tuple(elements) for name, elements in lists.items()}


def check_field(case):
    if case["operation"] == "canonical":
        found = result_of(Reader(u32(case["inputs"][0])).element)
        return found == (case["inputs"][0] if case["result"] == "valid" else None)
    operations = {
        "add": lambda a, b: (a + b) % P,
        "sub": lambda a, b: (a - b) % P,
        "mul": lambda a, b: a * b % P,
        "inv": inv,
    }
    return agrees(case, "output", result_of(operations[case["operation"]], *case["inputs"]))


def check_extension(case):
    found = result_of({"mul": mul, "inv": invert}[case["operation"]], *fs(case["inputs"]))
    return agrees(case, "output", found and list(found))


def check_domain(case):
    if case["operation"] == "generator":
        return case["output"] == generator(case["logSize"])
    return case["output"] == point(case["size"], case["shift"], case["position"])


def check_ntt(case):
    coefficients = [lift(c) for c in case["coefficients"]]
    points = [point(case["size"], case["shift"], i) for i in range(case["size"])]
    return case["values"] == [evaluate(coefficients, x)[0] for x in points]


def check_hash(case):
    return case["digest"] == keyed_hash(case["purpose"], bytes.fromhex(case["message"]), case["size"]).hex()


def read_whole(reader, read):
    value = read()
    reader.end()
    return value


def check_encoding(case):
    data = bytes.fromhex(case["bytes"])
    if case["type"] == "text":
        return case["result"] == "valid" and text(case["value"]) == data
    reader = Reader(data)
    read = {"uint32": reader.u32, "element": reader.element, "extension": reader.extension}[case["type"]]
    found = result_of(lambda: read_whole(reader, read))
    if case["result"] == "invalid":
        return found is None
    encoded = ext(found) if case["type"] == "extension" else u32(found)
    return encoded == data and found == (f(case["value"]) if case["type"] == "extension" else case["value"])


def check_merkle(case):
    leaves = dict(zip(case["indexes"], map(bytes.fromhex, case["leaves"]), strict=True))
    siblings = [bytes.fromhex(digest) for digest in case["siblings"]]
    root = result_of(root_of_opening, case["tree"], case["leafCount"], leaves, siblings)
    numbers = carried_numbers(case["leafCount"], case["indexes"])
    if case["result"] == "invalid":
        return root is None or root.hex() != case["root"]
    return root.hex() == case["root"] and numbers == case["siblingNumbers"]


def draw(output, step):
    if step["as"] == "digest":
        return output.digest().hex()
    if step["as"] == "integers":
        return [output.integer(step["bits"]) for _ in range(step["count"])]
    kinds = {"extensions": output.extension, "non-base-extensions": output.extension_outside_base}
    return [list(kinds[step["as"]]()) for _ in range(step["count"])]


def check_transcript(case):
    transcript = Transcript(case["protocol"])
    for step in case["steps"]:
        if "absorb" in step:
            transcript.absorb(step["absorb"], bytes.fromhex(step["bytes"]))
        elif draw(transcript.squeeze(step["squeeze"]), step) != step["output"]:
            return False
    return True


def check_proof_of_work(case):
    found = is_proof_of_work(bytes.fromhex(case["seed"]), case["nonce"], case["bits"])
    return found == (case["result"] == "valid")


def check_account_tag(case):
    found = result_of(account_tag, case["accountId"], bytes.fromhex(case.get("nonce", "00" * 32)))
    return agrees(case, "tag", found and found.hex())


def check_digests(case):
    if case["purpose"] == "preset":
        data = preset_text(PRESETS[case["id"]])
        return data == case["text"] and keyed_hash("preset", data.encode()).hex() == case["digest"]
    is_the_text = case["text"].encode() == (REPOSITORY / "spec/air/solvent-liabilities.txt").read_bytes()
    return is_the_text and keyed_hash("air", case["text"].encode()).hex() == case["digest"]


def check_statement(case):
    previous_manifest = bytes.fromhex(case.get("previousManifest", ""))
    statement = Statement(
        Context("exchange", "report", "2026-01-31T23:59:59Z", previous_manifest),
        case["segment"],
        case["segmentCount"],
        case["rowCount"],
        [Asset(f"A{i}", case.get("decimals", 0)) for i in range(case["assetCount"])],
        [int(case["total"])] * case.get("totalCount", case["assetCount"]),
    )
    return is_within_limits(statement) == (case["result"] == "valid")


def check_table(case):
    if case["operation"] == "leaf-of-row":
        return case["output"] == leaf_of_row(case["row"], case["rowCount"])
    if case["operation"] == "shape":
        shape = Shape(case["rowCount"])
        return case["output"] == {
            "randomRowCount": shape.rows - shape.active_rows,
            "foldCount": shape.folds,
            "finalDegreeBound": shape.final_degree_bound,
            "chunkLength": shape.chunk_length,
        }
    return case["output"] == total_limbs(int(case["total"]))


def check_public_values(case):
    if case["operation"] == "phi":
        totals = [int(total) for total in case["totals"]]
        return f(case["output"]) == air.phi_of_totals(totals, f(case["beta1"]), f(case["gamma"]))
    shape = Shape(case["rowCount"])
    if case["operation"] == "public-columns":
        return by_name(case["output"]) == air.public_columns_at(f(case["point"]), shape, case["assetCount"])
    divisors = air.divisors_at(f(case["point"]), shape)
    return by_name(case["output"]) == {name: invert(divisor) for name, divisor in divisors.items()}


def check_air(case):
    """Both the constraints written from the words and those of the text that is hashed."""
    row, following, public, challenges, values, expected = (
        by_name(case[name]) for name in ("columns", "next", "publicColumns", "challenges", "publicValues", "output")
    )
    written = air.constraint_values(row, following["acc"], public, challenges, values["Phi"])
    air_text = read_air_text((REPOSITORY / "spec/air/solvent-liabilities.txt").read_text())
    generated = evaluate_air_text(air_text, row, following, public, challenges, values["Phi"])
    names = air_text.columns == air.COLUMNS and air_text.public_columns == air.PUBLIC_COLUMNS
    row_sets = [row_set for _, row_set, _ in air_text.constraints] == air.ROW_SETS
    return names and row_sets and dict(zip(air.CONSTRAINTS, written, strict=True)) == expected == generated


def check_trace(case):
    expected = [(name, row) for name, row in case["violations"]]
    return violations_of(case) == expected and (case["result"] == "valid") == (expected == [])


def check_words(case):
    words = Words(f(case["zeta"]), generator(air.log2(case["rowCount"])), fs(case["openings"]), fs(case["lambdas"]))
    x = point(4 * case["rowCount"], 3, case["position"])
    first = words.first(x, case["user"], f(case["traceMask"]))
    auxiliary = fs(case["auxiliary"])
    second = words.second(x, case["multiplicity"][0], auxiliary, f(case["auxiliaryMask"]), fs(case["chunks"]))
    return fs(case["output"]) == [first, second]


def check_fold(case):
    return f(case["output"]) == fold(case["point"], fs(case["values"]), f(case["challenge"]))


def check_fibres(case):
    shape = Shape(case["rowCount"])
    size = shape.domain_size if case["domain"] == "D" else shape.rows
    plans = plan_layers(size, shape.folds, case["positions"])
    return case["layers"] == [{"fibres": plan.fibres, "missing": plan.missing} for plan in plans]


CHECKS = {
    "account-tag": check_account_tag,
    "air": check_air,
    "digests": check_digests,
    "domain": check_domain,
    "encoding": check_encoding,
    "extension": check_extension,
    "fibres": check_fibres,
    "field": check_field,
    "fold": check_fold,
    "hash": check_hash,
    "merkle": check_merkle,
    "ntt": check_ntt,
    "proof-of-work": check_proof_of_work,
    "public-values": check_public_values,
    "statement": check_statement,
    "table": check_table,
    "trace": check_trace,
    "transcript": check_transcript,
    "words": check_words,
}
