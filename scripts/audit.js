/** The least severity that stops a release. */
const stopping = ['high', 'critical'];

/** @typedef {{ severity: string, module_name: string, vulnerable_versions: string, title: string }} Advisory */

/**
 * What `pnpm audit --json` said: whether there was an audit, and what must be mended, one line each.
 * @param {string} output
 */
export function readAudit(output) {
  /** @type {{ advisories?: Record<string, Advisory> } | undefined} */
  let report;
  try {
    report = JSON.parse(output);
  } catch {
    report = undefined;
  }
  if (report?.advisories === undefined) return { isDone: false, problems: [] };
  const problems = Object.values(report.advisories)
    .filter(({ severity }) => stopping.includes(severity))
    .map((found) => `${found.module_name} ${found.vulnerable_versions}: ${found.severity}, ${found.title}`);
  return { isDone: true, problems };
}
