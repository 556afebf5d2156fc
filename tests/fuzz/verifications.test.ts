/**
 * Whole verifications of reports and inclusion files with one thing changed, by attackers that hold more and more: the
 * published files, then the manifest's digests made right, then the work for another nonce done again, then the opened
 * values that satisfy the constraints and the trees to open whatever is asked for. Nothing but what was proven verifies,
 * nothing is thrown, and each verdict is one that the specification lists.
 */
import { bytesToHex } from '@solvent/commitment/bytes';
import { siblingNumbers } from '@solvent/commitment/merkle';
import { type InclusionRequest, verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { verifySegment } from '@solvent/liabilities-verifier/verify-segment';
import { decodeInclusionFile, encodeInclusionFile, type InclusionFile } from '@solvent/proof-format/inclusion-file';
import { decodeHeader } from '@solvent/proof-format/proof';
import { encodeCanonicalJson } from '@solvent/report-format/canonical-json';
import { decodeManifest, segmentStatement } from '@solvent/report-format/manifest';
import { productionPreset, toyPreset } from '@solvent/stark/preset';
import { planFibres } from '@solvent/stark/query';
import { replayHeader } from '@solvent/stark/rounds';
import { findStatementFault, type Statement, startTranscript } from '@solvent/stark/statement';
import type { Rejection } from '@solvent/stark/verdict';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemble, cheat, withForgedQuotient } from '../adversarial/cheating-prover.js';
import { balancesOf, ids, inclusionFile, sampleWitness } from '../adversarial/fixture.js';
import { byteMutations, type Json, jsonMutations } from '../property/byte-mutations.js';
import { outcome, publish, republish, verdictOn, verified } from '../support/report.js';
import { documentedCodes } from './documented-codes.js';
import { changeUnit, isHeaderPart, layParts, proofParts, unitChanges } from './parts.js';
import { createTally, isLong, isPrintable, seed, verificationCases, writeTally } from './tally.js';

const honest = sampleWitness();
const { statement } = honest;
const proven = cheat(honest);
const { proof, shape, opener } = proven;
const foreign = cheat(honest, {}, { seed: 'another proof' }).proof;
const parts = proofParts(statement, proof);
const headerParts = parts.filter((part) => isHeaderPart(part, statement));
const laterParts = parts.filter((part) => !isHeaderPart(part, statement));
const report = publish([proven]);
const manifestValue: Json = JSON.parse(new TextDecoder().decode(report.manifest));
const isSame = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

const numRuns = (share: number) => Math.ceil(verificationCases * share);
const tally = createTally();
let verdictOnHonest: VerifiedReport;

/** Counts a verdict, which must be a rejection that the specification lists, in words fit to be printed. */
function noteRejection(what: string, verdict: { readonly ok: true } | Rejection): void {
  const found = outcome(verdict);
  tally.add(`${what}: ${found}`);
  if (verdict.ok) throw new Error(`${what}: a change verifies`);
  expect(documentedCodes.has(found), found).toBe(true);
  expect(isPrintable(verdict.detail), verdict.detail).toBe(true);
}

const met = (what: string) =>
  [...tally.counts.keys()].filter((key) => key.startsWith(`${what}: `)).map((key) => key.slice(what.length + 2));

beforeAll(async () => {
  verdictOnHonest = await verified(report);
});
afterAll(() => writeTally('verifications', tally));

