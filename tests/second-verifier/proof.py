"""Proof files and the checks on them (spec §6, §7.2, §8.3: steps V1 to V8)."""

from collections import namedtuple

import air
from commitments import Transcript, exts, is_proof_of_work, u32
from field import P, generator, invert, log2, mul, point, power, total
from folding import Words, check_layers, plan_layers
from merkle import carried_numbers, root_of_opening
from parameters import PROTOCOL, Shape, absorb_statement, is_within_limits
from verdicts import Rejection, require


class BadBytes(Exception):
    """Bytes that are not in their format."""


class Reader:
    """Reads bytes from the first to the last (§7.1)."""

    def __init__(self, data):
        self.data = data
        self.offset = 0

    def bytes(self, size):
        result = self.data[self.offset : self.offset + size]
        if len(result) != size:
            raise BadBytes(f"byte {len(self.data)}: expected {size} bytes from byte {self.offset} on, got the end")
        self.offset += size
        return result

    def u32(self):
        return int.from_bytes(self.bytes(4), "little")

    def element(self):
        element = self.u32()
        if element >= P:
            raise BadBytes(f"byte {self.offset - 4}: expected an element below p, got {element}")
        return element

    def elements(self, count):
        return [self.element() for _ in range(count)]

    def extension(self):
        return tuple(self.elements(5))

    def extensions(self, count):
        return [self.extension() for _ in range(count)]

    def digests(self, count):
        return [self.bytes(32) for _ in range(count)]

    def end(self):
        if self.offset != len(self.data):
            raise BadBytes(f"byte {self.offset}: expected the end, got {len(self.data) - self.offset} bytes more")


Header = namedtuple("Header", "roots opened layer_roots final_polynomials nonce")
Roots = namedtuple("Roots", "d0 h0 d1 d2")
LayerRoots = namedtuple("LayerRoots", "points rows")


def read_header(reader, shape):
    """The header and the nonce (§7.2)."""
    if reader.bytes(8) != b"SOLVENT1":
        raise BadBytes("byte 0: expected the magic SOLVENT1")
    roots = Roots(*reader.digests(4))
    opened = reader.extensions(50)
    layer_roots = [LayerRoots(*reader.digests(2)) for _ in range(shape.folds)]
    final_polynomials = [reader.extensions(shape.final_degree_bound) for _ in range(2)]
    return Header(roots, opened, layer_roots, final_polynomials, reader.u32())


Challenges = namedtuple("Challenges", "beta0 beta1 gamma alphas z lambdas folds header_digest grinding_seed queries")


def replay(preset, statement, header):
    """All challenges of a segment's transcript (§6.2)."""
    shape = Shape(statement.rows)
    transcript = Transcript(PROTOCOL)
    absorb_statement(transcript, preset, statement)
    transcript.absorb("/trace/root", header.roots.d0)
    transcript.absorb("/accounts/root", header.roots.h0)
    betas = transcript.squeeze("/beta")
    beta0 = betas.extension_outside_base()
    beta1 = betas.extension_outside_base()
    gamma = transcript.squeeze("/gamma").extension()
    transcript.absorb("/auxiliary/root", header.roots.d1)
    alphas = transcript.squeeze("/alpha").extensions(18)
    transcript.absorb("/quotient/root", header.roots.d2)
    z = transcript.squeeze("/zeta").extension_outside_base()
    transcript.absorb("/openings", exts(header.opened))
    lambdas = transcript.squeeze("/lambda").extensions(50)
    folds = []
    for i, roots in enumerate(header.layer_roots):
        transcript.absorb(f"/layer/{i}/points/root", roots.points)
        transcript.absorb(f"/layer/{i}/rows/root", roots.rows)
        folds.append(transcript.squeeze(f"/fold/{i}").extension())
    transcript.absorb("/final/0", exts(header.final_polynomials[0]))
    transcript.absorb("/final/1", exts(header.final_polynomials[1]))
    header_digest = transcript.squeeze("/header").digest()
    grinding_seed = transcript.squeeze("/grinding").digest()
    transcript.absorb("/nonce", u32(header.nonce))
    drawn = transcript.squeeze("/queries")
    queries = [drawn.integer(shape.query_bits()) for _ in range(preset.queries)]
    return Challenges(beta0, beta1, gamma, alphas, z, lambdas, folds, header_digest, grinding_seed, queries)


def constraints_hold(statement, header, challenges):
    """The equation of §6.5 at z."""
    shape = Shape(statement.rows)
    z = challenges.z
    row = dict(zip(air.COLUMNS, header.opened[:45], strict=True))
    next_acc = header.opened[45]
    chunks = header.opened[46:]
    values = air.constraint_values(
        row,
        next_acc,
        air.public_columns_at(z, shape, len(statement.assets)),
        {"beta0": challenges.beta0, "beta1": challenges.beta1, "gamma": challenges.gamma},
        air.phi_of_totals(statement.totals, challenges.beta1, challenges.gamma),
    )
    inverses = {row_set: invert(divisor) for row_set, divisor in air.divisors_at(z, shape).items()}
    right = total(
        mul(mul(alpha, value), inverses[row_set])
        for alpha, value, row_set in zip(challenges.alphas, values, air.ROW_SETS, strict=True)
    )
    left = total(mul(power(z, i * shape.chunk_length), chunk) for i, chunk in enumerate(chunks))
    return left == right


