/** Base58Check as the chains' tools write it, for secret keys of tests. */
import { createHash } from 'node:crypto';
import { base58 } from '@scure/base';

/** Bytes and four of their double SHA-256. */
export function base58check(bytes: Uint8Array): string {
  const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();
  return base58.encode(Uint8Array.from([...bytes, ...sha256(sha256(bytes)).subarray(0, 4)]));
}