describe('a changed proof', { timeout: 0 }, () => {
  it('is refused, whether the manifest’s digests are made right or not', async () => {
    const runs = numRuns(0.3);
    const change = fc.oneof(
      unitChanges.map((unit) => changeUnit(proof, parts, unit, foreign)),
      unitChanges.map((unit) => changeUnit(proof, laterParts, unit, foreign)),
      byteMutations.map((mutate) => mutate(proof)),
    );
    await fc.assert(
      fc.asyncProperty(change, fc.nat({ max: 9 }), async (changed, repair) => {
        fc.pre(!isSame(changed, proof));
        const { manifest, proofs } = publish([republish(statement, changed)]);
        const published = repair === 0 ? { ...report, proofs } : { manifest, proofs };
        noteRejection('changed proof', await verdictOn(published));
      }),
      { numRuns: runs, seed },
    );
    if (!isLong(verificationCases)) return;
    const steps = [
      'M5 proof-digest',
      'V2 header-encoding',
      'V4 constraints',
      'V6 queries-encoding',
      'V7 trace-opening',
    ];
    expect(met('changed proof')).toEqual(
      expect.arrayContaining([...steps, 'V7 auxiliary-opening', 'V7 quotient-opening', 'V8 layer-opening']),
    );
  });

  it('is refused by a prover’s friend too, who opens what is then asked for, the constraints at z satisfied', async () => {
    await fc.assert(
      fc.asyncProperty(unitChanges, fc.nat({ max: 3 }), async (change, help) => {
        const changed = changeUnit(proof, headerParts, change, foreign);
        const decoded = decodeHeader(changed, shape);
        fc.pre(decoded.ok && !isSame(changed, proof));
        if (!decoded.ok) return;
        const { header } = decoded;
        const drawn = replayHeader(startTranscript(statement, toyPreset), header);
        const satisfied = { ...header, openings: withForgedQuotient(header.openings, { statement, shape, ...drawn }) };
        const forged = assemble(statement, help === 0 ? header : satisfied, opener);
        // What makes the constraints hold can be the very value that was changed.
        fc.pre(!isSame(forged.proof, proof));
        noteRejection('reopened proof', await verdictOn(publish([forged])));
      }),
      { numRuns: numRuns(0.2), seed },
    );
    if (!isLong(verificationCases)) return;
    const steps = [
      'V4 constraints',
      'V7 trace-opening',
      'V7 auxiliary-opening',
      'V7 quotient-opening',
      'V8 layer-opening',
    ];
    expect(met('reopened proof')).toEqual(expect.arrayContaining([...steps, 'V8 final-polynomial']));
  });
});

describe('a changed statement', { timeout: 0 }, () => {
  it('is refused by the report’s verifier', async () => {
    const change = fc.oneof(
      jsonMutations.map((mutate) => encodeCanonicalJson(mutate(manifestValue))),
      fc
        .tuple(jsonMutations, jsonMutations)
        .map(([first, second]) => encodeCanonicalJson(second(first(manifestValue)))),
      byteMutations.map((mutate) => mutate(report.manifest)),
    );
    await fc.assert(
      fc.asyncProperty(change, fc.boolean(), async (changed, repair) => {
        const manifest = repair ? withRightDigests(changed) : changed;
        fc.pre(!isSame(manifest, report.manifest));
        noteRejection('changed manifest', await verdictOn({ ...report, manifest }));
      }),
      { numRuns: numRuns(0.15), seed },
    );
    if (!isLong(verificationCases)) return;
    const steps = [
      'M1 manifest-encoding',
      'M2 preset-digest',
      'M3 assets',
      'M4 totals',
      'M5 proof-digest',
      'V3 header-digest',
    ];
    expect(met('changed manifest')).toEqual(expect.arrayContaining([...steps, 'V4 constraints']));
  });

  it('is refused by a segment’s verifier', () => {
    const { context, totals, assets } = statement;
    const at = fc.nat({ max: assets.length - 1 });
    const replaced = <Value>(list: readonly Value[], i: number, value: Value) => list.with(i, value);
    const change: fc.Arbitrary<Partial<Statement>> = fc.oneof(
      fc.constantFrom(0, 1024, 2049, 4096, 2 ** 19, 2 ** 20, Number.NaN).map((rowCount) => ({ rowCount })),
      fc
        .tuple(fc.constantFrom(-1, 0, 1, 0.5), fc.constantFrom(0, 1, 2, 2 ** 20, 2 ** 20 + 1))
        .map(([segment, segmentCount]) => ({ segment, segmentCount })),
      fc
        .tuple(at, fc.oneof(fc.constantFrom(-1n, 1n << 91n, 1n << 100n), fc.bigInt({ min: 0n, max: 1n << 90n })))
        .map(([i, total]) => ({ totals: replaced(totals, i, total) })),
      fc.nat({ max: 5 }).map((length) => ({ totals: totals.slice(0, length) })),
      fc
        .tuple(at, fc.constantFrom(-1, 7, 18, 19, 1.5))
        .map(([i, decimals]) => ({ assets: replaced(assets, i, { ...assets[i], decimals }) })),
      fc.tuple(at, fc.string()).map(([i, symbol]) => ({ assets: replaced(assets, i, { ...assets[i], symbol }) })),
      fc.constantFrom<readonly []>([]).map((none) => ({ assets: none, totals: none })),
      fc.uint8Array({ maxLength: 33 }).map((previousManifest) => ({ context: { ...context, previousManifest } })),
      fc.string().map((exchange) => ({ context: { ...context, exchange } })),
      fc.string().map((reportId) => ({ context: { ...context, reportId } })),
    );
    fc.assert(
      fc.property(change, fc.boolean(), (changes, repair) => {
        const changed: Statement = { ...statement, ...changes };
        fc.pre(!isSame(statementBytes(changed), statementBytes(statement)));
        const right = repair && findStatementFault(changed) === undefined ? republish(changed, proof) : proven;
        noteRejection('changed statement', verifySegment(changed, right, proof, toyPreset));
      }),
      { numRuns: numRuns(0.05), seed },
    );
    if (!isLong(verificationCases)) return;
    expect(met('changed statement')).toEqual(
      expect.arrayContaining(['V1 statement-limits', 'V2 header-encoding', 'V3 header-digest', 'V4 constraints']),
    );
  });
});

