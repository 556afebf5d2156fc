/**
 * JSON without rounding: a number that is not a safe integer, such as `0.1` or `100000000000000000`, becomes the text that
 * it is written with. Nodes of Bitcoin's family write amounts as numbers with a point.
 */

// A text in quotes, or a number, whichever begins first; so no digit inside a text is taken for a number.
const textOrNumber = /"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*/gs;

/**
 * Parses JSON text. Throws a SyntaxError for any other, and where an object has a member twice: readers differ in which of
 * the two they take (RFC 8259 §4).
 */
export function parseExactJson(text: string): unknown {
  // First as it is: what is no JSON must not become any by the quotes that are set below.
  const value = JSON.parse(text);
  const twice = findTwice(text);
  if (twice !== undefined) throw new SyntaxError(`member ${twice} is there twice`);
  if (!/[0-9](?:[.eE]|[0-9]{15})/.test(text)) return value;
  return JSON.parse(text.replace(textOrNumber, (token) => (isInexact(token) ? `"${token}"` : token)));
}

function isInexact(token: string): boolean {
  return token[0] !== '"' && !(/^-?[0-9]{1,16}$/.test(token) && Number.isSafeInteger(Number(token)));
}

// A text in quotes with the colon after it, if it is a name, or the beginning or end of an object or list.
const nameOrBracket = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/gs;

/** The name, as it is written, of a member that an object of a valid JSON text has twice. */
function findTwice(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (const [token, name, colon] of text.matchAll(nameOrBracket)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (colon !== undefined) {
      const names = open.at(-1)!;
      const read = name.includes('\\') ? (JSON.parse(name) as string) : name.slice(1, -1);
      if (names.has(read)) return name;
      names.add(read);
    }
  }
  return undefined;
}
