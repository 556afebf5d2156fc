/** The report that a file is checked against: verified here as soon as it is chosen, since everything rests on it. */
import type { Rejection } from '@solvent/stark/verdict';
import { useEffect, useState } from 'preact/hooks';
import { formats } from '../formats.js';
import { Digest } from '../parts/digest.js';
import { ProgressLine } from '../parts/progress-line.js';
import { ReportChoice } from '../parts/report-choice.js';
import { VerdictMark } from '../parts/verdict-mark.js';
import { reportSentence } from '../sentences.js';
import { reasonOf, type Session } from '../session.js';
import { strings } from '../strings/en.js';
import type { OpenedReport, Progress } from '../worker/requests.js';

const t = strings.balance;
// What is loaded without asking: a few photographs' worth.
const largestUnasked = 16 * 2 ** 20;

export function ReportPanel(props: {
  session: Session;
  folder: string;
  onChoose(folder: string): void;
  opened: OpenedReport | Rejection | undefined;
  onOpened(opened: OpenedReport | Rejection | undefined): void;
}) {
  const { session, folder, opened, onOpened } = props;
  const listed = session.list.reports.find((one) => one.folder === folder);
  const size = listed?.chained?.proofsSize ?? 0;
  const { progress, failure, isWanted, want } = useOpening(session, folder, size <= largestUnasked, onOpened);
  const digest = opened?.ok ? opened.manifestDigest : listed?.chained?.manifest;

  return (
    <section class="panel" aria-labelledby="report-title">
      <h2 id="report-title">{t.reportTitle}</h2>
      <ReportChoice id="report" reports={session.list.reports} folder={folder} onChoose={props.onChoose} />
      <dl class="facts">
        <dt>{strings.report.snapshot}</dt>
        <dd>
          {listed !== undefined && <time dateTime={listed.snapshotTime}>{formats.time(listed.snapshotTime)}</time>}
        </dd>
        {listed?.chained !== undefined && (
          <>
            <dt>{strings.report.rows}</dt>
            <dd>{strings.report.rowsOf(formats.count(listed.chained.rowCount))}</dd>
          </>
        )}
      </dl>
      <div aria-live="polite" class="report-state">
        {!isWanted && (
          <>
            <p>{t.large(formats.size(size))}</p>
            <button type="button" onClick={want}>
              {t.load}
            </button>
          </>
        )}
        {isWanted && opened === undefined && failure === undefined && (
          <ProgressLine progress={progress} label={t.verifying} />
        )}
        {failure !== undefined && (
          <>
            <p>{strings.result.noAnswer(failure)}</p>
            <button type="button" onClick={want}>
              {strings.site.again}
            </button>
          </>
        )}
        {opened !== undefined && <OpenedState opened={opened} />}
      </div>
      {digest !== undefined && (
        <>
          <Digest title={strings.report.manifestDigest} hex={digest} />
          <p class="hint">{strings.report.compare}</p>
        </>
      )}
    </section>
  );
}

function OpenedState({ opened }: { opened: OpenedReport | Rejection }) {
  return (
    <>
      <p class="state-line">
        <VerdictMark state={opened.ok ? 'passed' : 'failed'} label={null} />
        <strong>{reportSentence(opened.ok)}</strong>
      </p>
      {opened.ok ? (
        <p class="muted">{t.ready(formats.seconds(opened.milliseconds))}</p>
      ) : (
        <>
          <p>
            {strings.result.rejected(opened.step, opened.code)}: {opened.detail}
          </p>
          <p>{t.reportFailed}</p>
        </>
      )}
    </>
  );
}

function useOpening(
  { client }: Session,
  folder: string,
  isSmall: boolean,
  onOpened: (opened: OpenedReport | Rejection | undefined) => void,
) {
  const [progress, setProgress] = useState<Progress>();
  const [failure, setFailure] = useState<string>();
  // Which folder somebody has asked for, and how often: a second wish is a second try.
  const [wish, setWish] = useState({ folder: '', count: 0 });
  const isWanted = isSmall || wish.folder === folder;

  useEffect(() => {
    onOpened(undefined);
    setProgress(undefined);
    setFailure(undefined);
    if (!isWanted || folder === '') return;
    let isCurrent = true;
    client
      .ask('open', { folder }, (now) => isCurrent && setProgress(now))
      .then(
        (opened) => isCurrent && onOpened(opened),
        (error: unknown) => isCurrent && setFailure(reasonOf(error)),
      );
    return () => {
      isCurrent = false;
    };
  }, [client, folder, isWanted, wish.count, onOpened]);

  const want = () => setWish(({ count }) => ({ folder, count: count + 1 }));
  return { progress, failure, isWanted, want };
}
