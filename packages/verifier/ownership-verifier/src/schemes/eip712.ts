/** Typed data (EIP-712): Solvent's own statement of ownership, and the message that a Safe signs (spec §13.7). */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const hashText = (text: string) => keccak_256(utf8ToBytes(text));

/** A value of 20 bytes or an integer, in the 32 bytes of the ABI. */
function word(value: Uint8Array | number): Uint8Array {
  const bytes = new Uint8Array(32);
  if (typeof value === 'number') new DataView(bytes.buffer).setBigUint64(24, BigInt(value));
  else bytes.set(value, 32 - value.length);
  return bytes;
}

function typedDataDigest(domain: Uint8Array, struct: Uint8Array): Uint8Array {
  return keccak_256(concatBytes(Uint8Array.of(0x19, 0x01), domain, struct));
}

const ownershipDomainType = hashText('EIP712Domain(string name,string version,uint256 chainId)');
const ownershipType = hashText('WalletOwnership(address wallet,string message)');
const ownershipName = hashText('Solvent wallet ownership');
const ownershipVersion = hashText('1');

/** The digest of `WalletOwnership`: the row's address, 20 bytes, and its message, on one chain. */
export function ownershipDigest(chainId: number, wallet: Uint8Array, message: string): Uint8Array {
  const domain = keccak_256(concatBytes(ownershipDomainType, ownershipName, ownershipVersion, word(chainId)));
  return typedDataDigest(domain, keccak_256(concatBytes(ownershipType, word(wallet), hashText(message))));
}

const safeMessageType = hashText('SafeMessage(bytes message)');
const safeDomainType = hashText('EIP712Domain(uint256 chainId,address verifyingContract)');
const oldSafeDomainType = hashText('EIP712Domain(address verifyingContract)');

/** The digest that a Safe of 20 bytes signs for a 32-byte hash; its domain names the chain from version 1.3.0 on. */
export function safeMessageDigest(safe: Uint8Array, chainId: number | undefined, hash: Uint8Array): Uint8Array {
  const domain = chainId === undefined ? [oldSafeDomainType, word(safe)] : [safeDomainType, word(chainId), word(safe)];
  return typedDataDigest(
    keccak_256(concatBytes(...domain)),
    keccak_256(concatBytes(safeMessageType, keccak_256(hash))),
  );
}
