/** Runs that are interrupted and continued. They need `npm run build` before. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { bytesToHex } from '@solvent/commitment/bytes';
import { verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { encodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { manifestDigest } from '@solvent/report-format/manifest';
import { openHolderStore } from '@solvent/stark-prover/holder-store';
import { readStoreKey } from '@solvent/stark-prover/store-key';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyReportFolder } from '../src/verify/report-folder.js';
import { filesBelow, proveArgs, useTemporaryFolder, write } from './support/folder.js';
import { start, startUntil } from './support/process.js';
import { run } from './support/run.js';

useTemporaryFolder();

const accountCount = 3200;
const segmentCount = 3;

/** The report's id is the same in every folder, so that an unfinished run can be copied. */
function args(out: string, ...more: string[]): string[] {
  const key = more.some((word) => word.includes('store')) ? [] : ['--store-key', 'key'];
  const usual = proveArgs('example/ledger.csv', 'example/assets.json', out, ...key, '--max-rows', '2048', ...more);
  usual[usual.indexOf('--report-id') + 1] = 'resumed';
  return usual.filter((word) => word !== '--plain-store' || more.includes(word));
}

const proofFile = (folder: string, segment: number) => `${folder}/public/proofs/segment-000${segment}.bin`;
const storeFile = (folder: string, segment: number) => `${folder}/private/segment-000${segment}.bin`;
const work = (out: string) => `${out}/.unfinished`;

/** A copy of the folder of an unfinished run. */
function copy(from: string, to: string): string {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  return to;
}

/** The proofs of a folder whose segments are in its store too. */
function wholeProofs(folder: string): Map<number, Buffer> {
  const segments = Array.from({ length: segmentCount }, (_, segment) => segment);
  const whole = segments.filter(
    (segment) => existsSync(proofFile(folder, segment)) && existsSync(storeFile(folder, segment)),
  );
  return new Map(whole.map((segment) => [segment, readFileSync(proofFile(folder, segment))]));
}

/** Every check that a report and its holders' files can be put to, of these one in `step`. */
async function expectWholeReport(out: string, step = 40, key = 'key'): Promise<void> {
  expect(readdirSync(out).sort()).toEqual(['private', 'public']);
  const { verdict } = await verifyReportFolder(`${out}/public`);
  if (!verdict.ok) throw new Error(`${verdict.code}: ${verdict.detail}`);
  expect(filesBelow(`${out}/public`)).toHaveLength(segmentCount + 1);
  expect(filesBelow(`${out}/private`)).toHaveLength(segmentCount + 2);
  const store = await openHolderStore(`${out}/private`, { key: readStoreKey(key) });
  await store.verify();
  const ids = new Set<string>();
  for await (const account of store.accounts()) {
    const { accountId } = account;
    ids.add(accountId);
    if (ids.size % step !== 0) continue;
    const file = encodeInclusionFile(await store.inclusionFile(account));
    const { manifestDigest } = store;
    expect(verifyInclusion({ file, report: verdict, accountId, manifestDigest }), accountId).toMatchObject({
      ok: true,
    });
  }
  store.close();
  expect(ids.size).toBe(accountCount);
}

/** An unfinished run, killed when it says something; again if it was faster than the signal. */
async function interrupt(out: string, text: string, given = args(out)): Promise<void> {
  do {
    rmSync(out, { recursive: true, force: true });
    rmSync(`${out}.key`, { force: true });
    await startUntil(given, text, 'SIGKILL');
  } while (!existsSync(work(out)) || existsSync(`${out}/private`));
}

beforeAll(async () => {
  const accounts = Array.from({ length: accountCount }, (_, i) => `user-${i},${i % 3},${(i % 5) / 10},${i}\n`);
  write('example/ledger.csv', `account_id,BTC,ETH,USDT\n${accounts.join('')}`);
  const assets = ['BTC', 'ETH', 'USDT'].map((symbol) => ({ symbol, decimals: 8 }));
  write('example/assets.json', JSON.stringify(assets));
  writeFileSync('key', `${'5a'.repeat(32)}\n`);
  await Promise.all([interrupt('late', 'verifying everything'), interrupt('early', 'segment 1, storing')]);
});

