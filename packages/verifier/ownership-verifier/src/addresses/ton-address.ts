/** Addresses of TON: workchain and 256-bit hash, raw or user-friendly (TEP-2; spec §13.10). */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import type { DecodedAddress } from '../claim.js';
import { decodeBase64 } from '../encodings/binary-text.js';
import { crc16 } from '../encodings/crc16.js';
import { failed, type OwnershipVerdict } from '../verdict.js';

const bounceable = 0x11;
const nonBounceable = 0x51;
const testnetFlag = 0x80;
const rawForm = /^(0|-1):([0-9a-fA-F]{64})$/;

export interface TonAddress extends DecodedAddress {
  /** 0, or -1 for the masterchain. */
  readonly workchain: number;
  /** The hash of the contract's StateInit, 32 bytes. */
  readonly hash: Uint8Array;
}

/** The address of a text in any of its spellings, or why it is none. */
export function decodeTonAddress(text: string): TonAddress | OwnershipVerdict {
  const raw = rawForm.exec(text);
  if (raw !== null) return tonAddressOf(Number(raw[1]), hexToBytes(raw[2]));
  const bytes = decodeFriendly(text);
  if (bytes === undefined) {
    return failed('W3', 'address', 'expected workchain:hash, or 36 bytes in Base64 of one of the two alphabets');
  }
  if (crc16(bytes.subarray(0, 34)) !== (bytes[34] << 8) + bytes[35]) {
    return failed('W3', 'address-checksum', 'the last two bytes are not the checksum of the others');
  }
  const tag = bytes[0] & ~testnetFlag;
  const workchain = (bytes[1] << 24) >> 24;
  if ((tag !== bounceable && tag !== nonBounceable) || (workchain !== 0 && workchain !== -1)) {
    return failed('W3', 'address', 'expected tag 0x11 or 0x51, and workchain 0 or -1');
  }
  if (tag !== bytes[0]) return failed('W3', 'address-network', 'the address is marked for the test network');
  return tonAddressOf(workchain, bytes.subarray(2, 34));
}

/** An address by workchain and hash; the canonical spelling is the raw one. */
export function tonAddressOf(workchain: number, hash: Uint8Array): TonAddress {
  return { canonical: `${workchain}:${bytesToHex(hash)}`, kind: 'contract', workchain, hash };
}

/** 36 bytes in Base64 of the standard's or the web's alphabet, not of both. */
function decodeFriendly(text: string): Uint8Array | undefined {
  if (!/[-_]/.test(text)) return decodeBase64(text, 36);
  return /[+/]/.test(text) ? undefined : decodeBase64(text.replaceAll('-', '+').replaceAll('_', '/'), 36);
}

/** The user-friendly spelling that wallets show: non-bounceable, in the web's alphabet. */
export function friendlyTonAddress({ workchain, hash }: TonAddress): string {
  const bytes = new Uint8Array(36);
  bytes.set([nonBounceable, workchain & 0xff]);
  bytes.set(hash, 2);
  const crc = crc16(bytes.subarray(0, 34));
  bytes.set([crc >>> 8, crc & 0xff], 34);
  return base64.encode(bytes).replaceAll('+', '-').replaceAll('/', '_');
}
