/** The few calls of contracts that balances need, by Solidity's ABI. All texts are `0x` and hexadecimal digits. */

/** The first four bytes of the hash of each function's signature. */
const selectors = {
  balanceOf: '70a08231',
  decimals: '313ce567',
  /** Of Multicall3: `aggregate3((address target, bool allowFailure, bytes callData)[])`. */
  aggregate3: '82ad56cb',
  /** Of Multicall3: `getEthBalance(address)`. */
  getEthBalance: '4d2301cc',
} as const;

/** ERC-20's `balanceOf(address)`. */
export function balanceOfCall(address: string): string {
  return `0x${selectors.balanceOf}${addressWord(address)}`;
}

/** ERC-20's `decimals()`. */
export const decimalsCall = `0x${selectors.decimals}`;

/** Multicall3's `getEthBalance(address)`. */
export function ethBalanceCall(address: string): string {
  return `0x${selectors.getEthBalance}${addressWord(address)}`;
}

/** A call of another contract. */
export interface ContractCall {
  readonly target: string;
  readonly data: string;
}

/** Multicall3's `aggregate3`, every call allowed to fail: which one did is in the result. */
export function aggregateCall(calls: readonly ContractCall[]): string {
  const tuples = calls.map(({ target, data }) => {
    const digits = data.slice(2);
    const padded = digits.padEnd(Math.ceil(digits.length / 64) * 64, '0');
    return `${addressWord(target)}${word(1)}${word(96)}${word(digits.length / 2)}${padded}`;
  });
  // A list of tuples of unknown size: their number, where each begins from there on, then the tuples.
  let offset = 32 * calls.length;
  const offsets = tuples.map((tuple) => {
    const at = offset;
    offset += tuple.length / 2;
    return word(at);
  });
  return `0x${selectors.aggregate3}${word(32)}${word(calls.length)}${offsets.join('')}${tuples.join('')}`;
}

/** What `aggregate3` returns, one for each call: the returned data, or null where the call failed; undefined if malformed. */
export function decodeAggregate(result: string, callCount: number): (string | null)[] | undefined {
  const digits = result.slice(2);
  const numberAt = (byte: number): number => {
    const text = digits.slice(2 * byte, 2 * byte + 64);
    // Offsets and lengths beyond 2^32 are beyond any answer.
    return /^0{56}[0-9a-f]{8}$/.test(text) ? Number.parseInt(text.slice(56), 16) : Number.NaN;
  };
  const start = numberAt(0) + 32;
  if (numberAt(start - 32) !== callCount) return undefined;
  const results: (string | null)[] = [];
  for (let i = 0; i < callCount; i++) {
    const tuple = start + numberAt(start + 32 * i);
    const success = numberAt(tuple);
    const data = tuple + numberAt(tuple + 32);
    const size = numberAt(data);
    const end = 2 * (data + 32 + size);
    if (!(success === 0 || success === 1) || !(end <= digits.length)) return undefined;
    results.push(success === 1 ? `0x${digits.slice(2 * (data + 32), end)}` : null);
  }
  return results;
}

/** The integer of a returned word of exactly 32 bytes; undefined for anything else. */
export function decodeWord(result: string): bigint | undefined {
  return /^0x[0-9a-f]{64}$/.test(result) ? BigInt(result) : undefined;
}

function addressWord(address: string): string {
  return address.slice(2).toLowerCase().padStart(64, '0');
}

function word(value: number): string {
  return value.toString(16).padStart(64, '0');
}
