/** Which report a page is about. */
import { formats } from '../formats.js';
import { strings } from '../strings/en.js';
import type { ListedReport } from '../worker/requests.js';

/** A choice among reports, the newest one first. */
export function ReportChoice(props: {
  id: string;
  reports: readonly ListedReport[];
  folder: string;
  onChoose(folder: string): void;
}) {
  const newest = props.reports.at(-1)?.folder;
  return (
    <div class="field">
      <label for={props.id}>{strings.report.label}</label>
      <select id={props.id} value={props.folder} onChange={(event) => props.onChoose(event.currentTarget.value)}>
        {[...props.reports].reverse().map(({ folder, reportId, snapshotTime }) => (
          <option key={folder} value={folder}>
            {reportId}
            {/* An id that is the time's own beginning, such as 2026-02, says it already. */}
            {snapshotTime.startsWith(reportId) ? '' : `, ${formats.month(snapshotTime)}`}
            {folder === newest ? ` (${strings.report.newest})` : ''}
          </option>
        ))}
      </select>
    </div>
  );
}
