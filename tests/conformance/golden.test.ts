/**
 * The golden files verify for ever. Their digests stand here by hand: whoever generates other bytes under the same names
 * has broken every report that is out there, and gives the protocol a new name and the files a new folder instead.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { payloadNames, readVectorBytes, type VectorFile, vectorFiles } from './vector-files.js';

const golden: Readonly<Record<string, string>> = {
  'full-report/folder': '1932281c6275b7add29b66ec4acdfe7a3419d6fb0b4f8ba9df09d879ee8355c7',
  'full-report/folder/proofs': '160ad3a3a2bdc653228338bc3748dc85fa4f1585c5af9fc08c66e1005c02ba59',
  production: '8c6b02122bf519d2d3f625997670588d29941542187a61b1ee90b348c5deae59',
  toy: '5ba60e8be0d7edfd3d7f97296531272c3a36092f0b8a43d23301ae39f5be7847',
  'toy/another-row': '2fa48279322ab4fd90c7f5c0552b68812d205c3cdf761a7e3dc9b482d90c78e9',
  'toy/final-polynomial': 'c7d037e2cd910e7b1e985670847b0688154c001ce1553d3ba340b95bc5a48a7b',
  'toy/first-final-polynomial': '4a553ac019e01dfba10cfb7dc985e26d287ecf028e87644bdcdb26945de0a331',
  'toy/four-folds': '9a4812b2d900471c619d5d076a49fca10ca2b9f8e3abf3bdd7e53560c4d82b48',
  'toy/one-asset': '4372391cbe50b1c59645107aa661e6d8cf7672cbb0db9052bde5289d43dab1ea',
  'toy/second-nonce': '144dcae52bab65e083c923e76f80198f7045f2085fa982d757c9ca9049b2b5f1',
  'toy/three-folds': '088023ce133d3abf67f07c431e7473a038e1185ae517c0a529d875e0f33c09e3',
};

const folders = [...new Set(payloadNames.map((name) => name.slice(0, name.lastIndexOf('/'))))].sort();

/** SHA-256 of the names and bytes of a folder's golden files. */
function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of payloadNames.filter((other) => other.slice(0, other.lastIndexOf('/')) === folder).sort()) {
    const bytes = readVectorBytes(name);
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

test('golden files are what they were', () => {
  expect(Object.fromEntries(folders.map((folder) => [folder, digestOf(folder)]))).toEqual(golden);
});

/** What the cases of a file are changes of. */
interface Payloads {
  readonly manifest?: string;
  readonly proofs?: string[];
  readonly files?: Record<string, string>;
}

/** Files that a case shows unchanged and valid. */
function shownValid(file: VectorFile): string[] {
  const { manifest, proofs = [], files = {} } = file as VectorFile & Payloads;
  const folder = file.name.slice(0, file.name.lastIndexOf('/'));
  const names = file.cases.flatMap((vector) => {
    const { edits, file: inclusion } = vector as typeof vector & { edits?: unknown[]; file?: string };
    if (vector.result !== 'valid' || edits?.length !== 0) return [];
    if (file.kind === 'full-report') return Object.values(files);
    return file.kind === 'report' ? [manifest, ...proofs] : [inclusion];
  });
  return names.map((name) => `${folder}/${name}`);
}

test('each golden file is valid as it stands, but those of provers that cheat', () => {
  const valid = new Set(vectorFiles.flatMap(shownValid));
  const cheated = ['toy/final-polynomial/', 'toy/first-final-polynomial/', 'toy/another-row/inclusion-0.json'];
  const others = payloadNames.filter((name) => !valid.has(name));
  expect(others.filter((name) => !cheated.some((start) => name.startsWith(start)))).toEqual([]);
});
