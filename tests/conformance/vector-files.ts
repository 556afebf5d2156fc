/** The files of vectors/ as the runner reads them. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesBelow } from '@solvent/scripts/workspace';

const vectorsFolder = fileURLToPath(new URL('../../vectors', import.meta.url));
export const specFolder = fileURLToPath(new URL('../../spec', import.meta.url));

/** One case; its further members depend on the kind, and its file's schema says which there are. */
export interface VectorCase {
  readonly id: string;
  readonly result: 'valid' | 'invalid';
  readonly step?: string;
  readonly code?: string;
  readonly base?: string;
}

/** A file of cases. */
export interface VectorFile {
  /** Path below vectors/. */
  readonly name: string;
  readonly kind: string;
  readonly spec: readonly string[];
  readonly cases: readonly VectorCase[];
}

/** A file of vectors/ as bytes. */
export function readVectorBytes(name: string): Uint8Array {
  return new Uint8Array(fs.readFileSync(path.join(vectorsFolder, name)));
}

/** The path of a file that a vector file names, which stands in its folder. */
export function besideVector(file: VectorFile, name: string): string {
  return path.posix.join(path.posix.dirname(file.name), name);
}

const allNames = filesBelow(vectorsFolder, ['']).filter((name) => fs.statSync(path.join(vectorsFolder, name)).isFile());

/** The schema of each kind. */
export const schemas = Object.fromEntries(
  allNames.flatMap((name) => {
    const kind = /^schemas\/(.+)\.schema\.json$/.exec(name)?.[1];
    return kind === undefined ? [] : [[kind, JSON.parse(new TextDecoder().decode(readVectorBytes(name)))]];
  }),
);

function readVectorFile(name: string): VectorFile | undefined {
  if (!name.endsWith('.json') || name.startsWith('schemas/')) return undefined;
  const content = JSON.parse(new TextDecoder().decode(readVectorBytes(name)));
  return typeof content.kind === 'string' ? { ...content, name } : undefined;
}

/** Every file of cases, as the file says it and with its path. */
export const vectorFiles: readonly VectorFile[] = allNames.flatMap((name) => readVectorFile(name) ?? []);

/** What makes vectors/ a package. */
const packageNames = ['LICENSE', 'README.md', 'package.json', 'turbo.json'];

/** Every file that is neither of cases, nor a schema, nor what makes a package. */
export const payloadNames = allNames.filter(
  (name) =>
    !packageNames.includes(name) && !name.startsWith('schemas/') && !vectorFiles.some((file) => file.name === name),
);