test('a run that is killed again and again ends as a whole report', async () => {
  // A run that has begun, however fast the machine is.
  const out = copy('early', 'killed');
  // By number of the segment, the proof that must be in the report, and those that must not.
  const kept = new Map<number, Buffer>(wholeProofs(work(out)));
  const destroyed = new Map<number, Buffer[]>();
  for (let kills = 0; ; kills++) {
    const resume = existsSync(work(out)) ? ['--resume'] : [];
    const after = kills < 6 ? 200 + 1200 * Math.random() : undefined;
    let timer: NodeJS.Timeout | undefined;
    const ended = await start(args(out, ...resume), (child) => {
      if (after !== undefined) timer ??= setTimeout(() => child.kill('SIGKILL'), after);
    });
    clearTimeout(timer);
    if (existsSync(`${out}/public`) && !existsSync(work(out))) break;
    expect(ended, ended.stderr).toMatchObject({ code: null, signal: 'SIGKILL' });
    const whole = existsSync(work(out)) ? wholeProofs(work(out)) : new Map();
    for (const [segment, proof] of kept) {
      if (existsSync(`${work(out)}/publishing`)) break;
      expect(whole.get(segment), `segment ${segment} after ${kills} kills`).toEqual(proof);
    }
    for (const [segment, proof] of whole) kept.set(segment, proof);
    for (let segment = 0; segment < segmentCount; segment++) {
      if (kept.has(segment) || !existsSync(proofFile(work(out), segment))) continue;
      destroyed.set(segment, [...(destroyed.get(segment) ?? []), readFileSync(proofFile(work(out), segment))]);
    }
  }
  for (const [segment, proof] of kept) expect(readFileSync(proofFile(out, segment))).toEqual(proof);
  for (const [segment, proofs] of destroyed) {
    for (const proof of proofs) expect(readFileSync(proofFile(out, segment))).not.toEqual(proof);
  }
  // One that was killed while it removed its own folder leaves that under another name.
  for (const name of readdirSync(out)) if (name.startsWith('.partial-')) rmSync(`${out}/${name}`, { recursive: true });
  await expectWholeReport(out, 1);
});

