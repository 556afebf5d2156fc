/**
 * One random change anywhere in a proof, a manifest or an inclusion file, the digests over it made right again, never
 * verifies and never throws. The toy preset has only eight queries, but none of these lies is left to them:
 *
 * - A change in a proof's header changes the challenges. Up to the opened values, that makes another z, λ or α, under
 *   which the constraints do not hold at z (V4). From the first layer on, it makes other query points: the leaves in the
 *   file are those of the old ones, and do not lead to the roots from new places (V6, V7), or the changed root, fold or
 *   final polynomial shows at once, since these are compared at every query and not at a sample of it (V8).
 * - A change in the nonce makes other query points too, if it is a proof of work at all (V5).
 * - Every byte after that is hashed into a root (V7, V8), and there is one encoding of every element and one length (V6).
 * - Every value of a manifest is absorbed into the challenges (V3, with the header digest made right V4), compared with
 *   what a proof gives (V3, M2, M5), or the sum of others (M4).
 * - Every value of an inclusion file is hashed into the accounts root or a layer's root (I4, I5), or names its report (I2).
 */

import { bytesEqual, bytesToHex } from '@solvent/commitment/bytes';
import { verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { seededRandom } from '@solvent/ledger/testing';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { decodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { encodeCanonicalJson } from '@solvent/report-format/canonical-json';
import { decodeManifest, type Manifest, segmentStatement } from '@solvent/report-format/manifest';
import { toyPreset } from '@solvent/stark/preset';
import { findStatementFault } from '@solvent/stark/statement';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { outcome, publish, republish, verdictOn, verified } from '../support/report.js';
import { byteMutations, type Json, jsonMutations } from './byte-mutations.js';
import { proveLedger } from './proven-ledger.js';

const symbols = ['BTC', 'ETH', 'SOL', 'USDT', 'XRP', 'ZEC'];
const assets = symbols.map((symbol) => ({ symbol, decimals: 8 }));
const accounts = Array.from({ length: 40 }, (_, i) => ({
  id: `holder ${i}`,
  balances: symbols.slice(0, 1 + (i % 6)).map((symbol, k) => [symbol, 10n ** BigInt(i % 20) + BigInt(k)] as const),
}));
const proven = proveLedger({ assets, accounts }, seededRandom('mutations'));
const [{ statement, proof }] = proven.segments;
const { manifest } = proven.report;

/** Steps at which something was refused, so that a run shows what it has tried. */
function tally() {
  const seen = new Set<string>();
  return { seen, note: (text: string) => void seen.add(text.split(' ')[0]) };
}

describe('one random change', () => {
  let report: VerifiedReport;

  beforeAll(async () => {
    report = await verified(proven.report);
  });

  it('in a proof is refused, with all digests of the manifest made right', async () => {
    const { seen, note } = tally();
    await fc.assert(
      fc.asyncProperty(byteMutations, async (mutate) => {
        const changed = mutate(proof);
        fc.pre(!bytesEqual(changed, proof));
        const verdict = outcome(await verdictOn(publish([republish(statement, changed)])));
        expect(verdict).toMatch(/^V[2-8] /);
        note(verdict);
      }),
      { numRuns: 400 },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['V2', 'V4', 'V6', 'V7']));
  });

  it('in a manifest’s bytes is refused', async () => {
    await fc.assert(
      fc.asyncProperty(byteMutations, async (mutate) => {
        const changed = mutate(manifest);
        fc.pre(!bytesEqual(changed, manifest));
        expect(await verdictOn({ ...proven.report, manifest: changed })).toMatchObject({ ok: false });
      }),
      { numRuns: 300 },
    );
  });

  it('in a manifest’s values is refused, also with the header digest that they lead to', async () => {
    const { seen, note } = tally();
    const value: Json = JSON.parse(new TextDecoder().decode(manifest));
    await fc.assert(
      fc.asyncProperty(jsonMutations, async (mutate) => {
        const changed = encodeCanonicalJson(mutate(value));
        fc.pre(!bytesEqual(changed, manifest));
        for (const bytes of [changed, withRightDigest(changed)]) {
          const verdict = outcome(await verdictOn({ ...proven.report, manifest: bytes }));
          expect(verdict).not.toBe('verified');
          note(verdict);
        }
      }),
      { numRuns: 400 },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['M1', 'M2', 'M4', 'V3', 'V4']));
  });

  /** The header digest and the accounts root that a manifest's first segment should have, and the sums, if it can have any. */
  function withRightDigest(bytes: Uint8Array): Uint8Array {
    const decoded = decodeManifest(bytes);
    if (!decoded.ok) return bytes;
    const changed: Manifest = decoded.value;
    const claimed = segmentStatement(changed, 0);
    if (findStatementFault(claimed) !== undefined) return bytes;
    const { accountsRoot, headerDigest } = republish(claimed, proof);
    const [first, ...others] = changed.segments;
    const digests = { accountsRoot: bytesToHex(accountsRoot), headerDigest: bytesToHex(headerDigest) };
    const totals = others.length === 0 ? first.totals : changed.totals;
    const right = encodeCanonicalJson({ ...changed, segments: [{ ...first, ...digests }, ...others], totals });
    // What the change was about may be what has just been made right.
    return bytesEqual(right, manifest) ? bytes : right;
  }

  it('in an inclusion file’s bytes or values is refused', () => {
    const { seen, note } = tally();
    const anyFile = fc.integer({ min: 0, max: accounts.length - 1 });
    const check = (account: number, file: Uint8Array) => {
      fc.pre(!bytesEqual(file, proven.files[account]));
      const verdict = outcome(verifyInclusion({ file, report, preset: toyPreset, accountId: accounts[account].id }));
      expect(verdict).toMatch(/^I[2-5] /);
      note(verdict);
    };
    fc.assert(
      fc.property(anyFile, byteMutations, (account, mutate) => check(account, mutate(proven.files[account]))),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(anyFile, jsonMutations, (account, mutate) => {
        const value: Json = JSON.parse(new TextDecoder().decode(proven.files[account]));
        check(account, encodeCanonicalJson(mutate(value)));
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(anyFile, byteMutations, (account, mutate) => {
        const decoded = decodeInclusionFile(proven.files[account]);
        if (!decoded.ok) throw new Error(decoded.fault);
        const openings = mutate(new Uint8Array(Buffer.from(decoded.value.openings, 'base64')));
        check(account, encodeCanonicalJson({ ...decoded.value, openings: Buffer.from(openings).toString('base64') }));
      }),
      { numRuns: 500 },
    );
    expect([...seen].sort()).toEqual(['I2', 'I3', 'I4', 'I5']);
  });

  it('of whose file it is, is refused', () => {
    const pair = fc.uniqueArray(fc.integer({ min: 0, max: accounts.length - 1 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(pair, ([own, other]) => {
        const request = { file: proven.files[own], report, preset: toyPreset, accountId: accounts[other].id };
        expect(outcome(verifyInclusion(request))).toBe('I4 accounts-path');
      }),
      { numRuns: 100 },
    );
  });
});
