/** Reads files of others with their kind and size checked first. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { InputError, systemErrorCode } from '../input-error.js';

/** What is at a path: the file's bytes, nothing, or a file that is larger than any good one. */
export type FileContents =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'oversized'; readonly size: number };

/** Whether a symbolic link counts as the file that it leads to. */
export type LinkRule = 'follow-links' | 'refuse-links';

/**
 * Reads a regular file of at most `maxSize` bytes, all at once. Nothing of a larger one is read.
 *
 * @throws InputError for what is there and cannot be read: a folder, a pipe, a device, a file without permission
 */
export async function readBoundedFile(path: string, maxSize: number, links: LinkRule): Promise<FileContents> {
  try {
    // A pipe that nobody writes to would keep a plain open waiting.
    const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
    const file = await open(path, links === 'follow-links' ? flags : flags | (constants.O_NOFOLLOW ?? 0));
    try {
      return await readRegularFile(path, file, maxSize);
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    throw new InputError(`${path}: expected a readable file, got ${code === 'ELOOP' ? 'a symbolic link' : code}`);
  }
}

async function readRegularFile(path: string, file: FileHandle, maxSize: number): Promise<FileContents> {
  const status = await file.stat();
  if (!status.isFile()) {
    throw new InputError(`${path}: expected a file, got ${status.isDirectory() ? 'a folder' : 'something else'}`);
  }
  if (status.size > maxSize) return { kind: 'oversized', size: status.size };
  const bytes = new Uint8Array(status.size);
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, done);
    if (bytesRead === 0) throw new InputError(`${path}: expected ${bytes.length} bytes, got ${done}`);
    done += bytesRead;
  }
  return { kind: 'bytes', bytes };
}

/** The bytes of an input file that must be there. Throws an InputError when it is not, or is too large. */
export async function readInputFile(path: string, maxSize: number): Promise<Uint8Array> {
  const contents = await readBoundedFile(path, maxSize, 'follow-links');
  if (contents.kind === 'bytes') return contents.bytes;
  if (contents.kind === 'missing') throw new InputError(`${path}: expected a readable file, got none`);
  throw new InputError(`${path}: expected a file of at most ${maxSize} bytes, got ${contents.size}`);
}

/** The text of an input file in UTF-8. Throws an InputError when it is something else. */
export async function readInputText(path: string, maxSize: number): Promise<string> {
  const bytes = await readInputFile(path, maxSize);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InputError(`${path}: expected UTF-8 text, got bytes that are not UTF-8`);
  }
}
