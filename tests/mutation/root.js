import { fileURLToPath } from 'node:url';

/** Absolute path of the repository, without a separator at the end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
