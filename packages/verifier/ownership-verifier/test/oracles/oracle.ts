/** Rows that a chain's own library has signed: what every family's rules are compared with. */

/** A row that must be verified, as the files of vectors/third-party have it. */
export interface OracleRow {
  readonly id: string;
  /** Which library made it, with which key. */
  readonly source: string;
  readonly coin: string;
  readonly network?: string;
  readonly address: string;
  readonly message: string;
  readonly signatures: readonly string[];
  readonly script?: string;
  /** Who holds the key, where one key opens several addresses. */
  readonly holder?: string;
}

/** What all rows sign, with letters beyond ASCII. */
export const oracleMessage = 'Exchange, report 7: 100 €';

/** A secret key of 32 equal bytes. */
export function secretKeyOf(byte: string): Uint8Array {
  return Uint8Array.from(Buffer.from(byte.repeat(32), 'hex'));
}

/** The bytes of the raw published form, built here anew: lengths of one byte each. */
export function publishedBytes(message: string): Uint8Array {
  const header = Buffer.from('OKX Signed Message:\n');
  const text = Buffer.from(message);
  return Uint8Array.from([header.length, ...header, text.length, ...text]);
}
