// Distributed proving: how much faster two workers are than one, each a process of the built command with one thread, and
// what the queue and the storage cost beside proving in one process.
//
//     node bench/distributed.js [--accounts COUNT] [--max-rows ROWS] [--repeat COUNT] [--out FILE]
//
// It starts Debian's redis-server on loopback, and needs the build. Wall time counts here, so the machine must be quiet:
// two workers and the run that asks them have to share its processors.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { median, printTable, round, writeResults } from './lib/table.js';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '100000' },
    'max-rows': { type: 'string', default: '16384' },
    repeat: { type: 'string', default: '1' },
    out: { type: 'string', default: 'bench/results/distributed.json' },
  },
});
const command = resolve(import.meta.dirname, '../apps/cli/bin/solvent.js');
const folder = mkdtempSync(join(tmpdir(), 'solvent-bench-distributed-'));
const running = new Set();

/**
 * @param {string} program
 * @param {string[]} args
 */
function start(program, args) {
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise((done) => {
    child.on('close', (code) => {
      running.delete(child);
      done(code);
    });
  });
  const says = async (/** @type {string} */ text) => {
    while (!output.includes(text)) {
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}\n${output}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  return { child, ended, says, output: () => output };
}

/** @param {string[]} args */
async function runWell(args) {
  const { ended, output } = start(process.execPath, [command, ...args]);
  if ((await ended) !== 0) throw new Error(output());
  return output();
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

const title = [
  '--exchange',
  'bench',
  '--report-id',
  'bench',
  '--time',
  '2026-01-31T23:59:59Z',
  '--allow-small-groups',
  '1',
];
const inputs = ['--accounts', 'ledger/ledger.csv', '--assets', 'ledger/assets.json', '--store-key', 'store.key'];

/**
 * What a pattern finds in the output of the command, which always says it.
 * @param {RegExp} pattern
 * @param {string} output
 */
function find(pattern, output) {
  const found = pattern.exec(output);
  if (found === null) throw new Error(`expected ${pattern} in: ${output}`);
  return found;
}

// Seconds of proving, as the summary says them: reading the ledger and the check at the end are the same for all.
/**
 * @param {string} out
 * @param {string[]} more
 */
async function prove(out, ...more) {
  const started = performance.now();
  const output = await runWell(['prove', ...inputs, ...title, '--max-rows', values['max-rows'], '--out', out, ...more]);
  const seconds = (performance.now() - started) / 1000;
  const [, proving] = find(/proving ([0-9.]+ (?:ms|s|min [0-9]+ s))/, output);
  rmSync(join(folder, out), { recursive: true });
  return {
    seconds,
    proving: secondsOf(proving),
    segments: Number(find(/([\d,]+) segments?/, output)[1].replace(',', '')),
  };
}

/** @param {string} text */
function secondsOf(text) {
  const [, minutes, seconds] = find(/^(?:(\d+) min )?([0-9.]+) m?s$/, text);
  return 60 * Number(minutes ?? 0) + Number(seconds) / (text.endsWith('ms') ? 1000 : 1);
}

/**
 * @param {number} count
 * @param {number} port
 */
async function withWorkers(count, port) {
  const settings = {
    format: 'solvent-distributed/1',
    queue: { kind: 'redis', host: '127.0.0.1', port },
    storage: { kind: 'folder', path: 'artefacts' },
    pollSeconds: 0.1,
  };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  const workers = Array.from({ length: count }, (_, i) =>
    start(process.execPath, [
      command,
      'worker',
      'settings.json',
      '--store-key',
      'store.key',
      '--threads',
      '1',
      '--name',
      `w${i}`,
    ]),
  );
  for (const worker of workers) await worker.says('ready');
  const result = await prove(`with-${count}`, '--distributed', 'settings.json');
  for (const { child } of workers) child.kill('SIGTERM');
  await Promise.all(workers.map(({ ended }) => ended));
  return result;
}

try {
  await runWell(['example', 'ledger', '--accounts', values.accounts, '--profile', 'exchange']);
  writeFileSync(join(folder, 'store.key'), `${'5e'.repeat(32)}\n`);
  const port = await freePort();
  const redis = start('redis-server', [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--appendonly',
    'yes',
  ]);
  await redis.says('Ready to accept connections');
  const load = loadavg()[0];
  /** @type {{ run: string, segments: number, provingS: number, wholeS: number }[]} */
  const rows = [];
  /** @type {[name: string, run: () => ReturnType<typeof prove>][]} */
  const ways = [
    ['one process, 1 thread', () => prove('single', '--threads', '1')],
    ['1 worker, 1 thread', () => withWorkers(1, port)],
    ['2 workers, 1 thread each', () => withWorkers(2, port)],
  ];
  for (const [name, run] of ways) {
    const runs = [];
    for (let i = 0; i < Number(values.repeat); i++) runs.push(await run());
    const proving = median(runs.map((each) => each.proving));
    rows.push({
      run: name,
      segments: runs[0].segments,
      provingS: round(proving, 2),
      wholeS: round(median(runs.map((each) => each.seconds)), 2),
    });
    console.error(`${name} done`);
  }
  printTable(
    `Proving ${values.accounts} accounts, ${availableParallelism()} processors, load ${round(load, 2)} before`,
    rows,
  );
  const options = [
    '--accounts',
    inputs[1],
    '--assets',
    inputs[3],
    '--max-rows',
    values['max-rows'],
    '--allow-small-groups',
    '1',
  ];
  const plan = JSON.parse(await runWell(['plan', ...options, '--threads', '1', '--machines', '1,2', '--json']));
  const estimates = plan.estimates.map(
    (/** @type {{ machines: number, ms: number }} */ { machines, ms }, /** @type {number} */ i) => {
      const measuredS = rows[i + 1].wholeS - plan.readingMs / 1000;
      return {
        workers: machines,
        planS: round(ms / 1000, 2),
        measuredS: round(measuredS, 2),
        'plan %': round(ms / 10 / measuredS - 100, 0),
      };
    },
  );
  printTable('What solvent plan says of it, beside what was measured after the ledger was read', estimates);
  const ratios = {
    'one worker / one process': round(rows[1].provingS / rows[0].provingS, 2),
    'one worker / two workers': round(rows[1].provingS / rows[2].provingS, 2),
  };
  printTable('Ratios of the time of proving', [ratios]);
  writeResults(values.out, { load, runs: rows, estimates, ratios });
} finally {
  for (const child of running) child.kill('SIGKILL');
  await new Promise((done) => setTimeout(done, 200));
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
}
