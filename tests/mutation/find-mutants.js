// Finds the mutants of a source file: every place where a check, a formula or a constant can be deleted or weakened.
import ts from 'typescript';

/**
 * One change of one file: the text from `start` to `end` becomes `replacement`.
 * @typedef {object} Mutant
 * @property {string} id file, line, column and change: the same for the same source
 * @property {string} file path from the repository's root
 * @property {string} code the line that it begins on, without the spaces around it
 * @property {number} start
 * @property {number} end
 * @property {string} replacement
 */

/** @type {Readonly<Record<string, readonly string[]>>} */
const otherOperators = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '**': ['*'],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
};

/** Methods and functions that become another of the same type. */
const otherNames = new Map(
  Object.entries({
    add: 'sub',
    sub: 'add',
    mul: 'add',
    every: 'some',
    some: 'every',
    max: 'min',
    min: 'max',
    floor: 'ceil',
    ceil: 'floor',
    sum: 'product',
    difference: 'sum',
    squeezeNonBaseExtensions: 'squeezeExtensions',
    reduceRight: 'reduce',
    minLength: 'maxLength',
  }),
);

/** Calls that become what they are called on, or their first argument. */
const leftOut = new Set(['sort', 'filter', 'slice', 'reverse', 'check', 'scale', 'neg', 'inv', 'freeze', 'nullable']);

/** Calls whose arguments are left out one at a time: what is hashed, multiplied or summed, and what a schema checks. */
const listCalls = new Set(['concatBytes', 'sum', 'product', 'check', 'push', 'add']);

/**
 * All mutants of a file, in the order of the text. Types, imports and what only people read (the words of errors and
 * details) are left alone, and so are loops' conditions, whose mutants mostly run for ever.
 * @param {string} file path from the repository's root
 * @param {string} text
 * @returns {Mutant[]}
 */
export function findMutants(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  /** @type {Mutant[]} */
  const mutants = [];
  const taken = new Set();

  /**
   * @param {ts.Node} node
   * @param {string} replacement
   */
  function replace(node, replacement) {
    replaceRange(node.getStart(source), node.end, replacement);
  }

  /**
   * @param {number} start
   * @param {number} end
   * @param {string} replacement
   */
  function replaceRange(start, end, replacement) {
    const { line, character } = source.getLineAndCharacterOfPosition(start);
    const change = `${oneLine(text.slice(start, end))} → ${oneLine(replacement) || 'nothing'}`;
    const id = `${file}:${line + 1}:${character + 1} ${change}`;
    if (taken.has(id) || text.slice(start, end) === replacement) return;
    taken.add(id);
    const code = text.split('\n')[line].trim();
    mutants.push({ id, file, code, start, end, replacement });
  }

  /** @param {ts.Node} node */
  function visit(node) {
    if (isLeftAlone(node)) return;
    mutate(node);
    ts.forEachChild(node, visit);
  }

  /** @param {ts.Node} node */
  function mutate(node) {
    if (ts.isIfStatement(node)) replaceWithBooleans(node.expression);
    if (ts.isConditionalExpression(node)) {
      replace(node, `(${node.whenTrue.getText(source)})`);
      replace(node, `(${node.whenFalse.getText(source)})`);
    }
    if (ts.isExpressionStatement(node) && !isConstraintList(node)) replace(node, ';');
    if (ts.isReturnStatement(node) && node.expression && isBooleanFunction(node)) replaceWithBooleans(node.expression);
    if (ts.isArrowFunction(node) && !ts.isBlock(node.body) && isComparison(node.body)) replaceWithBooleans(node.body);
    if (ts.isBinaryExpression(node)) mutateBinary(node);
    if (ts.isPrefixUnaryExpression(node) && node.operator !== ts.SyntaxKind.PlusPlusToken && !isCondition(node)) {
      replace(node, node.operand.getText(source));
    }
    if (ts.isNumericLiteral(node)) mutateNumber(node, node.text);
    if (ts.isBigIntLiteral(node)) mutateNumber(node, node.text.slice(0, -1), 'n');
    if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, 'false');
    if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'true');
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) mutateText(node);
    if (ts.isTemplateExpression(node)) mutateTemplate(node);
    if (ts.isRegularExpressionLiteral(node)) mutatePattern(node);
    if (ts.isArrayLiteralExpression(node)) leaveOutEach(node.elements);
    if (ts.isCallExpression(node)) mutateCall(node);
  }

  /** @param {ts.Node} node */
  function replaceWithBooleans(node) {
    replace(node, 'true');
    replace(node, 'false');
  }

  /** @param {ts.BinaryExpression} node */
  function mutateBinary(node) {
    const operator = node.operatorToken.getText(source);
    const isReplacedWhole = operator.endsWith('==') && isCondition(node);
    for (const other of isReplacedWhole ? [] : (otherOperators[operator] ?? [])) replace(node.operatorToken, other);
    if (['&&', '||', '??'].includes(operator)) {
      replace(node, `(${node.left.getText(source)})`);
      replace(node, `(${node.right.getText(source)})`);
    }
  }

  /**
   * @param {ts.Node} node
   * @param {string} digits
   */
  function mutateNumber(node, digits, suffix = '') {
    const value = Number(digits);
    replace(node, `${value + 1}${suffix}`);
    if (value > 0) replace(node, `${value - 1}${suffix}`);
  }

  /** @param {ts.StringLiteral | ts.NoSubstitutionTemplateLiteral} node */
  function mutateText(node) {
    replace(node, node.text === '' ? "'?'" : `'${node.text.slice(0, -1).replaceAll(/[\\']/g, '\\$&')}?'`);
  }

  /** @param {ts.TemplateExpression} node */
  function mutateTemplate(node) {
    for (const { expression } of node.templateSpans) replace(expression, "''");
    replaceRange(node.getStart(source), node.getStart(source) + 1, '`?');
  }

  /** @param {ts.RegularExpressionLiteral} node */
  function mutatePattern(node) {
    const pattern = node.text;
    for (const [found] of pattern.matchAll(/\{[^p{}]*\d\}|\[\^|\^|\$(?=\/)|[*+?](?=[)/$])/g)) {
      replace(node, pattern.replace(found, found === '[^' ? '[' : ''));
    }
  }

  /** @param {ts.NodeArray<ts.Node>} nodes */
  function leaveOutEach(nodes) {
    if (nodes.length < 1) return;
    nodes.forEach((node, i) => {
      const [from, to] =
        i > 0 ? [nodes[i - 1].end, node.end] : [node.getStart(source), nodes[1]?.getStart(source) ?? node.end];
      replaceRange(from, to, '');
    });
  }

  /** @param {ts.CallExpression} node */
  function mutateCall(node) {
    const { expression } = node;
    const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
    const word = name.getText(source);
    const other = otherNames.get(word);
    if (other !== undefined) replace(name, other);
    if (listCalls.has(word)) leaveOutEach(node.arguments);
    if (!leftOut.has(word)) return;
    const receiver = ts.isPropertyAccessExpression(expression) ? expression.expression : undefined;
    const isNamespace = receiver === undefined || ['ext', 'field', 'z', 'Object'].includes(receiver.getText(source));
    if (!isNamespace) replace(node, receiver.getText(source));
    else if (node.arguments.length > 0) replace(node, node.arguments[0].getText(source));
  }

  ts.forEachChild(source, visit);
  return mutants.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** @param {string} text */
