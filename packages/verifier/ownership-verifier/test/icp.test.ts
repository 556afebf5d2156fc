import { expect, test } from 'vitest';
import { icpAccountText } from '../src/addresses/icp-address.js';
import { addressOn } from './row-verdict.js';

test('the account of the anonymous principal is the one that the Internet Computer’s ledger names', () => {
  const account = '1c7a48ba6a562aa9eaa2481a9049cdf0433b9738c992d698c31d8abf89cadc79';
  expect(icpAccountText(Uint8Array.of(4))).toBe(account);
  expect(addressOn('ICP', account)).toBe(`account ${account}`);
  // One balance has one canonical spelling.
  expect(addressOn('ICP', '2vxsx-fae')).toBe(`canister ${account}`);
});
