import { createHash } from 'node:crypto';
import type { Engine } from '@solvent/kernels/engine';
import { plannedKernelMemory } from '@solvent/kernels/memory-plan';
import { createTypeScriptEngine } from '@solvent/kernels/typescript-engine';
import { createWasmEngine, type WasmEngine } from '@solvent/kernels/wasm-engine';
import { createLedger } from '@solvent/ledger/ledger';
import { placeRows } from '@solvent/ledger/place-rows';
import { planSegments } from '@solvent/ledger/plan-segments';
import { seededRandom } from '@solvent/ledger/testing';
import { toyPreset } from '@solvent/stark/preset';
import { proveSegment } from '@solvent/stark-prover/prove';
import { afterAll, describe, expect, it } from 'vitest';

const assets = ['BTC', 'DOGE', 'ETH'].map((symbol) => ({ symbol, decimals: 8 }));
const context = {
  exchange: 'E',
  reportId: 'R',
  snapshotTime: '2026-01-01T00:00:00Z',
  previousManifest: new Uint8Array(0),
};

/** The whole of a proof with seeded randomness: the same for every engine. */
function prove(engine: Engine, accountCount: number) {
  const random = seededRandom(`engines ${accountCount}`);
  const accounts = Array.from({ length: accountCount }, (_, i) => ({
    id: `account ${i}`,
    balances: [
      ['BTC', BigInt(i) ** 4n],
      ['ETH', 2n ** 70n - 1n - BigInt(i)],
    ] as [string, bigint][],
  }));
  const ledger = createLedger(assets, accounts);
  const plan = planSegments(ledger, random, {});
  const { rowCount, columns, totals } = placeRows(ledger, 0, plan.segments[0], random);
  const statement = { context, segment: 0, segmentCount: 1, rowCount, assets, totals };
  return proveSegment(
    { statement, columns, tags: new Uint8Array(32 * rowCount) },
    { preset: toyPreset, engine, random },
  );
}

/** The oracle's proofs, each made once. */
const oracleProofs = new Map<number, ReturnType<typeof prove>>();
function oracleProof(accountCount: number) {
  const known = oracleProofs.get(accountCount) ?? prove(createTypeScriptEngine(), accountCount);
  oracleProofs.set(accountCount, known);
  return known;
}

/** Everything that the two engines must agree on, hashed, since comparing long arrays in a test takes long. */
function fingerprints({ proof, holderData }: ReturnType<typeof prove>): string[] {
  const { rows, layers } = holderData;
  const layerArrays = layers.flatMap(({ words, tree }) => [...words.flat(), tree.digests]);
  const arrays = [proof, rows.salts, rows.tags, ...rows.user, ...rows.mask, rows.tree.digests, ...layerArrays];
  return arrays.map((array) =>
    createHash('sha256')
      .update(Buffer.from(array.buffer, array.byteOffset, array.byteLength))
      .digest('hex'),
  );
}

const engines: WasmEngine[] = [];
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

describe.each([1, 2])('the WebAssembly engine with %i threads', (threads) => {
  const engine = createWasmEngine({ threads });
  engines.push(engine);

  // The larger one first: tables of another shape must be laid out anew.
  it.each([3000, 50])('makes the very proof of the TypeScript engine, for %i accounts', (accountCount) => {
    const expected = oracleProof(accountCount);
    for (let run = 0; run < 2; run++) {
      const proven = prove(engine, accountCount);
      expect(proven.transcriptLog).toEqual(expected.transcriptLog);
      expect(fingerprints(proven)).toEqual(fingerprints(expected));
    }
    const planned = plannedKernelMemory(expected.holderData.rowCount, threads);
    expect(engine.usedMemory).toBeLessThanOrEqual(planned);
    expect(engine.usedMemory).toBeGreaterThan(planned / 2);
  });

  it('makes holder data that is refused once another segment has begun', () => {
    const first = prove(engine, 50).holderData;
    expect(first.isCurrent()).toBe(true);
    prove(engine, 50);
    expect(first.isCurrent()).toBe(false);
  });
});
