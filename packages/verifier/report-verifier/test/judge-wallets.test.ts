import { readFileSync } from 'node:fs';
import { maxEvidenceSize } from '@solvent/ownership-verifier/evidence-list';
import type { WalletVerdict } from '@solvent/ownership-verifier/verify-wallet';
import { decodeReport, type Report } from '@solvent/report-format/report';
import { describe, expect, test } from 'vitest';
import { judgeWallets, type RowsContext, type WalletsInput } from '../src/judge-wallets.js';

const folder = new URL('../../../../vectors/full-report/folder/', import.meta.url);
const readFile = (name: string) => readFileSync(new URL(name, folder));
const decoded = decodeReport(readFile('report.json'));
if (!decoded.ok) throw new Error(decoded.fault);
const report: Report = decoded.value;
const input: WalletsInput = { list: readFile('wallets.csv'), evidence: undefined, report };

/** Judges with the given verdict on row i, and tells what rows were to be verified with. */
async function judgeAs(verdictOf: (i: number) => WalletVerdict, change: Partial<WalletsInput> = {}) {
  const contexts: RowsContext[] = [];
  const outcome = await judgeWallets({ ...input, ...change }, async (rows, context) => {
    contexts.push(context);
    return rows.map((_, i) => verdictOf(i));
  });
  return { outcome, context: contexts[0] };
}

const about = { asset: 'BTC', network: 'bitcoin' };
const verified = (i: number): WalletVerdict => {
  return {
    verdict: 'verified',
    step: 'W7',
    code: 'address-proven',
    detail: 'key',
    ...about,
    canonicalAddress: `address ${i}`,
  };
};
const failed: WalletVerdict = { verdict: 'failed', step: 'W6', code: 'signature', detail: 'no signature', ...about };

describe('a report’s wallets', () => {
  test('are asked for challenges of that very report, unless the caller takes a fixed text', async () => {
    const { exchange, reportId, blocks } = report;
    const fresh = await judgeAs(verified);
    expect(fresh.context.policy).toMatchObject({ kind: 'fresh', snapshot: { exchange, reportId, blocks } });
    expect(fresh.outcome).not.toHaveProperty('fixedMessage');
    const fixed = await judgeAs(verified, { fixedMessage: 'a text' });
    expect(fixed.context.policy).toEqual({ kind: 'fixed', text: 'a text' });
    expect(fixed.outcome).toMatchObject({ ok: true, fixedMessage: 'a text' });
  });

  test('trust no block that the caller does not name', async () => {
    expect((await judgeAs(verified)).context.trustedBlocks).toEqual([]);
    const trustedBlocks = [{ network: 'ethereum', hash: '0xab' }];
    expect((await judgeAs(verified, { trustedBlocks })).context.trustedBlocks).toEqual(trustedBlocks);
  });

  test('are rejected when one fails, with its line', async () => {
    const { outcome } = await judgeAs((i) => (i === 1 ? failed : verified(i)));
    expect(outcome).toMatchObject({ ok: false, step: 'P5', code: 'wallet-failed' });
    expect(!outcome.ok && outcome.detail).toMatch(/^1 of \d+ rows fail, the first on line 3: no signature$/);
  });

  test('are only those that a row is about', async () => {
    const unsupported: WalletVerdict = { verdict: 'unsupported', step: 'W2', code: 'coin', detail: 'no coin' };
    const partly: WalletVerdict[] = [
      unsupported,
      { ...unsupported, asset: 'BTC' },
      { ...unsupported, network: 'bitcoin' },
      { ...unsupported, ...about },
      { ...unsupported, asset: 'BTC', canonicalAddress: 'of no network' },
      { ...unsupported, network: 'bitcoin', canonicalAddress: 'of no asset' },
    ];
    const { outcome } = await judgeAs((i) => partly[i] ?? verified(i));
    const count = outcome.ok ? outcome.outcome.rows.length : 0;
    expect(count).toBeGreaterThan(partly.length);
    expect(outcome.ok && outcome.wallets.map(({ address }) => address)).toEqual(
      Array.from({ length: count - partly.length }, (_, i) => `address ${i + partly.length}`),
    );
  });

  test.each([
    ['no UTF-8', Uint8Array.of(0xff, 0xfe), 'not text in UTF-8'],
    ['no evidence', new TextEncoder().encode('{}'), /./],
    ['too long', new Uint8Array(maxEvidenceSize + 1), /^expected at most \d+ bytes, got \d+$/],
  ])('come with evidence that is %s: rejected', async (_, evidence, detail) => {
    const { outcome } = await judgeAs(verified, { evidence });
    expect(outcome).toMatchObject({ ok: false, step: 'P5', code: 'evidence-encoding' });
    expect(!outcome.ok && outcome.detail).toMatch(detail);
  });
});
