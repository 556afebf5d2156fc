/** A report's digest in the forms in which it is made public elsewhere, each holding all 32 bytes (spec §14.7). */
import { bytesToHex, hexToBytes, utf8ToBytes } from '@solvent/commitment/bytes';

// Before the digest wherever bytes have no room for words.
const tag = bytesToHex(utf8ToBytes('SLVT'));

/** The forms of an anchor. */
export interface AnchorForms {
  /** 64 hexadecimal digits. */
  readonly digest: string;
  /** One line for a post or a newspaper. */
  readonly post: string;
  /** A Bitcoin output script: OP_RETURN and 36 bytes. */
  readonly opReturn: string;
  /** Calldata of a transaction that calls nothing. */
  readonly calldata: string;
}

/** All forms of the anchor of a digest of 32 bytes; name and id of the report are for people. */
export function anchorForms(digest: Uint8Array, exchange: string, reportId: string): AnchorForms {
  const hex = bytesToHex(digest);
  return {
    digest: hex,
    post: `Solvent report of ${exchange}, ${reportId}: ${hex}`,
    opReturn: `6a24${tag}${hex}`,
    calldata: `0x${tag}${hex}`,
  };
}

/** The digest in an anchor of any form, 32 bytes; undefined for other text, shortened digests included. */
export function parseAnchor(text: string): Uint8Array | undefined {
  const found = /^(?:(?:6a24|0x)534c5654|Solvent report of [^\n]+: )?([0-9a-f]{64})$/i.exec(text.trim());
  return found === null ? undefined : hexToBytes(found[1].toLowerCase());
}
