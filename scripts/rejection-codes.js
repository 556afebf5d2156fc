// Which rejections the verifiers can give, read from their sources by TypeScript's own analysis.
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from './steps.js';
import { filesBelow } from './workspace.js';

/** @typedef {{ step: string, code: string }} RejectionCode */

const verifierFolder = path.join(root, 'packages', 'verifier');

/** @type {ts.CompilerOptions} */
const options = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  customConditions: ['@solvent/source'],
  strict: true,
  skipLibCheck: true,
  types: [],
  noEmit: true,
};

/**
 * Every text that an expression can be; throws an Error when that does not follow from the source, since a code that
 * nobody can enumerate cannot be documented.
 * @param {ts.Expression} expression
 * @param {ts.TypeChecker} checker
 * @returns {string[]}
 */
function possibleTexts(expression, checker) {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isConditionalExpression(expression)) {
    return [expression.whenTrue, expression.whenFalse].flatMap((branch) => possibleTexts(branch, checker));
  }
  if (ts.isTemplateExpression(expression)) {
    return expression.templateSpans.reduce(
      (heads, span) =>
        heads.flatMap((head) => possibleTexts(span.expression, checker).map((text) => head + text + span.literal.text)),
      [expression.head.text],
    );
  }
  const type = checker.getTypeAtLocation(expression);
  const members = type.isUnion() ? type.types : [type];
  return members.map((member) => {
    if (member.isStringLiteral()) return member.value;
    const { line } = expression.getSourceFile().getLineAndCharacterOfPosition(expression.getStart());
    throw new Error(
      `${path.relative(root, expression.getSourceFile().fileName)}:${line + 1}: expected step and code that can be ` +
        `enumerated, got ${expression.getText()}`,
    );
  });
}

/** Every pair of step and code in a call of `reject` in the verifiers' sources, each once. */
export function rejectionCodes() {
  return codesIn(fs.readdirSync(verifierFolder), ['reject']).map(({ step, code }) => ({ step, code }));
}

/** Every step and code with which the verifier of wallets can give a verdict other than `verified`, and that verdict. */
export function ownershipCodes() {
  return codesIn(['ownership-verifier'], ['failed', 'unproven', 'unsupported']);
}

/**
 * Steps, codes and names of functions in the calls of these functions, each once.
 * @param {readonly string[]} verifiers folders of packages
 * @param {readonly string[]} functions
 */
function codesIn(verifiers, functions) {
  const files = verifiers.flatMap((name) => {
    const folder = path.join(verifierFolder, name, 'src');
    return filesBelow(folder, ['.ts']).map((file) => path.join(folder, file));
  });
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  /** @type {Map<string, RejectionCode & { verdict: string }>} */
  const found = new Map();
  const visit = (/** @type {ts.Node} */ node) => {
    if (ts.isCallExpression(node) && functions.includes(node.expression.getText())) {
      const verdict = node.expression.getText();
      const [steps, codes] = node.arguments.slice(0, 2).map((argument) => possibleTexts(argument, checker));
      for (const step of steps) {
        for (const code of codes) found.set(`${step} ${code} ${verdict}`, { step, code, verdict });
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(/** @type {ts.SourceFile} */ (program.getSourceFile(file)));
  return [...found.values()];
}
