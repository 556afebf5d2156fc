/**
 * A holder store, or its key, that cannot be used as it is: damaged, unfinished, of another key. The message is one line
 * that names the file and, where there is one, the page; it holds nothing secret.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/** A store that cannot be reached at the moment, such as one in a database that is being restarted. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}
