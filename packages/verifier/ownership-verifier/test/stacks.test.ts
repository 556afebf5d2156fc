import { findNetwork } from '@solvent/report-format/networks/networks';
import { expect, test } from 'vitest';
import { isVerdict } from '../src/claim.js';
import { stacksFamily } from '../src/families/stacks.js';

const network = findNetwork('STX');
if (network?.family !== 'stacks') throw new Error('STX: expected Stacks');
const stacks = network;

test('zero bytes at the front of a hash are zeros at the front of its spelling', () => {
  // The address of 20 zero bytes, to which coins are burnt (SIP-005).
  const zero = 'SP000000000000000000002Q6VF78';
  expect(stacksFamily.decodeAddress(zero, stacks)).toMatchObject({ canonical: zero, kind: 'account' });
  for (const text of [zero.replace('SP00', 'SP0'), zero.replace('SP', 'SP0'), 'SP', 'S', '']) {
    const decoded = stacksFamily.decodeAddress(text, stacks);
    expect(isVerdict(decoded) && decoded.code).toBe('address');
  }
});
