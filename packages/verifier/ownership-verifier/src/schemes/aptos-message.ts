/** Messages as Aptos's wallets sign them (AIP-62, `signMessage`; spec §13.12). */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeHexUpTo } from '../encodings/binary-text.js';
import type { SignedBytes } from './ed25519.js';
import { rawEd25519Bytes } from './raw-ed25519.js';

/** The name of what wallets sign. */
export const aptosMessageScheme = 'Aptos message';

/** Fields that a wallet may put before the message, in their order. */
const optionalFields = ['address', 'application', 'chainId'];
const mainnetChainId = '1';
/** Of 32 keys, with a bitmap. */
const signatureSizeMax = 32 * 64 + 4;

export interface AptosSignature {
  /** 64 bytes of one key, or the signatures of several and a bitmap. */
  readonly signature: Uint8Array;
  readonly signed: SignedBytes;
  /** The address that the wallet wrote into what it signed, if it did. */
  readonly statedAddress: string | undefined;
}

/** A signature of the row and what it is over: bytes in hexadecimal, alone for the raw published bytes, or after
 * `aptos|name=value|…|nonce=value|` for what a wallet signs. Undefined where the text has no known form. */
export function decodeAptosSignature(text: string, message: string): AptosSignature | undefined {
  const parts = text.split('|');
  const signature = decodeHexUpTo(parts[parts.length - 1], signatureSizeMax);
  if (signature === undefined) return undefined;
  if (parts.length === 1) return { signature, signed: rawEd25519Bytes(message), statedAddress: undefined };
  const fields = readFields(parts.slice(0, -1));
  if (fields === undefined) return undefined;
  const bytes = utf8ToBytes(fullMessage(fields, message));
  return { signature, signed: { scheme: aptosMessageScheme, bytes }, statedAddress: fields.get('address') };
}

/** The fields after `aptos`, each at most once, in the order in which the wallet writes them. */
function readFields([form, ...texts]: readonly string[]): Map<string, string> | undefined {
  const order = [...optionalFields, 'nonce'];
  const fields = new Map<string, string>();
  let next = 0;
  for (const text of texts) {
    const [, name, value] = /^(\w+)=([\x20-\x7b\x7d\x7e]{1,256})$/.exec(text) ?? [];
    const at = order.indexOf(name, next);
    if (name === undefined || at < 0) return undefined;
    fields.set(name, value);
    next = at + 1;
  }
  const chainId = fields.get('chainId') ?? mainnetChainId;
  return form === 'aptos' && fields.has('nonce') && chainId === mainnetChainId ? fields : undefined;
}

function fullMessage(fields: ReadonlyMap<string, string>, message: string): string {
  const stated = optionalFields.filter((name) => fields.has(name)).map((name) => `${name}: ${fields.get(name)}`);
  return ['APTOS', ...stated, `message: ${message}`, `nonce: ${fields.get('nonce')}`].join('\n');
}
