/**
 * JSON without rounding: a number that is not a safe integer, such as `0.1` or `100000000000000000`, becomes the text that
 * it is written with. Nodes of Bitcoin's family write amounts as numbers with a point.
 */

// A text in quotes, or a number, whichever begins first; so no digit inside a text is taken for a number.
const textOrNumber = /"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*/gs;

/** Parses JSON text. Throws a SyntaxError for any other. */
export function parseExactJson(text: string): unknown {
  // First as it is: what is no JSON must not become any by the quotes that are set below.
  const value = JSON.parse(text);
  if (!/[0-9](?:[.eE]|[0-9]{15})/.test(text)) return value;
  return JSON.parse(text.replace(textOrNumber, (token) => (isInexact(token) ? `"${token}"` : token)));
}

function isInexact(token: string): boolean {
  return token[0] !== '"' && !(/^-?[0-9]{1,16}$/.test(token) && Number.isSafeInteger(Number(token)));
}
