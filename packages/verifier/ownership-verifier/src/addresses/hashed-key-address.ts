/** Addresses that are hashes of one key, and those beside them on the same chain that are not (spec §15.1). */
import type { DecodedAddress } from '../claim.js';

/** An address of a chain whose accounts are hashes of one key. */
export interface HashedKeyAddress extends DecodedAddress {
  /** Of addresses that follow from no key: what on the chain would tie a key to them. */
  readonly evidence?: string;
}
