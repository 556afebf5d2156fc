import { hexToBytes } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { decredAddressOf } from '../src/addresses/decred-address.js';
import { pointOf } from '../src/schemes/secp256k1-key.js';

test.each([
  ['028f53838b7639563f27c94845549a41e5146bcd52e7fef0ea6da143a02b0fe2ed', 'DsT4FDqBKYG1Xr8aGrT1rKP3kiv6TZ5K5th'],
  ['03e925aafc1edd44e7c7f1ea4fb7d265dc672f204c3d0c81930389c10b81fb75de', 'DsfiE2y23CGwKNxSGjbfPGeEW4xw1tamZdc'],
])("the key %s has the address of the chain's own tests", (key, address) => {
  expect(decredAddressOf(pointOf(hexToBytes(key))!, true).canonical).toBe(address);
});
