/** What goes wrong between this package and a source of balances. */

/**
 * `unreachable`: no answer after all attempts, so another source may stand in. `refused`: the source says no, such as to
 * our key or to a method. `answer`: it answered something that cannot be, and is not to be believed in anything.
 */
export type SourceErrorKind = 'unreachable' | 'refused' | 'answer';

/** A failure that names the source by network, kind and host; no path, query or header of its URL is in the message. */
export class SourceError extends Error {
  override readonly name: string = 'SourceError';
  readonly kind: SourceErrorKind;

  constructor(kind: SourceErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
