/** What whoever hosts the site sets in `portal.json` beside its page. */

/** The settings; addresses are absolute and end in `/`. */
export interface SiteSettings {
  /** Where `reports.json` and the folders of reports are. */
  readonly reports: string;
  /** Where the exchange's API is; null for none. */
  readonly api: string | null;
  /** The claim of a login's token that has the account id. */
  readonly accountClaim: string;
}

/**
 * Reads the settings. Without the file, reports are in `reports/` and there is no API.
 *
 * @throws Error for a file that is not as it must be
 */
export async function readSettings(page: string): Promise<SiteSettings> {
  const response = await fetch(new URL('portal.json', page), { credentials: 'omit' });
  const { reports, api, accountClaim } = checked(
    response.ok ? await response.json() : { reports: 'reports/', api: null },
  );
  return { reports: folderUrl(reports, page), api: api === null ? null : folderUrl(api, page), accountClaim };
}

function checked(value: unknown): SiteSettings {
  const { reports, api, accountClaim = 'sub' } = (value ?? {}) as Record<string, unknown>;
  if (typeof reports !== 'string') throw new TypeError('portal.json, reports: expected the address of a folder');
  if (api !== null && typeof api !== 'string') throw new TypeError('portal.json, api: expected an address or null');
  if (typeof accountClaim !== 'string') throw new TypeError('portal.json, accountClaim: expected the name of a claim');
  return { reports, api, accountClaim };
}

function folderUrl(address: string, page: string): string {
  return new URL(address.endsWith('/') ? address : `${address}/`, page).href;
}
