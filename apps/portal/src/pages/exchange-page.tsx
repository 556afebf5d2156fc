/** Check the exchange: the whole report, every part with its verdict. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { readAnchor, readDigest } from '../digest-input.js';
import { formats } from '../formats.js';
import { Field } from '../parts/field.js';
import { ProgressLine } from '../parts/progress-line.js';
import { ReportChoice } from '../parts/report-choice.js';
import { reasonOf, type Session } from '../session.js';
import { strings } from '../strings/en.js';
import type { Known, Progress } from '../worker/requests.js';
import { ReportResult } from './report-result.js';

const t = strings.exchange;

export function ExchangePage({ session }: { session: Session }) {
  const { client, list, checked, keep } = session;
  const [folder, setFolder] = useState(list.reports.at(-1)?.folder ?? '');
  const [anchorText, setAnchorText] = useState('');
  const [keyText, setKeyText] = useState('');
  const [running, setRunning] = useState<{ folder: string; progress: Progress | undefined }>();
  const [failure, setFailure] = useState<string>();
  const result = useRef<HTMLHeadingElement>(null);
  // Only what was asked for here takes the reader to it.
  const [isAwaited, setAwaited] = useState(false);

  const listed = list.reports.find((one) => one.folder === folder);
  const anchor = readAnchor(anchorText);
  const key = readDigest(keyText);
  const known: Known = {
    ...(anchor.kind === 'digest' && { anchor: anchor.hex }),
    ...(key.kind === 'digest' && { exchangeKey: key.hex }),
  };
  // What was found is about what was given: with anything else given, it has not been asked for yet.
  const kept = checked.get(folder);
  const report = kept !== undefined && isSame(kept.known, known) ? kept : undefined;
  const isBlocked = running !== undefined || anchor.kind === 'wrong' || key.kind === 'wrong';

  useEffect(() => {
    if (!isAwaited || report === undefined) return;
    setAwaited(false);
    result.current?.focus();
  }, [isAwaited, report]);

  const verify = async (event: Event) => {
    event.preventDefault();
    if (isBlocked) return;
    setFailure(undefined);
    setRunning({ folder, progress: undefined });
    try {
      const onProgress = (progress: Progress) => setRunning({ folder, progress });
      keep(await client.ask('report', { folder, known }, onProgress));
      setAwaited(true);
    } catch (error) {
      setFailure(reasonOf(error));
    } finally {
      setRunning(undefined);
    }
  };

  return (
    <>
      <h1>{strings.pages.exchange}</h1>
      <p class="lead">{t.lead}</p>
      <form class="panel" onSubmit={verify} noValidate>
        <ReportChoice id="whole-report" reports={list.reports} folder={folder} onChoose={setFolder} />
        <dl class="facts">
          <dt>{strings.report.snapshot}</dt>
          <dd>
            {listed !== undefined && <time dateTime={listed.snapshotTime}>{formats.time(listed.snapshotTime)}</time>}
          </dd>
        </dl>
        <details>
          <summary>{t.known}</summary>
          <div class="fields">
            <Field
              id="anchor"
              label={t.anchor}
              hint={t.anchorHint}
              value={anchorText}
              onInput={setAnchorText}
              fault={anchor.kind === 'wrong' ? t.anchorWrong : undefined}
              isDigest
            />
            <Field
              id="exchange-key"
              label={t.key}
              hint={t.keyHint}
              value={keyText}
              onInput={setKeyText}
              fault={key.kind === 'wrong' ? t.keyWrong : undefined}
              isDigest
            />
          </div>
        </details>
        <div class="action">
          <button type="submit" class="primary" aria-disabled={isBlocked}>
            {report === undefined ? t.verify : t.verifyAgain}
          </button>
          {listed?.chained !== undefined && report === undefined && running === undefined && (
            <p class="muted">{t.toLoad(formats.size(listed.chained.totalSize))}</p>
          )}
        </div>
        <div aria-live="polite">
          {running !== undefined && <ProgressLine progress={running.progress} />}
          {failure !== undefined && <p>{strings.result.noAnswer(failure)}</p>}
        </div>
      </form>
      {report !== undefined && running?.folder !== folder && (
        <section class="result" aria-labelledby="report-result">
          <h2 id="report-result" ref={result} tabIndex={-1}>
            {strings.result.title}
          </h2>
          <ReportResult session={session} report={report} />
        </section>
      )}
    </>
  );
}

function isSame(a: Known, b: Known): boolean {
  return a.anchor === b.anchor && a.exchangeKey === b.exchangeKey;
}
