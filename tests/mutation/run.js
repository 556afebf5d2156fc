// Mutation testing: changes one thing at a time in what decides acceptance, and lists what no test notices.
//
//     node tests/mutation/run.js [TARGET…] [--results FILE] [--match PATTERN] [--every N] [--stages N] [--list]
//
// Results are added to FILE, one line of JSON for each mutant; what is there already is not run again.
// PATTERN is a regular expression for ids, such as '→ (true|false)$'; of what matches, each Nth is run.
// With --stages, only so many stages of tests run; what these do not notice is printed, and left for a run without it.
import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findStale, isEquivalent } from './equivalent.js';
import { findMutants } from './find-mutants.js';
import { root } from './root.js';
import { targets } from './targets.js';

/** @typedef {import('./find-mutants.js').Mutant} Mutant */
/** @typedef {{ id: string, killedBy: string | null, testCount: number, seconds: number }} Result */

// A run that takes this many times as long as without a mutant, and no less than half a minute, goes on for ever.
const slowness = 10;
const leastLimitMs = 30_000;
const sessionFile = fileURLToPath(new URL('session.js', import.meta.url));

/** Runs orders one at a time in a process group of its own, which is ended with everything in it when it hangs. */
class Session {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;

  /**
   * @param {import('./session.js').Order} order
   * @param {number} timeLimitMs
   * @returns {Promise<import('./session.js').Outcome>}
   */
  async run(order, timeLimitMs) {
    this.#child ??= await startChild();
    const child = this.#child;
    const outcome = await new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), timeLimitMs);
      const finish = (/** @type {unknown} */ value) => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(value);
      };
      child.once('message', finish);
      child.once('exit', () => finish(undefined));
      child.send(order);
    });
    if (outcome !== undefined) return outcome;
    this.end();
    return { killedBy: 'time limit', testCount: 0 };
  }

  end() {
    const pid = this.#child?.pid;
    this.#child = undefined;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** @returns {Promise<import('node:child_process').ChildProcess>} */
function startChild() {
  const child = fork(sessionFile, { cwd: root, detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`the tests did not start: exit ${code}`)));
  });
}

/** @param {string} file @returns {Map<string, Result>} */
function readResults(file) {
  if (!fs.existsSync(file)) return new Map();
  const lines = fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return new Map(lines.map((line) => JSON.parse(line)).map((/** @type {Result} */ result) => [result.id, result]));
}

/** @param {readonly string[]} names */
function chooseTargets(names) {
  const unknown = names.filter((name) => targets[name] === undefined);
  if (unknown.length > 0) throw new RangeError(`targets: expected ${Object.keys(targets).join(', ')}, got ${unknown}`);
  return (names.length > 0 ? names : Object.keys(targets)).map((name) => ({ name, ...targets[name] }));
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    results: { type: 'string', default: path.join(os.tmpdir(), 'solvent-mutants.jsonl') },
    match: { type: 'string', default: '' },
    every: { type: 'string', default: '1' },
    stages: { type: 'string', default: '9' },
    list: { type: 'boolean', default: false },
  },
});

const results = readResults(options.results);
const session = new Session();
process.on('exit', () => session.end());
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

for (const { name, files, stages } of chooseTargets(positionals)) {
  const found = files.flatMap((file) => findMutants(file, fs.readFileSync(path.join(root, file), 'utf8')));
  const matching = found.filter(({ id }) => new RegExp(options.match).test(id));
  const chosen = matching.filter((_, i) => i % Number(options.every) === 0);
  for (const one of findStale(found)) console.error(`no mutant any more: ${one.replaceAll('\n', ': ')}`);
  if (options.list) {
    for (const { id } of chosen) console.log(id);
    continue;
  }
  const few = stages.slice(0, Number(options.stages));
  await runTarget(name, chosen, few, few.length === stages.length);
  report(name, chosen);
}
session.end();

/**
 * @param {string} name
 * @param {readonly Mutant[]} mutants
 * @param {readonly (readonly string[])[]} stages
 * @param {boolean} areAll whether there are no further stages
 */
async function runTarget(name, mutants, stages, areAll) {
  const left = mutants.filter(({ id }) => !results.has(id));
  if (left.length === 0) return;
  const durations = await timeStages(name, stages);
  for (const [i, mutant] of left.entries()) {
    const started = performance.now();
    const outcome = await runStages(mutant, stages, durations);
    const result = { id: mutant.id, ...outcome, seconds: Math.round((performance.now() - started) / 100) / 10 };
    if (areAll || result.killedBy !== null) {
      results.set(mutant.id, result);
      fs.appendFileSync(options.results, `${JSON.stringify(result)}\n`);
    }
    if (result.killedBy === null) console.log(`survives: ${mutant.id}`);
    if (i % 50 === 49) console.log(`${name}: ${i + 1} of ${left.length}`);
  }
}

/**
 * How long the tests of each stage take without a mutant, in milliseconds. Throws an error if one of them fails.
 * @param {string} name
 * @param {readonly (readonly string[])[]} stages
 */
async function timeStages(name, stages) {
  const durations = [];
  for (const tests of stages) {
    const started = performance.now();
    const { killedBy } = await session.run({ mutant: null, tests }, 1_000_000);
    if (killedBy !== null) throw new Error(`${name}: a test fails without mutants: ${killedBy}`);
    durations.push(performance.now() - started);
  }
  return durations;
}

/**
 * Runs tests stage by stage until one fails.
 * @param {Mutant} mutant
 * @param {readonly (readonly string[])[]} stages
 * @param {readonly number[]} durations of each stage without a mutant, in milliseconds
 */
async function runStages(mutant, stages, durations) {
  let testCount = 0;
  for (const [i, tests] of stages.entries()) {
    const outcome = await session.run({ mutant, tests }, Math.max(leastLimitMs, slowness * durations[i]));
    testCount += outcome.testCount;
    if (outcome.killedBy !== null) return { killedBy: outcome.killedBy, testCount };
  }
  return { killedBy: null, testCount };
}

/** @param {string} name @param {readonly Mutant[]} mutants */
function report(name, mutants) {
  const survivors = mutants.filter(({ id }) => results.get(id)?.killedBy === null);
  const unknown = survivors.filter((mutant) => !isEquivalent(mutant));
  const killed = mutants.filter(({ id }) => results.get(id)?.killedBy != null).length;
  const equivalent = survivors.length - unknown.length;
  console.log(
    `\n${name}: ${mutants.length} mutants, ${killed} killed, ${equivalent} equivalent, ${unknown.length} survive`,
  );
  for (const { id } of unknown) console.log(`  survives: ${id}`);
}
