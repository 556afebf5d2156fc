import { type Hex, hexToBytes, keccak256, pad, toRlp } from 'viem';
import { describe, expect, test } from 'vitest';
import { blockHashOf, stateRootOf } from '../src/evidence/evm-state.js';

type Field = Hex | readonly Hex[];

const bytes = (size: number): Hex => pad('0x', { size });
const root: Hex = `0x${'5e'.repeat(32)}`;
/** Parent, uncles, beneficiary, state root, transactions' and receipts' root, bloom; then what forks add to. */
const fields: readonly Field[] = [
  ...[bytes(32), bytes(32), bytes(20), root, bytes(32), bytes(32), bytes(256)],
  ...(['0x', '0x01', '0x02', '0x', '0x05', '0x'] as const),
  ...[bytes(32), bytes(8)],
];

const rootOf = (header: Field | readonly Field[]) => stateRootOf(hexToBytes(toRlp(header as never)));

describe('the header of a block', () => {
  test('has the state root as its fourth field, whatever later forks add', () => {
    expect(rootOf(fields)).toEqual(hexToBytes(root));
    expect(rootOf([...fields, '0x07', bytes(32)])).toEqual(hexToBytes(root));
  });

  test('of fewer fields is none', () => {
    expect(rootOf(fields.slice(0, -1))).toBeUndefined();
    expect(rootOf([])).toBeUndefined();
  });

  test.each([0, 1, 2, 3, 4, 5, 6])('with a byte less or more in field %i is none', (at) => {
    const size = (fields[at] as Hex).length / 2 - 1;
    for (const wrong of [size - 1, size + 1]) expect(rootOf(fields.with(at, bytes(wrong)))).toBeUndefined();
  });

  test('with a list of 32 items for the state root is none', () => {
    expect(
      rootOf(
        fields.with(
          3,
          Array.from({ length: 32 }, (): Hex => '0x01'),
        ),
      ),
    ).toBeUndefined();
  });

  test('that is a byte string, or in no encoding, is none', () => {
    expect(rootOf(bytes(600))).toBeUndefined();
    expect(stateRootOf(hexToBytes(toRlp(fields as never)).subarray(1))).toBeUndefined();
    expect(stateRootOf(new Uint8Array(0))).toBeUndefined();
  });

  test('is known by the hash of its bytes', () => {
    const header = toRlp(fields as never);
    expect(blockHashOf(hexToBytes(header))).toBe(keccak256(header));
  });
});
