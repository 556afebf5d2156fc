/** A Safe's owners and threshold out of proven storage; only of code that is known by its hash (spec §13.15). */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import type { Proven } from './evm-state.js';

/**
 * Hashes of the deployed code of Safe's proxies: 1.1.1 (also used for 1.2.0), 1.3.0, 1.4.1, 1.5.0. Each is that of the
 * proxy in the published build whose factory has the code hash of the factory in the published list of deployments.
 */
const proxyCodeHashes: ReadonlySet<string> = new Set([
  '0xaea7d4252f6245f301e540cfbee27d3a88de543af8e49c5c62405d5499fab7e5',
  '0xb89c1b3bdf2cf8827818646bce9a8f6e372885f8c55e5c07acbd307cb133b000',
  '0xd7d408ebcd99b2b70be43e20253d6d92a8ea8fab29bd3be7f55b10032331fb4c',
  '0x4e381985ca68b3e5d27b4425fa581c19cf33146d3f887a3cfca96f55528ea46f',
]);

interface Singleton {
  readonly version: string;
  /** Whether the domain of what it signs names the chain. */
  readonly domainHasChain: boolean;
}

/** What a proxy delegates to, by the hash of its code in the published list of deployments. */
const singletons: ReadonlyMap<string, Singleton> = new Map([
  ['0x56b8be58b5ad629a621593a2e5e5e8e9a28408dc06e95597497b303902772e45', { version: '1.1.1', domainHasChain: false }],
  ['0x2ae2d1231f0d754a7fa4f5e5d0e5554085e1b500d8e09f95aaaaa3f49c0db922', { version: '1.2.0', domainHasChain: false }],
  ['0xbba688fbdb21ad2bb58bc320638b43d94e7d100f6f3ebaab0a4e4de6304b1c2e', { version: '1.3.0', domainHasChain: true }],
  ['0x21842597390c4c6e3c1239e434a682b054bd9548eee5e9b1d6a4482731023c0f', { version: '1.3.0 L2', domainHasChain: true }],
  ['0x1fe2df852ba3299d6534ef416eefa406e56ced995bca886ab7a553e6d0c5e1c4', { version: '1.4.1', domainHasChain: true }],
  ['0xb1f926978a0f44a2c0ec8fe822418ae969bd8c3f18d61e5103100339894f81ff', { version: '1.4.1 L2', domainHasChain: true }],
  ['0xdda019cbd7c867a533a2a86e5c53434fdc50b13122b5a5ddb4a8df61b31c20f2', { version: '1.5.0', domainHasChain: true }],
  ['0x180193227186ccb85316c94db1f0d156ed932b14712cfaac78901899178572dc', { version: '1.5.0 L2', domainHasChain: true }],
]);

/** Storage of all these versions: singleton 0, modules 1, owners 2, owner count 3, threshold 4, nonce 5, domain 6. */
const singletonSlot = slotAt(0);
const ownerCountSlot = slotAt(3);
const thresholdSlot = slotAt(4);
const ownersMapping = slotAt(2);
const signedMessagesMapping = slotAt(7);
/** The owners are a ring of accounts that begins and ends here. */
const sentinel = `0x${'1'.padStart(40, '0')}`;
/** Most owners that are followed. */
export const maxSafeOwners = 64;

/** Who may act for a Safe. */
export interface SafeWallet {
  /** Accounts, `0x` and 40 lower-case digits, in the order of the ring. */
  readonly owners: readonly string[];
  readonly threshold: number;
}

/** Reads a slot of 32 bytes of the wallet. */
export type ReadSlot = (slot: Uint8Array) => Proven<bigint>;

/** Whether the code is that of a Safe's proxy. */
export function isSafeProxy(codeHash: string): boolean {
  return proxyCodeHashes.has(codeHash);
}

/** The version of a Safe by the code that its proxy delegates to. */
export function safeSingleton(codeHash: string): Singleton | undefined {
  return singletons.get(codeHash);
}

/** The account of 20 bytes whose code a Safe's proxy runs. */
export function readSingleton(read: ReadSlot): Proven<Uint8Array> {
  const found = read(singletonSlot);
  if (!found.ok) return { ok: false, fault: `singleton: ${found.fault}` };
  // The proxy looks at the lower 20 bytes alone.
  return { ok: true, value: hexToBytes(accountOf(found.value).slice(2)) };
}

/** Owners and threshold; the ring must close and have as many owners as the wallet says. */
export function readSafe(read: ReadSlot): Proven<SafeWallet> {
  const count = read(ownerCountSlot);
  if (!count.ok) return { ok: false, fault: `owner count: ${count.fault}` };
  const threshold = read(thresholdSlot);
  if (!threshold.ok) return { ok: false, fault: `threshold: ${threshold.fault}` };
  if (count.value > maxSafeOwners) return { ok: false, fault: `more than ${maxSafeOwners} owners` };
  if (threshold.value > count.value) return { ok: false, fault: 'a threshold above the number of owners' };
  const owners: string[] = [];
  for (let last = sentinel; ; ) {
    const next = read(mappingSlot(hexToBytes(last.slice(2)), ownersMapping));
    if (!next.ok) return { ok: false, fault: `owner after ${last}: ${next.fault}` };
    last = accountOf(next.value);
    if (last === sentinel) break;
    if (owners.length >= count.value) return { ok: false, fault: 'more owners than the owner count' };
    owners.push(last);
  }
  if (BigInt(owners.length) !== count.value) return { ok: false, fault: 'fewer owners than the owner count' };
  return { ok: true, value: { owners, threshold: Number(threshold.value) } };
}

/** Whether the Safe itself has marked a digest of 32 bytes as signed; what is not proven is not signed. */
export function hasSignedOnChain(read: ReadSlot, digest: Uint8Array): boolean {
  const found = read(mappingSlot(digest, signedMessagesMapping));
  return found.ok && found.value === 1n;
}

function slotAt(position: number): Uint8Array {
  const slot = new Uint8Array(32);
  slot[31] = position;
  return slot;
}

/** Where a mapping keeps the value of a key of at most 32 bytes. */
function mappingSlot(key: Uint8Array, mapping: Uint8Array): Uint8Array {
  return keccak_256(concatBytes(new Uint8Array(32 - key.length), key, mapping));
}

function accountOf(value: bigint): string {
  return `0x${value.toString(16).padStart(64, '0').slice(24)}`;
}

/** The key under which evidence lists a slot. */
export function slotName(slot: Uint8Array): string {
  return `0x${bytesToHex(slot)}`;
}
