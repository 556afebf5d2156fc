// What check-spec.js looks for in vectors/, as functions of what the files say.

/**
 * @typedef {Record<string, unknown> & { id: string, result: 'valid' | 'invalid', comment?: string, step?: string,
 *   code?: string, constraint?: string, base?: string, flags?: string[], edits?: { repair?: true }[] }} Case
 */
/** @typedef {{ name: string, kind: string, spec: string[], classes: string[], cases: Case[] }} VectorFile name below vectors/ */

/** @param {readonly VectorFile[]} files */
const allCases = (files) => files.flatMap((file) => file.cases.map((vector) => ({ file, vector })));

/** @param {{ file: VectorFile, vector: Case }} found */
const placeOf = ({ file, vector }) => `vectors/${file.name}: ${vector.id}`;

/**
 * Codes that no vector fails with, and those of vectors that the specification does not have.
 * @param {readonly VectorFile[]} files
 * @param {readonly string[]} covered steps with codes that need a vector
 * @param {readonly string[]} documented all steps with codes
 */
export function codeProblems(files, covered, documented) {
  const invalid = allCases(files).filter(({ vector }) => vector.code !== undefined);
  const failing = new Set(invalid.map(({ vector }) => `${vector.step} ${vector.code}`));
  return [
    ...covered.filter((code) => !failing.has(code)).map((code) => `vectors: none fails with ${code}`),
    ...invalid
      .filter(({ vector }) => !documented.includes(`${vector.step} ${vector.code}`))
      .map((found) => `${placeOf(found)}: ${found.vector.step} ${found.vector.code} is not in spec/`),
  ];
}

/**
 * Constraints that no vector violates alone.
 * @param {readonly VectorFile[]} files
 * @param {readonly string[]} constraints
 */
export function constraintProblems(files, constraints) {
  const violated = new Set(allCases(files).map(({ vector }) => vector.constraint));
  return constraints.filter((name) => !violated.has(name)).map((name) => `vectors: none violates ${name} alone`);
}

/**
 * Sections that no vector file is about.
 * @param {readonly VectorFile[]} files
 * @param {readonly string[]} sections
 */
export function sectionProblems(files, sections) {
  const tested = new Set(files.flatMap(({ spec }) => spec));
  return sections.filter((section) => !tested.has(section)).map((section) => `vectors: none is about §${section}`);
}

/**
 * The valid case that an invalid one names: `id` in its own file, `folder/id` in the file of that name in a folder beside.
 * @param {readonly VectorFile[]} files
 * @param {VectorFile} file
 * @param {string} base
 */
export function findBase(files, file, base) {
  const [id, folder] = base.split('/').reverse();
  const parts = file.name.split('/');
  const name = folder === undefined ? file.name : [...parts.slice(0, -2), folder, ...parts.slice(-1)].join('/');
  const cases = files.find((other) => other.name === name)?.cases ?? [];
  return cases.find((vector) => vector.id === id && vector.result === 'valid');
}

/** Members of a case that say what is expected of it, not what goes in. */
const outcomes = [
  'id',
  'result',
  'comment',
  'step',
  'code',
  'constraint',
  'base',
  'flags',
  'violations',
  'sums',
  'rows',
  'source',
  'verdict',
  'line',
  'rowsFound',
  'parts',
];

/**
 * How many changes lead from a case to another: edits but those that repair, and members with another value.
 * @param {Case} base
 * @param {Case} vector
 */
function countChanges(base, { edits = [], ...members }) {
  const changed = Object.keys(members).filter(
    (name) => !outcomes.includes(name) && JSON.stringify(members[name]) !== JSON.stringify(base[name]),
  );
  return changed.length + edits.filter(({ repair }) => !repair).length;
}

/**
 * What is wrong with one invalid case: it has a comment and a base, and is one change away from it, or two if it says so.
 * @param {readonly VectorFile[]} files
 * @param {{ file: VectorFile, vector: Case }} found
 */
function invalidProblems(files, found) {
  const { file, vector } = found;
  const place = placeOf(found);
  if (!vector.comment) return [`${place}: expected a comment`];
  // A signature from elsewhere that is right, and proves nothing of the address: there is no valid row to change.
  if (vector.source !== undefined && vector.verdict === 'unproven') return [];
  if (vector.base === undefined) return [`${place}: expected a base`];
  const base = findBase(files, file, vector.base);
  if (base === undefined) return [`${place}: there is no valid case ${vector.base}`];
  const flags = vector.flags ?? [];
  // What a prover has lied about is in the files, where nobody can count it.
  if (flags.includes('cheating-prover')) return [];
  const changes = countChanges(base, vector);
  if (vector.edits === undefined && flags.includes('repaired') && changes === 2) return [];
  // One edit or one saying can be two faults at once.
  const most = flags.includes('two-faults') ? 2 : 1;
  return changes >= 1 && changes <= most ? [] : [`${place}: expected one change of ${vector.base}, found ${changes}`];
}

/**
 * Invalid cases that are not one change of a valid one, and repairs that are not flagged.
 * @param {readonly VectorFile[]} files
 */
export function mutationProblems(files) {
  return allCases(files).flatMap((found) => {
    const { flags = [], edits, result } = found.vector;
    const repairs = edits?.some(({ repair }) => repair) ?? flags.includes('repaired');
    const flagged = flags.includes('repaired') === repairs;
    return [
      ...(flagged ? [] : [`${placeOf(found)}: expected the flag repaired where something is, and nowhere else`]),
      ...(result === 'invalid' ? invalidProblems(files, found) : []),
    ];
  });
}

/**
 * Classes that the specification does not name, or that no vector is for.
 * @param {readonly VectorFile[]} files
 * @param {readonly string[]} documented
 */
export function classProblems(files, documented) {
  const used = [...new Set(files.flatMap(({ classes }) => classes))];
  return [
    ...used.filter((name) => !documented.includes(name)).map((name) => `spec §1.6 lacks the class ${name} of vectors/`),
    ...documented.filter((name) => !used.includes(name)).map((name) => `vectors: none is for the class ${name}`),
  ];
}
