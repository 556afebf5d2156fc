/**
 * Thrown by a source whose blocks are elsewhere, for a block that has not been fetched yet: work is begun again when it
 * has. Work on a store reads synchronously, so that a folder is read without a promise for each page.
 */
export class BlocksNeeded extends Error {
  override readonly name = 'BlocksNeeded';
}