describe('an inclusion file', { timeout: 0 }, () => {
  const data = proven.holderData;
  const files = ids.map((id) => encodeInclusionFile(inclusionFile(report, data, id)));
  const someone = fc.nat({ max: ids.length - 1 });
  const request = (account: number, file: Uint8Array): InclusionRequest => {
    return { file, report: verdictOnHonest, preset: toyPreset, accountId: ids[account] };
  };

  it('is refused when anything in it is changed', () => {
    fc.assert(
      fc.property(
        someone,
        fc.nat({ max: 9 }),
        byteMutations,
        jsonMutations,
        unitChanges,
        (account, how, mutate, mutateJson, unit) => {
          const file = files[account];
          const changed = changedFile(file, how, mutate, mutateJson, unit);
          fc.pre(!isSame(changed, file));
          noteRejection('changed inclusion', verifyInclusion(request(account, changed)));
        },
      ),
      { numRuns: numRuns(0.25), seed },
    );
    if (!isLong(verificationCases)) return;
    const steps = [
      'I2 inclusion-encoding',
      'I2 other-report',
      'I3 row-index',
      'I3 openings-encoding',
      'I4 accounts-path',
    ];
    expect(met('changed inclusion')).toEqual(expect.arrayContaining([...steps, 'I5 layer-opening']));
  });

  function changedFile(
    file: Uint8Array,
    how: number,
    mutate: (bytes: Uint8Array) => Uint8Array,
    mutateJson: (value: Json) => Json,
    unit: Parameters<typeof changeUnit>[2],
  ): Uint8Array {
    if (how === 0) return mutate(file);
    if (how < 5) return encodeCanonicalJson(mutateJson(JSON.parse(new TextDecoder().decode(file))));
    const value = read(file);
    const openings = new Uint8Array(Buffer.from(value.openings, 'base64'));
    const changed = how === 5 ? mutate(openings) : changeUnit(openings, openingParts(value), unit, openings);
    return encodeInclusionFile({ ...value, openings: Buffer.from(changed).toString('base64') });
  }

  it('is read for whose it is and says what they have, whatever else its holder says', () => {
    const balanceChange = fc.record({
      symbol: fc.constantFrom('BTC', 'DOGE', 'ETH', 'SOL', 'USDT', 'XRP', 'NONE', '\u{1b}[2J'),
      units: fc.constantFrom(-1n, 0n, 1n, 2n ** 70n),
    });
    /** Mostly not said, so that what is said later is looked at as well. */
    const seldom = <Value>(said: fc.Arbitrary<Value>) =>
      fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, { arbitrary: said, weight: 1 });
    const otherIds = fc.constantFrom('', 'Alice', 'alice ', 'a'.repeat(257), '\ud800', 'alice\u0000');
    const otherDigests = fc.constantFrom(new Uint8Array(32), new Uint8Array(0), new Uint8Array(33).fill(1));
    const said = fc.record({
      accountId: seldom(fc.oneof(fc.constantFrom(...ids), otherIds, fc.string())),
      digest: seldom(otherDigests),
      ownDigest: fc.boolean(),
      change: fc.option(balanceChange),
      production: seldom(fc.constant(true)),
    });
    fc.assert(
      fc.property(someone, said, (account, { accountId, digest, ownDigest, change, production }) => {
        const own = request(account, files[account]);
        const balances = new Map(balancesOf(ids[account]));
        if (change !== null) balances.set(change.symbol, (balances.get(change.symbol) ?? 0n) + change.units);
        const manifestDigest = digest ?? (ownDigest ? verdictOnHonest.digest : undefined);
        const verdict = verifyInclusion({
          ...own,
          balances,
          accountId: accountId ?? own.accountId,
          preset: production === true ? productionPreset : toyPreset,
          ...(manifestDigest === undefined ? {} : { manifestDigest }),
        });
        const isOwn =
          (accountId ?? own.accountId) === own.accountId && digest === undefined && production === undefined;
        if (!(isOwn && (change?.units ?? 0n) === 0n)) return noteRejection('request', verdict);
        tally.add(`request: ${outcome(verdict)}`);
        expect(verdict).toMatchObject({ ok: true, balances: balancesOf(ids[account]), balancesCompared: true });
      }),
      { numRuns: numRuns(0.05), seed },
    );
    if (!isLong(verificationCases)) return;
    const codes = ['I1 preset', 'I1 manifest-digest', 'I4 account-id', 'I4 accounts-path', 'I6 balances', 'verified'];
    expect(met('request').sort()).toEqual(codes.sort());
  });
});

