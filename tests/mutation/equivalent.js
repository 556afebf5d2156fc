// Mutants that change nothing that anybody could see, with the reason why no test can notice.

/** @typedef {import('./find-mutants.js').Mutant} Mutant */

/**
 * Mutants of one line. A mutant is known by its column and its change, as in its id; the line's number can move.
 * @typedef {object} Equivalent
 * @property {string} file
 * @property {string} code the line, without the spaces around it
 * @property {readonly string[]} changes
 * @property {string} reason
 */

/** @type {readonly Equivalent[]} */
export const equivalentMutants = [];

/**
 * Whether a mutant is in the list.
 * @param {Mutant} mutant
 */
export function isEquivalent({ id, file, code }) {
  const change = id.slice(file.length + 1).replace(/^\d+:/, '');
  return equivalentMutants.some(
    (known) => known.file === file && known.code === code && known.changes.includes(change),
  );
}
