// Mutants that change nothing that anybody could see, with the reason why no test can notice.

/** @typedef {import('./find-mutants.js').Mutant} Mutant */

/**
 * Mutants of one line. A mutant is known by its column and its change, as in its id; the line's number can move.
 * @typedef {object} Equivalent
 * @property {string} file
 * @property {string} code the line, without the spaces around it
 * @property {readonly string[]} changes
 * @property {string} reason
 */

const verifySegment = 'packages/verifier/liabilities-verifier/src/verify-segment.ts';
const liabilitiesAir = 'packages/protocol/air/src/liabilities-air.ts';
const expression = 'packages/protocol/air/src/expression.ts';
const verifyInclusion = 'packages/verifier/inclusion-verifier/src/verify-inclusion.ts';
const verifyReserves = 'packages/verifier/reserves-verifier/src/verify-reserves.ts';
const nativeTokens = 'packages/verifier/reserves-verifier/src/native-tokens.ts';
const tokenAccounts = 'packages/verifier/reserves-verifier/src/token-accounts.ts';
const fraction = 'packages/protocol/report-format/src/fraction.ts';
const soundness = 'packages/protocol/stark/src/soundness.ts';
const masking = 'packages/protocol/stark/src/masking.ts';
const assets = 'packages/protocol/report-format/src/assets.ts';
const inclusionFile = 'packages/protocol/proof-format/src/inclusion-file.ts';
const ownership = 'packages/verifier/ownership-verifier/src';
const cashAddr = 'packages/verifier/ownership-verifier/src/encodings/cash-addr.ts';

