import { seededRandom } from '@solvent/ledger/testing';
import type { StoredAccount } from '@solvent/stark-prover/account-records';
import { createStoreWriter, openHolderStore } from '@solvent/stark-prover/holder-store';
import { parseStoreKey } from '@solvent/stark-prover/store-key';
import { syntheticSegment } from '@solvent/stark-prover/testing';
import { expect, it } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.js';

const folder = temporaryFolder();
const accountCount = 200_000;
const key = parseStoreKey('0f'.repeat(32));
const idOf = (i: number) => `user-${(i * 7919) % 1_000_003}`;

function* simulatedAccounts(): Generator<StoredAccount> {
  for (let i = 0; i < accountCount; i++) {
    const nonce = new Uint8Array(32);
    new DataView(nonce.buffer).setUint32(0, i);
    yield { accountId: idOf(i), nonce, segment: 0, rows: [i % 1500] };
  }
}

it(`finds any of ${accountCount} accounts`, async () => {
  const writer = await createStoreWriter(folder, { key });
  await writer.addSegment(0, syntheticSegment(2048, seededRandom('large')), simulatedAccounts());
  await writer.finish(new Uint8Array(32));
  const store = await openHolderStore(folder, { key });
  const sample = Array.from({ length: 2000 }, (_, i) => (i * 104_729) % accountCount);
  for (const i of sample) expect((await store.findAccount(idOf(i)))?.rows).toEqual([i % 1500]);
  for (let i = 0; i < 1000; i++) expect(await store.findAccount(`nobody-${i}`)).toBeUndefined();
  let listed = 0;
  for await (const account of store.accounts()) if (account.accountId === idOf(listed)) listed++;
  expect(listed).toBe(accountCount);
  store.close();
});
