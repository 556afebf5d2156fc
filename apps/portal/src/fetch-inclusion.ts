/** The holder's own file from the exchange's API. The account is the token's; no id stands in an address. */

/**
 * Fetches the inclusion file of whoever the token belongs to.
 *
 * @throws Error with the server's reason
 */
export async function fetchInclusion(api: string, token: string, report: string): Promise<Uint8Array> {
  const url = new URL('v1/me/inclusion', api);
  url.searchParams.set('report', report);
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(await reasonIn(response));
  return new Uint8Array(await response.arrayBuffer());
}

/** What the server says is wrong, as problem details (RFC 9457) where it sends them. */
async function reasonIn(response: Response): Promise<string> {
  const problem: unknown = await response.json().catch(() => undefined);
  const { detail, title } = (problem ?? {}) as { detail?: unknown; title?: unknown };
  const said = typeof detail === 'string' ? detail : title;
  return typeof said === 'string' ? said : `status ${response.status}`;
}
