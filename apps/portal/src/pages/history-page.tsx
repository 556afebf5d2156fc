/** History: the chain of reports, and what has been verified of it month by month. */
import { useState } from 'preact/hooks';
import { formats } from '../formats.js';
import { DigestText } from '../parts/digest.js';
import { ProgressLine } from '../parts/progress-line.js';
import { VerdictMark } from '../parts/verdict-mark.js';
import { reasonOf, type Session } from '../session.js';
import { strings } from '../strings/en.js';
import type { CheckedReport, ListedReport, Progress } from '../worker/requests.js';
import { HistoryCharts } from './history-charts.js';
import { lowestRatio } from './report-result.js';

const t = strings.history;

export function HistoryPage({ session }: { session: Session }) {
  const { list, checked } = session;
  const { running, failure, verifyAll } = useVerifyAll(session);
  const open = list.reports.filter(({ folder }) => !checked.has(folder));
  const size = open.reduce((sum, { chained }) => sum + (chained?.totalSize ?? 0), 0);
  const done = list.reports.flatMap(({ folder }) => checked.get(folder) ?? []);
  return (
    <>
      <h1>{strings.pages.history}</h1>
      <p class="lead">{t.lead}</p>
      <div class="panel">
        {list.chain.ok && (
          <p class="state-line">
            <VerdictMark state="passed" label={null} />
            <strong>{t.chainPassed(formats.count(list.reports.length))}</strong>
          </p>
        )}
        <p class="muted">{t.chainLimit}</p>
        {open.length > 0 && (
          <div class="action">
            <button type="button" class="primary" aria-disabled={running !== undefined} onClick={verifyAll}>
              {t.verifyAll}
            </button>
            <p class="muted">{t.verifyAllHint(formats.size(size))}</p>
          </div>
        )}
        <div aria-live="polite">
          {running !== undefined && <ProgressLine label={t.verifyingOne(running.report)} progress={running.progress} />}
          {failure !== undefined && <p>{strings.result.noAnswer(failure)}</p>}
        </div>
      </div>
      {done.some(({ ratio }) => ratio.ratios !== undefined) && <HistoryCharts reports={list.reports} checked={done} />}
      <section class="section" aria-labelledby="chain-title">
        <h2 id="chain-title">{t.chain}</h2>
        <ol class="chain" reversed>
          {[...list.reports].reverse().map((report) => (
            <li key={report.folder}>
              <ChainItem report={report} checked={checked.get(report.folder)} />
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

function ChainItem({ report, checked }: { report: ListedReport; checked: CheckedReport | undefined }) {
  const { chained } = report;
  const lowest = lowestRatio(checked?.ratio.ratios ?? []);
  return (
    <article class="panel">
      <div class="chain-head">
        <h3>{report.reportId}</h3>
        <time dateTime={report.snapshotTime}>{formats.time(report.snapshotTime)}</time>
        <VerdictMark
          state={checked === undefined ? 'notChecked' : checked.ok ? 'passed' : 'failed'}
          label={checked === undefined ? t.notYet : checked.ok ? t.yes : t.no}
        />
        {lowest?.percent !== undefined && (
          <span class="muted">
            {t.lowest}: {lowest.asset} {formats.percent(lowest.percent)}
          </span>
        )}
      </div>
      <dl class="facts digests">
        <dt>{t.digest}</dt>
        <dd>
          <DigestText hex={report.report} />
        </dd>
        {chained !== undefined && (
          <>
            <dt>{t.manifest}</dt>
            <dd>
              <DigestText hex={chained.manifest} />
            </dd>
            <dt>{t.previous}</dt>
            <dd>{chained.previousReport === null ? t.first : <DigestText hex={chained.previousReport} />}</dd>
          </>
        )}
      </dl>
    </article>
  );
}

function useVerifyAll({ client, list, checked, keep }: Session) {
  const [running, setRunning] = useState<{ report: string; progress: Progress | undefined }>();
  const [failure, setFailure] = useState<string>();
  const verifyAll = async () => {
    if (running !== undefined) return;
    setFailure(undefined);
    try {
      for (const { folder, reportId, report } of list.reports) {
        if (checked.has(folder)) continue;
        const onProgress = (progress: Progress | undefined) => setRunning({ report: reportId, progress });
        onProgress(undefined);
        keep(await client.ask('report', { folder, known: {}, listedDigest: report }, onProgress));
      }
    } catch (error) {
      setFailure(reasonOf(error));
    } finally {
      setRunning(undefined);
    }
  };
  return { running, failure, verifyAll };
}
