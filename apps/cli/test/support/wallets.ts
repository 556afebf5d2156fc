/** Wallets whose keys follow from their numbers, as files of a rehearsal. */
import { createHash } from 'node:crypto';
import { writeOwnCsvList } from '@solvent/report-format/wallets/own-csv-list';
import { makeExampleWallets } from '../../src/wallets/example-wallets.js';
import { write } from './folder.js';

/** A secret key that everybody knows. */
export function testKey(name: string | number): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`solvent test key ${name}`).digest());
}

/** Writes `wallets.csv`, `keys.json` and `snapshot.json` into a folder. */
export function writeRehearsal(folder: string): void {
  let count = 0;
  const { rows, keyFile, snapshot } = makeExampleWallets(() => testKey(count++));
  write(`${folder}/wallets.csv`, writeOwnCsvList(rows));
  write(`${folder}/keys.json`, keyFile);
  write(`${folder}/snapshot.json`, JSON.stringify(snapshot));
}
