import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BindingOptions, type ReportFiles, verifyBinding } from '../src/verify-binding.js';

const folder = new URL('../../../../vectors/full-report/folder/', import.meta.url).pathname;
const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length));
const files: ReportFiles = {
  paths,
  read: (path) => (paths.includes(path) ? readFileSync(join(folder, path)) : undefined),
};

async function bind(options: BindingOptions = {}) {
  const verdict = await verifyBinding(files, options);
  if (!verdict.ok) throw new Error(`${verdict.code}: ${verdict.detail}`);
  return verdict;
}

describe('a bound report', () => {
  test('says whether its digest was compared with an anchor', async () => {
    const { digest, anchored } = await bind();
    expect(anchored).toBe(false);
    expect((await bind({ anchor: digest })).anchored).toBe(true);
    const other = Uint8Array.from(digest, (byte) => byte ^ 1);
    expect(await verifyBinding(files, { anchor: other })).toMatchObject({ step: 'P1', code: 'anchor' });
  });

  test('keeps the files that later steps read, and no others', async () => {
    const { contents, report } = await bind();
    expect([...contents.keys()].sort()).toEqual(['reserves.json', 'wallet-evidence.json', 'wallets.csv']);
    expect(report.files.length).toBeGreaterThan(contents.size);
  });

  test('tells of each file, in order, once it is read', async () => {
    const told: [number, number][] = [];
    const { report } = await bind({ onFile: (done, count) => told.push([done, count]) });
    expect(told).toEqual(report.files.map((_, i) => [i + 1, report.files.length]));
  });

  test('gives out memory that the reader of files cannot change afterwards', async () => {
    const shared = new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
    const verdict = await verifyBinding({ paths, read: (path) => shared.get(path) });
    const before = verdict.ok && Buffer.from(verdict.contents.get('wallets.csv')!);
    shared.get('wallets.csv')!.fill(0);
    expect(verdict.ok && Buffer.from(verdict.contents.get('wallets.csv')!)).toEqual(before);
  });
});
