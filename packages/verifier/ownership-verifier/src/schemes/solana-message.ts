/** Messages as Solana's wallets sign them: plain, and in the off-chain forms (Solana off-chain message signing, versions
 * 0 and 1; spec §13.9). */
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { uint16 } from '../encodings/little-endian.js';
import type { SignedBytes } from './ed25519.js';
import { walletFormFirst } from './form-order.js';
import { rawEd25519Bytes } from './raw-ed25519.js';

/** No transaction begins with 0xff, so nothing signed under this domain is one. */
const signingDomain = concatBytes(Uint8Array.of(0xff), utf8ToBytes('solana offchain'));

/** Largest off-chain message, preamble included, that hardware wallets take. */
const hardwareSizeMax = 1232;
const shortPreambleSize = 20;
const fullPreambleSize = 85;

/** The bytes that the key of one account may have signed for a message, in the order in which they are tried. */
export function* solanaSignedBytes(message: string, key: Uint8Array): Generator<SignedBytes> {
  const text = utf8ToBytes(message);
  const isForWallets = walletFormFirst(message);
  if (!isForWallets) yield rawEd25519Bytes(message);
  yield { scheme: 'Solana message', bytes: text };
  if (isForWallets) yield rawEd25519Bytes(message);
  yield { scheme: 'Solana off-chain message v1', bytes: offchainV1(text, key) };
  if (text.length > 0xffff) return;
  yield { scheme: 'Solana off-chain message v0', bytes: offchainV0(text, key) };
  yield { scheme: 'Solana off-chain message v0, short preamble', bytes: offchainV0Short(text) };
}

/** Version 0 with an application domain of zeros and the account as the only signer. */
function offchainV0(text: Uint8Array, key: Uint8Array): Uint8Array {
  const format = messageFormat(text, fullPreambleSize);
  const domain = new Uint8Array(32);
  return concatBytes(signingDomain, Uint8Array.of(0), domain, Uint8Array.of(format, 1), key, uint16(text.length), text);
}

/** Version 0 as the command line of Solana signs it: without application domain and signers. */
function offchainV0Short(text: Uint8Array): Uint8Array {
  const format = messageFormat(text, shortPreambleSize);
  return concatBytes(signingDomain, Uint8Array.of(0, format), uint16(text.length), text);
}

function offchainV1(text: Uint8Array, key: Uint8Array): Uint8Array {
  return concatBytes(signingDomain, Uint8Array.of(1, 1), key, text);
}

/** 0: printable ASCII; 1: UTF-8; 2: longer than hardware wallets take. */
function messageFormat(text: Uint8Array, preambleSize: number): number {
  if (text.length > hardwareSizeMax - preambleSize) return 2;
  return text.every((byte) => byte >= 0x20 && byte <= 0x7e) ? 0 : 1;
}
