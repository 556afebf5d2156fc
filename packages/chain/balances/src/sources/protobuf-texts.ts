/** As much of Protocol Buffers' encoding as messages of texts need: fields with a length, numbered from 1. */

/** A message whose fields 1, 2, … are these texts. */
export function encodeTexts(texts: readonly string[]): Uint8Array {
  return Buffer.concat(
    texts.map((text, i) => {
      const bytes = Buffer.from(text);
      return Buffer.concat([Uint8Array.of(((i + 1) << 3) | 2), encodeLength(bytes.length), bytes]);
    }),
  );
}

function encodeLength(length: number): Uint8Array {
  return length < 0x80 ? Uint8Array.of(length) : Uint8Array.of((length & 0x7f) | 0x80, length >> 7);
}

/** The bytes of a message's field; undefined where it is not there once, or the message has other than such fields. */
export function readText(message: Uint8Array, field: number): Uint8Array | undefined {
  let found: Uint8Array | undefined;
  for (let at = 0; at < message.length; ) {
    const key = message[at];
    const low = message[at + 1];
    const isLong = low >= 0x80;
    const length = isLong ? (low & 0x7f) | (message[at + 2] << 7) : low;
    const start = at + (isLong ? 3 : 2);
    // Lengths from 2^14 take a third byte, and no text here is so long.
    if ((key & 7) !== 2 || !(start + length <= message.length) || (isLong && message[at + 2] >= 0x80)) return undefined;
    if (key >> 3 === field) {
      if (found !== undefined) return undefined;
      found = message.subarray(start, start + length);
    }
    at = start + length;
  }
  return found;
}
