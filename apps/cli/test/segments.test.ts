/** A report of several segments, and what becomes of it when files are changed. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { openHolderStore } from '@solvent/stark-prover/holder-store';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyReportFolder } from '../src/verify/report-folder.js';
import { proveArgs, useTemporaryFolder } from './support/folder.js';
import { run, runWell } from './support/run.js';

useTemporaryFolder();

const accountCount = 2800;
const failed = 'Total sum and non-negative constraint validation failed\n';

beforeAll(async () => {
  await runWell(['example', 'example', '--accounts', String(accountCount)]);
  await runWell(proveArgs('example/ledger.csv', 'example/assets.json', 'out', '--max-rows', '2048'));
});

test('the report has several segments and verifies', async () => {
  const { report } = JSON.parse(await runWell(['verify', 'out/public', '--json']));
  expect(report.segments).toEqual([{ rows: 2048 }, { rows: 2048 }]);
  expect(await runWell(['verify', 'out', '--manifest', report.manifestDigest.toUpperCase()])).toContain('2 segments');
});

test('every account is included, each in one segment', async () => {
  const { verdict } = await verifyReportFolder('out/public');
  if (!verdict.ok) throw new Error(verdict.detail);
  const store = await openHolderStore('out/private', { key: undefined });
  const counts = [0, 0];
  for await (const account of store.accounts()) {
    const file = encodeInclusionFile(await store.inclusionFile(account));
    const { accountId } = account;
    expect(verifyInclusion({ file, report: verdict, accountId }), accountId).toMatchObject({ ok: true });
    counts[account.segment]++;
  }
  store.close();
  expect(counts[0] + counts[1]).toBe(accountCount);
  expect(Math.min(...counts)).toBeGreaterThan(100);
});

describe('a changed report', () => {
  /** A copy of the public folder. */
  function copy(name: string): string {
    rmSync(name, { recursive: true, force: true });
    cpSync('out/public', name, { recursive: true });
    return name;
  }

  async function expectRejection(folder: string, step: string, code: string): Promise<void> {
    const { exitCode, stdout } = await run(['verify', folder]);
    expect(stdout).toContain(`rejected at ${step}, ${code}`);
    expect(stdout).toContain(failed);
    expect(exitCode).toBe(1);
  }

  const proof = (folder: string, segment: number) => `${folder}/proofs/segment-000${segment}.bin`;

  test('without a proof', async () => {
    const folder = copy('missing');
    rmSync(proof(folder, 1));
    await expectRejection(folder, 'M5', 'proof-missing');
  });

  test('with a byte changed in a proof', async () => {
    const folder = copy('flipped');
    const bytes = readFileSync(proof(folder, 1));
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(proof(folder, 1), bytes);
    await expectRejection(folder, 'M5', 'proof-digest');
  });

  test('with the proofs swapped', async () => {
    const folder = copy('swapped');
    cpSync('out/public/proofs/segment-0000.bin', proof(folder, 1));
    await expectRejection(folder, 'M5', 'proof-digest');
  });

  test('with a proof that is larger than any', async () => {
    const folder = copy('oversized');
    writeFileSync(proof(folder, 0), new Uint8Array(2 ** 20 + 1));
    await expectRejection(folder, 'M5', 'proof-size');
  });

  test('with another total in manifest and segment', async () => {
    const folder = copy('total');
    const manifest = JSON.parse(readFileSync(`${folder}/sum_proof_data.json`, 'utf8'));
    for (const list of [manifest.totals, manifest.segments[0].totals]) list[1] = String(BigInt(list[1]) - 1n);
    writeFileSync(`${folder}/sum_proof_data.json`, JSON.stringify(manifest));
    const { exitCode, stdout } = await run(['verify', folder]);
    expect(stdout).toMatch(/rejected at (V3|V4)/);
    expect(stdout).toContain(failed);
    expect(exitCode).toBe(1);
  });

  test('with a total that its segments do not add up to', async () => {
    const folder = copy('sum');
    const manifest = JSON.parse(readFileSync(`${folder}/sum_proof_data.json`, 'utf8'));
    manifest.totals[1] = String(BigInt(manifest.totals[1]) - 1n);
    writeFileSync(`${folder}/sum_proof_data.json`, JSON.stringify(manifest));
    await expectRejection(folder, 'M4', 'totals');
  });

  test('with a manifest in another form', async () => {
    const folder = copy('form');
    const manifest = JSON.parse(readFileSync(`${folder}/sum_proof_data.json`, 'utf8'));
    writeFileSync(`${folder}/sum_proof_data.json`, JSON.stringify(manifest, null, 2));
    await expectRejection(folder, 'M1', 'manifest-encoding');
  });

  test('leaves its inclusion files unverified, with the sentence that they failed', async () => {
    const folder = copy('unverified');
    rmSync(proof(folder, 0));
    await runWell(['inclusion', 'out', '--account', 'user-0000001', '--out', 'first.json']);
    const { exitCode, stdout } = await run(['verify', folder, 'first.json', '--account', 'user-0000001']);
    expect(stdout).toContain('rejected at I1, header-unverified');
    expect(stdout).toContain('Inclusion constraint validation failed');
    expect(stdout).not.toContain('passed');
    expect(exitCode).toBe(1);
  });

  test.each([
    ['a folder', (path: string) => void mkdirSync(path)],
    ['a link', (path: string) => void symlinkSync('/dev/zero', path)],
  ])('with %s in the place of a proof is unreadable', async (_, put) => {
    const folder = copy('unreadable');
    rmSync(proof(folder, 1));
    put(proof(folder, 1));
    const { exitCode, stderr } = await run(['verify', folder]);
    expect(stderr).toMatch(/^solvent: .*segment-0001\.bin: expected/);
    expect(exitCode).toBe(2);
  });
});

test('public and private of two reports are not mixed', async () => {
  cpSync('out', 'mixed', { recursive: true });
  writeFileSync('mixed/public/sum_proof_data.json', '{}');
  const { exitCode, stderr } = await run(['inclusion', 'mixed', '--account', 'user-0000001']);
  expect(stderr).toContain('expected public and private of one report');
  expect(exitCode).toBe(2);
});