function oneLine(text) {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

/**
 * Whether a node and everything in it is left alone.
 * @param {ts.Node} node
 */
function isLeftAlone(node) {
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isThrowStatement(node)) return true;
  if (isSupportText(node)) return true;
  const { parent } = node;
  if ((ts.isForStatement(parent) || ts.isWhileStatement(parent)) && node !== parent.statement) return true;
  return isForPeople(node) || (ts.isPropertyAssignment(parent) && parent.name === node);
}

/**
 * What a family of networks says of itself is for the pages that people read, which a check of its own compares.
 * @param {ts.Node} node
 */
function isSupportText(node) {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) {
    return parent.initializer === node && parent.name.getText() === 'support';
  }
  return ts.isFunctionDeclaration(node) && /^support(Of)?$/.test(node.name?.getText() ?? '');
}

/** Names of what holds words for people: what is in them is not decided by anything. */
const peoplesNames = new Set([
  'detail',
  'fault',
  'meaning',
  'expected',
  'decides',
  'advice',
  'found',
  'section',
  'what',
  'where',
]);
/** Calls of which one argument is for people: its position. */
const peoplesArguments = new Map(
  Object.entries({
    reject: 2,
    bytes: 1,
    element: 1,
    elements: 1,
    extension: 1,
    extensions: 1,
    uint32: 0,
    digest: 0,
    constrain: 2,
    refine: 1,
    regex: 1,
    custom: 1,
    fail: 0,
  }),
);

/** @param {ts.Node} node */
function isForPeople(node) {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) {
    return parent.initializer === node && peoplesNames.has(parent.name.getText());
  }
  if (ts.isShorthandPropertyAssignment(node)) return true;
  if (!ts.isCallExpression(parent)) return isFaultText(node);
  const name = ts.isPropertyAccessExpression(parent.expression) ? parent.expression.name : parent.expression;
  return parent.arguments.indexOf(/** @type {ts.Expression} */ (node)) === (peoplesArguments.get(name.getText()) ?? -2);
}

/**
 * Texts that a `find…Fault`, `find…Difference` or `quote…` function returns are for people as well.
 * @param {ts.Node} node
 */
function isFaultText(node) {
  if (!ts.isTemplateLiteral(node) && !ts.isStringLiteral(node)) return false;
  const name = functionName(node);
  return /Fault$|Difference$|WrongTotal$|Error$|^quote|^describeType/.test(name) && !ts.isBinaryExpression(node.parent);
}

/** @param {ts.Node} node */
function functionName(node) {
  /** @type {ts.Node | undefined} */
  let current = node;
  while (current !== undefined && !ts.isFunctionDeclaration(current)) current = current.parent;
  return current?.name?.getText() ?? '';
}

/** @param {ts.Node} node */
function isBooleanFunction(node) {
  /** @type {ts.Node} */
  let current = node;
  while (current && !ts.isFunctionLike(current)) current = current.parent;
  return (
    current !== undefined &&
    /** @type {ts.SignatureDeclaration} */ (current).type?.kind === ts.SyntaxKind.BooleanKeyword
  );
}

/**
 * Whether a node is replaced by true and by false, and needs no mutant that is its opposite everywhere.
 * @param {ts.Node} node
 */
function isCondition(node) {
  const { parent } = node;
  if (ts.isIfStatement(parent)) return parent.expression === node;
  return ts.isArrowFunction(parent) || (ts.isReturnStatement(parent) && isBooleanFunction(parent));
}

/** @param {ts.Node} node */
function isComparison(node) {
  return ts.isBinaryExpression(node) && /^([<>]=?|[!=]==|&&|\|\|)$/.test(node.operatorToken.getText());
}

/**
 * The module-level lists that only name columns have no statement to delete.
 * @param {ts.ExpressionStatement} node
 */
function isConstraintList(node) {
  return ts.isStringLiteral(node.expression);
}
