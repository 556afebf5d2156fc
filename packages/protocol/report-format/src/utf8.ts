/** Text in UTF-8 as published files have it. */

// Part of every platform, but not of the language's own library.
declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal: true; ignoreBOM: true },
) => { decode(bytes: Uint8Array): string };

/**
 * The text of bytes in UTF-8 (RFC 3629). A byte-order mark stays its first character: whether there may be one is for the
 * format to say.
 *
 * @throws TypeError for bytes that are not UTF-8
 */
export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** A text without the one byte-order mark that may stand in front of it. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\u{feff}') ? text.slice(1) : text;
}
