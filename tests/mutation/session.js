// Runs tests against one mutant after another, as told over the channel of a child process. Vitest stays; what it has read
// of the mutated file is forgotten, and each run has a fresh process, so that nothing of a mutant outlives it.
import path from 'node:path';
import { createVitest } from 'vitest/node';
import { root } from './root.js';

/** @typedef {import('./find-mutants.js').Mutant} Mutant */
/** @typedef {{ mutant: Mutant | null, tests: readonly string[] }} Order what to run, each `FILE` or `FILE#PATTERN`; without a mutant, the sources as they are */
/** @typedef {{ killedBy: string | null, testCount: number }} Outcome the first test that failed, and how many passed or failed */

/** @type {Mutant | null} */
let current = null;
/** @type {readonly string[]} */
let order = [];

/** Puts the current mutant in its place. */
const mutate = {
  name: 'mutate',
  enforce: /** @type {const} */ ('pre'),
  /** @param {string} code @param {string} id */
  transform(code, id) {
    if (current === null || id.split('?')[0] !== path.join(root, current.file)) return undefined;
    return { code: code.slice(0, current.start) + current.replacement + code.slice(current.end), map: null };
  },
};

/** Tests in the order of the list. */
class InOrder {
  /** @param {import('vitest/node').TestSpecification[]} files */
  async sort(files) {
    const place = (/** @type {import('vitest/node').TestSpecification} */ file) =>
      order.indexOf(path.relative(root, file.moduleId));
    return [...files].sort((a, b) => place(a) - place(b));
  }

  /** @param {import('vitest/node').TestSpecification[]} files */
  async shard(files) {
    return files;
  }
}

const vitest = await createVitest(
  'test',
  {
    root,
    watch: false,
    bail: 1,
    reporters: [{}],
    pool: 'forks',
    maxWorkers: 1,
    isolate: false,
    fileParallelism: false,
    sequence: { sequencer: InOrder },
    // A mutant that hangs is ended by whoever started this process.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
  { plugins: [mutate], logLevel: 'silent' },
);
await vitest.standalone();
const project = vitest.getRootProject();

/** @param {Order} given @returns {Promise<Outcome>} */
async function run({ mutant, tests }) {
  const changed = [current, mutant].flatMap((each) => (each === null ? [] : [path.join(root, each.file)]));
  current = mutant;
  const chosen = tests.map((test) => test.split('#'));
  order = chosen.map(([file]) => file);
  for (const file of changed) vitest.invalidateFile(file);
  // Failures of earlier runs are kept, and would end this one before it begins.
  vitest.state.filesMap.clear();
  vitest.state.idMap.clear();
  const specifications = chosen.map(([file, names]) =>
    project.createSpecification(path.join(root, file), names ? { testNamePattern: new RegExp(names) } : {}),
  );
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  return outcomeOf(testModules, unhandledErrors);
}

/**
 * @param {readonly import('vitest/node').TestModule[]} modules
 * @param {readonly unknown[]} errors
 * @returns {Outcome}
 */
function outcomeOf(modules, errors) {
  const results = modules.flatMap((module) => [...module.children.allTests()].map((test) => ({ module, test })));
  const failed = results.find(({ test }) => test.result().state === 'failed');
  const testCount = results.filter(({ test }) => ['passed', 'failed'].includes(test.result().state)).length;
  const name = (/** @type {import('vitest/node').TestModule} */ module) => path.relative(root, module.moduleId);
  if (failed !== undefined) {
    const [error] = failed.test.result().errors ?? [];
    const reason = String(error?.message).split('\n')[0];
    return { killedBy: `${name(failed.module)}: ${failed.test.fullName}: ${reason}`, testCount };
  }
  const broken = modules.find((module) => module.state() === 'failed');
  if (broken !== undefined) return { killedBy: `${name(broken)}: does not load`, testCount };
  return { killedBy: errors.length > 0 ? `error outside tests: ${String(errors[0])}` : null, testCount };
}

process.on('message', (/** @type {Order} */ given) => {
  run(given).then(
    (outcome) => process.send?.(outcome),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.send?.('ready');
