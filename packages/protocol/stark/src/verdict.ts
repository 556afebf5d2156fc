/** What a verifier says: a rejection is a value, with the step that failed and a code (spec §8.1, §8.5, §14.8). */

export interface Rejection {
  readonly ok: false;
  /** The numbered step of the specification, such as `V5`. */
  readonly step: string;
  /** One name for the reason, in kebab case. */
  readonly code: string;
  /** What was expected and what was found, for people. */
  readonly detail: string;
}

/** A rejection at a step. */
export function reject(step: string, code: string, detail: string): Rejection {
  return { ok: false, step, code, detail };
}
