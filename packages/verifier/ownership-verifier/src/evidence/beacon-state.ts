/** What a beacon block of Ethereum says of a validator, by an SSZ branch from its record to the block's root (spec §13.15). */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import * as z from 'zod/mini';
import { bytesOf, hashField } from './fields.js';

const uint64Limit = 2n ** 64n;

/** An unsigned integer below 2^64 in decimal. */
const uint64Field = z.custom<string>(
  (text) => typeof text === 'string' && /^(?:0|[1-9][0-9]{0,19})$/.test(text) && BigInt(text) < uint64Limit,
  'expected a decimal integer below 2^64',
);

/** A validator's record less its key, its place, and the header of the block: all that the branch is made of. */
export const validatorRecord = z.strictObject({
  header: z.strictObject({
    slot: uint64Field,
    proposerIndex: uint64Field,
    parentRoot: hashField,
    stateRoot: hashField,
    bodyRoot: hashField,
  }),
  validatorIndex: uint64Field,
  withdrawalCredentials: hashField,
  effectiveBalance: uint64Field,
  slashed: z.boolean(),
  activationEligibilityEpoch: uint64Field,
  activationEpoch: uint64Field,
  exitEpoch: uint64Field,
  withdrawableEpoch: uint64Field,
  /** Siblings from the record up to the state root. */
  branch: z.array(hashField).check(z.minLength(1), z.maxLength(64)),
});

export type ValidatorRecord = z.infer<typeof validatorRecord>;

/** The first slot of Electra on Ethereum, epoch 364032: from then on a state has more than 32 fields. */
const electraSlot = 364_032n * 32n;
/** `validators` in the state. */
const validatorsField = 11n;
/** The list of validators has room for 2^40 and is mixed with its length. */
const listDepth = 40;

/** The root of the block, `0x` and 64 lower-case digits. */
export function beaconBlockRoot({ header }: ValidatorRecord): string {
  const { slot, proposerIndex, parentRoot, stateRoot, bodyRoot } = header;
  const leaves = [uint64Leaf(slot), uint64Leaf(proposerIndex), ...[parentRoot, stateRoot, bodyRoot].map(bytesOf)];
  return `0x${bytesToHex(merkleRoot(leaves))}`;
}

/** Whether the record with this key of 48 bytes stands in the state of the block. */
export function isInState(record: ValidatorRecord, key: Uint8Array): boolean {
  const stateDepth = BigInt(record.header.slot) < electraSlot ? 5 : 6;
  const index = BigInt(record.validatorIndex);
  const depth = listDepth + 1 + stateDepth;
  if (index >= 2n ** BigInt(listDepth) || record.branch.length !== depth) return false;
  // From the record up: 40 levels of the list, its length on the right, then the fields of the state.
  let place = index | (validatorsField << BigInt(listDepth + 1));
  let root = recordRoot(record, key);
  for (const sibling of record.branch.map(bytesOf)) {
    root = place % 2n === 1n ? hashPair(sibling, root) : hashPair(root, sibling);
    place /= 2n;
  }
  return `0x${bytesToHex(root)}` === record.header.stateRoot;
}

function recordRoot(record: ValidatorRecord, key: Uint8Array): Uint8Array {
  const slashed = new Uint8Array(32);
  slashed[0] = record.slashed ? 1 : 0;
  return merkleRoot([
    hashPair(key.subarray(0, 32), concatBytes(key.subarray(32), new Uint8Array(16))),
    bytesOf(record.withdrawalCredentials),
    uint64Leaf(record.effectiveBalance),
    slashed,
    uint64Leaf(record.activationEligibilityEpoch),
    uint64Leaf(record.activationEpoch),
    uint64Leaf(record.exitEpoch),
    uint64Leaf(record.withdrawableEpoch),
  ]);
}

/** The root over up to 8 leaves of 32 bytes, filled up with zeros. */
function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  let level = Array.from({ length: 8 }, (_, index) => leaves[index] ?? new Uint8Array(32));
  while (level.length > 1) {
    const below = level;
    level = Array.from({ length: below.length / 2 }, (_, index) => hashPair(below[2 * index], below[2 * index + 1]));
  }
  return level[0];
}

function hashPair(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(left, right));
}

/** Little-endian, in the first 8 of 32 bytes. */
function uint64Leaf(text: string): Uint8Array {
  const leaf = new Uint8Array(32);
  new DataView(leaf.buffer).setBigUint64(0, BigInt(text), true);
  return leaf;
}