describe('what is whole is kept, what is not is proven anew', () => {
  test('after a kill between the proof and the private data of a segment', async () => {
    const out = copy('early', 'between');
    expect(readdirSync(out)).toEqual(['.unfinished']);
    const before = wholeProofs(work(out));
    expect(before.has(0)).toBe(true);
    const { exitCode, stderr } = await run(args(out, '--resume'));
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain(`examining what is there of segment 3 of 3\n`);
    expect(stderr).toContain(`${before.size} segment${before.size === 1 ? '' : 's'} from before`);
    for (const [segment, proof] of before) expect(readFileSync(proofFile(out, segment))).toEqual(proof);
    await expectWholeReport(out);
  });

  test('when files were damaged in the meantime', async () => {
    const out = copy('late', 'damaged');
    const before = wholeProofs(work(out));
    expect(before.size).toBe(3);
    truncateSync(proofFile(work(out), 0), 1000);
    truncateSync(storeFile(work(out), 1), 100_000);
    const { exitCode, stderr } = await run(args(out, '--resume'));
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('1 segment from before');
    expect(readFileSync(proofFile(out, 2))).toEqual(before.get(2));
    for (const segment of [0, 1]) expect(readFileSync(proofFile(out, segment))).not.toEqual(before.get(segment));
    await expectWholeReport(out);
  });

  test('when the proof and the private data are of two attempts, or the proof is another segment’s', async () => {
    const other = copy('late', 'other-attempt');
    rmSync(storeFile(work(other), 0));
    expect((await run(args(other, '--resume'))).exitCode).toBe(0);
    const out = copy('late', 'mixed');
    cpSync(storeFile(other, 0), storeFile(work(out), 0));
    cpSync(proofFile(work(out), 2), proofFile(work(out), 1));
    const { exitCode, stderr } = await run(args(out, '--resume'));
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('1 segment from before');
    for (const [name, segment] of [
      ['late/.unfinished', 0],
      [other, 0],
      ['late/.unfinished', 1],
    ] as const) {
      expect(readFileSync(proofFile(out, segment))).not.toEqual(readFileSync(proofFile(name, segment)));
    }
    await expectWholeReport(out);
  });

  test('with everything there, and files that belong to nothing', async () => {
    const out = copy('late', 'everything');
    writeFileSync(`${work(out)}/public/proofs/segment-0003.bin.partial`, 'half');
    writeFileSync(`${work(out)}/public/notes.txt`, 'not to be published');
    const { exitCode, stderr } = await run(args(out, '--resume'));
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('3 segments from before');
    await expectWholeReport(out);
  });

  test.each([
    ['the private folder', ['private']],
    ['both folders', ['private', 'public']],
  ])('after a kill when %s had been moved', async (_, moved) => {
    const out = copy('late', `moved-${moved.length}`);
    const digest = bytesToHex(manifestDigest(readFileSync(`${work(out)}/public/sum_proof_data.json`)));
    writeFileSync(`${work(out)}/publishing`, digest);
    for (const name of moved) renameSync(`${work(out)}/${name}`, `${out}/${name}`);
    const { exitCode, stderr } = await run(args(out, '--resume'));
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('3 segments from before');
    await expectWholeReport(out);
  });

  test('but not in the place of a report of somebody else', async () => {
    const out = copy('late', 'foreign');
    writeFileSync(`${work(out)}/publishing`, '00'.repeat(32));
    renameSync(`${work(out)}/private`, `${out}/private`);
    const { exitCode, stderr } = await run(args(out, '--resume'));
    expect(stderr).toMatch(/solvent: foreign\/private: expected nothing there, or the report of the run in /);
    expect(exitCode).toBe(2);
    expect(readdirSync(out).sort()).toEqual(['.unfinished', 'private']);
  });
});

