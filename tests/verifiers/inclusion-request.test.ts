import { type InclusionRequest, verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { createTypeScriptEngine } from '@solvent/kernels/typescript-engine';
import { seededRandom } from '@solvent/ledger/testing';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { isVerifiedReport } from '@solvent/liabilities-verifier/verify-report';
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { productionPreset, toyPreset } from '@solvent/stark/preset';
import { holderDataSource } from '@solvent/stark-prover/holder-data';
import { createInclusionFile } from '@solvent/stark-prover/inclusion-file';
import { proveSegment } from '@solvent/stark-prover/prove';
import { beforeAll, describe, expect, it } from 'vitest';
import { outcome, publish, verified } from '../support/report.js';
import { createWitness, nonceOf } from '../support/witness.js';

let report: VerifiedReport;
let request: InclusionRequest;

beforeAll(async () => {
  const random = seededRandom('inclusion request');
  const holder = { id: 'alice', row: 100, entries: [[1, 5n]] as const };
  const { statement, columns, tags } = createWitness(['BTC'], [holder], random);
  const proven = proveSegment(
    { statement, columns, tags },
    { preset: toyPreset, engine: createTypeScriptEngine(), random },
  );
  report = await verified(publish([{ statement, ...proven }]));
  const place = { manifest: report.digest, segment: 0, nonce: nonceOf('alice'), rows: [100] };
  const file = encodeInclusionFile(createInclusionFile(holderDataSource(proven.holderData), place));
  request = { file, report, preset: toyPreset, accountId: 'alice' };
});

describe('verifyInclusion, step I1 (§8.4)', () => {
  it('takes a report that was verified with the preset asked for, whatever its name', () => {
    expect(outcome(verifyInclusion(request))).toBe('verified');
    expect(outcome(verifyInclusion({ ...request, preset: { ...toyPreset, name: 'other' } }))).toBe('verified');
  });

  it('refuses a report that was verified with another preset than production, unless told so', () => {
    const { preset: _, ...asProduction } = request;
    expect(outcome(verifyInclusion(asProduction))).toBe('I1 preset');
    expect(outcome(verifyInclusion({ ...request, preset: productionPreset }))).toBe('I1 preset');
    expect(outcome(verifyInclusion({ ...request, preset: { ...toyPreset, queryCount: 9 } }))).toBe('I1 preset');
    expect(() => verifyInclusion({ ...request, preset: { ...toyPreset, queryCount: 0 } })).toThrow(RangeError);
  });

  it('refuses objects that only look like a verified report', () => {
    for (const lookalike of [{ ...report }, Object.create(report), new Proxy(report, {}), undefined, null]) {
      expect(isVerifiedReport(lookalike)).toBe(false);
      expect(outcome(verifyInclusion({ ...request, report: lookalike }))).toBe('I1 header-unverified');
    }
    expect(isVerifiedReport(report)).toBe(true);
  });

  it('says whether the manifest digest was compared', () => {
    expect(verifyInclusion(request)).toMatchObject({ ok: true, digestCompared: false });
    const manifestDigest = report.digest.slice();
    expect(verifyInclusion({ ...request, manifestDigest })).toMatchObject({ ok: true, digestCompared: true });
    manifestDigest[31] ^= 1;
    expect(outcome(verifyInclusion({ ...request, manifestDigest }))).toBe('I1 manifest-digest');
  });

  it('gives a digest of its own, which is not the report’s memory', () => {
    const verdict = verifyInclusion(request);
    if (!verdict.ok) throw new Error(verdict.detail);
    verdict.manifestDigest.fill(0);
    expect(outcome(verifyInclusion(request))).toBe('verified');
  });
});

describe('the preset in a verified report', () => {
  it('is a copy that cannot be changed', async () => {
    expect(report.preset).toEqual(toyPreset);
    expect(report.preset).not.toBe(toyPreset);
    expect(Object.isFrozen(report.preset)).toBe(true);
    expect(Object.isFrozen(report)).toBe(true);
  });
});

describe('verifyInclusion, step I6', () => {
  it('names an asset of the holder’s list that is unsafe to print in escapes', () => {
    const verdict = verifyInclusion({
      ...request,
      balances: new Map([
        ['BTC', 5n],
        ['\u001b[2J', 1n],
      ]),
    });
    expect(verdict).toMatchObject({
      step: 'I6',
      code: 'balances',
      detail: '"\\u{1b}[2J": the holder has 1 units, the report counts 0',
    });
  });
});