/** @type {readonly Equivalent[]} */
const equivalentMutants = [
  {
    file: verifySegment,
    code: "openingTerms.findIndex((term) => term.kind === 'column' && term.column === column && term.rotation === rotation)",
    changes: ["40 term.kind === 'column' && term.column === column → (term.column === column)"],
    reason: 'the terms of chunks have no column, so theirs is none that is asked for',
  },
  {
    file: verifySegment,
    code: 'user: trace.slice(0, userCount),',
    changes: ['11 trace.slice(0, userCount) → trace'],
    reason: 'only the columns of the group are read, and they come first',
  },
  {
    file: verifySegment,
    code: 'auxiliary: auxiliary.slice(0, auxiliaryCount),',
    changes: ['16 auxiliary.slice(0, auxiliaryCount) → auxiliary'],
    reason: 'only the columns of the group are read, and they come first',
  },
  {
    file: verifySegment,
    code: 'return Array.from({ length: elements.length / 5 }, (_, i) => {',
    changes: ['47 / → *', '49 5 → 4'],
    reason: 'elements past the end are made, and never read',
  },
  {
    file: verifySegment,
    code: 'return elements.slice(5 * i, 5 * i + 5) as unknown as Extension;',
    changes: ['34 5 → 6', '42 5 → 6'],
    reason: 'arithmetic reads the first five coefficients of an element, however many there are',
  },
  {
    file: verifyInclusion,
    code: 'let previous = -1;',
    changes: ['19 1 → 2', '19 1 → 0'],
    reason: 'row 0 is always a carry row, and refused before rows are compared',
  },
  {
    file: verifyInclusion,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of source.
    code: 'const place = `${bytesToHex(manifestDigest)} ${segment} ${row}`;',
    changes: ['21 ` → `?'],
    reason: 'all keys of the set begin with one more character',
  },
  {
    file: verifyReserves,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of source.
    code: 'return `${network} ${address} ${asset}`;',
    changes: ['10 ` → `?'],
    reason: 'all keys of the map begin with one more character',
  },
  {
    file: verifyReserves,
    code: "const key = tokenKey({ network, token: token ?? '' });",
    changes: ["53 '' → '?'"],
    reason: 'no token is spelled so on any network, and the key is not shown',
  },
  {
    file: nativeTokens,
    code: "return network.family === 'aptos' && token.includes('::') ? aptosPairedAssetOf(token) : undefined;",
    changes: ["10 network.family === 'aptos' && token.includes('::') → (token.includes('::'))"],
    reason: 'where else tokens are types, on Sui, none is an address, which a pair is',
  },
  {
    file: tokenAccounts,
    code: 'if (keys.size < 2) return undefined;',
    changes: ['7 keys.size < 2 → false', '19 2 → 1'],
    reason: 'one entry alone is never at an address that follows from its own: this only saves the derivation',
  },
  {
    file: tokenAccounts,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of source.
    code: "return `${address} ${token ?? ''}`;",
    changes: ['10 ` → `?', "24 token ?? '' → (token)", "33 '' → '?'"],
    reason: 'keys are compared with one another alone, and no mint is spelled so',
  },
  {
    file: fraction,
    code: 'return { units: units > 0n ? units : 0n, decimals };',
    changes: ['25 > → >='],
    reason: 'no units are 0 units either way',
  },
  {
    file: soundness,
    code: 'const numerator = BigInt(Math.max(rangePoles, assetPoles + limbCount - 1));',
    changes: ['72 - → +', '74 1 → 0', '74 1 → 2'],
    reason: 'there are more poles of the range at every number of rows and assets',
  },
  {
    file: soundness,
    code: 'const constraintSide = Math.max(...constraintDegrees(liabilitiesAir)) * rowCount + randomRowCount;',
    changes: ['73 * → /'],
    reason: 'the side of the quotient has the higher degree at every number of rows',
  },
  {
    file: soundness,
    code: 'return carryRowCount(assetCount) < activeRowCount ? assetCount : 0;',
    changes: ['10 carryRowCount(assetCount) < activeRowCount ? assetCount : 0 → (assetCount)', '36 < → <=', '68 0 → 1'],
    reason: 'at every number of rows that a segment can have, a row is left for accounts',
  },
  {
    file: masking,
    code: "const onEndRow = liabilitiesAir.constraints.filter(({ rows }) => rows === 'end');",
    changes: ["77 'end' → 'en?'"],
    reason: 'the one column in constraints on that row is opened in two places as well',
  },
  {
    file: masking,
    code: 'const isPinned = rotationCount(column) > 1 || onEndRow.some(({ expression }) => mentions(expression, column));',
    changes: [
      '20 rotationCount(column) > 1 || onEndRow.some(({ expression … → (onEndRow.some(({ expression }) => mentions(expression, c…',
    ],
    reason: 'the one column that is opened in two places is in a constraint on that row as well',
  },
  {
    file: masking,
    code: "if ('left' in node) return mentions(node.left, column) || mentions(node.right, column);",
    changes: ['30 mentions(node.left, column) || mentions(node.right, column) → (mentions(node.left, column))'],
    reason: 'the one column in constraints on that row is opened in two places as well',
  },
  {
    file: masking,
    code: "return node.kind === 'column' && node.column === column;",
    changes: ['20 === → !=='],
    reason: 'the one column in constraints on that row is opened in two places as well',
  },
  {
    file: masking,
    code: 'if (maskings(preset, rowCount).some(({ conditions, randomElements }) => conditions > randomElements)) return false;',
    changes: ['88 > → >='],
    reason: 'where conditions of one column are as many as its random elements, those of another are more',
  },
  {
    file: assets,
    code: 'return copies.sort((a, b) => (a.symbol < b.symbol ? -1 : 1));',
    changes: ['42 < → <='],
    reason: 'no symbol is there twice',
  },
  {
    file: assets,
    code: 'const cause = quoteExcerpt(error instanceof Error ? error.message : String(error));',
    changes: ['32 error instanceof Error ? error.message : String(error) → (error.message)'],
    reason: 'JSON.parse throws nothing but errors',
  },
  {
    file: inclusionFile,
    code: 'return decoded.ok ? decoded.value : undefined;',
    changes: ['10 decoded.ok ? decoded.value : undefined → (decoded.value)'],
    reason: 'what did not decode has no value',
  },
  {
    file: cashAddr,
    code: 'if (bits > 0) digits.push((value << (5 - bits)) & 31);',
    changes: ['12 > → >='],
    reason: 'no address has a payload that whole digits hold',
  },
  {
    file: `${ownership}/families/hashed-key-family.ts`,
    code: 'if (isMadeBy(address, recovered, network, rules)) break;',
    changes: ['9 isMadeBy(address, recovered, network, rules) → false'],
    reason: 'the signer is found among all signers as well: this only saves the others',
  },
  {
    file: `${ownership}/addresses/evm-address.ts`,
    code: 'if (hexPrefix !== undefined && text.startsWith(hexPrefix)) return accountDigits.test(text.slice(hexPrefix.length));',
    changes: ['9 hexPrefix !== undefined && text.startsWith(hexPrefix) → (text.startsWith(hexPrefix))'],
    reason: 'a text that begins with undefined is no address either way',
  },
  {
    file: `${ownership}/addresses/evm-address.ts`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of source.
    code: "if (text.length > 100) return failed('W3', 'address', `expected an address, found ${text.length} characters`);",
    changes: ['7 text.length > 100 → false'],
    reason: 'a longer text is refused under the same code: this only saves the time',
  },
  {
    file: `${ownership}/families/evm.ts`,
    code: '...(walletFormFirst(message) ? [personal, published] : [published, personal]),',
    changes: [
      '9 walletFormFirst(message) ? [personal, published] : [publi… → ([personal, published])',
      '9 walletFormFirst(message) ? [personal, published] : [publi… → ([published, personal])',
    ],
    reason: 'the order in which forms are tried changes the time, and no verdict',
  },
  {
    file: `${ownership}/families/edwards-signature.ts`,
    code: 'return walletFormFirst(message) ? [...forms, raw] : [raw, ...forms];',
    changes: [
      '10 walletFormFirst(message) ? [...forms, raw] : [raw, ...forms] → ([...forms, raw])',
      '10 walletFormFirst(message) ? [...forms, raw] : [raw, ...forms] → ([raw, ...forms])',
    ],
    reason: 'the order in which forms are tried changes the time, and no verdict',
  },
  {
    file: `${ownership}/schemes/tron-message.ts`,
    code: 'return walletFormFirst(message) ? [second, first] : [first, second];',
    changes: [
      '10 walletFormFirst(message) ? [second, first] : [first, second] → ([second, first])',
      '10 walletFormFirst(message) ? [second, first] : [first, second] → ([first, second])',
    ],
    reason: 'the order in which forms are tried changes the time, and no verdict',
  },
  {
    file: `${ownership}/schemes/evm-signature.ts`,
    code: 'const digits = text.length > 2 * signatureSize * maxJoinedSignatures + 2 ? undefined : hexText.exec(text)?.[1];',
    changes: ['18 text.length > 2 * signatureSize * maxJoinedSignatures + 2… → (hexText.exec(text)?.[1])'],
    reason: 'a longer text holds more signatures than are taken: this only saves the time',
  },
  {
    file: `${ownership}/evidence/evm-state.ts`,
    code: 'if (fields === undefined || fields instanceof Uint8Array || fields.length !== 4) {',
    changes: ['7 fields === undefined || fields instanceof Uint8Array → (fields === undefined)'],
    reason: 'four bytes have no hashes among them',
  },
  {
    file: `${ownership}/evidence/merkle-patricia.ts`,
    code: 'const nodes = proof.filter((node, index) => index === 0 || node.length >= 32);',
    changes: ['47 index === 0 || node.length >= 32 → (node.length >= 32)'],
    reason: 'a root of less than 32 bytes has no room for the path of a key: it proves no value either way',
  },
  {
    file: `${ownership}/families/sui.ts`,
    code: 'if (bytes === undefined || curve === undefined || bytes.length !== 1 + publicKeySizeBytes(curve)) return undefined;',
    changes: ['7 bytes === undefined || curve === undefined → (curve === undefined)'],
    reason: 'no bytes are of no curve',
  },
  {
    file: `${ownership}/families/ton.ts`,
    code: 'if (text.length > stateInitLettersMax) return undefined;',
    changes: ['19 > → >='],
    reason: 'no known wallet has a StateInit of as many letters: this only saves the time',
  },
  {
    file: `${ownership}/families/aptos.ts`,
    code: 'return !isVerdict(decoded) && decoded.canonical === address.canonical;',
    changes: [
      '10 !isVerdict(decoded) && decoded.canonical === address.cano… → (decoded.canonical === address.canonical)',
    ],
    reason: 'a verdict has no canonical spelling',
  },
  {
    file: 'packages/protocol/report-format/src/reserves.ts',
    code: 'return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ entry }) => entry);',
    changes: ['38 < → <=', '53 a.key > b.key ? 1 : 0 → (1)', '59 > → >='],
    reason: 'of entries with one key any may stand first: such a file is refused',
  },
  {
    file: 'packages/protocol/report-format/src/reserves.ts',
    code: 'return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ entry }) => entry);',
    changes: ['53 a.key > b.key ? 1 : 0 → (0)', '59 > → <='],
    reason: 'the engine only asks whether one of two comes before the other',
  },
  {
    file: 'packages/protocol/report-format/src/reserves.ts',
    code: "if (typeof value !== 'object' || value === null || !('entries' in value) || !Array.isArray(value.entries)) {",
    changes: [
      "9 typeof value !== 'object' || value === null || !('entries… → (typeof value !== 'object' || value === null)",
    ],
    reason: 'entries that are not there are no list',
  },
  {
    file: `${ownership}/evidence/evm-state.ts`,
    code: 'if (fields === undefined || fields instanceof Uint8Array || fields.length < 15) return undefined;',
    changes: ['7 fields === undefined || fields instanceof Uint8Array → (fields === undefined)'],
    reason: 'bytes have no fields of the sizes that come after it',
  },
  {
    file: liabilitiesAir,
    code: 'const triple = limbs.slice(3 * k, 3 * k + 3);',
    changes: ['37 3 → 4'],
    reason: 'the symmetric functions take the first three values',
  },
  {
    file: expression,
    code: "return node.kind === 'constant' && node.value === 1;",
    changes: ["26 'constant' → 'constan?'"],
    reason:
      'a factor of 1 that is not left out changes the digest, which the tests of this target leave alone, and no value',
  },
  {
    file: expression,
    code: "return others.length === 0 ? factors[0] : chain('mul', others);",
    changes: ["14 others.length === 0 ? factors[0] : chain('mul', others) → (chain('mul', others))"],
    reason: 'no constraint has a product of ones',
  },
];

/**
 * What stands for a mutant wherever its line stands.
 * @param {Mutant} mutant
 */
function placeless({ id, file, code }) {
  return `${file}\n${code}\n${id.slice(file.length + 1).replace(/^\d+:/, '')}`;
}

const known = new Set(
  equivalentMutants.flatMap(({ file, code, changes }) => changes.map((change) => `${file}\n${code}\n${change}`)),
);

/**
 * Whether a mutant is in the list.
 * @param {Mutant} mutant
 */
export function isEquivalent(mutant) {
  return known.has(placeless(mutant));
}

/**
 * What the list has for files that no mutant of them is: their code has changed since.
 * @param {readonly Mutant[]} mutants all of their files
 */
export function findStale(mutants) {
  const files = new Set(mutants.map(({ file }) => file));
  const there = new Set(mutants.map(placeless));
  return [...known].filter((one) => files.has(one.split('\n')[0]) && !there.has(one));
}
