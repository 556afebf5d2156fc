// Mutants that change nothing that anybody could see, with the reason why no test can notice.

/** @typedef {{ file: string, change: string, reason: string }} Equivalent a mutant by its file's name and its change */

/** @type {readonly Equivalent[]} */
export const equivalentMutants = [];

/**
 * Whether a mutant is in the list. Lines and columns are not looked at, since they move.
 * @param {string} id
 */
export function isEquivalent(id) {
  return equivalentMutants.some(({ file, change }) => {
    const [place] = id.split(' ', 1);
    return place.split(':')[0].endsWith(`/${file}`) && id.slice(place.length + 1) === change;
  });
}
