/**
 * Where provers put what they hand to each other: objects with names, written whole or not at all.
 *
 * A name is folders and a file, such as `runs/0a1b/segment-0000/attempt-77/proof.bin`: parts of lower-case letters,
 * digits, `-` and `_`, and one ending after a dot, at the end alone. So a name is the same in every backend, whatever a
 * file system thinks of case, and no name is both a file and a folder.
 */

/** An object to be stored: bytes, or the file that holds them. */
export type ArtefactContent = Uint8Array | { readonly path: string };

/** Storage of objects that never change. Methods may be called side by side. */
export interface ArtefactStorage {
  /** What it is, for people: a path or an address, without secrets. */
  readonly label: string;
  /**
   * Stores an object whole, or not at all.
   *
   * A name is used once: to store other bytes under it is refused, to store the same again changes nothing. Where two do
   * so at the same moment, an S3 server that ignores `If-None-Match` keeps either; so names must be such that no two draw
   * the same, as those with a random part are.
   *
   * @throws ArtefactExistsError
   */
  put(name: string, content: ArtefactContent, signal?: AbortSignal): Promise<void>;
  /** The bytes of an object of at most `maxFetchedSize` bytes. Throws an ArtefactMissingError. */
  get(name: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** Writes an object to a file, whole or not at all; what was there is replaced. Throws an ArtefactMissingError. */
  getToFile(name: string, path: string, signal?: AbortSignal): Promise<void>;
  /** The names that begin with `prefix`, sorted; all of them for ''. What artefacts cannot be called is left out. */
  list(prefix: string, signal?: AbortSignal): Promise<string[]>;
  /** Deletes objects; one that is not there is none too many. */
  delete(names: readonly string[], signal?: AbortSignal): Promise<void>;
}

/** Most bytes that `get` holds in memory. */
export const maxFetchedSize = 2 ** 30;
const maxNameSize = 512;
const namePattern = /^(?:[a-z0-9_-]+\/)*[a-z0-9_-]+\.[a-z0-9]+$/;

/** Storage that did not do what it was asked for. The message is one line that names the object, and holds no secret. */
export class StorageError extends Error {
  override readonly name: string = 'StorageError';
  /** Whether a server did not answer, or could not do it now: it may later. Of folders, the system's code says more. */
  readonly isPassing: boolean;

  constructor(
    message: string,
    { isPassing = false, ...options }: ErrorOptions & { readonly isPassing?: boolean } = {},
  ) {
    super(message, options);
    this.isPassing = isPassing;
  }
}

/** There is no such object. */
export class ArtefactMissingError extends StorageError {
  override readonly name = 'ArtefactMissingError';
}

/** There is another object with this name. */
export class ArtefactExistsError extends StorageError {
  override readonly name = 'ArtefactExistsError';
}

/** An object that is not the one that was stored, or not sealed with this key under this name. */
export class ArtefactDamagedError extends StorageError {
  override readonly name = 'ArtefactDamagedError';
}

/** Whether an artefact can have this name. */
export function isArtefactName(name: string): boolean {
  return name.length <= maxNameSize && namePattern.test(name);
}

/** Throws a RangeError for what no artefact can be called. */
export function assertArtefactName(name: string): void {
  if (isArtefactName(name)) return;
  const expected = `lower-case letters, digits, '-' and '_' in folders, and a file with one ending`;
  throw new RangeError(`artefact name: expected ${expected}, at most ${maxNameSize} characters, got ${quoted(name)}`);
}

/** Throws a RangeError for a prefix that no name has. */
export function assertArtefactPrefix(prefix: string): void {
  if (prefix.length <= maxNameSize && /^(?:[a-z0-9_-]+\/)*[a-z0-9_.-]*$/.test(prefix)) return;
  throw new RangeError(`artefact prefix: expected the beginning of a name, got ${quoted(prefix)}`);
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
