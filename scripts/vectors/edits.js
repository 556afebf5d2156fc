// Changes of files as vectors describe them: an invalid case is a named valid one with a few edits.
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@solvent/commitment/bytes';
import { encodeCanonicalJson } from '@solvent/report-format/canonical-json';

/**
 * One change of one file. `set` and `remove` take a JSON pointer (RFC 6901); the file is then made canonical again.
 * `splice` is a byte offset, from the end if negative: so many bytes are removed there, and those in hexadecimal
 * inserted, `repeat` times if given. `missing` takes the file away. An edit with `repair` is no change of its own: it makes
 * a digest or a sum over the change right again, as an attacker would.
 * @typedef {{ file: string, repair?: true } & (
 *   | { set: string, value: unknown }
 *   | { remove: string }
 *   | { splice: number, delete: number, insert: string, repeat?: number }
 *   | { missing: true }
 * )} Edit
 */

/** @typedef {Record<string, Uint8Array | undefined>} Files by name: `manifest`, `proof-0` and so on, `inclusion` */

/**
 * Files after some edits, in their order; the given ones stay as they are.
 * @param {Files} files
 * @param {readonly Edit[]} edits
 * @returns {Files}
 */
export function applyEdits(files, edits) {
  const edited = { ...files };
  for (const edit of edits) {
    const bytes = edited[edit.file];
    if (bytes === undefined) throw new Error(`edit: there is no file ${edit.file}`);
    if ('missing' in edit) edited[edit.file] = undefined;
    else if ('splice' in edit) edited[edit.file] = spliced(bytes, edit);
    else edited[edit.file] = changedJson(bytes, edit);
  }
  return edited;
}

/**
 * @param {Uint8Array} bytes
 * @param {{ splice: number, delete: number, insert: string, repeat?: number }} edit
 */
function spliced(bytes, edit) {
  const start = edit.splice < 0 ? bytes.length + edit.splice : edit.splice;
  const end = start + edit.delete;
  if (start < 0 || end > bytes.length) throw new Error(`edit: bytes ${start} to ${end} of ${bytes.length}`);
  const inserted = hexToBytes(edit.insert.repeat(edit.repeat ?? 1));
  return concatBytes(bytes.subarray(0, start), inserted, bytes.subarray(end));
}

/**
 * @param {Uint8Array} bytes
 * @param {{ set: string, value: unknown } | { remove: string }} edit
 */
function changedJson(bytes, edit) {
  const value = JSON.parse(new TextDecoder().decode(bytes));
  const names = ('set' in edit ? edit.set : edit.remove).split('/').slice(1);
  const last = /** @type {string} */ (names.pop());
  const parent = names.reduce((node, name) => node[name], value);
  if ('set' in edit) parent[last] = edit.value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return encodeCanonicalJson(value);
}

/**
 * The edit that changes one byte, by exclusive or with 1.
 * @param {string} file
 * @param {Uint8Array} bytes
 * @param {number} offset
 * @returns {Edit}
 */
export function flipByte(file, bytes, offset) {
  return { file, splice: offset, delete: 1, insert: bytesToHex(Uint8Array.of(bytes[offset] ^ 1)) };
}

/**
 * An edit that makes right what an earlier one has made wrong.
 * @param {Edit} edit
 * @returns {Edit}
 */
export const repairing = (edit) => ({ ...edit, repair: true });

/**
 * Edits that set members of a file.
 * @param {string} file
 */
export const setIn =
  (file) =>
  /**
   * @param {string} pointer
   * @param {unknown} value
   * @returns {Edit}
   */
  (pointer, value) => ({ file, set: pointer, value });

/**
 * The edit that puts text in the place of some bytes.
 * @param {string} file
 * @param {number} offset
 * @param {number} remove
 * @param {string} text
 * @returns {Edit}
 */
export const spliceText = (file, offset, remove, text) => ({
  file,
  splice: offset,
  delete: remove,
  insert: bytesToHex(utf8ToBytes(text)),
});
