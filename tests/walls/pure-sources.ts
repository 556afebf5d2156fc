import { builtinModules } from 'node:module';
import ts from 'typescript';

/** Names that bring a clock, randomness, a network or an environment into a module that uses them. */
const impureGlobals = new Set([
  'Date',
  'performance',
  'crypto',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'process',
  'globalThis',
  'window',
  'self',
  'require',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'eval',
  'Function',
]);

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

/** The identifier is the name of a member, a property or a label, not of a global. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  return (
    (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent)) &&
    parent.name === node
  );
}

/** `Date.UTC`, and `new Date(text)` of a given moment, are calendar arithmetic; every other use of Date may ask the clock. */
function isCalendar(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text === 'UTC';
  return ts.isNewExpression(parent) && parent.expression === node && parent.arguments?.length === 1;
}

function impurity(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const specifier = node.moduleSpecifier;
    return specifier && ts.isStringLiteral(specifier) && isBuiltin(specifier.text) ? specifier.text : undefined;
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return 'import()';
  if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Math' && node.name.text === 'random') {
    return 'Math.random';
  }
  if (ts.isElementAccessExpression(node) && node.expression.getText() === 'Math') return 'Math[…]';
  if (ts.isIdentifier(node) && node.text === 'Date' && isCalendar(node)) return undefined;
  if (ts.isIdentifier(node) && impureGlobals.has(node.text) && !isMemberName(node)) return node.text;
  return undefined;
}

/**
 * Lists what makes a module impure: parts of Node, clock, randomness, network, environment; comments do not count.
 * Each entry is `file:line: name`.
 */
export function impurities(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = impurity(node);
    if (name !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1}: ${name}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
