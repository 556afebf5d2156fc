/** What all pages share: the settings, the worker, and the list of reports. */
import type { SiteSettings } from './site-settings.js';
import type { VerifierClient } from './verifier-client.js';
import type { CheckedReport, ReportList } from './worker/requests.js';

/** A session of one page, from loading it to leaving it. */
export interface Session {
  readonly settings: SiteSettings;
  readonly client: VerifierClient;
  readonly list: ReportList;
  /** Reports that have been verified in full here, by folder. */
  readonly checked: ReadonlyMap<string, CheckedReport>;
  keep(report: CheckedReport): void;
}

/** The message of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
