/**
 * Randomness that can be repeated, for tests and the generation of examples only, and what a ledger says, for tests.
 *
 * No code that makes a report may import this file: whoever knows the seed knows the secret order of rows.
 */
import { createHasher } from '@solvent/commitment/blake3';
import { accountCount, accountId, entryUnits, type Ledger } from './ledger.js';
import { bufferedRandom, type Random } from './random.js';

const blockSize = 8192;

/** A source whose bytes are a function of the seed alone: BLAKE3 of the seed and a block counter, 8 KiB a block. */
export function seededRandom(seed: string): Random {
  const hasher = createHasher('seeded test randomness');
  const message = new TextEncoder().encode(`00000000${seed}`);
  const counter = new DataView(message.buffer, message.byteOffset, 8);
  let next = 0n;
  return bufferedRandom(blockSize, (block) => {
    counter.setBigUint64(0, next++, true);
    block.set(hasher.digest(message, blockSize));
  });
}

/** What a ledger says, without its arrays: for each id, in order, the units of each symbol. */
export function describeLedger(ledger: Ledger): [string, Record<string, bigint>][] {
  return Array.from({ length: accountCount(ledger) }, (_, account) => {
    const balances: Record<string, bigint> = {};
    for (let entry = ledger.accountStart[account]; entry < ledger.accountStart[account + 1]; entry++) {
      balances[ledger.assets[ledger.entryAsset[entry] - 1].symbol] = entryUnits(ledger, entry);
    }
    return [accountId(ledger, account), balances];
  });
}
