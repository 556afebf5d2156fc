/** Any ledger proves and verifies, and everybody's file says what they have. */
import { verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { seededRandom } from '@solvent/ledger/testing';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { toyPreset } from '@solvent/stark/preset';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verified } from '../support/report.js';
import { type Accounts, accountLists, heldBalances, totalsOf } from './accounts.js';
import { type ProvenLedger, proveLedger } from './proven-ledger.js';

async function checkEverybody(ledger: Accounts, proven: ProvenLedger): Promise<VerifiedReport> {
  const report = await verified(proven.report);
  expect(report.totals).toEqual(totalsOf(ledger));
  ledger.accounts.forEach((account, i) => {
    const request = { file: proven.files[i], report, preset: toyPreset, accountId: account.id };
    const balances = heldBalances(account);
    expect(verifyInclusion({ ...request, balances })).toMatchObject({ ok: true, balances, balancesCompared: true });
    const other = ledger.accounts[(i + 1) % ledger.accounts.length].id;
    if (other !== account.id) expect(verifyInclusion({ ...request, accountId: other })).toMatchObject({ ok: false });
    const [symbol] = ledger.assets.map((asset) => asset.symbol);
    const wrong = new Map(balances).set(symbol, (balances.get(symbol) ?? 0n) + 1n);
    expect(verifyInclusion({ ...request, balances: wrong })).toMatchObject({ ok: false, step: 'I6' });
  });
  return report;
}

describe('random ledgers', () => {
  it('prove and verify, and every account finds what it has', async () => {
    await fc.assert(
      fc.asyncProperty(accountLists(30, 60), fc.string(), async (ledger, seed) => {
        await checkEverybody(ledger, proveLedger(ledger, seededRandom(seed)));
      }),
      { numRuns: 20 },
    );
  });

  it('do so in several segments', async () => {
    // Everybody holds every asset, so that a split is safe; 1200 accounts of two rows do not fit into 2^11 rows.
    const symbols = Array.from({ length: 8 }, (_, i) => `S${i}`);
    const assets = symbols.map((symbol) => ({ symbol, decimals: 0 }));
    const accounts = Array.from({ length: 1200 }, (_, i) => ({
      id: `account ${i}`,
      balances: symbols.map((symbol, k) => [symbol, BigInt(i * k) + 1n] as const),
    }));
    const proven = proveLedger({ assets, accounts }, seededRandom('segments'), 2 ** 11);
    expect(proven.segments.length).toBeGreaterThan(1);
    await checkEverybody({ assets, accounts }, proven);
  });

  it('may be one account without balances, one account with all assets, or a table filled to the last row', async () => {
    const symbols = Array.from({ length: 500 }, (_, i) => `S${String(i).padStart(3, '0')}`);
    const assets = symbols.map((symbol) => ({ symbol, decimals: 18 }));
    const rich = { id: 'rich', balances: symbols.map((symbol) => [symbol, 2n ** 70n - 1n] as const) };
    const poor = { id: 'poor', balances: [] };
    const full = Array.from({ length: 2048 - 512 - 250 - 125 - 1 }, (_, i) => ({ id: `${i}`, balances: [] }));
    for (const accounts of [[poor], [rich], [poor, rich], [poor, rich, ...full]]) {
      const proven = proveLedger({ assets, accounts }, seededRandom('edge'));
      expect(proven.segments.map(({ statement }) => statement.rowCount)).toEqual([2048]);
      await checkEverybody({ assets, accounts }, proven);
    }
  });
});
