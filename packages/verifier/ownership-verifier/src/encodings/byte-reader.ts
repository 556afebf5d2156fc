/** Reads binary forms from their first byte to their last, never beyond (spec §16.1). */

/** What is left to read of some bytes. Every method throws where fewer bytes are left than it needs. */
export interface ByteReader {
  /** The next byte. */
  byte(): number;
  /** The next `sizeBytes` bytes. */
  take(sizeBytes: number): Uint8Array;
  /** How many bytes are left. */
  left(): number;
}

class EndOfBytes extends Error {}

/** What `read` makes of all of the bytes; undefined where it says so, where bytes are missing, and where some are left. */
export function readWhole<T>(bytes: Uint8Array, read: (reader: ByteReader) => T | undefined): T | undefined {
  let at = 0;
  const take = (sizeBytes: number) => {
    if (sizeBytes > bytes.length - at) throw new EndOfBytes();
    at += sizeBytes;
    return bytes.subarray(at - sizeBytes, at);
  };
  try {
    const value = read({ byte: () => take(1)[0], take, left: () => bytes.length - at });
    return at === bytes.length ? value : undefined;
  } catch (error) {
    if (error instanceof EndOfBytes) return undefined;
    throw error;
  }
}
