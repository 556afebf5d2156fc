/** The token with which somebody has logged in at the exchange. It is sent to the exchange's API, and kept nowhere. */

/**
 * The account id that a token is about, in the claim of this name. Undefined for other text. Nothing is trusted because of
 * it: a wrong id only makes the check of the file fail.
 */
export function accountOfToken(token: string, claim: string): string | undefined {
  const parts = token.trim().split('.');
  if (parts.length !== 3) return undefined;
  try {
    const binary = atob(parts[1].replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof claims !== 'object' || claims === null || !Object.hasOwn(claims, claim)) return undefined;
    const account = (claims as Readonly<Record<string, unknown>>)[claim];
    return typeof account === 'string' ? account : undefined;
  } catch {
    return undefined;
  }
}
