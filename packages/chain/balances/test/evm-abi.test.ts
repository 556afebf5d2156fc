import fc from 'fast-check';
import { decodeFunctionData, encodeFunctionData, encodeFunctionResult, erc20Abi, type Hex, multicall3Abi } from 'viem';
import { describe, expect, test } from 'vitest';
import { aggregateCall, balanceOfCall, decimalsCall, decodeAggregate, ethBalanceCall } from '../src/sources/evm-abi.js';

const hex = (size: number) =>
  fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => `0x${Buffer.from(bytes).toString('hex')}` as Hex);
const address = hex(20);
const data = fc.nat({ max: 100 }).chain(hex);

describe('calls of contracts, compared with a library', () => {
  test('balances and decimals', () => {
    fc.assert(
      fc.property(address, (of) => {
        expect(balanceOfCall(of)).toBe(encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [of] }));
        const args = [of] as const;
        expect(ethBalanceCall(of)).toBe(
          encodeFunctionData({ abi: multicall3Abi, functionName: 'getEthBalance', args }),
        );
      }),
    );
    expect(decimalsCall).toBe(encodeFunctionData({ abi: erc20Abi, functionName: 'decimals' }));
  });

  test('many calls in one', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ target: address, data }), { maxLength: 8 }), (calls) => {
        const tuples = calls.map(({ target, data: callData }) => ({ target, allowFailure: true, callData }));
        const encoded = encodeFunctionData({ abi: multicall3Abi, functionName: 'aggregate3', args: [tuples] });
        expect(aggregateCall(calls)).toBe(encoded);
        const decoded = decodeFunctionData({ abi: multicall3Abi, data: aggregateCall(calls) as Hex });
        expect(decoded.args?.[0]).toHaveLength(calls.length);
      }),
    );
  });

  test('many results in one', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ success: fc.boolean(), returnData: data }), { maxLength: 8 }), (result) => {
        const encoded = encodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', result });
        const expected = result.map(({ success, returnData }) => (success ? returnData : null));
        expect(decodeAggregate(encoded, result.length)).toEqual(expected);
        expect(decodeAggregate(encoded, result.length + 1)).toBeUndefined();
      }),
    );
  });

  test('results that are cut off or changed are never more than they hold', () => {
    const result = [
      { success: true, returnData: `0x${'11'.repeat(32)}` },
      { success: true, returnData: `0x${'22'.repeat(32)}` },
    ] as const;
    const encoded = encodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', result });
    fc.assert(
      fc.property(fc.nat({ max: encoded.length - 3 }), fc.integer({ min: 0, max: 15 }), (at, digit) => {
        const place = at + 2;
        expect(decodeAggregate(encoded.slice(0, place), 2)).toBeUndefined();
        const changed = encoded.slice(0, place) + digit.toString(16) + encoded.slice(place + 1);
        const decoded = decodeAggregate(changed, 2);
        for (const one of decoded ?? []) expect(one === null || one.length <= encoded.length).toBe(true);
      }),
    );
  });
});
