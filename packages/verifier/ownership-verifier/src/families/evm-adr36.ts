/** Arbitrary data signed by wallets of the Cosmos SDK for accounts of an EVM chain that is both (ADR-036; spec §15.2). */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bech32 } from '@scure/base';
import type { EvmNetwork } from '@solvent/report-format/networks/network';
import { decodeEvmAddress, type EvmAddress, evmAddressOf } from '../addresses/evm-address.js';
import type { OwnershipClaim } from '../claim.js';
import { decodeBase64 } from '../encodings/binary-text.js';
import { adr36Bytes } from '../schemes/adr36.js';
import { ethereumAccountOf } from '../schemes/secp256k1-key.js';
import type { OwnershipVerdict } from '../verdict.js';
import { type HashedKeyRules, verifyHashedKey } from './hashed-key-family.js';

const rules: HashedKeyRules<EvmNetwork, EvmAddress> = {
  decodeAddress: decodeEvmAddress,
  addressesOf: (key) => [evmAddressOf(ethereumAccountOf(key))],
  recoverable: () => [],
  keyed: (message, { account }, { bech32Prefix = '' }) => {
    const signer = bech32.encode(bech32Prefix, bech32.toWords(account));
    return [{ scheme: 'ADR-36', digest: () => keccak_256(adr36Bytes(message, signer)) }];
  },
  signatureTexts: 'R and S of 64 bytes in Base64',
  evidence: "the contract's owners",
};

/** The verdict on a row whose only signature is R and S in Base64, which is none of the EVM's forms; else undefined. */
export function verifyEvmAdr36(
  claim: OwnershipClaim,
  address: EvmAddress,
  network: EvmNetwork,
): OwnershipVerdict | undefined {
  if (network.adr36 !== true || claim.owners.length > 0 || claim.signatures.length !== 1) return undefined;
  if (decodeBase64(claim.signatures[0], 64) === undefined) return undefined;
  return verifyHashedKey(claim, address, network, rules);
}