/** What a statement says, each part of it apart. */
function statementBytes(of: Statement): Uint8Array {
  const text = JSON.stringify(of, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
  return new TextEncoder().encode(`${text} ${bytesToHex(of.context.previousManifest)}`);
}

/** The digests and sums that a manifest should have, if it can have any. */
function withRightDigests(bytes: Uint8Array): Uint8Array {
  const decoded = decodeManifest(bytes);
  if (!decoded.ok) return bytes;
  const claimed = segmentStatement(decoded.value, 0);
  if (findStatementFault(claimed) !== undefined) return bytes;
  const { accountsRoot, headerDigest } = republish(claimed, proof);
  const [first, ...others] = decoded.value.segments;
  const digests = { accountsRoot: bytesToHex(accountsRoot), headerDigest: bytesToHex(headerDigest) };
  const totals = others.length === 0 ? first.totals : decoded.value.totals;
  return encodeCanonicalJson({ ...decoded.value, segments: [{ ...first, ...digests }, ...others], totals });
}

function read(file: Uint8Array): InclusionFile {
  const decoded = decodeInclusionFile(file);
  if (!decoded.ok) throw new Error(decoded.fault);
  return decoded.value;
}

/** The parts of an inclusion file's openings. */
function openingParts({ rows, openings }: InclusionFile) {
  const positions = rows.map(({ index }) => index);
  const size = Buffer.from(openings, 'base64').length;
  const layers = planFibres(positions, shape.rowCount, shape.foldCount).flatMap(({ fibres, missing }, layer) => [
    [`values ${layer}`, 20, missing.length] as const,
    [`siblings ${layer}`, 32, siblingNumbers(shape.rowCount / 8 ** (layer + 1), fibres).length] as const,
  ]);
  const layerSize = layers.reduce((sum, [, unit, count]) => sum + unit * count, 0);
  return layParts([['row siblings', 32, (size - layerSize) / 32], ...layers]);
}