describe('a run is not continued', () => {
  const changes: [what: string, change: (given: string[]) => string[], message: RegExp][] = [
    ['another ledger', replaced('example/ledger.csv', 'ledger-2.csv'), /--accounts: the SHA-256 .*to be continued/],
    ['another assets file', replaced('example/assets.json', 'assets-2.json'), /--assets: the SHA-256 of the file/],
    ['another exchange', replaced('Example Exchange', 'Another'), /--exchange: expected "Example Exchange", as in/],
    ['another report', replaced('resumed', 'other'), /--report-id: expected "resumed", .* got "other"/],
    ['another time', replaced('2026-01-31T23:59:59Z', '2026-02-28T23:59:59Z'), /--time: expected "2026-01-31/],
    ['larger segments', replaced('2048', '4096'), /--max-rows: expected 2048, .* got 4096/],
    ['smaller groups', (given) => [...given, '--allow-small-groups', '50'], /--allow-small-groups: expected none/],
    ['another key', replaced('key', 'key-2'), /run-state\.bin: the key does not open/],
    [
      'no key',
      (given) => [...given.filter((word) => word !== '--store-key' && word !== 'key'), '--plain-store'],
      /encrypted/,
    ],
    ['too little memory', (given) => [...given, '--memory', '120MiB'], /memory: expected at least/],
  ];

  function replaced(before: string, after: string): (given: string[]) => string[] {
    return (given) => given.map((word) => (word === before ? after : word));
  }

  beforeAll(() => {
    const ledger = readFileSync('example/ledger.csv', 'utf8');
    writeFileSync('ledger-2.csv', ledger.replace('user-7,1,', 'user-7,2,'));
    writeFileSync('assets-2.json', `${readFileSync('example/assets.json', 'utf8')}\n`);
    writeFileSync('key-2', `${'5b'.repeat(32)}\n`);
    copy('early', 'refused');
  });

  test.each(changes)('with %s', async (_, change, message) => {
    const before = filesBelow('refused');
    const { exitCode, stdout, stderr } = await run(change(args('refused', '--resume')));
    expect(stderr).toMatch(message);
    expect(stderr.match(/^solvent: /gm)).toHaveLength(1);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(filesBelow('refused').filter((file) => !file.includes('/lock-'))).toEqual(
      before.filter((file) => !file.includes('/lock-')),
    );
  });

  test('after a previous report that is another one', async () => {
    const { exitCode } = await run(args(copy('late', 'previous'), '--resume'));
    expect(exitCode).toBe(0);
    const later = args('refused', '--resume', '--previous', 'previous/public');
    const { stderr } = await run(later.map((word) => (word.startsWith('2026') ? '2026-03-31T23:59:59Z' : word)));
    expect(stderr).toMatch(/--time: expected/);
  });

  test('without --resume, nor begun anew beside it', async () => {
    const { exitCode, stderr } = await run(args('refused'));
    expect(stderr).toMatch(/^solvent: refused\/\.unfinished: expected no unfinished run, got one: --resume continues/);
    expect(exitCode).toBe(2);
  });

  test.each([
    [
      'damaged',
      (path: string) =>
        writeFileSync(
          path,
          readFileSync(path).map((byte, i) => (i === 20_000 ? byte ^ 1 : byte)),
        ),
    ],
    ['cut', (path: string) => truncateSync(path, 5000)],
    ['empty', (path: string) => truncateSync(path, 0)],
    ['not there', (path: string) => rmSync(path)],
  ])('when its state is %s', async (_, change) => {
    const out = copy('early', 'state');
    change(`${work(out)}/run-state.bin`);
    const { exitCode, stderr } = await run(args(out, '--resume'));
    expect(stderr).toMatch(/^solvent: state\/\.unfinished\/run-state\.bin: .*\n/);
    expect(exitCode).toBe(2);
    expect(readdirSync(out)).toEqual(['.unfinished']);
  });

  test('while another run is at work', async () => {
    const out = copy('early', 'twice');
    let second: ReturnType<typeof start> | undefined;
    const first = await start(args(out, '--resume'), (child, output) => {
      if (second !== undefined || !output.includes('placing rows')) return;
      child.kill('SIGSTOP');
      second = start(args(out, '--resume')).finally(() => child.kill('SIGCONT'));
    });
    const refused = await second;
    expect(refused?.stderr).toMatch(/^solvent: .*expected no other run there, got process \d+, which is at work\n$/);
    expect(refused?.code).toBe(2);
    expect(first.code).toBe(0);
    await expectWholeReport(out);
  });
});

test('a new key is used again when the run goes on', async () => {
  const given = args('fresh', '--new-store-key', 'fresh.key');
  await interrupt('fresh', 'segment 0, storing', given);
  const { exitCode, stderr } = await run([...given, '--resume']);
  expect(exitCode, stderr).toBe(0);
  await expectWholeReport('fresh', 40, 'fresh.key');
});

describe('a full disk', () => {
  const disk = 'disk';
  // Only root may mount; elsewhere no file may become larger than a limit, which the system tells in the same way.
  const mount = (options: string) => spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]).status === 0;
  let isMounted = false;

  beforeAll(() => {
    mkdirSync(disk);
    isMounted = mount('size=800k');
  });
  afterAll(() => {
    if (isMounted) execFileSync('umount', [disk]);
  });

  test('ends the run with one line, and nothing published; with more space it goes on', async () => {
    const out = `${disk}/out`;
    const limited = isMounted ? [] : ['sh', '-c', 'ulimit -f 300; exec "$@"', 'sh'];
    const ended = await start(args(out), () => {}, limited);
    expect(ended.stderr).toMatch(/^solvent: disk\/out\/\.unfinished\/.*could not be written: (ENOSPC|EFBIG): .*\n/m);
    expect(ended.stderr).toMatch(/^note: what is finished is kept in /m);
    expect(ended.code).toBe(2);
    expect(readdirSync(out)).toEqual(['.unfinished']);
    if (isMounted) execFileSync('mount', ['-o', 'remount,size=100m', disk]);
    const { exitCode, stderr } = await run(args(out, '--resume'));
    expect(exitCode, stderr).toBe(0);
    await expectWholeReport(out);
  });
});
