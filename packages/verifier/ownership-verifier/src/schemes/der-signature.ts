/** ECDSA signatures as Bitcoin's scripts have them: strict DER (BIP-66), and a byte for what is signed (spec §13.6). */

const sighashAll = 1;

/** r ‖ s, 64 bytes, of a strict DER signature and the byte SIGHASH_ALL; undefined where the bytes are anything else. */
export function decodeScriptSignature(bytes: Uint8Array): Uint8Array | undefined {
  const hashTypeAt = bytes.length - 1;
  if (hashTypeAt < 8 || bytes[hashTypeAt] !== sighashAll || bytes[0] !== 0x30 || bytes[1] !== hashTypeAt - 2)
    return undefined;
  const rs = new Uint8Array(64);
  const sAt = readInteger(bytes, 2, hashTypeAt, rs.subarray(0, 32));
  if (sAt === undefined) return undefined;
  return readInteger(bytes, sAt, hashTypeAt, rs.subarray(32)) === hashTypeAt ? rs : undefined;
}

/** Reads a positive integer in its shortest form into 32 bytes; returns where it ends, undefined where there is none. */
function readInteger(bytes: Uint8Array, at: number, limit: number, into: Uint8Array): number | undefined {
  const length = bytes[at + 1];
  const start = at + 2;
  const end = start + length;
  if (bytes[at] !== 2 || length === 0 || end > limit || bytes[start] >= 0x80) return undefined;
  const padded = bytes[start] === 0;
  if (padded && (length === 1 || bytes[start + 1] < 0x80)) return undefined;
  const digits = bytes.subarray(padded ? start + 1 : start, end);
  if (digits.length > 32) return undefined;
  into.set(digits, 32 - digits.length);
  return end;
}
