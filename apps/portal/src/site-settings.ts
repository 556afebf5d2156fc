/** What whoever hosts the site sets in `portal.json` beside its page. */
/** The settings, as absolute addresses that end in `/`. */
export interface SiteSettings {
  /** Where `reports.json` and the folders of reports are. */
  readonly reports: string;
  /** Where the exchange's API is; null for none. */
  readonly api: string | null;
}

/**
 * Reads the settings. Without the file, reports are in `reports/` and there is no API.
 *
 * @throws Error for a file that is not as it must be
 */
export async function readSettings(page: string): Promise<SiteSettings> {
  const response = await fetch(new URL('portal.json', page), { credentials: 'omit' });
  const { reports, api } = response.ok ? checked(await response.json()) : { reports: 'reports/', api: null };
  return { reports: folderUrl(reports, page), api: api === null ? null : folderUrl(api, page) };
}

function checked(value: unknown): SiteSettings {
  const { reports, api } = (value ?? {}) as Record<string, unknown>;
  if (typeof reports !== 'string') throw new TypeError('portal.json, reports: expected the address of a folder');
  if (api !== null && typeof api !== 'string') throw new TypeError('portal.json, api: expected an address or null');
  return { reports, api };
}

function folderUrl(address: string, page: string): string {
  return new URL(address.endsWith('/') ? address : `${address}/`, page).href;
}
