"""Single faults of manifests and inclusion files. Mutants have several of them, so that the order of checks shows."""

ZERO_DIGEST = "0" * 64


def member(name, value):
    def change(file, _said):
        file[name] = value

    return change


def row_member(name, value):
    def change(file, _said):
        file["rows"][0][name] = value

    return change


def entry(number, **members):
    def change(file, _said):
        file["rows"][0]["entries"][number].update(members)

    return change


def segment_member(name, value):
    def change(file, _said):
        file["segments"][-1][name] = value

    return change


def said_member(name, value):
    def change(_file, said):
        said[name] = value

    return change


def first_row_twice(file, _said):
    file["rows"].insert(0, file["rows"][0])


def last_row_first(file, _said):
    file["rows"].insert(0, file["rows"].pop())


def another_row(index):
    def change(file, _said):
        file["rows"].append({**file["rows"][-1], "index": index})

    return change


def swapped_assets(file, _said):
    file["assets"][0], file["assets"][1] = file["assets"][1], file["assets"][0]


def many_assets(count):
    """A list of so many assets, with totals of 0."""

    def change(file, _said):
        file["assets"] = [{"decimals": 0, "symbol": f"A{i:04}"} for i in range(count)]
        file["totals"] = ["0"] * count
        for segment in file["segments"]:
            segment["totals"] = ["0"] * count

    return change


def many_segments(count):
    def change(file, _said):
        file["segments"] = [file["segments"][0]] * count

    return change


def one_total_more(file, _said):
    file["totals"].append("0")


MANIFEST_FAULTS = [
    member("preset", ZERO_DIGEST),
    member("air", ZERO_DIGEST),
    member("snapshotTime", "2026-02-29T00:00:00Z"),
    swapped_assets,
    one_total_more,
    many_assets(3070),
    many_assets(3071),
    many_assets(4096),
    many_segments(65),
    many_segments(256),
    segment_member("rows", 4096),
    segment_member("rows", 4095),
    segment_member("accountsRoot", ZERO_DIGEST),
    segment_member("headerDigest", ZERO_DIGEST),
    segment_member("proofDigest", ZERO_DIGEST),
    segment_member("totals", ["0"]),
]

INCLUSION_FAULTS = [
    member("manifest", ZERO_DIGEST),
    member("segment", 2),
    member("segment", 1),
    member("nonce", ZERO_DIGEST),
    member("openings", "A"),
    member("openings", "AAAA"),
    member("openings", "*"),
    row_member("index", 5),
    row_member("index", 6),
    row_member("index", 1535),
    row_member("index", 1536),
    row_member("mask", "0100007f" * 5),
    row_member("mask", "00" * 20),
    row_member("salt", ZERO_DIGEST),
    entry(0, asset=12),
    entry(0, amount=str(2**70)),
    entry(3, asset=0, amount="1"),
    entry(3, asset=11, amount="0"),
    first_row_twice,
    last_row_first,
    another_row(5),
    another_row(1534),
    said_member("preset", "production"),
    said_member("manifestDigest", ZERO_DIGEST),
    said_member("accountId", ""),
    said_member("accountId", "alice\ud800"),
    said_member("accountId", "é" * 129),
    said_member("balances", {}),
    said_member("balances", {"OTHER": "0"}),
    said_member("balances", {"OTHER": "1"}),
]
