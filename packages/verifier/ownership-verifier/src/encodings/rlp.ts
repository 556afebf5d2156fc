/** Recursive-length prefix (Ethereum's yellow paper, appendix B): the one encoding of each value, nothing else (spec §13.15). */

/** A byte string, or a list of items. */
export type RlpItem = Uint8Array | readonly RlpItem[];

/** Lists in lists; headers and trie nodes need fewer. */
const maxDepth = 16;

/** The item that the bytes encode, all of them; undefined where they encode none or not in the shortest way. */
export function decodeRlp(bytes: Uint8Array): RlpItem | undefined {
  const found = decodeItem(bytes, 0, bytes.length, maxDepth);
  return found?.end === bytes.length ? found.item : undefined;
}

interface Found {
  readonly item: RlpItem;
  /** Position after the item. */
  readonly end: number;
}

function decodeItem(bytes: Uint8Array, start: number, limit: number, depth: number): Found | undefined {
  if (start >= limit || depth === 0) return undefined;
  const first = bytes[start];
  if (first < 0x80) return { item: bytes.subarray(start, start + 1), end: start + 1 };
  const isList = first >= 0xc0;
  const payload = payloadOf(bytes, start, limit, isList ? 0xc0 : 0x80);
  if (payload === undefined) return undefined;
  const { from, end } = payload;
  if (isList) return decodeList(bytes, from, end, depth);
  // A single byte below 0x80 stands for itself.
  if (end - from === 1 && bytes[from] < 0x80) return undefined;
  return { item: bytes.subarray(from, end), end };
}

function decodeList(bytes: Uint8Array, from: number, end: number, depth: number): Found | undefined {
  const items: RlpItem[] = [];
  for (let position = from; position < end; ) {
    const found = decodeItem(bytes, position, end, depth - 1);
    if (found === undefined) return undefined;
    items.push(found.item);
    position = found.end;
  }
  return { item: items, end };
}

/** Where the payload of a string or list lies: up to 55 bytes by the first byte, more by a length of up to 3 bytes. */
function payloadOf(bytes: Uint8Array, start: number, limit: number, base: number) {
  const short = bytes[start] - base;
  const lengthSize = short <= 55 ? 0 : short - 55;
  // 2^24 bytes are more than any header or node has.
  if (lengthSize > 3 || start + 1 + lengthSize > limit) return undefined;
  let size = short;
  if (lengthSize > 0) {
    size = 0;
    for (let index = 1; index <= lengthSize; index++) size = size * 256 + bytes[start + index];
    if (bytes[start + 1] === 0 || size <= 55) return undefined;
  }
  const from = start + 1 + lengthSize;
  return from + size > limit ? undefined : { from, end: from + size };
}
