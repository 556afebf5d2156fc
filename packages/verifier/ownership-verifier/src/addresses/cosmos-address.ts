/** Addresses of chains of the Cosmos SDK: Bech32 of an account under the chain's prefix (spec §15.2). */
import { sha256 } from '@noble/hashes/sha2.js';
import { bech32 } from '@scure/base';
import type { CosmosNetwork } from '@solvent/report-format/networks/network';
import { hash160 } from '../schemes/bitcoin-hashes.js';
import type { CurvePoint } from '../schemes/raw-ecdsa.js';
import { ethereumAccountOf } from '../schemes/secp256k1-key.js';
import { failed, type OwnershipVerdict, unsupported } from '../verdict.js';
import type { HashedKeyAddress } from './hashed-key-address.js';

/** Longest text of Bech32 (BIP-173). */
const lettersMax = 90;
/** What stands after the prefix where the bytes are no account's: validators, and public keys. */
const otherKinds = /^(?:val|valoper|valcons)?(?:pub)?$/;

/** The address of a text, or why it is none of this chain's. */
export function decodeCosmosAddress(text: string, network: CosmosNetwork): HashedKeyAddress | OwnershipVerdict {
  const decoded = text.length > lettersMax ? undefined : bech32.decodeUnsafe(text);
  if (decoded === undefined) return undecodable(text, network);
  const { prefix, words } = decoded;
  if (prefix.startsWith(network.prefix) && prefix !== network.prefix) {
    const rest = prefix.slice(network.prefix.length);
    if (otherKinds.test(rest)) return unsupported('W3', 'address-kind', `no rule for addresses with prefix ${prefix}`);
  }
  if (prefix !== network.prefix) {
    return failed('W3', 'address-network', `expected prefix ${network.prefix} of ${network.title}, found ${prefix}`);
  }
  const account = bech32.fromWordsUnsafe(words);
  if (account?.length === 20) return cosmosAddressOf(account, network);
  // ADR-028: accounts of 32 bytes are those of contracts and modules, which no key makes.
  if (account?.length === 32) {
    return { ...cosmosAddressOf(account, network), kind: 'contract or module', evidence: 'the state of the contract' };
  }
  return failed('W3', 'address', 'expected 20 or 32 bytes in Bech32');
}

function undecodable(text: string, network: CosmosNetwork): OwnershipVerdict {
  const isShaped = text.length <= lettersMax && text.toLowerCase().startsWith(`${network.prefix}1`);
  const oneCase = text === text.toLowerCase() || text === text.toUpperCase();
  if (isShaped && oneCase) return failed('W3', 'address-checksum', 'the checksum of Bech32 does not hold');
  const expected = `expected Bech32 in one case with prefix ${network.prefix}`;
  return failed('W3', 'address', expected);
}

/** The address of an account; canonical in lower case. */
export function cosmosAddressOf(account: Uint8Array, { prefix }: CosmosNetwork): HashedKeyAddress {
  return { canonical: bech32.encode(prefix, bech32.toWords(account)), kind: 'account' };
}

/** The account of a key, 20 bytes. */
export function cosmosAccountOf(key: CurvePoint, { ethereumKeys }: CosmosNetwork): Uint8Array {
  if (ethereumKeys === true) return ethereumAccountOf(key);
  return hash160(key.toBytes(true));
}

/** The account of a key of several members, in amino's bytes: the first 20 of their SHA-256. */
export function cosmosMultisigAccountOf(aminoKey: Uint8Array): Uint8Array {
  return sha256(aminoKey).subarray(0, 20);
}