# What is opened at a query point, by tree.
TraceLeaf = namedtuple("TraceLeaf", "user m mask")
AuxiliaryLeaf = namedtuple("AuxiliaryLeaf", "auxiliary mask")
QuotientLeaf = namedtuple("QuotientLeaf", "chunks")
Opening = namedtuple("Opening", "leaf_bytes leaves siblings")  # the first two by position


def read_trace_leaf(reader):
    reader.bytes(16)
    return TraceLeaf(reader.elements(32), reader.element(), reader.extension())


def read_auxiliary_leaf(reader):
    reader.bytes(16)
    return AuxiliaryLeaf(reader.extensions(12), reader.extension())


def read_quotient_leaf(reader):
    reader.bytes(16)
    return QuotientLeaf(reader.extensions(4))


def read_opening(reader, leaf_count, positions, read_leaf):
    leaf_bytes, leaves = {}, {}
    for position in positions:
        start = reader.offset
        leaves[position] = read_leaf(reader)
        leaf_bytes[position] = reader.data[start : reader.offset]
    siblings = reader.digests(len(carried_numbers(leaf_count, positions)))
    return Opening(leaf_bytes, leaves, siblings)


LayerOpening = namedtuple("LayerOpening", "sent siblings")  # sent: by position, the values of all words


def read_layers(reader, plans, word_count):
    layers = []
    for plan in plans:
        sent = {position: reader.extensions(word_count) for position in plan.missing}
        siblings = reader.digests(len(carried_numbers(plan.size // 8, plan.fibres)))
        layers.append(LayerOpening(sent, siblings))
    return layers


Queries = namedtuple("Queries", "positions trace auxiliary quotient plans layers")


def read_queries(reader, shape, drawn):
    """The rest of a proof file, for the query points drawn (§7.2)."""
    positions = sorted(set(drawn))
    trace = read_opening(reader, shape.domain_size, positions, read_trace_leaf)
    auxiliary = read_opening(reader, shape.domain_size, positions, read_auxiliary_leaf)
    quotient = read_opening(reader, shape.domain_size, positions, read_quotient_leaf)
    plans = plan_layers(shape.domain_size, shape.folds, positions)
    layers = read_layers(reader, plans, 2)
    reader.end()
    return Queries(positions, trace, auxiliary, quotient, plans, layers)


VerifiedSegment = namedtuple("VerifiedSegment", "statement shape header challenges")


def verify_segment(statement, accounts_root, header_digest, data, preset):
    """Steps V1 to V8 (§8.3); raises Rejection, or returns what an inclusion starts from."""
    require(is_within_limits(statement), "V1", "statement-limits")
    shape = Shape(statement.rows)

    reader = Reader(data)
    try:
        header = read_header(reader, shape)
    except BadBytes as error:
        raise Rejection("V2", "header-encoding", str(error)) from None

    challenges = replay(preset, statement, header)
    require(header.roots.h0 == accounts_root, "V3", "accounts-root")
    require(challenges.header_digest == header_digest, "V3", "header-digest")

    require(constraints_hold(statement, header, challenges), "V4", "constraints")

    work = is_proof_of_work(challenges.grinding_seed, header.nonce, preset.zero_bits)
    require(work, "V5", "proof-of-work", f"nonce {header.nonce}")

    try:
        queries = read_queries(reader, shape, challenges.queries)
    except BadBytes as error:
        raise Rejection("V6", "queries-encoding", str(error)) from None

    for tree, opening, root, code in (
        ("D0", queries.trace, header.roots.d0, "trace-opening"),
        ("D1", queries.auxiliary, header.roots.d1, "auxiliary-opening"),
        ("D2", queries.quotient, header.roots.d2, "quotient-opening"),
    ):
        found = root_of_opening(tree, shape.domain_size, opening.leaf_bytes, opening.siblings)
        require(found == root, "V7", code)

    words = words_at_queries(shape, header, challenges, queries)
    roots = [layer.points for layer in header.layer_roots]
    check_layers(
        "V8", "fold D {}", 3, queries.plans, queries.layers, roots, challenges.folds, words, header.final_polynomials
    )
    return VerifiedSegment(statement, shape, header, challenges)


def words_of_segment(shape, header, challenges):
    return Words(challenges.z, generator(log2(shape.rows)), header.opened, challenges.lambdas)


def words_at_queries(shape, header, challenges, queries):
    """G₁ and G₂ at each query point."""
    words = words_of_segment(shape, header, challenges)
    values = {}
    for position in queries.positions:
        x = point(shape.domain_size, 3, position)
        trace = queries.trace.leaves[position]
        auxiliary = queries.auxiliary.leaves[position]
        chunks = queries.quotient.leaves[position].chunks
        first = words.first(x, trace.user, trace.mask)
        second = words.second(x, trace.m, auxiliary.auxiliary, auxiliary.mask, chunks)
        values[position] = [first, second]
    return values
