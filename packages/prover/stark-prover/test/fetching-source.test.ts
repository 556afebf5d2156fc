import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@solvent/ledger/testing';
import type { StoredAccount } from '@solvent/stark-prover/account-records';
import { fetchingSource, type RemoteBlocks } from '@solvent/stark-prover/fetching-source';
import { createStoreWriter, openHolderStore, openStoreSource } from '@solvent/stark-prover/holder-store';
import { StoreError } from '@solvent/stark-prover/store-error';
import { parseStoreKey } from '@solvent/stark-prover/store-key';
import { syntheticSegment } from '@solvent/stark-prover/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.js';

const rowCount = 2048;
const blockSize = 16_384;
const folder = join(temporaryFolder(), 'store');
const key = parseStoreKey('ab'.repeat(32));
const ids = Array.from({ length: 600 }, (_, i) => `account-${i}`);

beforeAll(async () => {
  const random = seededRandom('fetching');
  const writer = await createStoreWriter(folder, { key });
  for (const segment of [0, 1]) {
    const accounts = ids
      .slice(300 * segment, 300 * (segment + 1))
      .map((accountId, i): StoredAccount => ({ accountId, nonce: randomBytes(32), segment, rows: [i, i + 500] }));
    await writer.addSegment(segment, syntheticSegment(rowCount, random), accounts);
  }
  await writer.finish(new Uint8Array(32).fill(7));
});

/** Blocks of the folder's files that come later; `change` may damage them. Counts how often it is asked. */
function laterBlocks(
  change: (name: string, block: number, bytes: Buffer) => Uint8Array | undefined = (_n, _b, x) => x,
) {
  const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
  const asked: string[] = [];
  const remote: RemoteBlocks = {
    label: 'elsewhere',
    files: [...files].map(([name, bytes]) => ({ name, size: bytes.length, blockSize })),
    async fetch(name, blocks) {
      asked.push(`${name} ${blocks.length}`);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
      const found = blocks.map((block) => {
        const bytes = files.get(name)!.subarray(blockSize * block, blockSize * (block + 1));
        return [block, change(name, block, bytes)] as const;
      });
      return new Map(found.flatMap(([block, bytes]) => (bytes === undefined ? [] : [[block, bytes] as const])));
    },
    close() {},
  };
  return { source: fetchingSource(remote), asked };
}

describe('a store whose blocks are elsewhere', () => {
  it('gives what the folder gives, also to many who ask at once', async () => {
    const local = await openHolderStore(folder, { key });
    const remote = await openStoreSource(laterBlocks().source, { key });
    expect(remote.manifestDigest).toEqual(local.manifestDigest);
    await Promise.all(
      [...ids, 'nobody'].map(async (id) => {
        const expected = await local.findAccount(id);
        expect(await remote.findAccount(id)).toEqual(expected);
        if (expected !== undefined)
          expect(await remote.inclusionFile(expected)).toEqual(await local.inclusionFile(expected));
      }),
    );
    const listed: StoredAccount[] = [];
    for await (const account of remote.accounts()) listed.push(account);
    const expected: StoredAccount[] = [];
    for await (const account of local.accounts()) expected.push(account);
    expect(listed).toEqual(expected);
    await remote.verify();
    local.close();
    remote.close();
  });

  it('asks for all blocks of an inclusion file at once, as far as it can tell', async () => {
    const { source, asked } = laterBlocks();
    const store = await openStoreSource(source, { key });
    const account = (await store.findAccount(ids[5]))!;
    asked.length = 0;
    await store.inclusionFile(account);
    expect(asked.length).toBeLessThanOrEqual(3);
    const blocks = asked.reduce((sum, line) => sum + Number(line.split(' ')[1]), 0);
    expect(blocks).toBeGreaterThan(3);
    store.close();
  });

  it('refuses a block that is damaged, missing, cut, or another one, and names its file', async () => {
    const other = randomBytes(blockSize);
    for (const [file, block] of [
      ['store.bin', 0],
      ['store.bin', 1],
      ['accounts.idx', 1],
      ['segment-0001.bin', 0],
      ['segment-0001.bin', 3],
    ] as const) {
      const changes: ((bytes: Buffer) => Uint8Array | undefined)[] = [
        () => undefined,
        () => other,
        (bytes) => bytes.subarray(0, -1),
        (bytes) => Buffer.concat([bytes.subarray(0, 100), Buffer.from([bytes[100] ^ 1]), bytes.subarray(101)]),
      ];
      for (const change of changes) {
        const { source } = laterBlocks((name, number, bytes) =>
          name === file && number === block ? change(bytes) : bytes,
        );
        const reading = openStoreSource(source, { key }).then((store) => store.verify());
        await expect(reading).rejects.toThrow(StoreError);
        await expect(reading).rejects.toThrow(`elsewhere: ${file}`);
      }
    }
  });

  it('says what fetching failed of, and works again afterwards', async () => {
    let isAway = false;
    const { source } = laterBlocks((_name, _block, bytes) => {
      if (isAway) throw new Error('away');
      return bytes;
    });
    const store = await openStoreSource(source, { key });
    isAway = true;
    await expect(store.findAccount(ids[7])).rejects.toThrow('away');
    isAway = false;
    expect((await store.findAccount(ids[7]))?.accountId).toBe(ids[7]);
    store.close();
  });
});
